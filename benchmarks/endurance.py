"""Whether a preview grows: one post is saved again and again for minutes, with its page open and the gate on.

    python benchmarks/endurance.py --seconds 600 --markdown endurance.md

Every tenth of a second some of its words are other ones, as they are while somebody writes; a part of them no text had
before. The resident memory of the server and its processes is noted every few seconds, and that of the page's objects.
Growth is from the end of the first minute to the end. The page must be the same document throughout, and show what
was saved last.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

from corpus import bench_folder, corpus
from errors import BenchmarkError
from generators import generator, lay_out
from screen import Screen, chromium, screen
from servers import Server

EVERY = 0.1
"""Seconds from one save to the next."""
NOTED = 5.0
"""Seconds between two looks at the memory."""
SETTLED = 60.0
"""Seconds after which a preview has loaded what it needs."""
AROUND = 12
"""How many figures make one median, at the beginning and at the end: those of a minute."""
LIMIT = 1.01
"""How much of its memory a process may hold at the end."""
PROCESSES = ("server", "companion")
SYLLABLES = "ba ce di fo gu ha ke li mo nu pa re si to vu".split()


class Look(NamedTuple):
    """What there was at one moment."""

    seconds: float
    saves: int
    server: float
    """MiB."""
    companion: float
    """MiB of the process that judges the whole blog."""
    page: float
    """MiB."""


class Endured(NamedTuple):
    """What came of it."""

    posts: int
    saves: int
    looks: list[Look]
    documents: int
    load: float

    def growth(self, name: str) -> float:
        """Return what the processes called `name` held at the end, divided by what they held after the first minute."""
        end = self.looks[-1].seconds
        return self._between(name, end) / self._between(name, min(SETTLED, end / 2))

    def _between(self, name: str, seconds: float) -> float:
        """Return the MiB near `seconds`: the median of the looks next to it."""
        near = sorted(self.looks, key=lambda look: abs(look.seconds - seconds))[:AROUND]
        return statistics.median(getattr(look, name) for look in near)


def words(source: random.Random, count: int) -> str:
    """Return so many words, most of which have never been seen."""
    return " ".join("".join(source.choices(SYLLABLES, k=source.randint(1, 5))) for _ in range(count))


def look(server: Server, screen_: Screen, age: float, saves: int) -> Look:
    """Return what there is now, `age` seconds after the beginning."""
    own, *others = server.memory()
    return Look(round(age, 1), saves, round(own, 2), round(sum(others), 2), round(screen_.heap(), 2))


def endure(screen_: Screen, server: Server, post: Path, seconds: float, tell: Any) -> Endured:
    """Save `post` every `EVERY` seconds for so long, while `screen_` shows it."""
    source = random.Random(1)
    text = post.read_text(encoding="utf-8")
    beside = post.with_suffix(".new.tmp")
    looks: list[Look] = []
    began = time.monotonic()
    saves = 0
    next_look = 0.0
    while (age := time.monotonic() - began) < seconds:
        saves += 1
        new = f"{text}\nWe saw the the market and {words(source, 6)}. This is marker-{saves}.\n"
        if saves % 2:
            post.write_text(new, encoding="utf-8")
        else:
            beside.write_text(new, encoding="utf-8")
            os.replace(beside, post)
        if age >= next_look:
            looks.append(look(server, screen_, age, saves))
            next_look += NOTED
            if len(looks) % 12 == 1:
                tell(looks[-1])
        screen_.page.wait_for_timeout(max(0.0, 1000 * (began + saves * EVERY - time.monotonic())))
    screen_.painted(f"marker-{saves}", 30)
    screen_.painted(f"marker-{saves}", 30, "margin")
    looks.append(look(server, screen_, time.monotonic() - began, saves))
    return Endured(0, saves, looks, screen_.documents(), os.getloadavg()[0])


def run(posts: int, seconds: float, tell: Any) -> Endured:
    """Endure at a blog of so many posts."""
    bench = bench_folder()
    made = generator("blogq", bench)
    source = corpus(bench, posts, made.flavour)
    with chromium() as browser, screen(browser) as tab, tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        lay_out(made, source.folder, bench, site)
        slug = source.slugs[len(source.slugs) // 2]
        with Server(made, site) as server:
            server.first_page(f"/posts/{slug}/", "</html>")
            tab.open(f"{server.url}/posts/{slug}/")
            found = endure(tab, server, site / made.posts / f"{slug}.md", seconds, tell)
    return found._replace(posts=posts)


def page(found: Endured) -> str:
    """Return the figures as Markdown."""
    step = max(1, len(found.looks) // 12)
    rows = [f"| {each.seconds:.0f} s | {each.saves:,} | {each.server:.1f} | {each.companion:.1f} | {each.page:.1f} |"
            for each in [*found.looks[:-1:step], found.looks[-1]]]  # fmt: skip
    return "\n".join(
        (
            f"{found.posts:,} posts, {found.saves:,} saves in {found.looks[-1].seconds:.0f} s, load {found.load:.1f}:"
            f" since the first minute the server's memory × {found.growth('server'):.4f}, that of the process beside it"
            f" × {found.growth('companion'):.4f}; {found.documents} document.",
            "",
            "| after | saves | server, MiB | beside it, MiB | page's objects, MiB |",
            "|---|---|---|---|---|",
            *rows,
            "",
        )
    )


def main() -> int:
    """Run it; 1 when the preview has grown by more than it may, or the page was loaded again."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--json", type=Path, help="file for all figures")
    parser.add_argument("--markdown", type=Path, help="file for the table")
    given = parser.parse_args()
    try:
        found = run(given.posts, given.seconds, lambda look: print(look, file=sys.stderr, flush=True))
    except BenchmarkError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print(page(found))
    if given.json:
        told = {
            **found._asdict(),
            "looks": [each._asdict() for each in found.looks],
            "growth": [found.growth(name) for name in PROCESSES],
        }
        given.json.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    if given.markdown:
        given.markdown.write_text(page(found), encoding="utf-8")
    return 0 if max(map(found.growth, PROCESSES)) < LIMIT and found.documents == 1 else 1


if __name__ == "__main__":
    sys.exit(main())
