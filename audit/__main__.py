"""Check every page of the example site and of the specimen with every checker, with both themes.

The browser and axe look at each page in light and dark, on a phone and at a desk; the W3C's checker at each page,
stylesheet and drawing; the checks of feeds at each feed; Lighthouse at one page of each type. Exits with 1 when any of
them objects to anything. Nothing here asks the network.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from audit import browsing, feeds, lighthouse, markup
from audit.installed import MissingError
from audit.samples import SITES, THEMES, TYPES, Page, Sample, of_length, one_of_each, samples, words_in

WORDS = 1000
"""Length of the post that is weighed."""
CHECKS = ("browser", "axe", "w3c", "feeds", "lighthouse")
KIB = 1024


class Tally:
    """What was found, by type of page and theme."""

    def __init__(self) -> None:
        self.found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self.scores: dict[tuple[str, str], list[tuple[int, ...]]] = defaultdict(list)
        self.pages: Counter[tuple[str, str]] = Counter()
        self.weights: dict[tuple[str, str], int] = {}
        self.problems: list[str] = []

    def add(self, page: Page, check: str, where: str, told: Sequence[str]) -> None:
        """Note what `check` says of a page, seen as `where` says."""
        self.found[page.type, page.theme][check] += len(told)
        self.problems += [f"{page.name}{f' ({where})' if where else ''}: {each}" for each in told]


def browse(browser: browsing.Browser, pages: Sequence[Page], checks: Sequence[str], tally: Tally) -> None:
    """The browser's own findings and axe's."""
    for page in pages:
        tally.pages[page.type, page.theme] += 1
        if "browser" in checks:
            seen = browsing.visit(browser, page.url)
            tally.add(page, "browser", "", seen.problems)
            key = page.type, page.theme
            tally.weights[key] = max(tally.weights.get(key, 0), seen.weight.text)
    if "axe" not in checks:
        return
    for scheme in browsing.SCHEMES:
        for width in (browsing.PHONE, browsing.DESK):
            found = browsing.violations(browser, [page.url for page in pages], scheme, width)
            for page in pages:
                told = [f"axe {each.rule} ({each.impact}): {each.nodes[0]}" for each in found[page.url]]
                tally.add(page, "axe", f"{scheme}, {width} px", told)


def validate(sites: Sequence[Sample], tally: Tally) -> None:
    """The findings of the W3C's checker; what it says of stylesheets and drawings is told without a type of page."""
    files = [path for site in sites for path in site.folder.rglob("*") if path.suffix in {".html", ".css", ".svg"}]
    known = {page.path.resolve(): page for site in sites for page in site.pages}
    for each in markup.check(files):
        told = f"w3c {each.kind} at line {each.line}: {each.message} {each.extract.strip()!r}"
        if page := known.get(each.path):
            tally.add(page, f"w3c {each.kind}", "", [told])
        else:
            tally.problems.append(f"{each.path.parent.name}/{each.path.name}: {told}")


def rate(pages: Sequence[Page], forms: Sequence[str], schemes: Sequence[str], tally: Tally) -> None:
    """Lighthouse's scores of `pages`."""
    runs = [(page, scheme, form) for page in pages for form in forms for scheme in schemes]
    wanted = [lighthouse.Wanted(page.url, page.type, scheme, form) for page, scheme, form in runs]
    for (page, scheme, form), each in zip(runs, lighthouse.run(wanted), strict=True):
        scores = tuple(each.scores.get(name) or 0 for name in lighthouse.CATEGORIES)
        tally.scores[page.type, page.theme].append(scores)
        low = [f"{name} {score}" for name, score in zip(lighthouse.CATEGORIES, scores, strict=True) if score < 100]
        if low:
            told = f"lighthouse {', '.join(low)}: {' | '.join(each.failed)}"
            tally.add(page, "lighthouse", f"{scheme}, {form}", [told])


def weigh(browser: browsing.Browser, sites: Sequence[Sample]) -> Iterator[str]:
    """The weight of a post of about `WORDS` words, a row for each theme."""
    yield f"| theme | a post of ~{WORDS:,} words | words | transferred, images aside | JavaScript | images |"
    yield "|---|---|---:|---:|---:|---:|"
    for site in sites:
        post = of_length(site.pages, WORDS)
        weight = browsing.visit(browser, post.url).weight
        sizes = " | ".join(f"{size / KIB:.1f} KiB" for size in (weight.text, weight.scripts, weight.images))
        yield f"| {site.theme} | {post.url.split('/', 3)[3]} | {words_in(post):,} | {sizes} |"


def table(tally: Tally) -> Iterator[str]:
    """What was found, a row for each type of page and theme."""
    yield "| page | theme | pages | Lighthouse, worst of each | axe | W3C errors, warnings | browser | KiB at most |"
    yield "|---|---|---:|---|---:|---:|---:|---:|"
    for kind, theme in sorted(tally.pages, key=lambda key: (TYPES.index(key[0]), key[1])):
        found, scores = tally.found[kind, theme], tally.scores.get((kind, theme))
        worst = "/".join(str(min(each)) for each in zip(*scores, strict=True)) if scores else "–"
        said = f"{found['w3c error']}, {found['w3c warning'] + found['w3c info']}"
        weight = tally.weights.get((kind, theme), 0) / KIB
        counted = f"{found['axe']} | {said} | {found['browser']} | {weight:.1f}"
        yield f"| {kind} | {theme} | {tally.pages[kind, theme]} | {worst} | {counted} |"


def run(asked: argparse.Namespace, folder: Path) -> list[str]:
    """Check everything that was asked for; returns the problems, after the tables were printed."""
    tally = Tally()
    with samples(folder, asked.themes, {name: SITES[name] for name in asked.sites}) as sites:
        every = [page for site in sites for page in site.pages]
        each = one_of_each(every)
        pages = each if asked.brief else every
        missing = sorted(set(TYPES) - {page.type for page in pages}, key=TYPES.index)
        if {"browser", "axe"} & set(asked.checks):
            with browsing.opened() as browser:
                browse(browser, pages, asked.checks, tally)
                print(
                    "\n".join(weigh(browser, [site for site in sites if site.site == asked.sites[0]])) + "\n",
                    flush=True,
                )
        else:
            tally.pages.update((page.type, page.theme) for page in pages)
        if "w3c" in asked.checks:
            validate(sites, tally)
        if "feeds" in asked.checks:
            for site in sites:
                for feed in feeds.feeds_in(site.folder):
                    place = f"{site.theme}: {site.site}/{feed.relative_to(site.folder).as_posix()}"
                    tally.problems += [f"{place}: {problem}" for problem in feeds.problems(feed)]
        if "lighthouse" in asked.checks:
            rate(each, asked.forms, asked.schemes, tally)
        print("\n".join(table(tally)) + "\n")
        if missing:
            print(f"No page of these types: {', '.join(missing)}.\n")
    return tally.problems


def main() -> int:
    """Read the command line, check, print; 0 when nothing was found."""
    parser = argparse.ArgumentParser(prog="python -m audit", description=__doc__.partition("\n\n")[0])
    choices = {"checks": CHECKS, "themes": THEMES, "sites": tuple(SITES), "forms": lighthouse.FORMS}
    for name, known in {**choices, "schemes": browsing.SCHEMES}.items():
        parser.add_argument(
            f"--{name}", nargs="+", choices=known, default=list(known), help=f"default: {' '.join(known)}"
        )
    parser.add_argument("--brief", action="store_true", help="one page of each type, instead of all of them")
    asked = parser.parse_args()
    started = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="blogq-audit-") as folder:
        try:
            problems = run(asked, Path(folder))
        except MissingError as error:
            print(error, file=sys.stderr)
            return 2
    print(f"{len(problems)} problems, {time.perf_counter() - started:.0f} s.")
    for problem, count in Counter(problems).items():
        print(f"- {problem}{f' (×{count})' if count > 1 else ''}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
