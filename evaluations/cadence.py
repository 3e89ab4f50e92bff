"""How often the CD rules are wrong, and how much they catch: simulated blogs, whose truth is known.

    python evaluations/cadence.py --seeds 101 102 103

Four kinds of gaps times three kinds of scores make twelve cells; each figure says over which of them it is. What is
judged is the package's own code. Tune on some seeds, report on others. The tables are Markdown.
"""

from __future__ import annotations

import argparse
import itertools
import math
import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from blogq.cadence.burst import burst
from blogq.cadence.filling import filling
from blogq.cadence.history import DAY, RUN, Publication
from blogq.cadence.outpaced import FEWEST, LIMITS, Limits, told_at
from blogq.cadence.silence import silence
from blogq.cadence.slipping import slipping

LONGEST = 72
BANDS = ((24, 33), (34, 47), (48, LONGEST))
"""Lengths of history: posts at the check for false alarms, posts before the change for what is caught."""
CORRELATIONS = (0.0, 0.3, 0.5)
LEVEL, SPREAD, USUAL_DAYS = 70.0, 10.0, 4.0


class Change(NamedTuple):
    """What becomes of a blog from one post on."""

    name: str
    rate: float
    """Times as many posts."""
    fall: float
    """Standard deviations by which scores fall."""


CHANGES = (Change("rate ×3, −1 SD", 3, 1), Change("rate ×3 only", 3, 0), Change("rate ×2 only", 2, 0))


def poisson(source: random.Random, size: int) -> list[float]:
    """Gaps of posts that come by chance."""
    return [source.expovariate(1.0) for _ in range(size)]


def regular(source: random.Random, size: int) -> list[float]:
    """Gaps that differ by 30 % either way."""
    return [source.uniform(0.7, 1.3) for _ in range(size)]


def bursts(source: random.Random, size: int) -> list[float]:
    """Log-normal gaps, σ = 1.2: many short, a few long."""
    return [math.exp(source.gauss(0, 1.2)) for _ in range(size)]


def wandering(source: random.Random, size: int) -> list[float]:
    """Log gaps, σ = 0.8, that resemble the one before: φ = .5."""
    return [math.exp(0.8 * value) for value in correlated(source, size, 0.5)]


GAPS: tuple[Callable[[random.Random, int], list[float]], ...] = (poisson, regular, bursts, wandering)


def correlated(source: random.Random, size: int, phi: float) -> list[float]:
    """Return standard normal values, a first-order autoregression with `phi`."""
    rest = math.sqrt(1 - phi * phi)
    value = source.gauss(0, 1)
    values = [value]
    for _ in range(size - 1):
        value = phi * value + rest * source.gauss(0, 1)
        values.append(value)
    return values


def publications(between: list[float], scores: list[float], days: float = USUAL_DAYS) -> list[Publication]:
    """Return posts with these gaps (1 is `days`) and scores (standard deviations about the level)."""
    moments = itertools.accumulate(between)
    return [
        Publication(int(moment * days * DAY), LEVEL + SPREAD * score, "post")
        for moment, score in zip(moments, scores, strict=True)
    ]


def cells() -> Iterator[tuple[Callable[[random.Random, int], list[float]], float]]:
    """Yield each kind of gaps with each kind of scores."""
    return itertools.product(GAPS, CORRELATIONS)


class Share(NamedTuple):
    """A share of checks or blogs, and its standard error, in per cent."""

    value: float
    error: float = 0.0

    def __str__(self) -> str:
        return f"{self.value:.2f} ± {self.error:.2f}"


def false_alarms(source: random.Random, size: int, drift: float, limits: Limits) -> list[list[Share]]:
    """Return, for each band and cell, how many checks raise the alarm on blogs that never change, or drift slowly.

    With a `drift` of 1 a blog comes to three times its rate and loses one standard deviation over 72 posts, in even
    steps; with one of 0.5, to 1.7 times and half a deviation.
    """
    found: list[list[Share]] = [[] for _ in BANDS]
    for gaps, phi in cells():
        counts: list[list[int]] = [[] for _ in BANDS]
        for _ in range(size):
            between, scores = gaps(source, LONGEST), correlated(source, LONGEST, phi)
            between = [gap / 3 ** (drift * place / LONGEST) for place, gap in enumerate(between)]
            scores = [score - drift * place / LONGEST for place, score in enumerate(scores)]
            raised = told_at(publications(between, scores), range(FEWEST - 1, LONGEST), limits)
            for band, (fewest, most) in enumerate(BANDS):
                counts[band].append(sum(raised[fewest - FEWEST : most - FEWEST + 1]))
        for band, (fewest, most) in enumerate(BANDS):
            # Checks of one blog are alike, so the error is taken over blogs.
            middle = sum(counts[band]) / size
            error = math.sqrt(sum((count - middle) ** 2 for count in counts[band]) / size / size)
            checks = most - fewest + 1
            found[band].append(Share(100 * middle / checks, 100 * error / checks))
    return found


def caught(source: random.Random, size: int, change: Change, band: tuple[int, int], limits: Limits) -> list[float]:
    """Return, for each cell, the percentage of blogs whose change raises the alarm at one of its first 12 posts."""
    found = []
    for gaps, phi in cells():
        hits = 0
        for _ in range(size):
            before = source.randint(*band)
            between, scores = gaps(source, before + RUN), correlated(source, before + RUN, phi)
            between = [gap / change.rate if place >= before else gap for place, gap in enumerate(between)]
            scores = [score - change.fall if place >= before else score for place, score in enumerate(scores)]
            hits += any(told_at(publications(between, scores), range(before, before + RUN), limits))
        found.append(100 * hits / size)
    return found


def average(values: list[float]) -> float:
    """Return the mean."""
    return sum(values) / len(values)


def quality_table(seeds: list[int], size: int) -> Iterator[str]:
    """Yield the table of CD002: what each length of history lets it see."""
    source = random.Random(str(seeds))
    steady = false_alarms(source, size * len(seeds) * 5, 0, LIMITS)
    drifting = [false_alarms(source, size * len(seeds), drift, LIMITS) for drift in (0.5, 1)]
    names = [f"{CHANGES[0].name}: φ=0 / .3 / .5", *(f"{change.name}: mean (worst)" for change in CHANGES[1:])]
    names.append("slow drift, per check: half / whole")
    yield f"| history | false alarms per check, worst cell | mean | {' | '.join(names)} |"
    yield "|---" * (len(names) + 3) + "|"
    for number, band in enumerate(BANDS):
        results = [caught(source, size * len(seeds), change, band, LIMITS) for change in CHANGES]
        both = " / ".join(f"{average(results[0][place :: len(CORRELATIONS)]):.0f}" for place in range(3))
        rest = " | ".join(f"{average(result):.1f} % ({max(result):.0f} %)" for result in results[1:])
        mean = average([share.value for share in steady[number]])
        drift = " / ".join(f"{average([share.value for share in found[number]]):.1f}" for found in drifting)
        yield f"| {band[0]}–{band[1]} | {max(steady[number])} % | {mean:.2f} % | {both} % | {rest} | {drift} % |"


CURVE = (
    ("chosen", LIMITS),
    ("runs ranked, no test besides", LIMITS._replace(agreed=1.01)),
    ("test at 15 %", LIMITS._replace(agreed=0.15)),
    ("test at 5 %", LIMITS._replace(agreed=0.05)),
    ("test at 5 %, runs only to the lowest 9 %", LIMITS._replace(agreed=0.05, lowest=0.09)),
    ("lowest 6.5 %", LIMITS._replace(lowest=0.065)),
    ("lowest 2.5 %", LIMITS._replace(lowest=0.025)),
    ("drop of 6 points", LIMITS._replace(drop=6.0)),
    ("no ranks: tests, scores 5 %", LIMITS._replace(lowest=0.0)),
    ("no ranks: tests, scores 7 %", LIMITS._replace(lowest=0.0, p_score=0.07)),
    ("no ranks: tests, scores 10 %", LIMITS._replace(lowest=0.0, p_score=0.10)),
)
"""Where false alarms, what is caught and what pace alone raises fight each other."""


def curve_table(seeds: list[int], size: int) -> Iterator[str]:
    """Yield the same for other limits, with 48 to 72 posts; the same blogs for all of them."""
    yield "| limits | false alarms, worst cell | caught: φ=0 / .3 / .5 | rate ×3 only | rate ×2 only |"
    yield "|---|---|---|---|---|"
    for name, limits in CURVE:
        source = random.Random(f"curve {seeds}")
        steady = max(false_alarms(source, size * len(seeds), 0, limits)[-1])
        results = [caught(source, size * len(seeds) // 2, change, BANDS[-1], limits) for change in CHANGES]
        both = " / ".join(f"{average(results[0][place :: len(CORRELATIONS)]):.0f}" for place in range(3))
        yield f"| {name} | {steady} % | {both} % | {average(results[1]):.1f} % | {average(results[2]):.1f} % |"


def other_table(seeds: list[int], size: int) -> Iterator[str]:
    """Yield how often the other rules speak on blogs that never change, and what they catch after 12 posts."""
    source = random.Random(f"other {seeds}")
    yield "| rule | steady blog, per check: worst cell | mean | what it is for, after 12 posts: mean of cells |"
    yield "|---|---|---|---|"
    count = size * len(seeds)
    never = Change("", 1, 0)
    kinds: tuple[tuple[str, Callable[[list[Publication]], object], float, Change], ...] = (
        ("CD001, rate ×3", burst, USUAL_DAYS, Change("", 3, 0)),
        ("CD003, −1 SD", slipping, USUAL_DAYS, Change("", 1, 1)),
        ("CD004, regular gaps: a post a day; then −1 SD", filling, 1, Change("", 1, 1)),
        ("CD004, regular gaps: one in four days; then daily, −1 SD", filling, 4, Change("", 4, 1)),
    )
    for name, rule, days, change in kinds:
        shares = []
        for case in (never, change):
            found = []
            for gaps, phi in cells():
                # Of the other kinds hardly any is ever a streak.
                if rule is filling and gaps is not regular:
                    continue
                hits = 0
                for _ in range(count):
                    between, scores = gaps(source, LONGEST), correlated(source, LONGEST, phi)
                    between[-RUN:] = [gap / case.rate for gap in between[-RUN:]]
                    scores[-RUN:] = [score - case.fall for score in scores[-RUN:]]
                    hits += rule(publications(between, scores, days)) is not None
                found.append(100 * hits / count)
            shares.append(found)
        yield f"| {name} | {max(shares[0]):.1f} % | {average(shares[0]):.1f} % | {average(shares[1]):.0f} % |"
    waits = []
    for gaps in GAPS:
        hits = 0
        for _ in range(count):
            posts = publications(gaps(source, LONGEST + 1), [0.0] * (LONGEST + 1))
            hits += silence(posts[:-1], posts[-1].date) is not None
        waits.append(100 * hits / count)
    yield f"| CD005, at the end of a usual gap | {max(waits):.1f} % | {average(waits):.1f} % | |"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--seeds", type=int, nargs="+", default=[101, 102, 103], help="each adds --size blogs to a cell"
    )
    parser.add_argument("--size", type=int, default=200, help="blogs for each cell, change and seed (default: 200)")
    parser.add_argument("--only", choices=("quality", "curve", "others"), help="one table instead of all three")
    asked = parser.parse_args()
    started = time.perf_counter()
    for name, table in (("quality", quality_table), ("curve", curve_table), ("others", other_table)):
        if asked.only in {None, name}:
            for line in table(asked.seeds, asked.size):
                print(line, flush=True)
            print()
    print(f"Seeds {asked.seeds}, size {asked.size}: {time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main()
