"""A blog's history as cadence sees it: posts in order of time, the gaps between them, what their scores are made of."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from blogq.cadence.ranks import mean

HOUR = 3600
DAY = 86400

RUN = 12
"""Posts that are judged together: fewer say too little of a blog whose scores and gaps vary as blogs do."""
BEFORE = 60
"""Posts before them that they are held against, at most: what a blog was like long ago says little of now."""
FEWEST_SCORED = 8
"""Scored posts that a run of 12 needs to have a mean score; with fewer it is left out."""
SHORTEST_GAP = HOUR
"""Seconds that a gap counts for at least. Posts of one day often share one moment, and logarithms need some time."""


class Publication(NamedTuple):
    """One post that went live."""

    date: int
    """Seconds since 1970, UTC."""
    score: float | None
    """0 to 100; None for what can't be scored."""
    path: str
    parts: Mapping[str, float] | None = None
    """What the score is made of, 0 to 100 each, by name."""


class Driver(NamedTuple):
    """One part of the score that has fallen."""

    part: str
    now: float
    """Mean over the posts concerned."""
    before: float
    """Mean over those that they are held against."""


def in_order(posts: Iterable[Publication]) -> tuple[Publication, ...]:
    """Return `posts` in order of time, those of one moment in order of their paths; scores that are no number go."""
    ordered = sorted(posts, key=lambda post: (post.date, post.path))
    return tuple(
        post if post.score is None or math.isfinite(post.score) else post._replace(score=None) for post in ordered
    )


def gaps(history: Sequence[Publication]) -> list[int]:
    """Return the seconds between each post and the next, one fewer than posts; none is shorter than SHORTEST_GAP."""
    return [max(later.date - earlier.date, SHORTEST_GAP) for earlier, later in pairwise(history)]


def occasions(history: Sequence[Publication]) -> list[int]:
    """Return the gaps of more than SHORTEST_GAP: posts published together are one occasion."""
    return [gap for gap in gaps(history) if gap > SHORTEST_GAP]


def scores(history: Sequence[Publication]) -> list[float]:
    """Return the scores of those posts that have one."""
    return [post.score for post in history if post.score is not None]


def lowest(posts: Sequence[Publication], count: int = 3) -> tuple[Publication, ...]:
    """Return the `count` posts with the lowest scores, the lowest first; the newer first where scores are the same."""
    rated = [(post.score, -post.date, post.path, post) for post in posts if post.score is not None]
    return tuple(entry[3] for entry in sorted(rated, key=lambda entry: entry[:3])[:count])


def drivers(now: Sequence[Publication], before: Sequence[Publication], count: int = 3) -> tuple[Driver, ...]:
    """Return the parts of the score that have fallen most from `before` to `now`, at most `count`, the worst first.

    Only scored posts are asked, and a part counts only where both sides have it, and where rounded figures show it.
    """
    later, earlier = _parts(now), _parts(before)
    found = [Driver(part, mean(later[part]), mean(earlier[part])) for part in later if part in earlier]
    fallen = [driver for driver in found if round(driver.now) < round(driver.before)]
    return tuple(sorted(fallen, key=lambda driver: (driver.now - driver.before, driver.part))[:count])


def _parts(posts: Sequence[Publication]) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}
    for post in posts:
        if post.score is None:
            continue
        for part, value in (post.parts or {}).items():
            if math.isfinite(value):
                found.setdefault(part, []).append(value)
    return found
