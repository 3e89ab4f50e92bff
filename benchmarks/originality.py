"""What it costs to compare a post with everything written before: time, disk and memory by number of posts.

    make bench-originality
    python benchmarks/originality.py --sizes 1000,10000,100000 --blog FOLDER

Posts are drawn in memory, for generating 100,000 files takes longer than all the rest: words and their frequencies
are those of the corpus generator (`gen.py`, see `benchmarks/run.py` for BLOGQ_BENCH), 700 words in sentences of about
16 and paragraphs of 2 to 7. One in a hundred begins with the first half of an earlier one, and all end with one of
fifty closing paragraphs, as blogs do. With `--blog`, fingerprints are timed on the posts of a folder of Markdown
files too.

Each size is measured in a process of its own, on one core. Times are the processor's, for machines have other things
to do; but for those of opening, which are wall times. Drawing texts is in none. What a query is: fingerprints of a
new post of which half is copied from a random earlier one, or nothing (every other), its candidates, the ten best
loaded and held against it. The index isn't read from the disk for the first time: warm.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from corpus import ROOT, bench_folder
from errors import BenchmarkError
from installed import environment

sys.path.insert(0, os.fspath(ROOT))

WORDS = 700
QUERIES = 200
MEGABYTE = 1e6
START = """
import sys, time
begin = time.perf_counter()
from pathlib import Path
from blogq.originality.index import Query
from blogq.originality.index.store import Index
from blogq.originality.fingerprint import fingerprints
loaded = time.perf_counter()
index = Index(Path(sys.argv[1]))
text = " ".join(part.text for part in index.material(1).parts)
answer = index.candidates([Query(fingerprints([text]))])[0]
assert answer.candidates
print(time.perf_counter() - begin, loaded - begin)
"""


class Drawn:
    """Posts with the words of the corpus generator."""

    def __init__(self, seed: int) -> None:
        import numpy as np

        path = bench_folder() / "gen.py"
        spec = importlib.util.spec_from_file_location("gen", path)
        if spec is None or spec.loader is None:
            raise BenchmarkError(f"{path} can't be loaded")
        module = importlib.util.module_from_spec(spec)
        sys.argv, kept = [os.fspath(path), "0", os.devnull], sys.argv
        try:
            source = path.read_text(encoding="utf-8").removesuffix("main()\n")
            exec(compile(source, os.fspath(path), "exec"), module.__dict__)
        finally:
            sys.argv = kept
        self.words = np.array(module.__dict__["vocabulary"](), object)
        weights = 1 / (np.arange(len(self.words)) + 2.7)
        self.shares = np.cumsum(weights / weights.sum())
        self.random = np.random.default_rng(seed)
        self.closings = [self.paragraphs(40)[0] for _ in range(50)]

    def paragraphs(self, words: int) -> list[str]:
        """Return paragraphs with about so many words."""
        import numpy as np

        drawn = self.words[
            np.searchsorted(self.shares, self.random.random(words)).clip(0, len(self.words) - 1)
        ].tolist()
        sizes = self.random.normal(16, 6, words // 8 + 2).clip(4, 38).astype(int).tolist()
        found: list[str] = []
        sentences: list[str] = []
        at = 0
        for size in sizes:
            if at >= words:
                break
            sentences.append(" ".join(drawn[at : at + size]).capitalize() + ".")
            at += size
            if len(sentences) >= 2 + size % 6:
                found.append(" ".join(sentences))
                sentences = []
        if sentences:
            found.append(" ".join(sentences))
        return found

    def post(self, number: int, earlier: list[str] | None = None) -> list[str]:
        """Return the paragraphs of a post, the first half those of an earlier one if there is one."""
        own = self.paragraphs(WORDS - 40)
        if earlier:
            own = earlier[: len(earlier) // 2] + own[len(own) // 2 :]
        return [*own, self.closings[number % 50]]


def measure(size: int, blog: str) -> dict[str, float]:
    """Return the figures of an index of `size` posts."""
    from blogq.originality.evidence import evidence
    from blogq.originality.fingerprint import fingerprints
    from blogq.originality.index import Document, Entry, Query, entry
    from blogq.originality.index.store import NAME, Index
    from blogq.originality.material import Material, Part

    drawn = Drawn(1)
    folder = Path(tempfile.mkdtemp(prefix="blogq-originality-"))
    drawing = 0.0
    kept: dict[int, list[str]] = {}

    def made(number: int) -> list[str]:
        earlier = kept[number % max(1, len(kept))] if number % 100 == 99 and kept else None
        found = drawn.post(number, earlier)
        if number % 97 == 0:
            kept[len(kept)] = found
        return found

    def entry_of(number: int, parts: list[str]) -> Entry:
        told = Document("", f"posts/{number}.md", b"%032x" % number, number * 3600, f"Post {number}", "", "", "en")
        return entry(told, Material(tuple(Part(part, ((0, 1, 1),)) for part in parts)))

    def entries() -> Iterator[Entry]:
        nonlocal drawing
        for number in range(size):
            begin = time.process_time()
            parts = made(number)
            drawing += time.process_time() - begin
            yield entry_of(number, parts)

    try:
        index = Index(folder)
        began = time.process_time()
        index.add(entries())
        figures: dict[str, float] = {"posts": size, "indexing, s": time.process_time() - began - drawing}
        new = [drawn.post(number) for number in range(QUERIES)]
        begin = time.process_time()
        for parts in new:
            fingerprints(parts)
        figures["fingerprints, ms a post"] = (time.process_time() - begin) / len(new) * 1000
        if blog:
            figures["of real posts, ms"] = real_posts(Path(blog))
        index.close()
        on_disk(folder, NAME, figures)
        figures["opening and first answer in a new process, s"], figures["imports of it"] = in_new_process(folder)
        begin = time.perf_counter()
        index = Index(folder)
        index.candidates([Query(fingerprints(new[0]))])
        figures["opening and first answer, s"] = time.perf_counter() - begin
        sources = random.Random(2)
        times: dict[str, list[float]] = {"candidates": [], "all": []}
        right = 0
        for number in range(QUERIES):
            source = sources.randrange(1, size + 1)
            parts = new[number]
            if number % 2:
                copied = [part.text for part in index.material(source).parts]
                parts = copied[: len(copied) // 2] + parts[len(parts) // 2 :]
            text = "\n\n".join(parts)
            begin = time.process_time()
            answer = index.candidates([Query(fingerprints(parts))])[0]
            times["candidates"].append((time.process_time() - begin) * 1000)
            for each in answer.candidates[:10]:
                evidence(text, index.material(each.document).text)
            times["all"].append((time.process_time() - begin) * 1000)
            right += number % 2 and source in [each.document for each in answer.candidates[:10]]
        for name, found in times.items():
            found.sort()
            figures[f"{name}, ms p50"], figures[f"{name}, p95"] = median(found), found[len(found) * 95 // 100]
        figures["sources found, %"] = 100 * right / (QUERIES // 2)
        adding = []
        for number, parts in enumerate(new[:100]):
            begin = time.process_time()
            index.add([entry_of(size + number, parts)])
            adding.append((time.process_time() - begin) * 1000)
        adding.sort()
        figures["one post added, ms p50"], figures["added, p95"] = median(adding), adding[95]
        figures["peak, MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MEGABYTE
        index.close()
        return figures
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def real_posts(folder: Path) -> float:
    """Return how long the fingerprints of a post of 700 words take, in milliseconds; posts are joined and cut."""
    from blogq.originality.fingerprint import fingerprints

    text = "\n\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.md")))
    parts = [each for each in text.split("\n\n") if each.strip()]
    posts: list[list[str]] = [[]]
    count = 0
    for part in parts:
        posts[-1].append(part)
        count += len(part.split())
        if count >= WORDS:
            posts.append([])
            count = 0
    posts = posts[:1000]
    for each in posts:
        fingerprints(each)
    begin = time.process_time()
    for each in posts:
        fingerprints(each)
    return (time.process_time() - begin) / len(posts) * 1000


def on_disk(folder: Path, name: str, figures: dict[str, float]) -> None:
    """Measure files, with and without the texts."""
    segments = sum(path.stat().st_size for path in folder.glob("*.seg"))
    figures["segments"] = len(list(folder.glob("*.seg")))
    figures["postings' files, MB"] = segments / MEGABYTE
    figures["on disk, MB"] = (segments + (folder / name).stat().st_size) / MEGABYTE
    copy = folder / "copy"
    shutil.copyfile(folder / name, copy)
    connection = sqlite3.connect(copy, isolation_level=None)
    connection.execute("DROP TABLE texts")
    connection.execute("VACUUM")
    connection.close()
    figures["on disk without texts, MB"] = (segments + copy.stat().st_size) / MEGABYTE
    copy.unlink()


def in_new_process(folder: Path) -> tuple[float, float]:
    """Return how long a process takes for its first answer, and how much of it are imports; the best of three."""
    found = []
    for _ in range(3):
        done = subprocess.run(
            [sys.executable, "-c", START, os.fspath(folder)],
            env={**os.environ, **environment()},
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise BenchmarkError(done.stderr[-2000:])
        whole, imports = map(float, done.stdout.split())
        found.append((whole, imports))
    return min(found)


def main() -> int:
    """Measure and print a table, one column for each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="1000,10000,100000", help="numbers of posts (1000,10000,100000)")
    parser.add_argument("--blog", default="", help="a folder of Markdown files to time fingerprints on")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    try:
        if given.one:
            print(json.dumps(measure(given.one, given.blog)))
            return 0
        columns: list[dict[str, Any]] = []
        for size in given.sizes.split(","):
            command = [sys.executable, os.path.abspath(__file__), "--one", size, "--blog", given.blog]
            done = subprocess.run(command, capture_output=True, text=True)
            if done.returncode:
                raise BenchmarkError(f"{size} posts: {done.stderr[-2000:]}")
            columns.append(json.loads(done.stdout))
    except BenchmarkError as error:
        print(error, file=sys.stderr)
        return 2
    for at, name in enumerate(columns[0]):
        values = [column[name] for column in columns]
        print(f"| {name} | " + " | ".join(f"{v:,}" if isinstance(v, int) else f"{v:,.2f}" for v in values) + " |")
        if not at:
            print("|---|" + "--:|" * len(columns))
    return 0


if __name__ == "__main__":
    sys.exit(main())
