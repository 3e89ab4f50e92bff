"""Sites to look at: built with each theme at the address where they will be served, and their pages by type."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from lxml import html

from audit.host import Host, serving
from audit.installed import ROOT
from blogq.build import Request, build

THEMES = ("plain", "broadsheet")
SITES: Mapping[str, Path] = {"example": ROOT / "example-site", "specimen": ROOT / "audit" / "specimen"}
"""The example site is a real blog; the specimen holds what few blogs have: every construct, odd lengths, Arabic."""
NOW = int(datetime(2027, 1, 1, tzinfo=UTC).timestamp())
TYPES = (
    "home", "page 2", "post", "page", "section", "taxonomy", "term", "archive", "author", "series", "search", "404",
)  # fmt: skip
"""Every type of page; `page 2` is any list's, `archive` includes years and months."""
KIND = re.compile(r'<body[^>]* data-kind="(\w+)"')
LISTS = {"year": "archive", "month": "archive"}


class Page(NamedTuple):
    """One page of a served site."""

    type: str
    """One of `TYPES`."""
    theme: str
    site: str
    url: str
    path: Path
    """Its file."""

    @property
    def name(self) -> str:
        """What to call it in a report: theme, site and address without the host."""
        return f"{self.theme}: {self.site}/{self.url.split('/', 3)[3]}"


class Sample(NamedTuple):
    """A site, built with one theme and served."""

    site: str
    theme: str
    url: str
    folder: Path
    """What was published."""
    pages: tuple[Page, ...]


@contextmanager
def samples(
    folder: Path,
    themes: Sequence[str] = THEMES,
    sites: Mapping[str, Path] = SITES,
    overrides: Mapping[str, Any] | None = None,
) -> Iterator[list[Sample]]:
    """Build `sites` with `themes` into `folder`, serve them while the block runs; `overrides` are config values.

    An error in the sources is a RuntimeError: there would be nothing to look at.
    """
    with ExitStack() as stack:
        yield [
            _sample(stack, folder / f"{name}-{theme}", name, source, theme, overrides or {})
            for name, source in sites.items()
            for theme in themes
        ]


def _sample(
    stack: ExitStack, folder: Path, name: str, source: Path, theme: str, overrides: Mapping[str, Any]
) -> Sample:
    # The store is written into a site, and a site that is looked at elsewhere stays as it is.
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("_site", ".blogq"))
    output = folder / "_site"
    output.mkdir()
    host: Host = stack.enter_context(serving(output))
    chosen = {"theme": theme, "base_url": host.url, **overrides}
    result = build(Request(folder, NOW, output, chosen, jobs=1))
    errors = [each for each in result.findings if each.severity == "error"]
    wrong = [f"{each.span.path}:{each.span.line}: {each.message}" for each in errors]
    if wrong:
        raise RuntimeError(f"{source} can't be built: " + "; ".join(wrong))
    return Sample(name, theme, host.url, output, tuple(_pages(output, name, theme, host.url)))


def _pages(output: Path, site: str, theme: str, base: str) -> Iterator[Page]:
    for path in sorted(output.rglob("*.html")):
        kind = type_of(path, output)
        if kind:
            place = path.relative_to(output).as_posix()
            yield Page(kind, theme, site, base + place.removesuffix("index.html"), path)


def type_of(path: Path, output: Path) -> str:
    """The type of a page; nothing for what no reader sees as a page: redirects, pages that aren't a theme's."""
    found = KIND.search(path.read_text(encoding="utf-8"))
    if not found or found[1] == "redirect":
        return ""
    folders = path.relative_to(output).parts[:-1]
    if folders[-2:-1] == ("page",):
        return "page 2"
    if found[1] == "term":
        return {"authors": "author", "series": "series"}.get(folders[-2], "term")
    return LISTS.get(found[1], found[1])


def one_of_each(pages: Sequence[Page]) -> list[Page]:
    """For each type and theme the page with most to show: the largest."""
    largest: dict[tuple[str, str], Page] = {}
    for page in pages:
        rival = largest.get((page.theme, page.type))
        if rival is None or page.path.stat().st_size > rival.path.stat().st_size:
            largest[page.theme, page.type] = page
    order = {name: number for number, name in enumerate(TYPES)}
    return [largest[key] for key in sorted(largest, key=lambda key: (key[0], order.get(key[1], 99)))]


def words_in(page: Page) -> int:
    """How many words the text of a post has, code included, and what readers say of it left out."""
    found = html.fromstring(page.path.read_bytes()).find_class("e-content")
    return len(found[0].text_content().split()) if found else 0


def of_length(pages: Sequence[Page], words: int) -> Page:
    """The post whose text comes nearest to `words` words."""
    return min((page for page in pages if page.type == "post"), key=lambda page: abs(words_in(page) - words))
