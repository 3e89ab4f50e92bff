"""The parse memo: what each source parsed to, and what it and every other file looked like when it was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from blogq.collect import Stat
from blogq.content.post import VECTOR, Entry
from blogq.store.columns import (
    Damaged,
    Table,
    integers,
    patched_digests,
    patched_integers,
    rewrite,
    strings,
    write,
)
from blogq.store.digest import SIZE, compose
from blogq.store.stat_columns import patched_stats, read_stats, stat_columns

FILE = "memo"
LARGEST_SEGMENT = 64 << 20
"""Bytes beyond which a segment is not appended to."""
_STRINGS = (
    "path kind title slug permalink language layout menus terms aliases redirect_to links references shortcodes images"
    " findings segment telling"
).split()
_DIGESTS = ["source", "card", "record", "ids"]
_SIZES = {**dict.fromkeys(_DIGESTS, SIZE), "vector": VECTOR}
"""Bytes of the values of the columns in which all have the same."""
_INTEGERS = ["flags", "date", "offset", "updated", "publish", "expiry", "weight", "series_order", "start", "size"]


class Memo:
    """What the last build read. Without a file, or with one for other options, it knows nothing."""

    def __init__(self, folder: Path, key: bytes) -> None:
        """Open the memo in the store `folder`; `key` is the digest of everything that parsing depends on.

        Raise `Damaged` when the file is not what was written.
        """
        self.at = 0
        self.paths: list[str] = []
        self.stats: list[Stat] = []
        self.files: dict[str, tuple[Stat, bytes]] = {}
        self.sources = b""
        self.given: Mapping[str, Any] = {}
        """What sources inherited from outside their own bytes, as `Inherited.kept` tells it."""
        self._entries: list[Entry] | None = []
        self._newest = ""
        self._columns: dict[str, Sequence[Any]] = {}
        try:
            table = Table(folder / FILE)
        except FileNotFoundError:
            return
        except (OSError, ValueError, KeyError) as error:
            raise Damaged(FILE) from error
        self._table = table
        try:
            self._open(table, key)
        except (ValueError, KeyError, TypeError) as error:
            raise Damaged(FILE) from error

    def _open(self, table: Table, key: bytes) -> None:
        self.at = int(table.meta["at"])
        files = table.strings("files")
        digests = table.digests("file digest")
        self.files = dict(zip(files, zip(read_stats(table, "file"), digests, strict=True), strict=True))
        if table.meta["key"] == key.hex():
            self.paths = table.strings("path")
            self._columns["path"] = self.paths
            self.stats = read_stats(table, "source")
            self.sources = bytes.fromhex(table.meta["sources"])
            self.given = table.meta["given"]
            self._newest = str(table.meta["newest"])
            self._entries = None

    def newest_segment(self) -> str:
        """Return the segment to append to, or an empty string for a new one."""
        return self._newest

    def entries(self) -> list[Entry]:
        """Return the entries, parallel to `paths`; raise `Damaged` when they can't be read."""
        if self._entries is None:
            try:
                rows = zip(*(self._column(name) for name in Entry._fields), strict=True)
                self._entries = list(map(Entry._make, rows))
            except ValueError as error:
                raise Damaged(FILE) from error
        return self._entries

    def entry(self, at: int) -> Entry:
        """Return one entry, without making the others; raise `Damaged` when it can't be read."""
        if self._entries is not None:
            return self._entries[at]
        try:
            return Entry._make([self._cell(name, at) for name in Entry._fields])
        except IndexError as error:
            raise Damaged(FILE) from error

    def amend(
        self, folder: Path, at: int, stats: Mapping[int, Stat], changed: Mapping[int, Entry], sources: bytes
    ) -> None:
        """Write the memo anew with other `stats` and other entries at some places; the rest as `save_memo` would.

        The paths are to be the same as before.
        """
        replaced = patched_stats(self._table, "source", stats)
        for index, name in enumerate(Entry._fields):
            new: dict[int, Any] = {row: entry[index] for row, entry in changed.items()}
            if all(self._cell(name, row) == each for row, each in new.items()):
                continue
            if name in _STRINGS:
                texts = list(self._column(name))
                for row, text in new.items():
                    texts[row] = text
                replaced[name] = strings(texts)
            elif name in _SIZES:
                replaced[name] = patched_digests(self._table.raw(name), new, _SIZES[name])
            else:
                replaced[name] = patched_integers(self._table.raw(name), new)
        ends = {entry.segment: entry.start + entry.size for entry in changed.values()}
        newest = max((name for name, end in ends.items() if end < LARGEST_SEGMENT), default=self._newest)
        meta = self._table.meta | {"at": at, "sources": sources.hex(), "newest": newest}
        rewrite(folder / FILE, self._table, meta, replaced)

    def sources_with(self, changed: Mapping[int, Entry]) -> bytes:
        """Return what `sources_digest` would return with the entries `changed` in their places."""
        digests = list(self._column("source"))
        for at, entry in changed.items():
            digests[at] = entry.source
        return _digest_of(digests, self.paths, self.files)

    def held(self, changed: Mapping[int, Entry]) -> tuple[int, frozenset[str]]:
        """Return how many bytes of records are in use with the entries `changed` in place, and in which segments."""
        sizes, segments = list(self._column("size")), list(self._column("segment"))
        for at, entry in changed.items():
            sizes[at], segments[at] = entry.size, entry.segment
        return sum(sizes), frozenset(filter(None, segments))

    def _cell(self, name: str, at: int) -> Any:
        """Return what stands in a column at one place; without decoding the rest of it, where that is possible."""
        if name in _STRINGS or name in self._columns:
            return self._column(name)[at]
        if name in _SIZES:
            return self._table.cell(name, at, _SIZES[name])
        return int.from_bytes(self._table.cell(name, at, 8), "little", signed=True)

    def _column(self, name: str) -> Sequence[Any]:
        """Return a column, decoded once."""
        column = self._columns.get(name)
        if column is None:
            table = self._table
            if name in _SIZES:
                column = table.digests(name, _SIZES[name])
            else:
                column = table.strings(name) if name in _STRINGS else table.integers(name)
            self._columns[name] = column
        return column


def save_memo(
    folder: Path,
    key: bytes,
    at: int,
    stats: Sequence[Stat],
    entries: Sequence[Entry],
    files: Mapping[str, tuple[Stat, bytes]],
    sources: bytes,
    given: Mapping[str, Any],
) -> None:
    """Write the memo. `stats` are parallel to `entries`, which are in the order of their paths.

    `sources` is the digest of all sources, whether they are among `entries` or couldn't be read; `given` is what they
    inherited.
    """
    sizes: dict[str, int] = {}
    for entry in entries:
        sizes[entry.segment] = max(sizes.get(entry.segment, 0), entry.start + entry.size)
    newest = max((name for name, size in sizes.items() if size < LARGEST_SEGMENT), default="")
    rows = list(zip(*entries, strict=True)) if entries else [()] * len(Entry._fields)
    columns = dict(zip(Entry._fields, rows, strict=True))
    encoded = {name: strings(columns[name]) for name in _STRINGS}
    encoded |= {name: b"".join(columns[name]) for name in _SIZES}
    encoded |= {name: integers(columns[name]) for name in _INTEGERS}
    encoded |= stat_columns("source", stats)
    names = sorted(files)
    encoded["files"] = strings(names)
    encoded["file digest"] = b"".join(files[name][1] for name in names)
    encoded |= stat_columns("file", [files[name][0] for name in names])
    meta = {"key": key.hex(), "at": at, "sources": sources.hex(), "newest": newest, "given": given}
    write(folder / FILE, meta, encoded)


def sources_digest(entries: Sequence[Entry], files: Mapping[str, tuple[Stat, bytes]]) -> bytes:
    """Return one digest of everything that was read: which files there are, and what is in them."""
    return _digest_of([entry.source for entry in entries], [entry.path for entry in entries], files)


def _digest_of(digests: Sequence[bytes], paths: Sequence[str], files: Mapping[str, tuple[Stat, bytes]]) -> bytes:
    names = sorted(files)
    return compose([*digests, *(files[name][1] for name in names)], *paths, *names)
