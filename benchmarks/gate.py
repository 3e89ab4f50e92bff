"""What the gate costs: a first check, one after an edit, one of nothing new, and builds with and without it.

    make bench-gate
    python benchmarks/gate.py --sizes 1000,10000 --rounds 5

The corpus is that of `benchmarks/run.py`, and so is what BLOGQ_BENCH means. A first check is timed once, the others
`--rounds` times; the table has medians of wall time in seconds, processes whole. The last column is a process that has
judged the site before, as a preview is: only its work, without its start.
"""

from __future__ import annotations

import argparse
import gc
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from corpus import CACHE, ROOT, bench_folder, corpus
from errors import BenchmarkError
from installed import environment

NOW = "2026-01-01"
SENTENCE = "An afterthought that was added later, number {}, and it says little.\n"


def main() -> int:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="1000,10000", help="numbers of posts (1000,10000)")
    parser.add_argument("--rounds", type=int, default=5, help="times that each is run (5)")
    given = parser.parse_args()
    rows = []
    try:
        for size in map(int, given.sizes.split(",")):
            rows.append(measure(site_of(size), size, given.rounds))
    except BenchmarkError as error:
        print(error, file=sys.stderr)
        return 2
    names = list(rows[0])
    print("| " + " | ".join(names) + " |")
    print("|" + " --- |" * len(names))
    for row in rows:
        print(
            "| "
            + " | ".join(f"{value:,}" if isinstance(value, int) else f"{value:.2f}" for value in row.values())
            + " |"
        )
    return 0


def site_of(size: int) -> Path:
    """Return a fresh site with `size` posts."""
    found = corpus(bench_folder(), size, "hugo")
    folder = CACHE / "gate" / str(size)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(found.folder, folder / "content" / "posts")
    (folder / "blogq.yaml").write_text("title: Benchmark\nbase_url: https://example.org/\n", encoding="utf-8")
    return folder


def measure(site: Path, size: int, rounds: int) -> dict[str, int | float]:
    """Return what the gate costs at `site`, by what was done."""
    post = sorted((site / "content" / "posts").rglob("*.md"))[size // 2]
    edits = iter(range(1_000_000))

    def edit() -> None:
        with post.open("a", encoding="utf-8") as file:
            file.write("\n" + SENTENCE.format(next(edits)))

    def nothing() -> None:
        pass

    def times(before: Callable[[], None], *command: str) -> float:
        found = []
        for _ in range(rounds):
            before()
            found.append(timed(site, *command))
        return median(found)

    return {
        "posts": size,
        "check, first": timed(site, "check"),
        "check, one edited": times(edit, "check"),
        "check, nothing new": times(nothing, "check"),
        "build, first": timed(site, "build", "--no-check"),
        "build, one edited": times(edit, "build"),
        "the same, no gate": times(edit, "build", "--no-check"),
        "build, nothing new": times(nothing, "build"),
        "the same, no gate ": times(nothing, "build", "--no-check"),
        "check in a warm process, one edited": warm(site, edit, rounds),
    }


def timed(site: Path, *command: str) -> float:
    """Return how long a command takes, in seconds."""
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "blogq", *command, "--site", os.fspath(site), "--now", NOW],
        env={**os.environ, **environment()},
        capture_output=True,
        text=True,
    )
    if done.returncode > 1:
        raise BenchmarkError(f"{' '.join(command)} failed:\n{done.stderr[-2000:]}")
    return time.perf_counter() - started


def warm(site: Path, edit: Callable[[], None], rounds: int) -> float:
    """Return how long a check of an edited post takes in a process that has checked the site before."""
    sys.path.insert(0, os.fspath(ROOT))
    from blogq.gate import Ask, run_gate

    ask = Ask(site, 1_767_225_600, jobs=1, figures=False)
    run_gate(ask)
    gc.collect()
    gc.freeze()
    found = []
    for _ in range(rounds):
        edit()
        started = time.perf_counter()
        run_gate(ask)
        found.append(time.perf_counter() - started)
    return median(found)


if __name__ == "__main__":
    sys.exit(main())
