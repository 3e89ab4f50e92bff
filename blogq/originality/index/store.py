"""The index of one site, in a folder: SQLite holds what is true, mapped segments answer quickly.

    index.sqlite   documents, their texts (compressed), fingerprints of those added last, names of the segments
    *.seg          sorted postings (`segment.py`)

Both can be made anew from the sources; a damaged one is. A text that is added touches its own rows only; from 1,024 on
they become a segment, and segments of like size become one, so that there are no more than some ten.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import error as zlib_error

from blogq.originality.fingerprint import VERSION as FINGERPRINT_VERSION
from blogq.originality.fingerprint import fingerprints
from blogq.originality.index import VERSION, Document, Entry, Query
from blogq.originality.index.candidates import Answer, ask, limit, originals
from blogq.originality.index.columns import Columns
from blogq.originality.index.segment import Damaged, Segment, merged, read, segment, write
from blogq.originality.material import Material, unpacked

if TYPE_CHECKING:
    from blogq.originality.index.segment import Hashes

NAME = "index.sqlite"
RECENT = 1024
"""Documents whose fingerprints wait in SQLite to become a segment."""
BULK = 1 << 22
"""Postings that are collected in memory before they become a segment, where many documents are added at once."""
FEW = 64
"""Changed documents up to which it's found out whom they concern."""

_SCHEMA = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value);
CREATE TABLE documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT, corpus TEXT NOT NULL, name TEXT NOT NULL, version BLOB NOT NULL,
    date INTEGER NOT NULL, title TEXT NOT NULL, place TEXT NOT NULL, url TEXT NOT NULL, language TEXT NOT NULL,
    sketch INTEGER NOT NULL, UNIQUE (corpus, name)
);
CREATE TABLE texts (id INTEGER PRIMARY KEY, material BLOB NOT NULL);
CREATE TABLE recent (id INTEGER PRIMARY KEY, hashes BLOB NOT NULL);
CREATE TABLE files (corpus TEXT, path TEXT, stat TEXT, names TEXT, noticed TEXT, PRIMARY KEY (corpus, path));
CREATE TABLE segments (number INTEGER PRIMARY KEY AUTOINCREMENT, size INTEGER NOT NULL);
"""
_COLUMNS = "corpus, name, version, date, title, place, url, language"


class Holding(NamedTuple):
    """What was taken from a file of a corpus."""

    stat: str
    """How the file was then."""
    names: tuple[str, ...]
    """Names of its documents."""
    noticed: str
    """What was wrong with it, as JSON."""


class Index:
    """The index in a folder; in memory only where there is none, or it can't be written to."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._connection = self._opened()
        self._known: Columns | None = None
        self._segments: list[tuple[int, Segment]] | None = None
        self._tail: list[Segment] = []
        self._waiting = 0

    def close(self) -> None:
        """End the use of the folder."""
        self._segments = None
        self._connection.close()

    # What is there

    @property
    def serial(self) -> tuple[int, int]:
        """When it was begun, and how often it was changed since: what is kept of answers belongs to one of these."""
        facts = dict(self._connection.execute("SELECT name, value FROM facts"))
        return facts["begun"], facts["changes"]

    def numbers(self, corpus: str = "") -> dict[str, tuple[int, bytes]]:
        """Return number and version of each document of a corpus, by name."""
        rows = self._connection.execute("SELECT name, id, version FROM documents WHERE corpus = ?", (corpus,))
        return {name: (number, version) for name, number, version in rows}

    def corpora(self) -> dict[str, int]:
        """Return how many documents there are of each corpus that has any."""
        return dict(self._connection.execute("SELECT corpus, count(*) FROM documents GROUP BY corpus"))

    def sketches(self) -> dict[int, int]:
        """Return the sketch of each of the site's own documents, by number: copies mostly have the same."""
        return dict(self._connection.execute("SELECT id, sketch FROM documents WHERE corpus = ''"))

    def document(self, number: int) -> Document:
        """Return a document that is there."""
        found = self._connection.execute(f"SELECT {_COLUMNS} FROM documents WHERE id = ?", (number,)).fetchone()
        return Document(*found)

    def material(self, number: int) -> Material:
        """Return the text of a document that is there. Raises `Damaged` where it can't be read."""
        found = self._connection.execute("SELECT material FROM texts WHERE id = ?", (number,)).fetchone()
        try:
            return unpacked(found[0])
        except (TypeError, ValueError, zlib_error) as error:
            raise Damaged(NAME) from error

    def __len__(self) -> int:
        found = self._connection.execute("SELECT count(*) FROM documents").fetchone()
        return int(found[0])

    def files(self) -> dict[tuple[str, str], Holding]:
        """Return what was taken from files of corpora, by corpus and path."""
        rows = self._connection.execute("SELECT corpus, path, stat, names, noticed FROM files")
        return {
            (corpus, path): Holding(stat, tuple(names.split("\n")), noticed)
            for corpus, path, stat, names, noticed in rows
        }

    def note_files(self, files: Mapping[tuple[str, str], Holding | None]) -> None:
        """Remember what was taken from files; None for those that are gone."""
        self._connection.execute("BEGIN IMMEDIATE")
        for (corpus, path), holding in files.items():
            self._connection.execute("DELETE FROM files WHERE corpus = ? AND path = ?", (corpus, path))
            if holding is not None:
                row = (corpus, path, holding.stat, "\n".join(holding.names), holding.noticed)
                self._connection.execute("INSERT INTO files VALUES (?, ?, ?, ?, ?)", row)
        self._connection.execute("COMMIT")

    # What changes it

    def add(self, entries: Iterable[Entry]) -> frozenset[int] | None:
        """Take texts in, each in place of an older one of its name.

        Returns the numbers of documents whose candidates may be others now, the added ones among them; None for all.
        """
        import numpy as np

        changed: list[Hashes] = []
        numbers: list[int] = []
        collected: list[tuple[int, Hashes]] = []
        size = 0
        with self._changing():
            for entry in entries:
                before = self._connection.execute(
                    "SELECT id FROM documents WHERE corpus = ? AND name = ?", entry.document[:2]
                ).fetchone()
                if before is not None:
                    self._forget(before[0], changed)
                hashes = np.unique(entry.fingerprints.hashes)
                number = self._take_in(entry, entry.fingerprints.sketch)
                numbers.append(number)
                changed.append(hashes)
                collected.append((number, hashes))
                size += len(hashes)
                if size >= BULK:
                    self._flush(collected)
                    collected, size = [], 0
                if len(changed) > 2 * FEW:
                    # All are concerned then.
                    del changed[FEW + 1 :]
            if self._waiting + len(collected) > RECENT:
                self._flush([*self._recent(), *collected])
            else:
                self._connection.executemany(
                    "INSERT INTO recent VALUES (?, ?)", ((number, hashes.tobytes()) for number, hashes in collected)
                )
                self._waiting += len(collected)
                self._extend(collected)
        concerned = self._concerned(changed)
        return None if concerned is None else concerned.union(numbers)

    def remove(self, corpus: str, names: Iterable[str]) -> frozenset[int] | None:
        """Forget texts; those that aren't there are passed over. Returns the same as `add`."""
        changed: list[Hashes] = []
        there = self.numbers(corpus)
        with self._changing():
            for name in names:
                if name in there:
                    self._forget(there[name][0], changed)
        return self._concerned(changed)

    def candidates(self, queries: Sequence[Query]) -> list[Answer]:
        """Return the documents that have most in common with each text."""
        known, segments = self._columns().known(), self._all_segments()
        size = int(known.alive.sum())
        return [ask(query.fingerprints, segments, known, size, query.own, query.before) for query in queries]

    # How it's kept

    def _opened(self) -> sqlite3.Connection:
        if self._folder is not None:
            for _ in range(2):
                with suppress(OSError, sqlite3.OperationalError):
                    self._folder.mkdir(parents=True, exist_ok=True)
                    try:
                        return self._connected(str(self._folder / NAME))
                    except (sqlite3.DatabaseError, Damaged) as error:
                        if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
                            raise
                        clear(self._folder)
            self._folder = None
        return self._connected(":memory:")

    def _connected(self, path: str) -> sqlite3.Connection:
        connection = sqlite3.connect(path, timeout=20, isolation_level=None)
        try:
            # What a crash of the whole machine may damage is made anew.
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("PRAGMA cache_size = -16000")
            version = f"{VERSION}.{FINGERPRINT_VERSION}"
            if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                connection.execute("BEGIN IMMEDIATE")
                for statement in _SCHEMA.split(";"):
                    connection.execute(statement)
                from secrets import randbits

                facts = (("version", version), ("begun", randbits(48)), ("changes", 0))
                connection.executemany("INSERT INTO facts VALUES (?, ?)", facts)
                connection.execute("COMMIT")
            elif connection.execute("SELECT value FROM facts WHERE name = 'version'").fetchone() != (version,):
                raise Damaged(NAME)
        except BaseException:
            connection.close()
            raise
        return connection

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Do what is within wholly or not at all."""
        self._all_segments()
        self._columns()
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("UPDATE facts SET value = value + 1 WHERE name = 'changes'")
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            self._known, self._segments, self._tail, self._waiting = None, None, [], 0
            raise

    def _take_in(self, entry: Entry, sketch: int) -> int:
        found = self._connection.execute(
            f"INSERT INTO documents ({_COLUMNS}, sketch) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (*entry.document, sketch)
        )
        number = int(found.lastrowid or 0)
        self._connection.execute("INSERT INTO texts VALUES (?, ?)", (number, entry.material))
        self._columns().add(number, entry.document.date, not entry.document.corpus, sketch)
        return number

    def _forget(self, number: int, changed: list[Any]) -> None:
        if len(changed) <= FEW:
            changed.append(fingerprints([part.text for part in self.material(number).parts]).hashes)
        for table in ("documents", "texts", "recent"):
            self._connection.execute(f"DELETE FROM {table} WHERE id = ?", (number,))
        self._columns().alive[number] = False

    def _columns(self) -> Columns:
        if self._known is None:
            self._known = Columns(self._connection)
        return self._known

    def _all_segments(self) -> list[Segment]:
        if self._segments is None:
            self._segments = []
            rows = self._connection.execute("SELECT number, size FROM segments ORDER BY number").fetchall()
            for number, size in rows:
                try:
                    found = read(self._path(number))
                    if len(found.documents) != size:
                        raise Damaged(self._path(number).name)
                except OSError as error:
                    raise Damaged(self._path(number).name) from error
                self._segments.append((number, found))
            recent = self._recent()
            self._waiting = len(recent)
            self._tail = []
            self._extend(recent)
        return [*(found for _, found in self._segments), *self._tail]

    def _path(self, number: int) -> Path:
        assert self._folder is not None
        return self._folder / f"{number}.seg"

    def _recent(self) -> list[tuple[int, Hashes]]:
        import numpy as np

        rows = self._connection.execute("SELECT id, hashes FROM recent ORDER BY id")
        return [(number, np.frombuffer(data, np.uint32)) for number, data in rows]

    def _extend(self, collected: Sequence[tuple[int, Hashes]]) -> None:
        """Let postings in memory answer as well; those of like size become one."""
        import numpy as np

        if not collected:
            return
        self._tail.append(_of(collected))
        while len(self._tail) > 1 and _alike(self._tail[-2], self._tail[-1]):
            last, other = self._tail.pop(), self._tail.pop()
            hashes = np.concatenate([other.hashes(0, 1 << 16), last.hashes(0, 1 << 16)])
            self._tail.append(segment(hashes, np.concatenate([other.documents, last.documents])))

    def _flush(self, collected: Sequence[tuple[int, Hashes]]) -> None:
        """Make a segment of postings, and one of segments of like size."""
        assert self._segments is not None
        self._connection.execute("DELETE FROM recent")
        self._tail, self._waiting = [], 0
        made = _of(collected)
        if self._folder is None:
            self._segments.append((-1, made))
            return
        number = self._numbered(len(made.documents))
        write(made, self._path(number))
        self._segments.append((number, read(self._path(number))))
        alive = self._columns().known().alive
        while len(self._segments) > 1 and len(self._segments[-2][1].documents) < 2 * len(
            self._segments[-1][1].documents
        ):
            parts = [self._segments.pop(), self._segments.pop()]
            number = self._numbered(0)
            merged([found for _, found in reversed(parts)], alive, self._path(number))
            whole = read(self._path(number))
            self._connection.execute("UPDATE segments SET size = ? WHERE number = ?", (len(whole.documents), number))
            for old, _ in parts:
                self._connection.execute("DELETE FROM segments WHERE number = ?", (old,))
            self._segments.append((number, whole))
        self._tidy()

    def _numbered(self, size: int) -> int:
        return int(self._connection.execute("INSERT INTO segments (size) VALUES (?)", (size,)).lastrowid or 0)

    def _tidy(self) -> None:
        """Remove files of segments that have become part of others; those that are in use stay until the next time."""
        assert self._folder is not None and self._segments is not None
        named = {self._path(number) for number, _ in self._segments}
        for path in self._folder.glob("*.seg"):
            if path not in named:
                with suppress(OSError):
                    path.unlink()

    def _concerned(self, changed: Sequence[Hashes]) -> frozenset[int] | None:
        """Return the site's own documents that have a fingerprint in common with what has changed; None for all.

        A fingerprint that is too common to count, before and after, concerns nobody.
        """
        import numpy as np

        if not changed:
            return frozenset()
        if len(changed) > FEW:
            return None
        known = self._columns().known()
        hashes = np.unique(np.concatenate(changed))
        met = [each.meet(hashes, 1 << 30) for each in self._all_segments()]
        at = np.concatenate([np.empty(0, np.int64), *(where for where, _ in met)])
        ids = np.concatenate([np.empty(0, np.uint32), *(which for _, which in met)]).astype(np.int64)
        kept = known.alive[ids]
        at, ids = at[kept], ids[kept]
        crowded = originals(at, ids, len(hashes), known) > limit(int(known.alive.sum())) + len(changed)
        return frozenset(np.unique(ids[~crowded[at] & known.own[ids]]).tolist())


def clear(folder: Path) -> None:
    """Remove the index in a folder; what is there next is one without documents."""
    for path in (*folder.glob("*.seg"), *folder.glob(f"{NAME}*")):
        with suppress(OSError):
            path.unlink()


def _alike(older: Segment, newer: Segment) -> bool:
    """Whether two segments are of like size, so that they should be one."""
    return len(older.documents) < 2 * len(newer.documents)


def _of(collected: Sequence[tuple[int, Hashes]]) -> Segment:
    import numpy as np

    if not collected:
        return segment(np.empty(0, np.uint32), np.empty(0, np.uint32))
    numbers = np.array([number for number, _ in collected], np.uint32)
    sizes = [len(hashes) for _, hashes in collected]
    return segment(np.concatenate([hashes for _, hashes in collected]), np.repeat(numbers, sizes))
