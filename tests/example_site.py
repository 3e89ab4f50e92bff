"""The example site, as tests build it: what is made of its pictures is made once in a run, and kept for all of them."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

EXAMPLE = Path(__file__).parents[1] / "example-site"
KEPT = ("images", "share")
"""Folders of the store that hold what takes long to make, named by what it was made from."""


def example_in(folder: Path) -> Path:
    """Copy the example site to `folder`, which isn't there yet, with the pictures that this run has made so far."""
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("_site", ".blogq"))
    made = _shared(folder)
    if made is not None and made.is_dir():
        shutil.copytree(made, folder / ".blogq", dirs_exist_ok=True)
    return folder


def keep_pictures(site: Path) -> None:
    """Keep what a build of the example site in `site` has made of its pictures for the rest of this run."""
    made = _shared(site)
    if made is None or made.exists():
        return
    ready = made.with_name(f"{made.name}.{os.getpid()}")
    for name in KEPT:
        if (site / ".blogq" / name).is_dir():
            shutil.copytree(site / ".blogq" / name, ready / name)
    try:
        ready.rename(made)
    except OSError:
        # Another worker was quicker.
        shutil.rmtree(ready, ignore_errors=True)


def _shared(folder: Path) -> Path | None:
    """Return where pictures are kept: beside the workers' own folders, which go with the run's. None for no run's."""
    for each in folder.parents:
        if re.fullmatch(r"popen-gw\d+", each.name):
            return each.parent / "pictures"
        if re.fullmatch(r"pytest-\d+", each.name):
            return each / "pictures"
    return None
