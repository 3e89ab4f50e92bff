"""SVG to PNG by resvg, with the bundled fonts and those that a site brings: the same bytes on every machine.

The only module that imports resvg. What was drawn is kept in the store, by the text of the SVG, the fonts and resvg's
version; so a build that draws the same again reads it there.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from blogq.sharing.typeface import FOLDER, FONTS
from blogq.store.digest import SIZE, digest

_ELSEWHERE = re.compile(
    rb"""href\s*=\s*["'](?!\s*(?:\#|data:))|url\((?!\s*["']?\s*(?:\#|data:))|<!ENTITY""",
    re.IGNORECASE,
)
"""What would have a drawing read a file, or the web: `href` and `url(…)` that lead out of it, and entities."""


class NotDrawn(ValueError):
    """Why an SVG can't be drawn, in words."""


class OwnFont(NamedTuple):
    """A font that a site brings."""

    path: str
    """Real path of the file."""
    digest: bytes


@cache
def is_installed() -> bool:
    """Return whether resvg is there, without loading it."""
    from importlib.util import find_spec

    return find_spec("resvg_py") is not None


def draw(svg: bytes, fonts: Sequence[OwnFont] = (), size: int = 0, kept: str = "") -> bytes:
    """Return the PNG of an SVG, `size` pixels wide (0: as it says itself). Raise `NotDrawn` where there is none.

    `kept` is the folder in which drawings are kept, or empty.
    """
    if _ELSEWHERE.search(svg):
        raise NotDrawn("it refers to something outside itself; only what is in it may be used, or `data:` addresses")
    try:
        import resvg_py
    except ImportError:
        raise NotDrawn("resvg-py isn't installed; `pip install resvg-py` brings it") from None
    mark = digest(b"\0".join((resvg_py.__version__.encode(), str(size).encode(), *(f.digest for f in fonts), svg)))
    place = Path(kept, f"{mark.hex()}.png") if kept else None
    if place is not None and (found := _read(place)):
        return found
    files = [*(str(FOLDER / name) for name in FONTS), *(font.path for font in fonts)]
    try:
        made = bytes(
            resvg_py.svg_to_bytes(
                svg_string=svg.decode("utf-8", "replace"),
                skip_system_fonts=True,
                font_files=files,
                font_family="Inter",
                sans_serif_family="Inter",
                serif_family="Inter",
                monospace_family="Inter",
                width=size or None,
                height=size or None,
            )
        )
    except ValueError as error:
        raise NotDrawn(str(error).partition("\n")[0]) from error
    if place is not None:
        _keep(place, made)
    return made


def _read(place: Path) -> bytes:
    """Return a drawing that was kept; nothing where there is none, or a damaged one."""
    try:
        data = place.read_bytes()
    except OSError:
        return b""
    return data[SIZE:] if data[:SIZE] == digest(data[SIZE:]) else b""


def _keep(place: Path, data: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_name(f"{place.name}.{os.getpid()}.new")
    try:
        beside.write_bytes(digest(data) + data)
        os.replace(beside, place)
    finally:
        beside.unlink(missing_ok=True)


def forget_others(kept: Path, wanted: frozenset[bytes]) -> None:
    """Remove drawings from the folder `kept` but those whose bytes have one of the digests `wanted`."""
    if not kept.is_dir():
        return
    for entry in os.scandir(kept):
        with open(entry.path, "rb") as file:
            known = file.read(SIZE) in wanted
        if not known:
            os.unlink(entry.path)
