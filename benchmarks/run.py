"""blogq beside its peers: how long builds take, and in how much memory.

    python benchmarks/run.py --sizes 1000,10000 --scaling 1000,10000,50000 --markdown docs/benchmarks.md

Peers are installed from their registries into `.cache/bench/` on first use. BLOGQ_BENCH names the folder of
the corpus generator and the peers' sites (`../shared/bench` beside the checkout where it is not set). Runs
are whole processes; on a machine of 2 cores 1,000 posts take a few minutes, 10,000 about an hour.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import process
import report
from corpus import CACHE, bench_folder
from errors import BenchmarkError
from generators import NAMES, Generator, generator
from jobs import JOBS, Comparison, Scale, Workplace, compare, scale

BYTES_PER_POST = 50_000
"""What a post takes on disk in one site, generously: source, page, its share of lists, caches."""
FREE_SHARE = 0.8


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False
    )
    add = parser.add_argument
    add("--sizes", type=_sizes, default=(1000,), help="numbers of posts to compare at (1000; none: '')")
    add("--peers", type=_names(NAMES), default=NAMES[1:], help="hugo,eleventy,pelican, or some of them")
    add("--edit-peers", type=_names(NAMES), default=("hugo",), help="which of them to rebuild as well (hugo)")
    add("--jobs", type=_names(JOBS), default=JOBS, help=",".join(JOBS) + ", or some of them")
    add("--rounds", type=_count, default=5, help="how many pairs (5)")
    add("--scaling", type=_sizes, default=(), help="numbers of posts to build blogq alone at (none)")
    add("--subject", choices=NAMES, default="blogq", help="what to hold against the peers (blogq)")
    add("--json", type=Path, help="file for every single run")
    add("--markdown", type=Path, help="file for the tables")
    return parser.parse_args()


def main() -> int:
    given = arguments()
    try:
        bench = bench_folder()
        process.adopt_orphans()
        peers = [name for name in given.peers if name != given.subject] if given.sizes else []
        made = {name: generator(name, bench) for name in (given.subject, *peers)}
        CACHE.mkdir(parents=True, exist_ok=True)
        _check_room(given, len(peers))
        about = report.machine()
        with tempfile.TemporaryDirectory(prefix="sites-", dir=CACHE, ignore_cleanup_errors=True) as folder:
            place = Workplace(bench, Path(folder), lambda line: print(line, file=sys.stderr, flush=True))
            place.warm_up(made.values())
            found, scales = _measure(place, given, made)
            print("deleting the sites …", file=sys.stderr)
    except BenchmarkError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    for table in (found and report.comparison_table(found), scales and report.scale_table(scales)):
        if table:
            print(report.text(table), end="\n\n")
    if given.json:
        given.json.write_text(report.as_json(found, scales, given.rounds, about) + "\n", encoding="utf-8")
    if given.markdown:
        given.markdown.write_text(report.page(found, scales, given.rounds, about), encoding="utf-8")
    return 0


def _measure(
    place: Workplace, given: argparse.Namespace, made: dict[str, Generator]
) -> tuple[list[Comparison], list[Scale]]:
    subject = made[given.subject]
    peers = [peer for name, peer in made.items() if name != given.subject]
    found = [
        compare(place, job, subject, peer, posts, given.rounds)
        for posts in given.sizes
        for job in given.jobs
        for peer in peers
        if job == "cold" or peer.name in given.edit_peers
    ]
    return found, scale(place, subject, given.scaling, given.rounds) if given.scaling else []


def _check_room(given: argparse.Namespace, peers: int) -> None:
    """Raise `BenchmarkError` if the disk may fill up: nothing is deleted before the end."""
    sites = sum(given.sizes) * (2 * peers * given.rounds + 6) + sum(given.scaling) * given.rounds
    needed, free = sites * BYTES_PER_POST, shutil.disk_usage(CACHE).free
    if needed > free * FREE_SHARE:
        raise BenchmarkError(
            f"this may take {needed / 2**30:.0f} GiB of disk, and {free / 2**30:.0f} GiB are free.\n"
            "Ask for fewer --rounds, --sizes or --peers at a time."
        )


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(_count(part) for part in text.split(",") if part)


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def _names(known: tuple[str, ...]) -> Callable[[str], tuple[str, ...]]:
    def parse(text: str) -> tuple[str, ...]:
        names = tuple(part for part in text.split(",") if part)
        if unknown := [name for name in names if name not in known]:
            raise argparse.ArgumentTypeError(f"no {', '.join(unknown)} among {', '.join(known)}")
        return names

    return parse


if __name__ == "__main__":
    sys.exit(main())
