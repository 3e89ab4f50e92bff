"""Paths that somebody named: which files of the site they are."""

from __future__ import annotations

import os
from pathlib import Path


def below(site: Path, named: str) -> list[str] | None:
    """Return the files that `named` is or holds, relative to `site` with `/`; None when it isn't there or outside.

    A path is taken from the working directory, as shells complete it, else from the site.
    """
    top = os.path.realpath(site)
    for start in (Path.cwd(), site):
        place = os.path.realpath(start / named)
        if os.path.lexists(place) and (place == top or place.startswith(top.rstrip(os.sep) + os.sep)):
            break
    else:
        return None
    if not os.path.isdir(place):
        return [os.path.relpath(place, top).replace(os.sep, "/")]
    found = []
    for folder, folders, names in os.walk(place):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [os.path.relpath(os.path.join(folder, name), top).replace(os.sep, "/") for name in sorted(names)]
    return found
