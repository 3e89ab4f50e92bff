"""Why each output was last rendered: kept beside the manifest, for `blogq why`, and never needed for a build.

It belongs to the manifest of the same moment, whose order of outputs it shares; without it, or when it is damaged,
nothing is known and nothing is lost.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from blogq.store.columns import Damaged, Table, integers, write

PART = 4
"""Bytes that are kept of a digest."""
SIZE = 3 * PART
"""Bytes of an output's own part: of its text's digest, of what lists show of it, of what readers have said there."""
NOTHING = bytes(SIZE)
"""The own part of an output that is no source's page."""

Told = tuple[int, str, str]
"""When something was rendered (seconds since 1970, UTC), a word for why, and what exactly."""


class Seen(NamedTuple):
    """What a build saw that many outputs share, as short digests in hexadecimal."""

    environment: str
    """Of code, config and theme options together."""
    options: Mapping[str, str]
    """Of each option of the config, and of the theme's options (`theme`)."""
    sites: Mapping[str, str]
    """Of what all pages of a language show, by language."""
    files: Mapping[str, str]
    """Of the templates and static files that were looked up, by name; empty for those that weren't there."""


class Causes(NamedTuple):
    """The record of one output folder."""

    at: int
    """The moment of its manifest, in nanoseconds."""
    seen: Seen
    own: bytes
    """Own parts, `SIZE` bytes for each output of the manifest, in its order."""
    told: Sequence[Told]
    numbers: Sequence[int]
    """Which of `told` goes for each output."""


def causes_path(manifest: Path) -> Path:
    """Return where the causes of the outputs in `manifest` stand."""
    return manifest.with_name(f"{manifest.name}.causes")


def load_causes(manifest: Path, at: int) -> Causes | None:
    """Return the causes that belong to the manifest of the moment `at`; None when there are none."""
    with suppress(OSError, Damaged, ValueError, KeyError, TypeError):
        table = Table(causes_path(manifest))
        meta = table.meta
        if int(meta["at"]) == at:
            seen = Seen(str(meta["environment"]), meta["options"], meta["sites"], meta["files"])
            told = [(int(when), str(code), str(detail)) for when, code, detail in meta["told"]]
            causes = Causes(at, seen, table.raw("own"), told, table.integers("numbers"))
            if len(causes.own) == SIZE * len(causes.numbers):
                return causes
    return None


def save_causes(manifest: Path, causes: Causes) -> None:
    """Write `causes` beside `manifest`; what the disk refuses is left out, for no output depends on it."""
    meta = {"at": causes.at, **causes.seen._asdict(), "told": causes.told}
    with suppress(OSError):
        write(causes_path(manifest), meta, {"own": causes.own, "numbers": integers(causes.numbers)})
