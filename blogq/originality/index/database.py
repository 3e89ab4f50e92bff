"""The SQLite file of an index: one process at a time uses it; in memory where it can't be kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from blogq.originality.fingerprint import VERSION as FINGERPRINT_VERSION
from blogq.originality.index import VERSION
from blogq.originality.index.segment import Damaged

NAME = "index.sqlite"
PATIENCE = 20.0
"""Seconds to wait for another process that uses the index; after them this one does without what is kept."""
_OUT_OF_REACH = frozenset(
    (
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_NOLFS,
    )
)

_SCHEMA = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value);
CREATE TABLE documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT, corpus TEXT NOT NULL, name TEXT NOT NULL, version BLOB NOT NULL,
    date INTEGER NOT NULL, title TEXT NOT NULL, place TEXT NOT NULL, url TEXT NOT NULL, language TEXT NOT NULL,
    sketch INTEGER NOT NULL, lot INTEGER NOT NULL, UNIQUE (corpus, name)
);
CREATE TABLE texts (id INTEGER PRIMARY KEY, material BLOB NOT NULL);
CREATE TABLE recent (id INTEGER PRIMARY KEY, hashes BLOB NOT NULL, checksum INTEGER NOT NULL);
CREATE TABLE files (corpus TEXT, path TEXT, stat TEXT, names TEXT, noticed TEXT, PRIMARY KEY (corpus, path));
CREATE TABLE segments (number INTEGER PRIMARY KEY AUTOINCREMENT, size INTEGER NOT NULL, checksum INTEGER NOT NULL)
"""


class Database:
    """Tables of one index. All methods raise `Damaged` where the file isn't what was written, or can't be."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        """Where it's kept; None in memory."""
        self._connection = self._opened()

    def close(self) -> None:
        """End the use of the file."""
        self._connection.close()

    def run(self, statement: str, values: Sequence[Any] = ()) -> int:
        """Change something; return the number of the row that was added last."""
        with _told():
            return int(self._connection.execute(statement, values).lastrowid or 0)

    def run_many(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """Change something once for each row."""
        with _told():
            self._connection.executemany(statement, rows)

    def rows(self, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        """Return all rows that are found."""
        with _told():
            return self._connection.execute(statement, values).fetchall()

    def row(self, statement: str, values: Sequence[Any] = ()) -> Any:
        """Return the first row that is found, or None."""
        with _told():
            return self._connection.execute(statement, values).fetchone()

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Do what is within wholly or not at all."""
        self.run("BEGIN IMMEDIATE")
        try:
            yield
            self.run("COMMIT")
        except BaseException as error:
            with suppress(sqlite3.Error):
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
            if isinstance(error, OSError):
                raise Damaged(NAME) from error
            raise

    def _opened(self) -> sqlite3.Connection:
        if self.folder is not None:
            with suppress(OSError, sqlite3.Error):
                self.folder.mkdir(parents=True, exist_ok=True)
                try:
                    return _connected(str(self.folder / NAME))
                except (sqlite3.DatabaseError, Damaged) as error:
                    if out_of_reach(error):
                        raise
                clear(self.folder)
                with suppress(Damaged):
                    return _connected(str(self.folder / NAME))
            self.folder = None
        return _connected(":memory:")


def out_of_reach(error: Exception) -> bool:
    """Whether an error says that a file can't be used now: no place to write, or somebody else is at it."""
    return getattr(error, "sqlite_errorcode", -1) & 0xFF in _OUT_OF_REACH


def _connected(path: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    try:
        # Numbers, columns and segments are read once: nobody else may change them meanwhile.
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        # What a crash of the whole machine may damage is made anew.
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -16000")
        connection.execute("BEGIN IMMEDIATE")
        version = f"{VERSION}.{FINGERPRINT_VERSION}"
        if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            for statement in _SCHEMA.split(";"):
                connection.execute(statement)
            from secrets import randbits

            facts = (("version", version), ("begun", randbits(48)), ("changes", 0))
            connection.executemany("INSERT INTO facts VALUES (?, ?)", facts)
        found = dict(connection.execute("SELECT name, value FROM facts"))
        if found.get("version") != version or not {int} >= {type(found.get(name)) for name in ("begun", "changes")}:
            raise Damaged(NAME)
        # Says whether it can be written, and has the lock to the end.
        connection.execute("INSERT OR REPLACE INTO facts VALUES ('version', ?)", (version,))
        connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise Damaged(f"{NAME}: {error}") from error


def clear(folder: Path) -> None:
    """Remove the index in a folder; what is there next is one without documents."""
    for path in (*folder.glob("*.seg"), *folder.glob(f"{NAME}*")):
        with suppress(OSError):
            path.unlink()
