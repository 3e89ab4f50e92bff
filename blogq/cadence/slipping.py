"""CD003, quality slipping by itself: the latest posts score lower than those before, at whatever pace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from blogq.cadence.history import BEFORE, RUN, Driver, Publication, drivers, lowest, scores
from blogq.cadence.ranks import effective_share, hodges_lehmann, lag_one, lower_p, mean

DROP = 5.0
"""Points by which scores must have fallen (Hodges-Lehmann): less is hard to see when reading."""
P = 0.05
"""What the test must stay below: the customary level."""


@dataclass(frozen=True, slots=True)
class Slipping:
    """The latest posts are weaker than those before."""

    posts: tuple[Publication, ...]
    """The latest 12 that have a score, in order of time."""
    score: float
    """Their mean score."""
    usual_score: float
    """Mean score of up to 60 before them."""
    drop: float
    """Points by which scores have fallen (Hodges-Lehmann)."""
    p: float
    """Probability of scores so low, were nothing changed; by the effective size of the sample."""
    lowest: tuple[Publication, ...]
    """The three with the lowest scores, the lowest first."""
    drivers: tuple[Driver, ...]
    """The parts of the score that fell most, at most three; empty where parts are not known."""


def slipping(history: Sequence[Publication], drop: float = DROP, p: float = P) -> Slipping | None:
    """Say whether the latest 12 scored posts of `history` are weaker; None when not, or with under 24 scored posts."""
    rated = [post for post in history if post.score is not None][-RUN - BEFORE :]
    posts, earlier = tuple(rated[-RUN:]), rated[:-RUN]
    if len(earlier) < RUN:
        return None
    now, before = scores(posts), scores(earlier)
    fallen = -hodges_lehmann(now, before)
    if fallen < drop:
        return None
    found = lower_p(now, before, effective_share(lag_one(now, before)))
    if found >= p:
        return None
    return Slipping(posts, mean(now), mean(before), fallen, found, lowest(posts), drivers(posts, earlier))
