"""What an index knows of each document, in arrays that grow: read once, then kept in step with SQLite."""

from __future__ import annotations

import sqlite3

from blogq.originality.index.candidates import Known


class Columns:
    """What is known of each document, in arrays that grow."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        import numpy as np

        rows = connection.execute("SELECT id, date, corpus = '', sketch FROM documents").fetchall()
        found = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'documents'").fetchone()
        size = (found[0] if found else 0) + 1
        self.alive = np.zeros(size, bool)
        self.dates = np.zeros(size, np.int64)
        self.own = np.zeros(size, bool)
        self.sketches = np.zeros(size, np.uint32)
        if rows:
            numbers, dates, own, sketches = (np.array(column, np.int64) for column in zip(*rows, strict=True))
            self.alive[numbers] = True
            self.dates[numbers] = dates
            self.own[numbers] = own
            self.sketches[numbers] = sketches

    def add(self, number: int, date: int, own: bool, sketch: int) -> None:
        """Take one more document in."""
        import numpy as np

        if number >= len(self.alive):
            more = max(number + 1 - len(self.alive), len(self.alive) // 4)
            self.alive, self.dates, self.own, self.sketches = (
                np.concatenate([column, np.zeros(more, column.dtype)])
                for column in (self.alive, self.dates, self.own, self.sketches)
            )
        self.alive[number] = True
        self.dates[number] = date
        self.own[number] = own
        self.sketches[number] = sketch

    def known(self) -> Known:
        """Return the columns as they are now."""
        return Known(self.alive, self.dates, self.own, self.sketches)
