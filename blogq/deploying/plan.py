"""What is to be done at a target, and in which order: a pure function of what was built and what is there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from blogq.deploying.record import NAME, Record, key

KEPT = frozenset((".git", ".hg", ".svn"))
"""Folders of a target in which nothing is ever touched: those of version control."""
LASTING = frozenset(("CNAME", ".nojekyll", ".well-known"))
"""Names at the top of a target that are never removed: hosts read them, and owners put them there by hand."""
_FINGERPRINT = re.compile(r"\.([0-9a-f]{8})(?:-[0-9]+)?\.[A-Za-z0-9]+$")
"""`style.0a1b2c3d.css`, `photo.0a1b2c3d-480.webp`: names that `asset` and images get."""
_NAMING = re.compile(r"(?:\.xml|\.json|\.txt)$|(?:^|/)_(?:redirects|headers)$")
"""Files that name pages: feeds, sitemaps, posts.json, what hosts read."""


class File(NamedTuple):
    """One file that was built."""

    path: str
    """Below the output folder, with `/`."""
    digest: str
    """Of its content, as hex."""
    size: int
    source: Path
    """Where it is on this machine."""


class Plan(NamedTuple):
    """What is to be done."""

    new: tuple[File, ...]
    """Files that aren't at the target, in no order."""
    changed: tuple[File, ...]
    kept: int
    """How many are there as they should be."""
    gone: tuple[str, ...]
    """Paths of files that blogq has put there and that are no longer made."""
    foreign: tuple[File, ...]
    """Those of `changed` that stand where blogq has put nothing."""
    stale: bool = False
    """Whether the record at the target is to be written anew though no file changes."""
    obstacles: tuple[str, ...] = ()
    """Paths of files that stand where a file to be sent needs a folder, or below its name where it is to be a file."""
    strangers: tuple[str, ...] = ()
    """Those of `obstacles` that blogq hasn't put there."""

    @property
    def nothing(self) -> bool:
        """Whether no file is to be touched."""
        return not (self.new or self.changed or self.gone)

    @property
    def bytes(self) -> int:
        """How much is to be sent."""
        return sum(file.size for file in (*self.new, *self.changed))

    def uploads(self) -> list[list[File]]:
        """Return what is to be sent, in steps: whatever a file of one step names is there since an earlier one.

        Pictures, styles and scripts come first; then new pages, changed pages (the lists among them name the new
        ones), and what names pages for machines: feeds, sitemaps, redirects.
        """
        steps: list[list[File]] = [[], [], [], [], []]
        for is_new, files in ((True, self.new), (False, self.changed)):
            for file in files:
                steps[_step(file.path, is_new)].append(file)
        return [sorted(step) for step in steps if step]

    def removals(self) -> list[list[str]]:
        """Return what is to be removed, in steps, after all that is sent: pages first, then what they named."""
        steps: list[list[str]] = [[], []]
        for path in sorted({*self.gone} - {*self.obstacles}):
            steps[0 if path.endswith((".html", ".htm")) else 1].append(path)
        return [step for step in steps if step]


def _step(path: str, new: bool) -> int:
    if path.endswith((".html", ".htm")):
        # A new list, such as the page of a new tag, names new posts. It lies higher up, but nothing tells it from a
        # post for sure; nobody is led to it before the changed pages are there.
        return 2 if new else 3
    if _NAMING.search(path):
        return 4
    return 0 if new else 1


def planned(files: Sequence[File], record: Record, there: Mapping[str, int]) -> Plan:
    """Return what is to be done so that a target holds `files`. `there` are its files with their sizes in bytes."""
    new: list[File] = []
    changed: list[File] = []
    foreign: list[File] = []
    obstacles: set[str] = set()
    kept = 0
    folders = {above for path in there for above in _above(path)}
    for file in files:
        said = record.files.get(key(file.path))
        if file.path not in there:
            new.append(file)
            obstacles.update(above for above in _above(file.path) if above in there)
            if file.path in folders:
                obstacles.update(path for path in there if path.startswith(f"{file.path}/"))
        elif said == file.digest and there[file.path] == file.size:
            kept += 1
        else:
            changed.append(file)
            if said is None:
                foreign.append(file)
    made = {file.path for file in files}
    gone = [path for path in there if path not in made and key(path) in record.files and not is_lasting(path)]
    known = {key(path) for path in made}
    stale = record.damaged or not record.found or bool(set(record.files) - known - {key(path) for path in gone})
    strangers = tuple(sorted(path for path in obstacles if key(path) not in record.files))
    return Plan(
        tuple(new),
        tuple(changed),
        kept,
        tuple(sorted(gone)),
        tuple(foreign),
        stale,
        tuple(sorted(obstacles)),
        strangers,
    )


def _above(path: str) -> list[str]:
    """Return the folders that a path lies in, from the top."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[: at + 1]) for at in range(len(parts))]


def is_lasting(path: str) -> bool:
    """Return whether a file of a target must not be removed, whoever put it there."""
    first = path.partition("/")[0]
    return first in KEPT or first in LASTING or path == NAME


def is_fingerprinted(file: File) -> bool:
    """Return whether a file's name holds a digest of its content, so that it can be cached for ever.

    Digits alone may be a date, `minutes.20260101.pdf`, unless the content has that very digest.
    """
    found = _FINGERPRINT.search(file.path)
    return found is not None and (not found[1].isdigit() or file.digest.startswith(found[1]))
