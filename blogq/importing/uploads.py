"""Files beside an export: pictures and downloads that its texts show, found by the end of their path."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

from blogq.importing.carried import Carry

LARGEST = 512 << 20
"""Bytes of the largest file that is carried."""


def is_inside(path: Path, root: Path) -> bool:
    """Return whether `path` is a plain file that lies in `root`, links followed."""
    try:
        found = os.path.realpath(path, strict=True)
        within = os.path.commonpath((found, os.path.realpath(root))) == os.path.realpath(root)
        told = os.stat(found)
    except (OSError, ValueError):
        return False
    return within and stat.S_ISREG(told.st_mode) and told.st_size <= LARGEST


def parts_of(path: str) -> list[str] | None:
    """Return the names that a path of an old site is made of; None where one of them would lead out of a folder."""
    parts = [each for each in unquote(path.partition("?")[0].partition("#")[0]).split("/") if each]
    unfit = any(
        each in (".", "..") or "\\" in each or ":" in each or any(c < " " or c == "\x7f" for c in each)
        for each in parts
    )
    return None if unfit or not parts or any(len(each.encode("utf-8", "replace")) > 200 for each in parts) else parts


def for_curl(files: Mapping[str, str]) -> str:
    """Return a config for curl that fetches `files` (addresses with their paths) to where `beside` finds them.

    What an export says is written by anybody: only addresses of the web are in it, and only paths below the folder.
    """
    lines = ["# Run where the export is: curl --config THIS-FILE", "create-dirs", "fail", "location", "globoff"]
    for address, path in files.items():
        parts = parts_of(path)
        if parts and re.fullmatch(r"https?://[^\s\"\\]+", address) and '"' not in path:
            lines += [f'url = "{address}"', f'output = "{"/".join(parts)}"']
    return "\n".join(lines) + "\n"


def beside(folder: Path, places: Sequence[str]) -> Callable[[str], Carry | None]:
    """Return what finds the file that stood at a path of the old site, in `folder` or one of its `places`.

    `/wp-content/uploads/2024/a.jpg` is found as that, as `uploads/2024/a.jpg` and as `2024/a.jpg`.
    """
    places = [each for each in places if not each or (folder / each).is_dir()]

    @lru_cache(maxsize=65536)
    def find(path: str) -> Carry | None:
        parts = parts_of(path)
        if parts is None or "." not in parts[-1]:
            return None
        for first in range(min(len(parts), 4)):
            for place in places:
                candidate = folder.joinpath(place, *parts[first:]) if place else folder.joinpath(*parts[first:])
                # A bare name says too little, unless it stands right beside the export.
                if (len(parts) - first > 1 or first == 0) and is_inside(candidate, folder):
                    return Carry("/".join(("static", *parts)), candidate, folder)
        return None

    return find
