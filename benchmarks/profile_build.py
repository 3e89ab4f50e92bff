"""Where the time of blogq's own builds goes: a cold build, a build with nothing changed, one after an edit.

    python benchmarks/profile_build.py --posts 1000 -- --jobs 1

What follows `--` is given to `blogq build`; the profiler sees one process, so keep the work in one. Each
build runs twice in sites of its own: once alone, for what it really takes, and once under cProfile, for the
shares. A share covers what blogq's module did itself and what libraries did for it; the lines below it say
which. cProfile makes short functions look dearer than they are: trust shares to within a few hundredths.
"""

from __future__ import annotations

import argparse
import pstats
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple, TypeVar

import process
import report
from corpus import CACHE, ROOT, bench_folder, corpus
from errors import BenchmarkError
from generators import Generator, generator
from jobs import TITLES, WARM_UP, Workplace

Function = tuple[str, int, str]
"""File, line and name: how pstats names a function."""
Callers = dict[Function, tuple[int, int, float, float]]
"""By caller: calls, primitive calls, own time, time with what it called, all of one callee."""
Stats = dict[Function, tuple[int, int, float, float, Callers]]
"""By function: the same four figures, and its callers."""

JOBS = ("cold", "unchanged", "body")
PACKAGES = "site-packages"
TEMPLATES = (".html", ".xml", ".txt", ".json", "<template>")
ROUNDS = 40
"""How often shares are passed on from callers to what they call."""
STARTUP = 0.2
"""Seconds that Python and the profiler take before and after what is profiled, generously."""
SMALLEST = 0.005
"""Share below which a line is not printed."""

PROFILED = """
import cProfile, sys
from blogq.cli import run
profile = cProfile.Profile()
dump = sys.argv.pop(1)
code = profile.runcall(run)
profile.dump_stats(dump)
sys.exit(code)
"""
"""Runs the command line and keeps its profile: `blogq` itself ends its process without a word to the profiler."""

Key = TypeVar("Key")


class Place(NamedTuple):
    """What a function's time is charged to."""

    stage: str
    """A part of blogq, or `imports`."""
    library: str = ""
    """The package that did the work for it; none where blogq or Python itself did."""


Seconds = dict[Place, float]


def charge(stats: Stats) -> Seconds:
    """Return seconds by place, from the `stats` of a pstats.Stats: the sum of all functions' own time.

    blogq's functions are charged to their module. Anything else is charged to the places that called it, in
    proportion to the time it spent on behalf of each.
    """
    fixed = {function: place for function in stats if (place := _fixed(function))}
    shares: dict[Function, Seconds] = {function: {place: 1.0} for function, place in fixed.items()}
    for _ in range(ROUNDS):
        for function, (_, _, _, _, callers) in stats.items():
            if function not in fixed:
                shares[function] = _inherited(function, callers, shares)
    seconds: Seconds = {}
    for function, (_, _, own, *_) in stats.items():
        for place, part in (shares[function] or {Place("interpreter"): 1.0}).items():
            seconds[place] = seconds.get(place, 0.0) + own * part
    return seconds


def _inherited(function: Function, callers: Callers, shares: dict[Function, Seconds]) -> Seconds:
    """Return the places that `function` works for, as shares of 1; none where no caller has any yet."""
    library = _library(function)
    sums: Seconds = {}
    for caller, (calls, _, _, total) in callers.items():
        for place, part in shares.get(caller, {}).items():
            here = Place(place.stage, library or place.library)
            sums[here] = sums.get(here, 0.0) + part * (total or calls * 1e-9)
    whole = sum(sums.values())
    return {place: part / whole for place, part in sums.items()} if whole else {}


def _fixed(function: Function) -> Place | None:
    """Return the place of a function that is charged to one whoever calls it."""
    file, _, name = function
    if name == "<module>" or file.startswith("<frozen importlib"):
        return Place("imports", _library(function))
    try:
        parts = Path(file).relative_to(ROOT / "blogq").parts
    except ValueError:
        return None
    return Place(parts[0].removesuffix(".py"))


def _library(function: Function) -> str:
    """Return the name of the package that a function belongs to; none for Python's own."""
    file = function[0]
    if file.endswith(TEMPLATES):
        return "templates"
    _, found, inner = file.partition(f"{PACKAGES}/")
    return inner.partition("/")[0].removesuffix(".py") if found else ""


def profile(place: Workplace, made: Generator, posts: int, rest: list[str]) -> None:
    """Print where the time of each of JOBS goes. Raises `BenchmarkError` when a build is not right."""
    plain = made._replace(command=(*made.command, *rest))
    dump = place.folder / "profile"
    watched = plain._replace(
        command=(sys.executable, "-c", PROFILED, str(dump), *plain.command[3:]),
    )
    source = corpus(place.bench, posts, made.flavour)
    alone, seen = (place.site(each, source.folder) for each in (plain, watched))
    slug = source.slugs[posts // 2]
    for job in JOBS:
        taken = place.do(alone, job, slug, 0, TITLES[job])[0].cpu
        taken_watched = place.do(seen, job, slug, 0, f"{TITLES[job]}, profiled")[0].cpu
        seconds = charge(pstats.Stats(str(dump)).stats)  # type: ignore[attr-defined]
        print(f"\n{TITLES[job]}, {posts} posts: {report.seconds(taken)} of CPU when not profiled")
        unseen = taken_watched - sum(seconds.values())
        if unseen > taken_watched / 4 + STARTUP:
            print(f"the profiler missed {report.seconds(unseen)} of CPU: were there further processes?")
        print(report.text(_table(seconds, taken / posts)))


def _table(seconds: Seconds, per_post: float) -> report.Table:
    """Return rows by stage, the dearest first, and under each its libraries; `per_post` is in seconds."""
    whole = sum(seconds.values())
    stages: dict[str, float] = {}
    for place, spent in seconds.items():
        stages[place.stage] = stages.get(place.stage, 0.0) + spent
    rows: report.Table = [("stage", "share", "µs per post")]

    def add(title: str, spent: float) -> None:
        if spent >= SMALLEST * whole:
            rows.append((title, f"{spent / whole:.1%}", f"{1e6 * per_post * spent / whole:,.0f}"))

    for stage, total in _dearest(stages):
        add(stage, total)
        for place, spent in _dearest(seconds):
            if place.stage == stage and place.library:
                add(f"  {place.library}", spent)
    return rows


def _dearest(spent: dict[Key, float]) -> list[tuple[Key, float]]:
    return sorted(spent.items(), key=lambda item: -item[1])


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False
    )
    parser.add_argument("--posts", type=int, default=1000, help="size of the blog (1000)")
    parser.add_argument("rest", nargs="*", metavar="-- OPTION", help="options for `blogq build`")
    given = parser.parse_args()
    try:
        bench = bench_folder()
        process.adopt_orphans()
        made = generator("blogq", bench)
        CACHE.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="sites-", dir=CACHE, ignore_cleanup_errors=True) as folder:
            place = Workplace(bench, Path(folder), lambda line: print(line, file=sys.stderr, flush=True))
            if given.posts > WARM_UP:
                place.warm_up([made])
            profile(place, made, given.posts, given.rest)
    except BenchmarkError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
