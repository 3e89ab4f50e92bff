"""Templates, static files and data files, by the names under which they are looked up; and outputs made of them."""

from __future__ import annotations

from typing import NamedTuple

TEMPLATES = "templates/"
STATIC = "static/"
DATA = "data/"


class Found(NamedTuple):
    """A file of a theme's layer."""

    name: str
    """`templates/base.html`, `static/style.css`."""
    root: str
    """Real path of the layer."""
    bounds: tuple[str, ...]
    shown: str
    """Path as findings show it."""
    digest: bytes
    parts: tuple[tuple[str, bytes], ...] = ()
    """Of data: the files that make it, with their digests."""


class Output(NamedTuple):
    """Bytes to write, and the names that were looked up to make them."""

    path: str
    data: bytes
    lookups: frozenset[str]


def fingerprinted(name: str, digest: bytes) -> str:
    """Return the name under which a static file is published by `asset`: `style.css` → `style.0a1b2c3d.css`."""
    folder, slash, file = name.rpartition("/")
    stem, dot, ending = file.rpartition(".")
    if not stem:
        stem, dot, ending = file, "", ""
    return f"{folder}{slash}{stem}.{digest.hex()[:8]}{dot}{ending}"
