"""Which document has which fingerprint: rows of SQLite for those added last, mapped segments for all others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from blogq.originality.index.database import NAME, Database
from blogq.originality.index.segment import Damaged, Segment, merged, read, segment, write

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from blogq.originality.index.segment import Hashes

RECENT = 1024
"""Documents whose fingerprints wait in SQLite to become a segment."""
ALL = 1 << 16
"""Past the last bucket of a segment."""


class Postings:
    """All postings of one index."""

    def __init__(self, database: Database) -> None:
        """Raises `Damaged` where a segment isn't what was written."""
        self._database = database
        self._folder = database.folder
        self._segments: list[tuple[int, Segment]] = []
        self._before: frozenset[int] = frozenset()
        """Segments that there were when the change began that is under way."""
        for number, size, check in database.rows("SELECT number, size, checksum FROM segments ORDER BY number"):
            try:
                found = read(self._path(number), check)
            except OSError as error:
                raise Damaged(self._path(number).name) from error
            if len(found.documents) != size:
                raise Damaged(self._path(number).name)
            self._segments.append((number, found))
        waiting = self._recent()
        self._waiting = len(waiting)
        self._tail: list[Segment] = []
        self._extend(waiting)

    def segments(self) -> list[Segment]:
        """Return all segments; a document's postings are in one of them."""
        return [*(found for _, found in self._segments), *self._tail]

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Have all that is done within undone if it fails. Files that are no longer used go when it's done."""
        before = list(self._segments), list(self._tail), self._waiting
        self._before = frozenset(number for number, _ in before[0])
        try:
            with self._database.changing():
                yield
        except BaseException:
            self._segments, self._tail, self._waiting = before
            raise
        if [number for number, _ in before[0]] != [number for number, _ in self._segments]:
            self._tidy()

    def add(self, collected: Sequence[tuple[int, Hashes]], alive: NDArray[np.bool_]) -> None:
        """Take the fingerprints of documents in, each of them once; `alive` says of all which are there still."""
        if self._waiting + len(collected) > RECENT:
            self.flush(collected, alive)
            return
        rows = ((number, data := hashes.tobytes(), crc32(data)) for number, hashes in collected)
        self._database.run_many("INSERT INTO recent VALUES (?, ?, ?)", rows)
        self._waiting += len(collected)
        self._extend(collected)

    def flush(self, collected: Sequence[tuple[int, Hashes]], alive: NDArray[np.bool_]) -> None:
        """Make a segment of these, and of all that wait; then one of segments of like size."""
        together = [each for each in (*self._recent(), *collected) if alive[each[0]]]
        self._database.run("DELETE FROM recent")
        self._tail, self._waiting = [], 0
        if not together:
            return
        self._keep(_of(together))
        while len(self._segments) > 1 and _alike(self._segments[-2][1], self._segments[-1][1]):
            parts = [self._segments.pop(), self._segments.pop()]
            for number, _ in parts:
                self._database.run("DELETE FROM segments WHERE number = ?", (number,))
            self._keep(merged([found for _, found in reversed(parts)], alive))
            for number, _ in parts:
                if self._folder is not None and number not in self._before:
                    with suppress(OSError):
                        self._path(number).unlink()

    def _keep(self, made: Segment) -> None:
        number = self._numbered(len(made.documents))
        if self._folder is None:
            self._segments.append((number, made))
            return
        check = write(made, self._path(number))
        self._database.run("UPDATE segments SET checksum = ? WHERE number = ?", (check, number))
        self._segments.append((number, read(self._path(number), check)))

    def _numbered(self, size: int) -> int:
        return self._database.run("INSERT INTO segments (size, checksum) VALUES (?, 0)", (size,))

    def _path(self, number: int) -> Path:
        if self._folder is None:
            raise Damaged(NAME)
        return self._folder / f"{number}.seg"

    def _recent(self) -> list[tuple[int, Hashes]]:
        import numpy as np

        rows = self._database.rows("SELECT id, hashes, checksum FROM recent ORDER BY id")
        if any(type(data) is not bytes or crc32(data) != check for _, data, check in rows):
            raise Damaged(NAME)
        return [(number, np.frombuffer(data, np.uint32)) for number, data, _ in rows]

    def _extend(self, collected: Sequence[tuple[int, Hashes]]) -> None:
        """Let postings in memory answer as well; those of like size become one."""
        import numpy as np

        if not collected:
            return
        self._tail.append(_of(collected))
        while len(self._tail) > 1 and _alike(self._tail[-2], self._tail[-1]):
            last, other = self._tail.pop(), self._tail.pop()
            hashes = np.concatenate([other.hashes(0, ALL), last.hashes(0, ALL)])
            self._tail.append(segment(hashes, np.concatenate([other.documents, last.documents])))

    def _tidy(self) -> None:
        """Remove files of segments that have become part of others; those that are in use stay until the next time."""
        if self._folder is not None:
            named = {self._path(number) for number, _ in self._segments}
            for path in self._folder.glob("*.seg"):
                if path not in named:
                    with suppress(OSError):
                        path.unlink()


def _alike(older: Segment, newer: Segment) -> bool:
    """Whether two segments are of like size, so that they should be one."""
    return len(older.documents) < 2 * len(newer.documents)


def _of(collected: Sequence[tuple[int, Hashes]]) -> Segment:
    import numpy as np

    numbers = np.array([number for number, _ in collected], np.uint32)
    sizes = [len(hashes) for _, hashes in collected]
    return segment(np.concatenate([hashes for _, hashes in collected]), np.repeat(numbers, sizes))
