"""The parse memo: what each source parsed to, and what it and every other file looked like when it was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from blogq.collect import Stat
from blogq.content.post import Entry
from blogq.store.columns import Damaged, Table, integers, strings, write
from blogq.store.digest import compose

FILE = "memo"
LARGEST_SEGMENT = 64 << 20
"""Bytes beyond which a segment is not appended to."""
_STRINGS = (
    "path kind title slug permalink language layout terms aliases redirect_to links references findings segment"
).split()
_DIGESTS = ["source", "card", "record", "ids"]
_INTEGERS = ["flags", "date", "offset", "updated", "publish", "expiry", "weight", "start", "size"]
_STAT = ["size", "mtime", "ctime", "inode"]


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
        self._entries: list[Entry] | None = []
        self._newest = ""
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
        self.files = dict(zip(files, zip(_stats(table, "file"), digests, strict=True), strict=True))
        if table.meta["key"] == key.hex():
            self.paths = table.strings("path")
            self.stats = _stats(table, "source")
            self.sources = bytes.fromhex(table.meta["sources"])
            self._newest = str(table.meta["newest"])
            self._entries = None

    def newest_segment(self) -> str:
        """Return the segment to append to, or an empty string for a new one."""
        return self._newest

    def entries(self) -> list[Entry]:
        """Return the entries, parallel to `paths`; raise `Damaged` when they can't be read."""
        if self._entries is None:
            table = self._table
            columns: dict[str, Sequence[object]] = {name: table.strings(name) for name in _STRINGS}
            columns |= {name: table.digests(name) for name in _DIGESTS}
            columns |= {name: table.integers(name) for name in _INTEGERS}
            try:
                rows = zip(*(columns[name] for name in Entry._fields), strict=True)
                self._entries = list(map(Entry._make, rows))
            except ValueError as error:
                raise Damaged(FILE) from error
        return self._entries


def _stats(table: Table, kind: str) -> list[Stat]:
    columns = [table.integers(f"{kind} {name}") for name in _STAT]
    return list(zip(*columns, strict=True))


def save_memo(
    folder: Path,
    key: bytes,
    at: int,
    stats: Sequence[Stat],
    entries: Sequence[Entry],
    files: Mapping[str, tuple[Stat, bytes]],
    sources: bytes,
) -> None:
    """Write the memo. `stats` are parallel to `entries`, which are in the order of their paths.

    `sources` is the digest of all sources, whether they are among `entries` or couldn't be read.
    """
    sizes: dict[str, int] = {}
    for entry in entries:
        sizes[entry.segment] = max(sizes.get(entry.segment, 0), entry.start + entry.size)
    newest = max((name for name, size in sizes.items() if size < LARGEST_SEGMENT), default="")
    rows = list(zip(*entries, strict=True)) if entries else [()] * len(Entry._fields)
    columns = dict(zip(Entry._fields, rows, strict=True))
    encoded = {name: strings(columns[name]) for name in _STRINGS}
    encoded |= {name: b"".join(columns[name]) for name in _DIGESTS}
    encoded |= {name: integers(columns[name]) for name in _INTEGERS}
    encoded |= _stat_columns("source", stats)
    names = sorted(files)
    encoded["files"] = strings(names)
    encoded["file digest"] = b"".join(files[name][1] for name in names)
    encoded |= _stat_columns("file", [files[name][0] for name in names])
    write(folder / FILE, {"key": key.hex(), "at": at, "sources": sources.hex(), "newest": newest}, encoded)


def _stat_columns(kind: str, stats: Sequence[Stat]) -> dict[str, bytes]:
    columns = list(zip(*stats, strict=True)) if stats else [()] * len(_STAT)
    return {f"{kind} {name}": integers(column) for name, column in zip(_STAT, columns, strict=True)}


def sources_digest(entries: Sequence[Entry], files: Mapping[str, tuple[Stat, bytes]]) -> bytes:
    """Return one digest of everything that was read: which files there are, and what is in them."""
    names = sorted(files)
    parts = [entry.source for entry in entries] + [files[name][1] for name in names]
    return compose(parts, *(entry.path for entry in entries), *names)
