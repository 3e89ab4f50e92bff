"""Who waits for an answer, and how long answers took.

A comment is eligible when it is approved, not by one of the blog's authors, not sent by a machine, and older than 72
hours. It is answered by any later comment of an author in its thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from blogq.content.post import MISSING
from blogq.conversation.comment import MACHINES, WORDLESS, Comment
from blogq.conversation.threads import roots_of

HOUR = 3600
DAY = 24 * HOUR
WEEK = 7 * DAY
PATIENCE = 72 * HOUR
"""Seconds that an author has before a comment counts as one to be answered."""


class Exchange(NamedTuple):
    """A comment that somebody wrote to be answered, and the answer."""

    comment: Comment
    path: str
    """Source of its post, relative to the site."""
    title: str
    """Of the post."""
    answered: int | None
    """When an author answered, in seconds since 1970, UTC; None where nobody has."""
    channel: str
    """Name of the channel; empty for the blog itself."""
    link: str
    """Where to answer it."""

    def eligible(self, now: int) -> bool:
        """Return whether it counts at `now`: whether it is older than 72 hours."""
        return self.comment.created != MISSING and now - self.comment.created > PATIENCE

    @property
    def waited(self) -> int | None:
        """Seconds that it took to answer; None where nobody has."""
        return None if self.answered is None else max(0, self.answered - self.comment.created)


class Channel(NamedTuple):
    """A place where readers ask, and what can be answered there."""

    name: str
    """Empty for the blog itself."""
    url: str
    capacity: int
    """Replies a week; 0 where config doesn't say."""
    last_reply: int | None
    """When one of the authors last wrote there, in seconds since 1970, UTC."""


@dataclass(frozen=True, slots=True)
class Talk:
    """The whole conversation, as the gate sees it."""

    exchanges: tuple[Exchange, ...] = ()
    """The oldest first."""
    channels: tuple[Channel, ...] = ()
    unapproved: int = 0
    """Comments that wait for approval."""

    def waiting(self) -> tuple[Exchange, ...]:
        """Return what nobody has answered, the oldest first."""
        return tuple(each for each in self.exchanges if each.answered is None)

    def eligible(self, now: int) -> tuple[Exchange, ...]:
        """Return what is old enough to count, answered or not."""
        return tuple(each for each in self.exchanges if each.eligible(now))


def answers(comments: Sequence[Comment]) -> list[tuple[Comment, int | None]]:
    """Return those of a post's approved comments that are there to be answered, each with the moment of its answer.

    `comments` are in order of time.
    """
    shown = [each for each in comments if each.approved]
    roots = roots_of(shown)
    later: dict[int, int] = {}
    found: list[tuple[Comment, int | None]] = []
    for index in range(len(shown) - 1, -1, -1):
        comment = shown[index]
        if comment.kind in WORDLESS:
            continue
        if comment.is_owner:
            later[roots[index]] = comment.created
        elif comment.kind not in MACHINES:
            found.append((comment, later.get(roots[index])))
    return found[::-1]
