"""The words in which rules on the conversation tell what they found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from blogq.lint.rules.cadence.publications import days_told

if TYPE_CHECKING:
    from blogq.conversation.replies import Exchange
    from blogq.lint.blog import Blog

NAMED = 3
"""Posts that a finding names."""
DAY = 86_400


def eligible(blog: Blog, days: int = 0) -> tuple[Exchange, ...]:
    """Return the comments that count, the oldest first; with `days`, only those of so many days."""
    if blog.talk is None:
        return ()
    found = blog.talk.eligible(blog.now)
    return tuple(each for each in found if not days or blog.now - each.comment.created <= days * DAY)


def waiting_told(waiting: Sequence[Exchange]) -> str:
    """Return at which posts people wait, those who wait longest first, as a sentence with a space before it."""
    names = list(dict.fromkeys(title_told(each) for each in waiting))
    if not names:
        return ""
    more = f" and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
    who = "Somebody waits" if len(waiting) == 1 else "People wait"
    return f" {who} at {', '.join(names[:NAMED])}{more}."


def title_told(each: Exchange) -> str:
    """Return the title of the post that somebody asks at, in quotes; its path where there is none."""
    text = " ".join(each.title.split())
    if not text:
        return each.path
    return f"“{text[:60]}…”" if len(text) > 60 else f"“{text}”"


def as_evidence(waiting: Sequence[Exchange]) -> str:
    """Return the paths of posts, for the report."""
    return ", ".join(list(dict.fromkeys(each.path for each in waiting))[:10])


def span_told(seconds: float) -> str:
    """Return a time in words."""
    told = days_told(seconds / DAY)
    return told if told[:1].isdigit() else f"1 {told}"
