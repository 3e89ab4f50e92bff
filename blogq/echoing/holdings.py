"""Bring an index up to date with the posts of a site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from blogq.content.post import DRAFT, MISSING, Entry
from blogq.judging import Item, Judging, compared
from blogq.listing import Row, Survey
from blogq.originality import index as indexes
from blogq.originality.index import Document
from blogq.originality.index.store import Index
from blogq.store.digest import compose, of_value
from blogq.store.versions import code_digest

LAST = 1 << 60
"""Date of posts that nobody has read yet, or that have no date: they come after all others."""


class Given(NamedTuple):
    """What comparing needs besides the posts."""

    site: Path
    items: Sequence[Item]
    """All sources of the site, as the gate judges them."""
    judging: Judging
    jobs: int
    """Processes to work with; 0: as many as there are processors."""


class Posted(NamedTuple):
    """A post that is compared."""

    at: int
    """Which of the site's sources it is."""
    path: str
    """Relative to the site."""
    date: int
    """Seconds since 1970, UTC; `LAST` for drafts and posts without a date."""
    version: bytes


def posted(found: Survey, items: Sequence[Item], judging: Judging) -> list[Posted]:
    """Return the posts that are compared: all that can be read."""
    environment = compose((code_digest(), of_value((judging.task.options, judging.task.boilerplate))))
    return [
        Posted(
            at, row.path, when(entry), compose((environment, item.source), row.path, item.language, str(when(entry)))
        )
        for at, (entry, row, item) in enumerate(zip(found.entries, found.rows, items, strict=True))
        if row.kind == "post" and item.source
    ]


def when(entry: Entry) -> int:
    """Return the moment that counts when it's asked which of two posts came first."""
    return LAST if entry.flags & DRAFT or entry.date == MISSING else entry.date


class Change(NamedTuple):
    """What bringing an index up to date has changed."""

    concerned: frozenset[int] | None
    """Documents whose candidates may be others now; None for all."""
    gone: tuple[int, ...]
    """Documents that are no more."""


def hold_posts(index: Index, posts: Sequence[Posted], rows: Sequence[Row], given: Given) -> Change:
    """Have the index hold just these posts."""
    there = index.numbers()
    wanted = {post.path: post for post in posts}
    gone = [name for name in there if name not in wanted]
    new = [post for post in posts if there.get(post.path, (0, b""))[1] != post.version]
    judging = given.judging
    missing = [post for post in new if post.at not in judging.compared]
    read = zip(missing, compared(judging.task, [given.items[post.at] for post in missing], given.jobs), strict=True)
    texts = {post.at: text for post, text in read if text is not None} | judging.compared

    def entries() -> Iterator[indexes.Entry]:
        for post in new:
            row = rows[post.at]
            if post.at in texts:
                told = Document("", post.path, post.version, post.date, row.title, post.path, row.url, row.language)
                yield indexes.Entry(told, *texts[post.at])

    unread = [post.path for post in new if post.at not in texts and post.path in there]
    changes = [index.remove("", [*gone, *unread])] if gone or unread else []
    if new:
        changes.append(index.add(entries()))
    replaced = [there[post.path][0] for post in new if post.path in there]
    return Change(union(changes), (*replaced, *(there[name][0] for name in gone)))


def union(changes: Iterable[frozenset[int] | None]) -> frozenset[int] | None:
    """Return all that several changes concern; None for everything."""
    found: frozenset[int] = frozenset()
    for each in changes:
        if each is None:
            return None
        found |= each
    return found
