"""Records of a site in memory: those of edited sources are kept here, the others are read from the store.

The store's segments are held open, so that a build that runs beside may tidy them up at any time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from blogq.content.post import Cold, Entry, split_card, split_record
from blogq.store.digest import digest
from blogq.store.records import Records, place_of
from blogq.store.segments import Place, SegmentReader


class Shelf:
    """All records, by what is in them; takes new ones as a segment does."""

    def __init__(self, folder: Path) -> None:
        """Begin without any; those in the store lie in `folder`."""
        self.own: dict[bytes, bytes] = {}
        self.stored = SegmentReader(folder)
        self.appended = 0
        """Records that were appended since those were forgotten that nobody needs."""

    def append(self, record: bytes) -> Place:
        """Keep `record` in memory and return its place, which is in no segment."""
        found = digest(record)
        self.own[found] = record
        self.appended += 1
        return Place("", 0, len(record), found)

    def close(self) -> None:
        """Keep everything: there is nothing to be written."""

    def hold(self, entries: Iterable[Entry]) -> None:
        """Hold the segments of `entries` open; raise `Damaged` when one isn't there."""
        self.stored.hold({entry.segment for entry in entries if entry.segment})

    def load(self, entry: Entry) -> bytes:
        """Return the record of `entry`; raise `Damaged` when it is lost."""
        own = self.own.get(entry.record)
        return own if own is not None else self.stored.read(place_of(entry))

    def reader(self, entries: Sequence[Entry]) -> Callable[[int], Cold]:
        """Return a function that loads the record of one of `entries` by index."""
        return lambda index: split_record(self.load(entries[index]))

    def keep_only(self, entries: Iterable[Entry]) -> None:
        """Forget records in memory that none of `entries` has."""
        self.appended = 0
        used = {entry.record for entry in entries if not entry.segment}
        for each in [each for each in self.own if each not in used]:
            del self.own[each]


class LiveRecords(Records):
    """Reads the records of entries by index, from a shelf."""

    def __init__(self, shelf: Shelf, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self.shelf = shelf

    def read(self, index: int) -> Cold:
        """Return the record of an entry; raise `Damaged` when it is lost."""
        return split_record(self.shelf.load(self.entries[index]))

    def read_card(self, index: int) -> dict[str, Any]:
        """Return what lists show of an entry, without the rest of its record."""
        return split_card(self.shelf.load(self.entries[index]))
