"""Exports of other programs: one module for each, which reads it into what `blogq.importing.carried` says."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from blogq.importing.carried import Export

KINDS = {
    "wordpress": "the file that WordPress writes under Tools → Export",
    "jekyll": "the folder of a site made with Jekyll",
    "hugo": "the folder of a site made with Hugo",
    "pelican": "the folder of a site made with Pelican",
    "ghost": "the JSON file that Ghost writes under Settings → Export",
    "medium": "the ZIP file or folder that Medium gives out",
    "blogger": "the XML file that Blogger gives out (Atom)",
}
"""What can be moved in from, and what of it is read."""


def reader_of(kind: str) -> Callable[[Path], Export]:
    """Return what opens exports of a kind; it raises `Unreadable` for what is none."""
    read = import_module(f"blogq.importing.sources.{kind}").read
    assert callable(read)
    return read  # type: ignore[no-any-return]
