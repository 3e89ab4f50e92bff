"""How often a blog publishes and how good it is lately, in figures and in a sentence or two."""

from __future__ import annotations

import itertools
from statistics import median

from blogq.lint.blog import Blog
from blogq.lint.verdict import Pace

DAY = 86_400
RECENT = 12
"""Posts that count as the latest: as many as CD002 compares with those before."""


def pace_of(blog: Blog) -> Pace:
    """Return how often the blog publishes and how good it is lately."""
    from blogq.library.site import moment

    posts = blog.live
    if not posts:
        return Pace(0, message="Nothing is published yet.")
    days = [(later.date - earlier.date) / DAY for earlier, later in itertools.pairwise(posts)]
    recent = days[-(RECENT - 1) :]
    scores = [post.score for post in posts if post.score is not None]
    latest = [post.score for post in posts[-RECENT:] if post.score is not None]
    newest = posts[-1]
    since = max(0.0, (blog.now - newest.date) / DAY)
    gap = median(days) if days else None
    recent_gap = median(recent) if recent else None
    score = float(median(scores)) if scores else None
    recent_score = float(median(latest)) if latest else None
    return Pace(
        posts=len(posts),
        newest=moment(newest.date, newest.offset).isoformat(),
        days_since=round(since, 2),
        gap=None if gap is None else round(gap, 2),
        recent_gap=None if recent_gap is None else round(recent_gap, 2),
        score=score,
        recent_score=recent_score,
        message=_told(len(posts), since, gap, recent_gap, score, recent_score),
    )


def _told(
    count: int,
    since: float,
    gap: float | None,
    recent_gap: float | None,
    score: float | None,
    recent_score: float | None,
) -> str:
    """Return the pace in a sentence or two."""
    last = "today" if since < 1 else "yesterday" if since < 2 else f"{since:,.0f} days ago"
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
