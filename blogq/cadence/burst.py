"""CD001, burst: the latest posts come at twice the usual rate or more, by more than chance would have it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from blogq.cadence.history import BEFORE, DAY, RUN, Publication, gaps
from blogq.cadence.ranks import effective_share, lag_one, mean

RATIO = 2.0
"""Times the usual rate, at least: what people would call a burst; a default, not a finding."""
P = 0.05
"""What the test must stay below: the customary level."""


@dataclass(frozen=True, slots=True)
class Burst:
    """The latest posts, and how much faster they came."""

    posts: tuple[Publication, ...]
    """The latest 12, in order of time."""
    days: float
    """Mean time between posts lately, in days."""
    usual_days: float
    """The same over up to 60 posts before."""
    ratio: float
    """The usual time over that of lately: how many times the usual rate."""
    p: float
    """Probability of so short a time, were the rate the same."""


def burst(history: Sequence[Publication], ratio: float = RATIO, p: float = P) -> Burst | None:
    """Say whether the latest 12 posts of `history` are a burst; None when not, or with under 25 posts."""
    between = gaps(history)[-RUN - BEFORE :]
    now, before = between[-RUN:], between[:-RUN]
    if len(before) < RUN:
        return None
    times = mean(before) / mean(now)
    if times < ratio:
        return None
    resemblance = lag_one([math.log(gap) for gap in now], [math.log(gap) for gap in before])
    spread = dispersion(before) / effective_share(resemblance)
    found = rate_p(max(1, int(RUN / spread)), sum(now), max(1, int(len(before) / spread)), sum(before))
    if found >= p:
        return None
    return Burst(tuple(history[-RUN:]), mean(now) / DAY, mean(before) / DAY, times, found)


def rate_p(events: int, time: float, events_before: int, time_before: float) -> float:
    """Return the probability of waiting `time` or less for `events`, given both times, were the rates the same.

    The exact test of two Poisson rates, given the events: with exponential gaps the share of the time is distributed as
    Beta(events, events_before), and the tail of that is one of a binomial. Przyborowski and Wilenski, "Homogeneity of
    results in testing samples from Poisson series", Biometrika 31 (1940), 313–323; for waiting times Cox, "Some simple
    approximate tests for Poisson variates", Biometrika 40 (1953), 354–360. One-sided, 0 to 1; times in any one unit.
    """
    share = time / (time + time_before)
    trials = events + events_before - 1
    return min(
        1.0,
        math.fsum(
            math.comb(trials, count) * share**count * (1 - share) ** (trials - count)
            for count in range(events, trials + 1)
        ),
    )


def dispersion(between: Sequence[int]) -> float:
    """Return by how much the posts of a blog clump: the squared coefficient of variation of its gaps, at least 1.

    For gaps that are independent, the count of events has this for its ratio of variance to mean in the long run (Cox
    and Lewis, The Statistical Analysis of Series of Events, 1966, ch. 4), so that clumped posts tell as much of the
    rate as that many times fewer.
    """
    middle = mean(between)
    spread = math.fsum((gap - middle) ** 2 for gap in between) / (len(between) - 1)
    return max(1.0, spread / middle**2)
