"""CD002, quantity outpaces quality: the latest posts come faster than usual and are weaker than usual, both at once.

With 34 posts or more, the latest run of 12 is ranked among all runs of 12 posts in a row in the latest 72: its mean
score must be among the lowest 4.5 % and its mean log gap among the fastest 10 %. Overlapping runs of one blog carry
their own autocorrelation with them, so this needs no model of it. A rank test of the scores, which has one, must agree
at 10 %. From 24 to 33 posts there are too few runs to rank; the 12 are tested against the rest instead. Both ways the
pace must be 1.5 times the usual, and the scores 5 points lower. What was tried, and how often it is wrong:
docs/cadence.md.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from blogq.cadence.history import BEFORE, DAY, FEWEST_SCORED, RUN, Driver, Publication, drivers, gaps, lowest, scores
from blogq.cadence.ranks import effective_share, hodges_lehmann, lag_one, lower_p, mean, median

FEWEST = 24
"""Posts without which nothing is said: 12, and 12 to hold them against."""


class Limits(NamedTuple):
    """Thresholds, all of them simulated: docs/cadence.md."""

    lowest: float = 0.045
    """Share of runs among which the latest must be by score. One run in 23 is 4.3 %, so it takes 34 posts to rank."""
    fastest: float = 0.10
    """Share of runs among which the latest must be by pace."""
    agreed: float = 0.10
    """What a rank test of the scores must stay below, where runs are ranked."""
    ratio: float = 1.5
    """The usual time between posts over that of the latest 12, at least."""
    drop: float = 5.0
    """Points by which scores must have fallen (Hodges-Lehmann)."""
    lasting: float = 0.005
    """What a rank test of the scores must stay below, for an alarm to go on that no longer meets all of this."""
    p_pace: float = 0.10
    """What a rank test of the gaps must stay below, where there are too few runs to rank."""
    p_score: float = 0.05
    """What a rank test of the scores must stay below, where there are too few runs to rank."""


LIMITS = Limits()
REACH = 4 * (RUN + BEFORE)
"""Posts that are replayed: an alarm that was raised before them has cleared, since what came before it is forgotten."""
CLEARED = 0.5
"""An alarm has cleared once pace or scores have come back at least this far from their limits to what is usual."""


@dataclass(frozen=True, slots=True)
class Outpaced:
    """The latest posts are many and weak, and what there is to say of them."""

    posts: tuple[Publication, ...]
    """The latest 12, in order of time."""
    of: int
    """Posts looked at, these among them: 24 to 72."""
    runs: int
    """Runs of 12 that could be ranked by score; 0 where there were too few, and tests decided."""
    weakest: int
    """Place of the latest run among those by score: 1 is the weakest. 0 where tests decided."""
    fastest: int
    """Place of the latest run among all runs by pace: 1 is the fastest. 0 where tests decided."""
    days: float
    """Mean time between posts lately, in days."""
    usual_days: float
    """The same before: the median of all earlier runs of 12."""
    score: float
    """Mean score of the latest posts."""
    usual_score: float
    """Mean score of those before."""
    drop: float
    """Points by which scores have fallen (Hodges-Lehmann)."""
    lowest: tuple[Publication, ...]
    """The three with the lowest scores, the lowest first."""
    drivers: tuple[Driver, ...]
    """The parts of the score that fell most, at most three; empty where parts are not known."""
    goes_on: bool
    """Whether it is told only because it goes on: the latest run is weaker and faster than all before the stretch, but
    ties with others within it. What is usual is then what was before the stretch."""
    since: Publication
    """The newest post when this alarm was first raised: the same alarm until pace or scores have recovered."""


class _Runs:
    """Figures of each run of 12, by the place of its last post; counted once for a whole replay."""

    __slots__ = ("gaps", "logs", "pace", "scores", "seconds", "size")

    def __init__(self, history: Sequence[Publication]) -> None:
        self.size = len(history)
        between = gaps(history)
        # The first post has no gap before it; the run that it opens has one gap fewer.
        self.gaps = [0, *between]
        self.logs = [0.0, *map(math.log, between)]
        found = [post.score for post in history]
        whole = None not in found
        self.pace: list[float] = [0.0] * (RUN - 1)
        self.seconds: list[float] = [0.0] * (RUN - 1)
        self.scores: list[float | None] = [None] * (RUN - 1)
        total = sum(self.gaps[: RUN - 1])
        for last in range(RUN - 1, self.size):
            first = last - RUN + 1
            count = RUN if first else RUN - 1
            total += self.gaps[last]
            self.seconds.append(total / count)
            total -= self.gaps[first]
            # Rounded only once: runs of the same values must tie.
            self.pace.append(math.fsum(self.logs[first : last + 1]) / count)
            rated = (
                found[first : last + 1] if whole else [score for score in found[first : last + 1] if score is not None]
            )
            self.scores.append(math.fsum(rated) / len(rated) if len(rated) >= FEWEST_SCORED else None)  # type: ignore[arg-type]


def posts_missing(history: Sequence[Publication]) -> int:
    """Return how many posts the blog still lacks for CD002 to say anything; 0 when there is history enough."""
    return max(0, FEWEST - len(history))


def outpaced(history: Sequence[Publication], limits: Limits = LIMITS) -> Outpaced | None:
    """Say whether quantity outpaces quality as of the newest post of `history` (see `history.in_order`).

    The latest posts are replayed, so that `since` is right with nothing stored. None when all is well, or when there is
    too little history: see `posts_missing`.
    """
    history = history[-REACH:]
    runs = _Runs(history)
    raised = _replay(history, runs, limits)
    if not raised or raised[-1][1][-1] != len(history) - 1:
        return None
    return _told(history, runs, limits, raised[-1][0])


def is_outpaced(history: Sequence[Publication], limits: Limits = LIMITS) -> bool:
    """Say whether the alarm is told as of the newest post."""
    latest = history[-REACH:]
    return bool(latest) and told_at(latest, range(len(latest) - 1, len(latest)), limits)[0]


def alarms(history: Sequence[Publication], limits: Limits = LIMITS) -> list[tuple[Publication, Publication]]:
    """Return every alarm in `history`, as the newest posts when it was first and last raised, in order of time."""
    return [(history[first], history[told[-1]]) for first, told in _replay(history, _Runs(history), limits)]


def told_at(history: Sequence[Publication], checks: range, limits: Limits = LIMITS) -> list[bool]:
    """Say for each place in `checks` whether the alarm would be told were that post the newest."""
    runs = _Runs(history)
    told = {at for _, places in _replay(history, runs, limits) for at in places}
    return [last in told for last in checks]


def _replay(history: Sequence[Publication], runs: _Runs, limits: Limits) -> list[tuple[int, list[int]]]:
    """Return of each alarm the place of the post that first raised it, and all places at which it was told."""
    found: list[tuple[int, list[int]]] = []
    armed = True
    for last in range(FEWEST - 1, runs.size):
        if _holds(history, runs, last, limits):
            if armed:
                found.append((last, [last]))
            else:
                found[-1][1].append(last)
            armed = False
        elif not armed:
            if _goes_on(history, runs, last, found[-1][0], limits):
                found[-1][1].append(last)
            else:
                armed = _cleared(history, runs, last, limits)
    return found


def _goes_on(history: Sequence[Publication], runs: _Runs, last: int, since: int, limits: Limits) -> bool:
    """Say whether an alarm raised at `since` goes on in the run that ends at `last`, held against what was before it.

    While a bad stretch goes on there are more and more runs of its own that the latest one ties with or overlaps, so
    that it isn't among the lowest any more. It goes on as long as it is weaker and faster than every run before it.
    """
    score = runs.scores[last]
    start = since - RUN + 1
    first = max(0, start - BEFORE)
    if score is None or start - first < RUN:
        return False
    ended = slice(first + RUN - 1, start)
    if any(value is not None and value <= score for value in runs.scores[ended]):
        return False
    if min(runs.pace[ended]) <= runs.pace[last]:
        return False
    if median(runs.seconds[ended]) < limits.ratio * runs.seconds[last]:
        return False
    now, before = scores(history[last - RUN + 1 : last + 1]), scores(history[first:start])
    if len(before) < FEWEST_SCORED or hodges_lehmann(now, before) > -limits.drop:
        return False
    return lower_p(now, before, effective_share(lag_one(now, before))) < limits.lasting


def _holds(history: Sequence[Publication], runs: _Runs, last: int, limits: Limits) -> bool:
    """Say whether the run that ends at `last` meets every condition; the cheap ones are asked first."""
    score = runs.scores[last]
    first = max(0, last - RUN - BEFORE + 1)
    if score is None or last - first + 1 < FEWEST:
        return False
    ended = slice(first + RUN - 1, last + 1)
    rated = [value for value in runs.scores[ended] if value is not None]
    ranked = len(rated) * limits.lowest >= 1
    if ranked:
        if sum(map(score.__ge__, rated)) > limits.lowest * len(rated):
            return False
        paces = runs.pace[ended]
        if sum(map(paces[-1].__ge__, paces)) > limits.fastest * len(paces):
            return False
    if _usual_seconds(runs, first, last) < limits.ratio * runs.seconds[last]:
        return False
    start = last - RUN + 1
    now, before = scores(history[start : last + 1]), scores(history[first:start])
    if len(before) < FEWEST_SCORED or hodges_lehmann(now, before) > -limits.drop:
        return False
    p_score = lower_p(now, before, effective_share(lag_one(now, before)))
    if ranked:
        return p_score < limits.agreed
    quick, slow = runs.logs[start : last + 1], runs.logs[max(first, 1) : start]
    return p_score < limits.p_score and lower_p(quick, slow, effective_share(lag_one(quick, slow))) < limits.p_pace


def _cleared(history: Sequence[Publication], runs: _Runs, last: int, limits: Limits) -> bool:
    """Say whether an alarm that no longer holds is over, rather than about to be raised again for the same reason."""
    score = runs.scores[last]
    first = max(0, last - RUN - BEFORE + 1)
    before = scores(history[first : last - RUN + 1])
    if score is None or not before or mean(before) - score <= CLEARED * limits.drop:
        return True
    return _usual_seconds(runs, first, last) / runs.seconds[last] <= 1 + CLEARED * (limits.ratio - 1)


def _usual_seconds(runs: _Runs, first: int, last: int) -> float:
    """Return the median of mean seconds between posts, over the runs from `first` that end before the latest begins."""
    return median(runs.seconds[first + RUN - 1 : last - RUN + 1])


def _told(history: Sequence[Publication], runs: _Runs, limits: Limits, since: int) -> Outpaced:
    last = runs.size - 1
    first = max(0, last - RUN - BEFORE + 1)
    start = last - RUN + 1
    goes_on = not _holds(history, runs, last, limits)
    posts, earlier = tuple(history[start:]), history[first:start]
    usual = _usual_seconds(runs, first, last)
    if goes_on:
        # Held against what was before the stretch, however long it lasts.
        stretch = since - RUN + 1
        earlier = history[max(0, stretch - BEFORE) : stretch]
        usual = median(runs.seconds[max(0, stretch - BEFORE) + RUN - 1 : stretch])
    now, before = scores(posts), scores(earlier)
    ended = slice(first + RUN - 1, last + 1)
    rated = [value for value in runs.scores[ended] if value is not None]
    ranked = len(rated) * limits.lowest >= 1
    return Outpaced(
        posts=posts,
        of=last - first + 1,
        runs=len(rated) if ranked else 0,
        weakest=sum(map(rated[-1].__ge__, rated)) if ranked else 0,
        fastest=sum(map(runs.pace[last].__ge__, runs.pace[ended])) if ranked else 0,
        days=runs.seconds[last] / DAY,
        usual_days=usual / DAY,
        score=mean(now),
        usual_score=mean(before),
        drop=-hodges_lehmann(now, before),
        lowest=lowest(posts),
        drivers=drivers(posts, earlier),
        goes_on=goes_on,
        since=history[since],
    )
