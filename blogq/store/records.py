"""The records of a site's entries, each read when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from blogq.content.post import Cold, Entry, split_card, split_record
from blogq.store.segments import Place, SegmentReader


def place_of(entry: Entry) -> Place:
    """Return where the record of `entry` stands."""
    return Place(entry.segment, entry.start, entry.size, entry.record)


class Records:
    """Reads the records of entries by index. Safe to use from several processes at once."""

    def __init__(self, segments: Path, entries: Sequence[Entry], trusted: frozenset[str] = frozenset()) -> None:
        """Read from the folder `segments`; those that are `trusted` were written by this very build."""
        self.entries = entries
        self.segments = SegmentReader(segments, trusted)

    def read(self, index: int) -> Cold:
        """Return the record of an entry; raise `Damaged` when the store has lost it."""
        return split_record(self.segments.read(place_of(self.entries[index])))

    def read_card(self, index: int) -> dict[str, Any]:
        """Return what lists show of an entry, without the rest of its record."""
        return split_card(self.segments.read(place_of(self.entries[index])))
