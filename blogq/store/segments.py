"""Bodies and other cold data of parsed posts: records in append-only files, read one at a time where they are needed.

A record's digest is kept with its place, so a damaged record is noticed when it is read.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple, Protocol

from blogq.store.columns import Damaged
from blogq.store.digest import digest


class Place(NamedTuple):
    """Where a record stands."""

    segment: str
    """Name of the segment's file."""
    offset: int
    size: int
    digest: bytes


class Writer(Protocol):
    """What takes records, one after the other."""

    def append(self, record: bytes) -> Place:
        """Keep `record` and return its place."""

    def close(self) -> None:
        """Take no more."""


class SegmentWriter:
    """Appends records to a segment of its own, or to `name` when given one; opened at the first record."""

    def __init__(self, folder: Path, name: str = "") -> None:
        self.folder = folder
        self.name = name if "/" not in name else ""
        self._file = -1
        self._end = 0

    def append(self, record: bytes) -> Place:
        """Write `record` and return its place; OSError when the disk refuses."""
        if self._file < 0:
            self.folder.mkdir(parents=True, exist_ok=True)
            if not self.name:
                self.name = f"{time.time_ns():x}-{os.getpid():x}.seg"
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
            self._file = os.open(self.folder / self.name, flags, 0o644)
            self._end = os.fstat(self._file).st_size
        view = memoryview(record)
        while view:
            view = view[os.write(self._file, view) :]
        place = Place(self.name, self._end, len(record), digest(record))
        self._end += len(record)
        return place

    def close(self) -> None:
        """Close the file, if one was opened."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


class SegmentReader:
    """Reads records. Safe to use from several processes at once."""

    def __init__(self, folder: Path, trusted: frozenset[str] = frozenset()) -> None:
        """Read from segments in `folder`; `trusted` ones were written by this very build, and aren't checked."""
        self.folder = folder
        self.trusted = trusted
        self._files: dict[str, int] = {}

    def read(self, place: Place) -> bytes:
        """Return the record at `place`; raise `Damaged` when it isn't there as it was written."""
        file = self._files.get(place.segment)
        try:
            if file is None:
                file = self._files[place.segment] = os.open(self.folder / place.segment, os.O_RDONLY)
            data = os.pread(file, place.size, place.offset)
        except OSError as error:
            raise Damaged(place.segment) from error
        if len(data) != place.size or (place.segment not in self.trusted and digest(data) != place.digest):
            raise Damaged(place.segment)
        return data

    def hold(self, names: Iterable[str]) -> None:
        """Open the segments `names`, so that they can be read even once another build has removed them.

        Raise `Damaged` when one isn't there.
        """
        for name in names:
            if name not in self._files:
                try:
                    self._files[name] = os.open(self.folder / name, os.O_RDONLY)
                except OSError as error:
                    raise Damaged(name) from error

    def close(self) -> None:
        """Close all files."""
        for file in self._files.values():
            os.close(file)
        self._files.clear()
