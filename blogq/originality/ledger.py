"""What an index has answered and what came of holding texts against each other, kept so that it's done once.

An answer is forgotten when a text is added or removed that has something in common with its own; an alignment only
with one of its two texts. Nothing is lost with it but time: what can't be read or written is done without.
"""

from __future__ import annotations

import json
import sqlite3
import struct
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TypeVar
from zlib import compress, crc32, decompress
from zlib import error as zlib_error

from blogq.originality.evidence import Evidence, Stretch
from blogq.originality.index.candidates import Answer, Candidate
from blogq.originality.index.database import out_of_reach

T = TypeVar("T")

NAME = "ledger.sqlite"
VERSION = 2
"""Raised whenever what is kept has another shape."""
PATIENCE = 2.0
"""Seconds to wait for another process. Who has the index has the ledger, so there hardly is one."""

_SCHEMA = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value);
CREATE TABLE answers (id INTEGER PRIMARY KEY, told TEXT NOT NULL, checksum INTEGER NOT NULL);
CREATE TABLE pairs (id INTEGER, other INTEGER, told BLOB NOT NULL, checksum INTEGER NOT NULL, PRIMARY KEY (id, other))
WITHOUT ROWID;
CREATE INDEX others ON pairs (other)
"""
_NUMBERS = struct.Struct("<qq")


class Ledger:
    """Answers and alignments of one site, by the numbers that its index gives texts."""

    def __init__(self, folder: Path | None, begun: int, environment: str) -> None:
        """`folder` is None where the index is in memory: its numbers mean nothing to others.

        `begun` is the index's own mark, `environment` all that alignments depend on besides the texts.
        """
        self._folder = folder
        self._mark = f"{VERSION} {begun} {environment}"
        self._connection = self._opened()

    def close(self) -> None:
        """End the use of the file."""
        self._connection.close()

    @property
    def state(self) -> object:
        """State of the index to which the answers belong."""
        return self._done(lambda: _fact(self._connection, "state"))

    def bring(self, state: str, concerned: Collection[int] | None, gone: Iterable[int]) -> None:
        """Have the answers belong to another state of the index: those of texts that it concerns are forgotten.

        `concerned` is None for all; `gone` are texts that are no more.
        """
        numbers = [(number,) for number in gone]
        fewer = None if concerned is None else [(number,) for number in concerned]

        def forget() -> None:
            run = self._connection.executemany
            if fewer is None:
                self._connection.execute("DELETE FROM answers")
            else:
                run("DELETE FROM answers WHERE id = ?", fewer)
            run("DELETE FROM answers WHERE id = ?", numbers)
            run("DELETE FROM pairs WHERE id = ?", numbers)
            run("DELETE FROM pairs WHERE other = ?", numbers)
            self._connection.execute("INSERT OR REPLACE INTO facts VALUES ('state', ?)", (state,))

        self._changed(forget)

    def answers(self) -> dict[int, Answer]:
        """Return all answers that are known, by the number of the text that was asked for."""

        def load() -> dict[int, Answer]:
            rows = self._connection.execute("SELECT id, told, checksum FROM answers").fetchall()
            sound = [(number, text) for number, text, check in rows if check == _check(text.encode(), number)]
            told = json.loads("[" + ",".join(text for _, text in sound) + "]")
            return {
                number: Answer(tuple(Candidate(*each) for each in candidates), *map(tuple, rest))
                for (number, _), (candidates, *rest) in zip(sound, told, strict=True)
            }

        return self._done(load)

    def keep_answers(self, answers: Mapping[int, Answer]) -> None:
        """Keep answers."""
        told = ((number, json.dumps(answer, separators=(",", ":"))) for number, answer in answers.items())
        rows = [(number, text, _check(text.encode(), number)) for number, text in told]
        self._changed(lambda: self._connection.executemany("INSERT OR REPLACE INTO answers VALUES (?, ?, ?)", rows))

    def alignments(self) -> dict[tuple[int, int], bytes]:
        """Return all alignments that are known, as they are kept, by the numbers of text and source."""

        def load() -> dict[tuple[int, int], bytes]:
            rows = self._connection.execute("SELECT id, other, told, checksum FROM pairs")
            return {
                (number, other): told
                for number, other, told, check in rows
                if check == _check(told, number, other)
            }  # fmt: skip

        return self._done(load)

    def keep_alignments(self, found: Mapping[tuple[int, int], bytes]) -> None:
        """Keep alignments, as `told` writes them."""
        rows = [(number, other, data, _check(data, number, other)) for (number, other), data in found.items()]
        self._changed(lambda: self._connection.executemany("INSERT OR REPLACE INTO pairs VALUES (?, ?, ?, ?)", rows))

    def _changed(self, change: Callable[[], object]) -> None:
        def whole() -> None:
            self._connection.execute("BEGIN IMMEDIATE")
            change()
            self._connection.execute("COMMIT")

        self._done(whole)

    def _done(self, do: Callable[[], T]) -> T:
        """Do something with the file; where it's damaged or can't be written, without what it holds."""
        try:
            return do()
        except (sqlite3.Error, ValueError, TypeError, AttributeError):
            with suppress(sqlite3.Error):
                self._connection.close()
            self._drop()
            self._folder = None
            self._connection = self._opened()
            return do()

    def _drop(self) -> None:
        if self._folder is not None:
            for path in self._folder.glob(f"{NAME}*"):
                with suppress(OSError):
                    path.unlink()

    def _opened(self) -> sqlite3.Connection:
        if self._folder is not None:
            for _ in range(2):
                try:
                    return self._connected(str(self._folder / NAME))
                except sqlite3.Error as error:
                    if out_of_reach(error):
                        break
                    self._drop()
        self._folder = None
        return self._connected(":memory:")

    def _connected(self, path: str) -> sqlite3.Connection:
        connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        try:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("BEGIN IMMEDIATE")
            if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                for statement in _SCHEMA.split(";"):
                    connection.execute(statement)
            if _fact(connection, "mark") != self._mark:
                for table in ("answers", "pairs", "facts"):
                    connection.execute(f"DELETE FROM {table}")
            # Says whether it can be written, and has the lock to the end.
            connection.execute("INSERT OR REPLACE INTO facts VALUES ('mark', ?)", (self._mark,))
            connection.execute("COMMIT")
        except BaseException:
            connection.close()
            raise
        return connection


def _fact(connection: sqlite3.Connection, name: str) -> object:
    found = connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
    return found[0] if found else None


def _check(data: bytes, number: int, other: int = 0) -> int:
    return crc32(data, crc32(_NUMBERS.pack(number, other)))


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
