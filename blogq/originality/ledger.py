"""What an index has answered and what came of holding texts against each other, kept so that it's done once.

An answer is forgotten when a text is added or removed that has something in common with its own; an alignment only
with one of its two texts. Nothing is lost with it but time.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from zlib import compress, decompress
from zlib import error as zlib_error

from blogq.originality.evidence import Evidence, Stretch
from blogq.originality.index.candidates import Answer, Candidate

NAME = "ledger.sqlite"
VERSION = 1
"""Raised whenever what is kept has another shape."""

_SCHEMA = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value);
CREATE TABLE answers (id INTEGER PRIMARY KEY, told BLOB NOT NULL);
CREATE TABLE pairs (id INTEGER, other INTEGER, told BLOB NOT NULL, PRIMARY KEY (id, other)) WITHOUT ROWID;
CREATE INDEX others ON pairs (other);
"""


class Ledger:
    """Answers and alignments of one site, by the numbers that its index gives texts."""

    def __init__(self, folder: Path | None, begun: int, environment: str) -> None:
        """`begun` is the index's own mark, `environment` all that alignments depend on besides the texts."""
        self._connection = _opened(folder)
        self._mark = f"{VERSION} {begun} {environment}"
        if self._fact("mark") != self._mark:
            self._connection.executescript("DELETE FROM answers; DELETE FROM pairs; DELETE FROM facts")
            self._connection.execute("INSERT INTO facts VALUES ('mark', ?)", (self._mark,))

    def close(self) -> None:
        """End the use of the file."""
        self._connection.close()

    def _fact(self, name: str) -> object:
        found = self._connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return found[0] if found else None

    @property
    def state(self) -> object:
        """State of the index to which the answers belong."""
        return self._fact("state")

    def bring(self, state: str, concerned: Collection[int] | None, gone: Iterable[int]) -> None:
        """Have the answers belong to another state of the index: those of texts that it concerns are forgotten.

        `concerned` is None for all; `gone` are texts that are no more.
        """
        run = self._connection.executemany
        self._connection.execute("BEGIN")
        if concerned is None:
            self._connection.execute("DELETE FROM answers")
        else:
            run("DELETE FROM answers WHERE id = ?", ((number,) for number in concerned))
        numbers = [(number,) for number in gone]
        run("DELETE FROM answers WHERE id = ?", numbers)
        run("DELETE FROM pairs WHERE id = ?", numbers)
        run("DELETE FROM pairs WHERE other = ?", numbers)
        self._connection.execute("INSERT OR REPLACE INTO facts VALUES ('state', ?)", (state,))
        self._connection.execute("COMMIT")

    def answers(self) -> dict[int, Answer]:
        """Return all answers that are known, by the number of the text that was asked for."""
        rows = self._connection.execute("SELECT id, told FROM answers").fetchall()
        told = json.loads("[" + ",".join(text for _, text in rows) + "]")
        return {
            number: Answer(tuple(Candidate(*each) for each in candidates), *map(tuple, rest))
            for (number, _), (candidates, *rest) in zip(rows, told, strict=True)
        }

    def keep_answers(self, answers: Mapping[int, Answer]) -> None:
        """Keep answers."""
        rows = [(number, json.dumps(answer, separators=(",", ":"))) for number, answer in answers.items()]
        self._connection.execute("BEGIN")
        self._connection.executemany("INSERT OR REPLACE INTO answers VALUES (?, ?)", rows)
        self._connection.execute("COMMIT")

    def alignments(self) -> dict[tuple[int, int], bytes]:
        """Return all alignments that are known, as they are kept, by the numbers of text and source."""
        rows = self._connection.execute("SELECT id, other, told FROM pairs")
        return {(number, other): told for number, other, told in rows}

    def keep_alignments(self, found: Mapping[tuple[int, int], bytes]) -> None:
        """Keep alignments, as `told` writes them."""
        self._connection.execute("BEGIN")
        rows = [(number, other, data) for (number, other), data in found.items()]
        self._connection.executemany("INSERT OR REPLACE INTO pairs VALUES (?, ?, ?)", rows)
        self._connection.execute("COMMIT")


def told(found: Evidence) -> bytes:
    """Return an alignment as it is kept; next to nothing where nothing matches."""
    return compress(json.dumps(found, separators=(",", ":")).encode(), 1) if found.stretches or found.run else b""


def read(data: bytes) -> Evidence | None:
    """Return what `told` was given; None where nothing matched, or where it can't be read."""
    if not data:
        return None
    with suppress(ValueError, TypeError, zlib_error):
        words, source_words, stretches, run = json.loads(decompress(data))
        return Evidence(
            words, source_words, tuple(Stretch(*each) for each in stretches), Stretch(*run) if run else None
        )
    return None


def _opened(folder: Path | None) -> sqlite3.Connection:
    if folder is not None:
        for _ in range(2):
            try:
                return _connected(str(folder / NAME))
            except sqlite3.OperationalError:
                # No place to write, or somebody else writes.
                break
            except sqlite3.DatabaseError:
                for path in folder.glob(f"{NAME}*"):
                    with suppress(OSError):
                        path.unlink()
    return _connected(":memory:")


def _connected(path: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=20, isolation_level=None)
    try:
        connection.execute("PRAGMA synchronous = OFF")
        if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            connection.executescript(_SCHEMA)
        connection.execute("SELECT name FROM facts WHERE name = 'mark'")
    except BaseException:
        connection.close()
        raise
    return connection
