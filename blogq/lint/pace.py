"""How often a blog publishes and how good it is lately, in figures and in a sentence or two."""

from __future__ import annotations

import itertools
from datetime import datetime
from statistics import median
from typing import TypedDict

from blogq.lint.blog import Blog
from blogq.lint.verdict import Pace

DAY = 86_400
WINDOW = 28 * DAY
"""Seconds within which posts are held against answers: four weeks, so that each day of the week counts alike."""
RECENT = 12
"""Posts that count as the latest: as many as CD002 compares with those before."""


def pace_of(blog: Blog) -> Pace:
    """Return how often the blog publishes and how good it is lately."""
    from blogq.library.site import moment

    posts = blog.live
    if not posts:
        return Pace(0, message="Nothing is published yet.")
    said, figures = _conversation(blog)
    days = [(later.date - earlier.date) / DAY for earlier, later in itertools.pairwise(posts)]
    recent = days[-(RECENT - 1) :]
    scores = [post.score for post in posts if post.score is not None]
    latest = [post.score for post in posts[-RECENT:] if post.score is not None]
    newest = posts[-1]
    since = max(0.0, (blog.now - newest.date) / DAY)
    when = moment(newest.date, newest.offset)
    gap = median(days) if days else None
    recent_gap = median(recent) if recent else None
    score = float(median(scores)) if scores else None
    recent_score = float(median(latest)) if latest else None
    return Pace(
        posts=len(posts),
        newest=when.isoformat(),
        days_since=round(since, 2),
        gap=None if gap is None else round(gap, 2),
        recent_gap=None if recent_gap is None else round(recent_gap, 2),
        score=score,
        recent_score=recent_score,
        **figures,
        message=_told(len(posts), ago(when, blog.now), gap, recent_gap, score, recent_score) + said,
    )


class _Figures(TypedDict, total=False):
    """Those fields of a pace that are about the conversation."""

    asked: int
    answered: int
    waiting: int
    reply_rate: float
    reply_rate_low: float
    reply_rate_high: float


def _conversation(blog: Blog) -> tuple[str, _Figures]:
    """Return what there is to say of the conversation, with a space before it, and its figures."""
    if blog.talk is None:
        return "", {}
    from blogq.conversation.rates import wilson
    from blogq.lint.rules.conversation.exchanges import waiting_told

    asked = blog.talk.eligible(blog.now)
    answered = sum(each.answered is not None for each in asked)
    waiting = [each for each in asked if each.answered is None]
    figures: _Figures = {"asked": len(asked), "answered": answered, "waiting": len(blog.talk.waiting())}
    said = ""
    if asked:
        rate = wilson(answered, len(asked))
        said = (
            f" Comments: {answered:,} of {len(asked):,} answered, {rate.share:.0%} (95% interval {rate.low:.0%} to "
            f"{rate.high:.0%})."
        )
        figures["reply_rate"] = round(rate.share, 4)
        figures["reply_rate_low"], figures["reply_rate_high"] = round(rate.low, 4), round(rate.high, 4)
    since = blog.now - WINDOW
    posts = sum(since < post.date <= blog.now for post in blog.live)
    replies = sum(each.answered is not None and each.answered > since for each in blog.talk.exchanges)
    if waiting and posts > replies:
        said += (
            f" In the last {WINDOW // DAY} days it has published {posts:,} post{'s' * (posts != 1)} and answered "
            f"{replies:,} comment{'s' * (replies != 1)}: it posts faster than it answers."
        )
    return said + waiting_told(waiting), figures


def days_ago(when: datetime, now: int) -> int:
    """Return how many calendar days `when` lies before `now` (seconds since 1970, UTC); 0 where it lies ahead.

    A day ends at midnight where `when` was written: what was published at eleven at night is of yesterday two hours
    later, to its author and to nearly all of its readers.
    """
    # Counted from the moment itself, since the year of a date and an offset may leave what a datetime can hold.
    start = (when.hour * 60 + when.minute) * 60 + when.second
    return max(0, (now - int(when.timestamp()) + start) // DAY)


def ago(when: datetime, now: int) -> str:
    """Return how long ago `when` was, in words: `today`, `yesterday`, `12 days ago`."""
    days = days_ago(when, now)
    return "today" if days == 0 else "yesterday" if days == 1 else f"{days:,} days ago"


def _told(
    count: int,
    last: str,
    gap: float | None,
    recent_gap: float | None,
    score: float | None,
    recent_score: float | None,
) -> str:
    """Return the pace in a sentence or two."""
    told = f"Pace: {count:,} post{'s' * (count != 1)}, the latest {last}"
    if gap is not None:
        told += f"; usually one every {_days(gap)}"
        if count > RECENT and recent_gap is not None and score is not None and recent_score is not None:
            told += (
                f". The last {RECENT}: one every {_days(recent_gap)}, score {recent_score:.0f} (usually {score:.0f})"
            )
    return told + "."


def _days(days: float) -> str:
    if days < 1 / 12:
        return "few minutes"
    if days < 0.95:
        hours = round(days * 24)
        return f"{hours} hours" if hours != 1 else "hour"
    rounded = f"{days:.1f}".removesuffix(".0")
    return "day" if rounded == "1" else f"{rounded} days"
