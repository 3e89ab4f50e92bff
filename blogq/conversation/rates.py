"""Rates of reply, and times to it, with what chance leaves open. Pure functions of numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

Z = 1.959963984540054
"""Standard normal quantile of an interval of 95%."""


class Rate(NamedTuple):
    """A share with its interval."""

    share: float
    low: float
    high: float


def wilson(successes: int, trials: int, z: float = Z) -> Rate:
    """Return a share and its Wilson score interval (Wilson 1927, doi:10.2307/2276774); all is open without trials."""
    if trials <= 0:
        return Rate(0.0, 0.0, 1.0)
    share = successes / trials
    wide = 1 + z * z / trials
    middle = (share + z * z / (2 * trials)) / wide
    half = z / wide * math.sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    return Rate(share, max(0.0, middle - half), min(1.0, middle + half))


def survival(times: Sequence[float], ended: Sequence[bool]) -> list[tuple[float, float]]:
    """Return the Kaplan-Meier estimate (1958, doi:10.2307/2281868): at which times it falls, and to what.

    `times` are durations; where `ended` is false, one was still going on after that time (censored). Of those that end
    and those that are censored at one time the former come first.
    """
    steps: list[tuple[float, float]] = []
    left, share = len(times), 1.0
    ordered = sorted(zip(times, ended, strict=True))
    at = 0
    while at < len(ordered):
        time = ordered[at][0]
        same = at
        events = 0
        while same < len(ordered) and ordered[same][0] == time:
            events += ordered[same][1]
            same += 1
        if events:
            share *= 1 - events / left
            steps.append((time, share))
        left -= same - at
        at = same
    return steps


def median_time(times: Sequence[float], ended: Sequence[bool]) -> float | None:
    """Return the time by which half have ended, by Kaplan and Meier; None where half haven't."""
    # Products of fractions miss a half by a rounding error.
    return next((time for time, share in survival(times, ended) if share <= 0.5 + 1e-12), None)
