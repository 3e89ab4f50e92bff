"""The index of one site, in a folder: SQLite holds what is true, mapped segments answer quickly.

    index.sqlite   documents, their texts (compressed), fingerprints of those added last, names of the segments
    *.seg          sorted postings (`segment.py`)

Both can be made anew from the sources; a damaged one is. A text that is added touches its own rows only; from 1,024 on
they become a segment, and segments of like size become one, so that there are no more than some ten. One process at a
time uses a folder; another waits for it, and works in memory when that takes too long.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zlib import error as zlib_error

from blogq.originality.fingerprint import fingerprints
from blogq.originality.index import Document, Entry, Query
from blogq.originality.index.candidates import CROWD, Answer, ask, gathered, measure, steady
from blogq.originality.index.columns import Columns
from blogq.originality.index.database import NAME, Database, clear
from blogq.originality.index.postings import Postings
from blogq.originality.index.segment import Damaged
from blogq.originality.material import Material, unpacked
from blogq.store.digest import digest

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from blogq.originality.index.segment import Hashes

__all__ = ["BULK", "FEW", "NAME", "Holding", "Index", "clear"]

BULK = 1 << 22
"""Postings that are collected in memory before they become a segment, where many documents are added at once."""
FEW = 64
"""Changed documents up to which it's found out whom they concern."""

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
    """The index in a folder; in memory only where there is none, or it can't be written to.

    All methods raise `Damaged` where a file isn't what was written, or the disk is full: `clear` and start anew.
    """

    def __init__(self, folder: Path | None) -> None:
        self._database = Database(folder)
        self._known: Columns | None = None
        self._postings: Postings | None = None

    def close(self) -> None:
        """End the use of the folder."""
        self._known = self._postings = None
        self._database.close()

    # What is there

    @property
    def folder(self) -> Path | None:
        """Where it's kept; None where it's in memory only, and so are the numbers that it gives."""
        return self._database.folder

    @property
    def serial(self) -> tuple[int, int]:
        """When it was begun, and how often it was changed since: what is kept of answers belongs to one of these."""
        facts = dict(self._database.rows("SELECT name, value FROM facts"))
        return facts["begun"], facts["changes"]

    def numbers(self, corpus: str = "") -> dict[str, tuple[int, bytes]]:
        """Return number and version of each document of a corpus, by name."""
        rows = self._database.rows("SELECT name, id, version FROM documents WHERE corpus = ?", (_kept(corpus),))
        return {_told(name): (number, version) for name, number, version in rows}

    def corpora(self) -> dict[str, int]:
        """Return how many documents there are of each corpus that has any."""
        rows = self._database.rows("SELECT corpus, count(*) FROM documents GROUP BY corpus")
        return {_told(corpus): count for corpus, count in rows}

    def sketches(self) -> dict[int, int]:
        """Return the sketch of each of the site's own documents, by number: copies mostly have the same."""
        return dict(self._database.rows("SELECT id, sketch FROM documents WHERE corpus = ''"))

    def document(self, number: int) -> Document:
        """Return a document that is there. Raises `Damaged` for others."""
        found = self._database.row(f"SELECT {_COLUMNS} FROM documents WHERE id = ?", (number,))
        if found is None:
            raise Damaged(NAME)
        corpus, name, version, date, *rest = found
        return Document(_told(corpus), _told(name), version, date, *map(_told, rest))

    def material(self, number: int) -> Material:
        """Return the text of a document that is there. Raises `Damaged` where it can't be read."""
        found = self._database.row("SELECT material FROM texts WHERE id = ?", (number,))
        try:
            return unpacked(found[0])
        except (TypeError, ValueError, zlib_error) as error:
            raise Damaged(NAME) from error

    def __len__(self) -> int:
        return int(self._database.row("SELECT count(*) FROM documents")[0])

    def files(self) -> dict[tuple[str, str], Holding]:
        """Return what was taken from files of corpora, by corpus and path."""
        rows = self._database.rows("SELECT corpus, path, stat, names, noticed FROM files")
        try:
            return {
                (_told(corpus), _told(path)): Holding(_told(stat), tuple(json.loads(names)), _told(noticed))
                for corpus, path, stat, names, noticed in rows
            }
        except (ValueError, TypeError) as error:
            raise Damaged(NAME) from error

    def note_files(self, files: Mapping[tuple[str, str], Holding | None]) -> None:
        """Remember what was taken from files; None for those that are gone."""
        with self._database.changing():
            for (corpus, path), holding in files.items():
                key = (_kept(corpus), _kept(path))
                self._database.run("DELETE FROM files WHERE corpus = ? AND path = ?", key)
                if holding is not None:
                    rest = (_kept(holding.stat), json.dumps(holding.names), _kept(holding.noticed))
                    self._database.run("INSERT INTO files VALUES (?, ?, ?, ?, ?)", (*key, *rest))

    # What changes it

    def add(self, entries: Iterable[Entry]) -> frozenset[int] | None:
        """Take texts in, each in place of an older one of its name.

        Returns the numbers of the site's own documents whose candidates may be others now, and those of all that were
        added; None for all.
        """
        import numpy as np

        changed: list[_Changed] = []
        numbers: list[int] = []
        collected: list[tuple[int, Hashes]] = []
        size = 0
        before = self._measure()
        with self._changing():
            for entry in entries:
                key = (_kept(entry.document.corpus), _kept(entry.document.name))
                older = self._database.row("SELECT id FROM documents WHERE corpus = ? AND name = ?", key)
                if older is not None:
                    self._forget(older[0], changed)
                hashes = np.unique(entry.fingerprints.hashes)
                number = self._take_in(entry, entry.fingerprints.sketch)
                numbers.append(number)
                since = entry.document.date if not entry.document.corpus else None
                changed.append(_Changed(hashes, since, True))
                collected.append((number, hashes))
                size += len(hashes)
                if size >= BULK:
                    self._all_postings().flush(collected, self._columns().alive)
                    collected, size = [], 0
                if len(changed) > 2 * FEW:
                    # All are concerned then.
                    del changed[FEW + 1 :]
            alive = self._columns().alive
            self._all_postings().add([each for each in collected if alive[each[0]]], alive)
        concerned = self._concerned(changed, before)
        return None if concerned is None else concerned.union(numbers)

    def remove(self, corpus: str, names: Iterable[str]) -> frozenset[int] | None:
        """Forget texts; those that aren't there are passed over. Returns the same as `add`."""
        changed: list[_Changed] = []
        there = self.numbers(corpus)
        before = self._measure()
        with self._changing():
            for name in names:
                if name in there:
                    self._forget(there.pop(name)[0], changed)
        return self._concerned(changed, before)

    def candidates(self, queries: Sequence[Query]) -> list[Answer]:
        """Return the documents that have most in common with each text."""
        columns, segments = self._columns(), self._all_postings().segments()
        known, size = columns.known(), columns.size
        return [ask(query.fingerprints, segments, known, size, query.own, query.before) for query in queries]

    # How it's kept

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Do what is within wholly or not at all."""
        self._columns()
        try:
            with self._all_postings().changing():
                yield
                self._database.run("UPDATE facts SET value = value + 1 WHERE name = 'changes'")
        except BaseException:
            self._known = None
            raise

    def _take_in(self, entry: Entry, sketch: int) -> int:
        corpus, name, version, date, *rest = entry.document
        lot = _lot(corpus, name)
        number = self._database.run(
            f"INSERT INTO documents ({_COLUMNS}, sketch, lot) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (_kept(corpus), _kept(name), version, date, *map(_kept, rest), sketch, lot),
        )
        self._database.run("INSERT INTO texts VALUES (?, ?)", (number, entry.material))
        self._columns().add(number, date, not corpus, sketch, lot)
        return number

    def _forget(self, number: int, changed: list[_Changed]) -> None:
        if len(changed) <= FEW:
            import numpy as np

            hashes = np.unique(fingerprints([part.text for part in self.material(number).parts]).hashes)
            columns = self._columns()
            since = int(columns.dates[number]) if columns.own[number] else None
            changed.append(_Changed(hashes, since, False))
        for table in ("documents", "texts", "recent"):
            self._database.run(f"DELETE FROM {table} WHERE id = ?", (number,))
        self._columns().remove(number)

    def _columns(self) -> Columns:
        if self._known is None:
            self._known = Columns(self._database)
        return self._known

    def _all_postings(self) -> Postings:
        if self._postings is None:
            self._postings = Postings(self._database)
        return self._postings

    def _measure(self) -> tuple[int, int]:
        return measure(self._columns().size)

    def _concerned(self, changed: Sequence[_Changed], before: tuple[int, int]) -> frozenset[int] | None:
        """Return the site's own documents that have a fingerprint in common with what has changed; None for all.

        A fingerprint whose weight is another now concerns all that have it. Any other concerns those that aren't older
        than what was added or removed: for the rest that is no candidate. `before` is what the number of documents
        meant for weights: where it means something else now, all have others.
        """
        import numpy as np

        if not changed:
            return frozenset()
        if len(changed) > FEW or self._measure() != before:
            return None
        known = self._columns().known()
        most = before[0]
        hashes = np.unique(np.concatenate([each.hashes for each in changed]))
        at, ids, crowded = gathered(self._all_postings().segments(), hashes, known, CROWD + len(changed))
        added, removed = (self._times(hashes, changed, sign) for sign in (True, False))
        same, useless = steady(at, ids, known, added, removed, most)
        useless |= crowded
        since = min(LONG_AGO if each.since is None else each.since for each in changed)
        concerns = ~useless[at] & (~same[at] | (known.dates[ids] >= since))
        found = np.zeros(len(known.own), bool)
        found[ids[concerns]] = True
        return frozenset(np.flatnonzero(found & known.own).tolist())

    @staticmethod
    def _times(hashes: Hashes, changed: Sequence[_Changed], added: bool) -> NDArray[np.int64]:
        """Return how often each of `hashes` was added, or removed."""
        import numpy as np

        found = [each.hashes for each in changed if each.added is added]
        if not found:
            return np.zeros(len(hashes), np.int64)
        return np.bincount(np.searchsorted(hashes, np.concatenate(found)), minlength=len(hashes))


LONG_AGO = -(1 << 63)


class _Changed(NamedTuple):
    """A text that was added or removed."""

    hashes: Hashes
    """Its fingerprints, each once."""
    since: int | None
    """Its date where it's the site's own: it is a candidate of no older one. None for texts of corpora."""
    added: bool


def _lot(corpus: str, name: str) -> int:
    """Return by what the order of documents is drawn that are alike in all that counts."""
    told = f"{corpus}\0{name}".encode("utf-8", "surrogatepass")
    return int.from_bytes(digest(told)[:8], "little", signed=True)


def _kept(text: str) -> str | bytes:
    """Return a text as SQLite takes it: names of files may hold what no UTF-8 can."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
    return text


def _told(value: str | bytes) -> str:
    """Return what `_kept` was given."""
    if isinstance(value, bytes):
        try:
            return value.decode("utf-8", "surrogatepass")
        except UnicodeDecodeError as error:
            raise Damaged(NAME) from error
    return value
