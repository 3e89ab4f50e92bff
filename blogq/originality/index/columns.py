"""What an index knows of each document, in arrays that grow: read once, then kept in step with SQLite."""

from __future__ import annotations

from blogq.originality.index.candidates import Known
from blogq.originality.index.database import NAME, Database
from blogq.originality.index.segment import Damaged


class Columns:
    """What is known of each document, in arrays that grow."""

    def __init__(self, database: Database) -> None:
        import numpy as np

        rows = database.rows("SELECT id, date, corpus = '', sketch, lot FROM documents")
        found = database.row("SELECT seq FROM sqlite_sequence WHERE name = 'documents'")
        size = (found[0] if found else 0) + 1
        self.size = len(rows)
        """How many documents there are."""
        self.alive = np.zeros(size, bool)
        self.dates = np.zeros(size, np.int64)
        self.own = np.zeros(size, bool)
        self.sketches = np.zeros(size, np.uint32)
        self.lots = np.zeros(size, np.int64)
        if rows:
            try:
                numbers, dates, own, sketches, lots = (np.array(column, np.int64) for column in zip(*rows, strict=True))
                self.alive[numbers] = True
                self.dates[numbers] = dates
                self.own[numbers] = own
                self.sketches[numbers] = sketches
                self.lots[numbers] = lots
            except (ValueError, TypeError, IndexError, OverflowError) as error:
                raise Damaged(NAME) from error

    def add(self, number: int, date: int, own: bool, sketch: int, lot: int) -> None:
        """Take one more document in."""
        import numpy as np

        if number >= len(self.alive):
            more = max(number + 1 - len(self.alive), len(self.alive) // 4)
            self.alive, self.dates, self.own, self.sketches, self.lots = (
                np.concatenate([column, np.zeros(more, column.dtype)])
                for column in (self.alive, self.dates, self.own, self.sketches, self.lots)
            )
        self.alive[number] = True
        self.dates[number] = date
        self.own[number] = own
        self.sketches[number] = sketch
        self.lots[number] = lot
        self.size += 1

    def remove(self, number: int) -> None:
        """Forget a document that is there."""
        self.alive[number] = False
        self.size -= 1

    def known(self) -> Known:
        """Return the columns as they are now."""
        return Known(self.alive, self.dates, self.own, self.sketches, self.lots)
