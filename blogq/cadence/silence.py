"""CD005, silence: the time since the newest post has outgrown the blog's own rhythm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from blogq.cadence.history import BEFORE, DAY, Publication, occasions
from blogq.cadence.ranks import median, quantile

TIMES = 3.0
"""Times the usual gap, at least."""
RARELY = 0.95
"""The quantile of the blog's own gaps that this one must besides have passed: with gaps as chance has them, every
eighth is over three times the usual."""
FEWEST = 8
"""Gaps without which nothing is said: a rhythm takes some beats."""


@dataclass(frozen=True, slots=True)
class Silence:
    """How long nothing has come, and how long that usually takes."""

    newest: Publication
    days: float
    """Days from the newest post to `now`."""
    usual_days: float
    """Median gap between up to 60 occasions on which something was published, in days."""
    longest_days: float
    """The longest of those gaps, in days."""


def silence(history: Sequence[Publication], now: int, times: float = TIMES) -> Silence | None:
    """Say whether the blog is silent at `now` (seconds since 1970, UTC); None when not, or with under 8 gaps.

    Posts within an hour are one occasion.
    """
    between = occasions(history[-BEFORE - 1 :])
    if len(between) < FEWEST:
        return None
    waited = now - history[-1].date
    usual = median(between)
    if waited <= times * usual or waited <= quantile(between, RARELY):
        return None
    return Silence(history[-1], waited / DAY, usual / DAY, max(between) / DAY)
