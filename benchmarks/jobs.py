"""What is measured: pairs of whole builds, one generator after the other, taking turns at going first.

A cold build runs in a site that was copied for it, into an output folder that has never been there, and
nothing is deleted until all is done: new files beside removed ones are several times as slow on ext4. The
other jobs rebuild a site in place, as a writer does, and every site lives through the same edits.
"""

from __future__ import annotations

import os
import random
import statistics
from collections.abc import Callable, Iterable
from itertools import count
from pathlib import Path
from typing import NamedTuple

import outputs
import process
from corpus import Corpus, corpus, corpus_in, edit_body, edit_title
from generators import Generator, lay_out
from process import Usage

Edit = Callable[[Path, str], None]

EDITS: dict[str, Edit | None] = {"unchanged": None, "body": edit_body, "title": edit_title}
JOBS = ("cold", *EDITS)
TITLES = {
    "cold": "cold build",
    "unchanged": "nothing changed",
    "body": "one body edited",
    "title": "one title edited",
}
SEED = 20260101
WARM_UP = 50
"""Posts of the site that each generator builds before any is measured."""


class Site(NamedTuple):
    """A site that was laid out for one generator."""

    generator: Generator
    folder: Path
    source: Corpus
    """The site's own copy of the posts."""


class Comparison(NamedTuple):
    """One job, done by two generators in pairs."""

    job: str
    posts: int
    subject: Generator
    peer: Generator
    pairs: tuple[tuple[Usage, Usage], ...]
    """Of each round: what the subject and the peer took."""
    made: tuple[outputs.Output, outputs.Output]
    """What the last builds of the two left in their output folders."""


class Scale(NamedTuple):
    """One generator alone, at one size."""

    job: str
    posts: int
    generator: Generator
    usages: tuple[Usage, ...]


class Workplace:
    """The folder in which sites are laid out and built; every site in it is new."""

    def __init__(self, bench: Path, folder: Path, tell: Callable[[str], None]) -> None:
        self.bench = bench
        self.folder = folder
        self.tell = tell
        self._numbers = count(1)

    def site(self, generator: Generator, posts: Path) -> Site:
        """Lay out a new site of the posts in the folder `posts`."""
        folder = self.folder / f"{next(self._numbers):04d}-{generator.name}"
        lay_out(generator, posts, self.bench, folder)
        return Site(generator, folder, corpus_in(folder / generator.posts))

    def build(self, site: Site, told: str, watch_memory: bool = False) -> tuple[Usage, outputs.Output]:
        """Build `site`, check what was made, return what it took; `told` names the run in the progress."""
        # Writing back what an earlier run left dirty must not happen on this run's time.
        os.sync()
        made = site.generator
        log = self.folder / f"{site.folder.name}.log"
        # A cache in the home folder would outlive the site and make the next cold build a warm one.
        caches = {"XDG_CACHE_HOME": f"{site.folder}.cache"}
        environment = {**dict(made.environment), **caches}
        usage = process.measure(made.command, site.folder, environment, log, watch_memory)
        output = outputs.inspect(site.folder / made.output, site.source, made.feed)
        if watch_memory:
            figures = f"{usage.memory / 2**20:8.0f} MiB"
        else:
            figures = f"{usage.wall:8.3f} s wall {usage.cpu:8.3f} s CPU"
        self.tell(f"{told:<40}{made.name:<10}{figures} {output.files:7} files")
        return usage, output

    def do(
        self, site: Site, job: str, slug: str, turn: int, told: str, watch_memory: bool = False
    ) -> tuple[Usage, outputs.Output]:
        """Do one of JOBS in `site`: edit the post `slug` where the job says so, build, see the edit arrive.

        `turn` tells one edit of a post from the next.
        """
        edit = EDITS.get(job)
        marker = f"edited{job}number{turn:03d}"
        if edit:
            edit(site.source.folder / f"{slug}.md", marker)
        usage, output = self.build(site, told, watch_memory)
        if edit:
            outputs.check_edit(output.pages[slug], marker)
        return usage, output

    def warm_up(self, generators: Iterable[Generator]) -> None:
        """Build a small site with each: whoever is measured first must not be the one that compiles code."""
        for made in generators:
            small = corpus(self.bench, WARM_UP, made.flavour)
            self.build(self.site(made, small.folder), f"{WARM_UP} posts, warming up")


def compare(place: Workplace, job: str, subject: Generator, peer: Generator, posts: int, rounds: int) -> Comparison:
    """Measure `job` (one of JOBS) on a blog of `posts` posts, `rounds` times for each of the two.

    Raises `BenchmarkError` when a build fails, is incomplete, misses an edit or, where it keeps state, ends
    up different from a clean build.
    """
    both = (subject, peer)
    corpora = [corpus(place.bench, posts, made.flavour) for made in both]
    if job == "cold":
        sites = None
    else:
        sites = [place.site(made, source.folder) for made, source in zip(both, corpora, strict=True)]
        for site in sites:
            place.build(site, f"{posts} posts, first build")
    pairs = []
    memory: dict[int, Usage] = {}
    last: list[outputs.Output | None] = [None, None]
    for turn, slug in enumerate(_picks(corpora[0], rounds + 1)):
        # The first turn is for memory only.
        watch = turn == 0
        usages: dict[int, Usage] = {}
        for who in (0, 1) if turn % 2 == 0 else (1, 0):
            site = sites[who] if sites else place.site(both[who], corpora[who].folder)
            told = f"{posts} posts, {TITLES[job]} {'memory' if watch else f'{turn}/{rounds}'}"
            usages[who], last[who] = place.do(site, job, slug, turn, told, watch)
        if watch:
            memory = usages
        else:
            pairs.append((_with_memory(usages[0], memory[0]), _with_memory(usages[1], memory[1])))
    if sites and EDITS[job]:
        for site in sites:
            _check_clean(place, site, posts)
    assert last[0] and last[1]
    return Comparison(job, posts, subject, peer, tuple(pairs), (last[0], last[1]))


def scale(place: Workplace, generator: Generator, sizes: tuple[int, ...], rounds: int) -> list[Scale]:
    """Measure cold build, unchanged build and body edit of one generator at all `sizes`, in turn."""
    jobs = ("cold", "unchanged", "body")
    usages: dict[tuple[int, str], list[Usage]] = {(size, job): [] for size in sizes for job in jobs}
    memory: dict[tuple[int, str], Usage] = {}
    for turn in range(rounds + 1):
        for size in sizes if turn % 2 == 0 else reversed(sizes):
            source = corpus(place.bench, size, generator.flavour)
            site = place.site(generator, source.folder)
            slug = random.Random(SEED + turn).choice(source.slugs)
            for job in jobs:
                watch = turn == 0
                told = f"scale {size}, {TITLES[job]} {'memory' if watch else f'{turn}/{rounds}'}"
                usage = place.do(site, job, slug, turn, told, watch)[0]
                if watch:
                    memory[size, job] = usage
                else:
                    usages[size, job].append(_with_memory(usage, memory[size, job]))
    return [Scale(job, size, generator, tuple(found)) for (size, job), found in usages.items()]


def _with_memory(timed: Usage, watched: Usage) -> Usage:
    """Return times of one run with the memory of another."""
    return timed._replace(memory=watched.memory, largest=watched.largest)


def medians(usages: tuple[Usage, ...]) -> Usage:
    """Return the median of each figure."""
    wall, cpu, memory, largest = (statistics.median(figures) for figures in zip(*usages, strict=True))
    return Usage(wall, cpu, round(memory), round(largest))


def _picks(source: Corpus, rounds: int) -> list[str]:
    """Return the slug of a post for each round: at random, the same at every run of the benchmark."""
    return random.Random(SEED).choices(source.slugs, k=rounds)


def _check_clean(place: Workplace, site: Site, posts: int) -> None:
    """Build the edited posts of `site` from nothing, and see that its output is the same."""
    if not site.generator.keeps_state:
        return
    clean = place.site(site.generator, site.source.folder)
    place.build(clean, f"{posts} posts, clean, to compare")
    outputs.check_same(site.folder / site.generator.output, clean.folder / site.generator.output)
