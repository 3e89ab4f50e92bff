"""Isso's database (SQLite): opened for reading only, and never waited for longer than two seconds.

The scheme is that of Isso 0.10 to 0.14: `threads(id, uri, title)`, `comments(tid, id, parent, created, mode, text, …)`.
Of its modes 1 is published, 2 waits for approval, 4 is deleted but still has answers.
"""

from __future__ import annotations

from contextlib import closing
from html import unescape
from pathlib import Path
from typing import Any

from blogq.conversation.comment import Draft, Found, Unavailable, line_of, text_of
from blogq.conversation.file import File

WAIT = 2.0
"""Seconds that somebody who is writing is given to end."""
_PUBLISHED, _PENDING = 1, 2
_QUERY = (
    "SELECT comments.*, threads.uri AS uri FROM comments JOIN threads ON threads.id = comments.tid ORDER BY comments.id"
)


def read(file: File) -> Found:
    """Return the comments in a database; raise `Unavailable` where it is locked, damaged or of something else."""
    import sqlite3

    place = Path(file.root, file.path)
    head = _head(place)
    if head and not head.startswith(b"SQLite format 3\0"):
        raise Unavailable(
            file.damaged("this is no SQLite database", hint="Name Isso's database, as its `dbpath` does.")
        )
    try:
        with closing(sqlite3.connect(f"{place.as_uri()}?mode=ro", uri=True, timeout=WAIT)) as database:
            # Nothing that a database of others may have in its scheme is run.
            database.execute("PRAGMA trusted_schema = OFF")
            database.execute("PRAGMA query_only = ON")
            database.text_factory = lambda data: data.decode("utf-8", "replace")
            database.row_factory = sqlite3.Row
            drafts = [draft for row in database.execute(_QUERY) if (draft := _draft(dict(row))) is not None]
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            what, hint = "the database is locked: somebody is writing to it", "Build again in a moment."
        elif "no such table" in str(error) or "no such column" in str(error):
            what, hint = f"this database is none of Isso's: {error}", "Name the one that Isso's `dbpath` names."
        else:
            what, hint = f"the database can't be read: {error}", "Check that it is there and may be read."
        raise Unavailable(file.damaged(what, hint=hint)) from error
    except (sqlite3.DatabaseError, ValueError, OverflowError) as error:
        what = f"the database is damaged: {error}"
        raise Unavailable(file.damaged(what, hint="Bring it back from a copy (`sqlite3 FILE .recover`).")) from error
    return Found(drafts, [])


def _head(place: Path) -> bytes:
    try:
        with place.open("rb") as data:
            return data.read(16)
    except OSError:
        return b""


def _draft(row: dict[str, Any]) -> Draft | None:
    text = text_of(row.get("text"))
    if row.get("mode") not in (_PUBLISHED, _PENDING) or not text:
        return None
    created = row.get("created")
    parent = row.get("parent")
    return Draft(
        id=line_of(row["id"]),
        post=line_of(row.get("uri"), 2_000),
        text=text,
        form="markdown",
        created=int(created) if isinstance(created, (int, float)) and 0 <= created < 1e11 else 0,
        parent="" if parent is None else line_of(parent),
        # Isso escapes these before it stores them, and not the text.
        author=line_of(unescape(text_of(row.get("author")))),
        email=line_of(unescape(text_of(row.get("email")))),
        url=line_of(unescape(text_of(row.get("website"))), 2_000),
        approved=row["mode"] == _PUBLISHED,
    )
