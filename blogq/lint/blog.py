"""What a rule of scope `blog` may see: every post in short, and the present."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from blogq.finding import Finding

if TYPE_CHECKING:
    from blogq.conversation.replies import Talk


class Judged(NamedTuple):
    """One post as the rest of the blog's judgement needs it."""

    path: str
    """Relative to the site, with `/`."""
    url: str
    title: str
    description: str
    """As front matter says it."""
    date: int
    """UTC, in seconds since 1970; `MISSING` where there is none."""
    offset: int
    """Minutes east of UTC in which the date was written."""
    status: str
    """`live`, `draft`, `scheduled`, `expired` or `broken`."""
    kind: str
    """`post` or `page`."""
    language: str
    author: str
    score: int | None
    parts: Mapping[str, int]
    words: int
    ease: float | None
    facts: Mapping[str, Any]
    """What rules keep of its text, by name: counts of links, openings, …"""


@dataclass(frozen=True, eq=False)
class Blog:
    """All posts, in the order of their dates, and the moment at which they are judged."""

    posts: tuple[Judged, ...]
    now: int
    hosts: tuple[str, ...] = ()
    """Hosts that are the blog's own: of its address, and of its authors' profiles."""
    noted: tuple[Finding, ...] = ()
    """What reading the sources, pages among them, has noted of front matter keys (FM105) and audiences (FM103)."""
    talk: Talk | None = None
    """What readers have said and who was answered; None where config names no sources of comments."""

    @cached_property
    def live(self) -> tuple[Judged, ...]:
        """What readers can read: live posts that don't send them on, the oldest first."""
        return tuple(
            post
            for post in self.posts
            if post.status == "live" and post.kind == "post" and not post.facts.get("redirects")
        )
