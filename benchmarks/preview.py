#!/usr/bin/env python3
"""The preview of blogq beside its peers': the first page, the time from a save to the painted text, a branch switched.

    python benchmarks/preview.py --sizes 100,10000 --saves 40 --markdown preview.md

All serve the same posts, and the same post is edited in all of them: each save puts another marker into it, by turns
over the old file and in its place. What is measured is the time until the marker has been painted in Chromium, and for
blogq, whose gate is on, until the margin speaks of it. Peers that load the page again may do so; for blogq that is a
failure. A branch is switched by removing and writing anew so many posts, with other titles; right are the page on
screen, pages that nobody has opened, and the list on the first page. Peers are installed as for `run.py`; one that is
missing, or Chromium, is said to be left out. `endurance.py` is for memory.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import preview_report
from corpus import CACHE, PARAGRAPH, TITLE, Corpus, bench_folder, corpus
from errors import BenchmarkError
from generators import Generator, generator, lay_out
from preview_report import Found, Saves, Start, Switch
from report import machine
from screen import Screen, chromium, screen
from servers import Server

PEERS = ("hugo", "eleventy")
DATE = re.compile(r"^date: *\"?(\S+)", re.MULTILINE)
BEFORE = 5
"""Saves that aren't counted; of those of peers, one."""
SETTLING = 0.7
"""Seconds that peers are given after a page was painted: one that was loaded again has to connect first."""
SLOW = 180.0
"""Seconds after which a save is given up as lost."""
LOOKED_AT = 5
"""Pages besides the one on screen that are asked for after a switch."""


class Bench:
    """Lays sites out and measures; every site is in a folder of its own."""

    def __init__(self, folder: Path, given: argparse.Namespace, tell: Callable[[str], None]) -> None:
        self.bench = bench_folder()
        self.folder = folder
        self.given = given
        self.tell = tell
        self.count = 0

    def corpus(self, made: Generator, posts: int) -> Corpus:
        """Return the posts in the flavour of `made`."""
        return corpus(self.bench, posts, made.flavour)

    def site(self, made: Generator, posts: int) -> Path:
        """Lay out a new site."""
        self.count += 1
        site = self.folder / f"{self.count:03d}-{made.name}"
        lay_out(made, self.corpus(made, posts).folder, self.bench, site)
        return site

    def starts(self, makers: list[Generator], posts: int) -> list[Start]:
        """Measure from the command to the first page; blogq both with its store warm and without one."""
        kinds = [(made, warm) for made in makers for warm in ((True, False) if made.name == "blogq" else (False,))]
        times: dict[int, list[float]] = {at: [] for at in range(len(kinds))}
        warm_site: Path | None = None
        slug = middle(self.corpus(makers[0], posts))
        for turn in range(self.given.starts):
            order = range(len(kinds)) if turn % 2 == 0 else reversed(range(len(kinds)))
            for at in order:
                made, warm = kinds[at]
                if sum(times[at]) > self.given.budget:
                    continue
                if warm and warm_site is None:
                    warm_site = self.site(made, posts)
                    with Server(made, warm_site) as server:
                        server.first_page(f"/posts/{slug}/", "</html>")
                site = warm_site if warm and warm_site is not None else self.site(made, posts)
                os.sync()
                with Server(made, site) as server:
                    times[at].append(server.first_page(f"/posts/{slug}/", "</html>"))
                state = "warm" if warm else "cold"
                self.tell(f"{posts} posts, {made.name} {state}: first page after {times[at][-1]:.2f} s")
        return [Start(made.name, posts, warm, times[at]) for at, (made, warm) in enumerate(kinds)]

    def session(self, made: Generator, posts: int, browser: Any) -> tuple[Saves, Switch | None]:
        """Measure saves, then switches, in one running preview, as in a writer's afternoon."""
        site = self.site(made, posts)
        source = self.corpus(made, posts)
        slug = middle(source)
        if made.name == "blogq":
            with Server(made, site) as server:
                server.first_page(f"/posts/{slug}/", "</html>")
        with Server(made, site) as server, screen(browser) as tab:
            server.first_page(f"/posts/{slug}/", "</html>")
            tab.open(f"{server.url}/posts/{slug}/")
            saved = self.saves(server, tab, site / made.posts / f"{slug}.md", posts)
            self.tell(preview_report.line(saved))
            switched = None
            if 0 < self.given.changed < posts:
                switched = self.switches(server, tab, site / made.posts, source, posts)
                self.tell(preview_report.line_of_switch(switched))
        return saved, switched

    def saves(self, server: Server, tab: Screen, post: Path, posts: int) -> Saves:
        """Save `post` many times and note when each text was painted."""
        ours = server.made.name == "blogq"
        text = post.read_text(encoding="utf-8")
        beside = post.with_suffix(".new.tmp")
        waits: list[float] = []
        margins: list[float] = []
        lost = 0
        count, before = (self.given.saves, BEFORE) if ours else (self.given.peer_saves, 1)
        documents = tab.documents()
        began = time.monotonic()
        for number in range(count + before):
            marker = f"marker-{number}"
            new = f"{text}\nWe saw the the market close, says {marker}.\n"
            if number % 2:
                saved = time.time()
                post.write_text(new, encoding="utf-8")
            else:
                beside.write_text(new, encoding="utf-8")
                saved = time.time()
                os.replace(beside, post)
            try:
                painted = tab.painted(marker, SLOW)
                spoken = tab.painted(marker, SLOW, "margin") if ours else saved
            except BenchmarkError:
                lost += 1
                continue
            if number >= before:
                waits.append(1000 * (painted - saved))
                margins += [1000 * (spoken - saved)] if ours else []
            tab.page.wait_for_timeout(1000 * (self.given.pause if ours else SETTLING))
            if time.monotonic() - began > self.given.budget:
                break
        return Saves(
            *(server.made.name, posts, waits, margins, tab.documents() - documents, lost),
            *(sum(server.memory()), os.getloadavg()[0]),
        )

    def switches(self, server: Server, tab: Screen, folder: Path, source: Corpus, posts: int) -> Switch:
        """Rewrite the newest posts and the one on screen, several times over, and note when all is right."""
        slug = middle(source)
        dates = {each: DATE.search((folder / f"{each}.md").read_text(encoding="utf-8")) for each in source.slugs}
        newest = sorted(source.slugs, key=lambda each: found[1] if (found := dates[each]) else "", reverse=True)
        chosen = [slug, *[each for each in newest if each != slug][: self.given.changed - 1]]
        asked = [chosen[1], *chosen[2 :: max(1, len(chosen) // LOOKED_AT)]]
        times: list[float] = []
        wrong = 0
        began = time.monotonic()
        for turn in range(self.given.switches):
            marker, mark = f"marker-{900 + turn}", f"switch{turn:03d}turn"
            texts = {each: other(folder / f"{each}.md", marker, mark) for each in chosen}
            for each in chosen:
                path = folder / f"{each}.md"
                path.unlink()
                path.write_text(texts[each], encoding="utf-8")
            written = time.monotonic()

            def is_right(marker: str = marker, mark: str = mark) -> bool:
                return all(marker in server.get(f"/posts/{each}/") for each in asked) and mark in server.get("/")

            painted = tab.painted(marker, 2 * SLOW)
            served = server.wait_for(is_right, 2 * SLOW, "state of the other branch")
            times.append(max(served - written, painted - time.time() + time.monotonic() - written))
            wrong += sum(marker not in server.get(f"/posts/{each}/") for each in chosen)
            tab.page.wait_for_timeout(3000)
            if time.monotonic() - began > self.given.budget:
                break
        return Switch(server.made.name, posts, len(chosen), times, wrong, os.getloadavg()[0])


def middle(source: Corpus) -> str:
    """Return the slug of the post that is edited; it is the same for all."""
    return source.slugs[len(source.slugs) // 2]


def other(path: Path, marker: str, mark: str) -> str:
    """Return the text of the post at `path` with `mark` in its title and `marker` in its body."""
    text = TITLE.sub(rf"\g<1>Second thoughts {mark}", path.read_text(encoding="utf-8"), count=1)
    return f"{text}\n{PARAGRAPH} {marker}\n"


def measure(bench: Bench, makers: list[Generator], posts: int, found: Found) -> None:
    """Measure all of `makers` at one size and put the figures into `found`; what can't be measured is left out."""
    if bench.given.starts:
        found.starts.extend(bench.starts(makers, posts))
    if not bench.given.saves:
        return
    try:
        with chromium() as browser:
            for made in makers:
                try:
                    saved, switched = bench.session(made, posts, browser)
                except BenchmarkError as error:
                    found.left_out.append(f"{made.name}, {posts:,} posts: {error}")
                    continue
                found.saves.append(saved)
                found.switches.extend([switched] if switched else [])
    except BenchmarkError as error:
        found.left_out.append(f"what is painted: {error}")


def arguments() -> argparse.Namespace:
    """Return what is asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False
    )
    add = parser.add_argument
    add("--sizes", type=numbers, default=(100, 10_000), help="numbers of posts (100,10000)")
    add("--peers", type=peers, default=PEERS, help="hugo,eleventy, one of them, or none: ''")
    add("--starts", type=int, default=3, help="how often each is started (3; 0: not measured)")
    add("--saves", type=int, default=40, help="saves in blogq's preview (40; 0: none, in nobody's)")
    add("--peer-saves", type=int, default=20, help="saves in each peer's, if there is time (20)")
    add("--changed", type=int, default=2000, help="posts that a switched branch changes, where there are more (2000)")
    add("--switches", type=int, default=3, help="branches that are switched (3)")
    add("--pause", type=float, default=0.1, help="seconds between what blogq has painted and the next save (0.1)")
    add("--budget", type=float, default=120, help="seconds after which no further run of a kind is begun (120)")
    add("--json", type=Path, help="file for every single figure")
    add("--markdown", type=Path, help="file for the tables")
    return parser.parse_args()


def numbers(text: str) -> tuple[int, ...]:
    """Return the numbers of a list with commas."""
    return tuple(int(part) for part in text.split(",") if part)


def peers(text: str) -> tuple[str, ...]:
    """Return the names of a list with commas."""
    names = tuple(part for part in text.split(",") if part)
    if unknown := [name for name in names if name not in PEERS]:
        raise argparse.ArgumentTypeError(f"no {', '.join(unknown)} among {', '.join(PEERS)}")
    return names


def tell(line: str) -> None:
    """Say how far it is."""
    print(f"{line}  [load {os.getloadavg()[0]:.1f}]", file=sys.stderr, flush=True)


def main() -> int:
    """Run the benchmark; 1 when something couldn't be measured, or blogq has loaded a page again or lost a save."""
    given = arguments()
    CACHE.mkdir(parents=True, exist_ok=True)
    found = Found(machine(), {}, [], [], [], [])
    try:
        with tempfile.TemporaryDirectory(prefix="previews-", dir=CACHE, ignore_cleanup_errors=True) as folder:
            bench = Bench(Path(folder), given, tell)
            makers = []
            for name in ("blogq", *given.peers):
                try:
                    makers.append(generator(name, bench.bench))
                except BenchmarkError as error:
                    found.left_out.append(f"{name}: {error}")
            found.versions.update({made.name: dict(made.versions) for made in makers})
            for posts in given.sizes:
                measure(bench, makers, posts, found)
    except BenchmarkError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print(preview_report.page(found))
    if given.json:
        given.json.write_text(preview_report.as_json(found) + "\n", encoding="utf-8")
    if given.markdown:
        given.markdown.write_text(preview_report.page(found), encoding="utf-8")
    ours = [each for each in found.saves if each.name == "blogq"]
    return 0 if ours and not any(each.loads or each.lost for each in ours) else 1


if __name__ == "__main__":
    sys.exit(main())
