"""CD004, posting to fill the day: something is published every day, and most of it is weak by the blog's own measure.

Days are 24 hours long here, not a calendar's: no time zone is asked for, and a streak ends with a gap of over 36 hours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from blogq.cadence.history import BEFORE, DAY, HOUR, RUN, Driver, Publication, drivers, lowest, scores
from blogq.cadence.ranks import mean, quantile

DAYS = 5
"""Days in a row, at least: a working week."""
LONGEST_GAP = 36 * HOUR
"""Seconds that may pass within a streak: from a morning to the next evening, without a whole day between."""
QUARTILE = 0.25
"""Scores under this quantile of the blog's own are weak."""
MOST = 3 / 4
"""Share of the streak's posts that must be weak. On a blog that posts daily a quarter always is; by chance four of
five are in 1.6 % of streaks. Two thirds would catch half as many again, and be wrong twice as often."""
ENOUGH = 2 * RUN
"""Scored posts before the streak that make a measure; with fewer the streak's own earlier posts are taken in. With 12
a blog that posts daily was warned three times as often for nothing."""


@dataclass(frozen=True, slots=True)
class Filling:
    """A streak of days with posts, most of them weak."""

    posts: tuple[Publication, ...]
    """The streak's latest posts, at most 12, in order of time."""
    weak: tuple[Publication, ...]
    """Those of them whose score is under the limit, in order of time."""
    days: int
    """Length of the whole streak in days."""
    score: float
    """Mean score of the streak's latest posts."""
    usual_score: float
    """Mean score of up to 60 scored posts before the streak; within it, once it is 60 posts long."""
    limit: float
    """The 25th percentile of the scores before."""
    lowest: tuple[Publication, ...]
    """The three with the lowest scores, the lowest first."""
    drivers: tuple[Driver, ...]
    """The parts of the score that fell most, at most three; empty where parts are not known."""


def filling(history: Sequence[Publication], days: int = DAYS, share: float = QUARTILE) -> Filling | None:
    """Say whether the newest posts of `history` fill days; None when not, or with under 12 scored posts before."""
    start = _streak(history)
    if start is None:
        return None
    length = round((history[-1].date - history[start].date) / DAY) + 1
    if length < days:
        return None
    first = max(start, len(history) - RUN)
    posts = tuple(history[first:])
    # What came before the streak is the measure, unless that is long ago or there is too little of it.
    origin = max(start, len(history) - BEFORE)
    if len(scores(history[:origin])) < ENOUGH:
        origin = first
    earlier = [post for post in history[:origin] if post.score is not None][-BEFORE:]
    now, before = scores(posts), scores(earlier)
    if len(now) < days or len(before) < RUN:
        return None
    limit = quantile(before, share)
    weak = tuple(post for post in posts if post.score is not None and post.score < limit)
    if len(weak) < MOST * len(now):
        return None
    return Filling(posts, weak, length, mean(now), mean(before), limit, lowest(posts), drivers(posts, earlier))


def _streak(history: Sequence[Publication]) -> int | None:
    """Return the place at which the newest streak begins; None when there is no post."""
    if not history:
        return None
    start = len(history) - 1
    while start and history[start].date - history[start - 1].date <= LONGEST_GAP:
        start -= 1
    return start
