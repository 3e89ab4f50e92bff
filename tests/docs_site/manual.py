"""The manual as a site: a copy of docs/ that was built at the address at which it is served, below a subpath."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from lxml import html

from audit.host import serving
from audit.samples import NOW, type_of
from blogq.build import Request, Result, build

DOCS = Path(__file__).parents[2] / "docs"
SUBPATH = "manual/"


class Manual:
    """What was built, and the address that answers with it."""

    def __init__(self, site: Path, output: Path, url: str, result: Result) -> None:
        """Take a copy of docs/ in `site` that was built into `output`, served at `url`."""
        self.site, self.output, self.url, self.result = site, output, url, result

    @cached_property
    def html(self) -> dict[str, html.HtmlElement]:
        """Every page but redirects, parsed, by its address below the site: `start/`; empty for the first one."""
        found = {}
        for path in sorted(self.output.rglob("*.html")):
            if type_of(path, self.output):
                place = path.relative_to(self.output).as_posix()
                found[place.removesuffix("index.html")] = html.document_fromstring(path.read_bytes())
        return found

    @property
    def each(self) -> dict[str, Path]:
        """The address and file of a page of each type; not the longest, which take minutes to draw."""
        places = {"": "index.html", "404.html": "404.html"}
        places |= {place: f"{place}index.html" for place in ("markdown/", "decisions/", "search/")}
        return {self.url + place: self.output / path for place, path in places.items()}


class Listed(NamedTuple):
    """A page as data/manual.yaml lists it."""

    group: str
    page: str
    title: str
    line: str


def listed() -> list[Listed]:
    """All pages of data/manual.yaml, in their order."""
    groups = yaml.safe_load((DOCS / "data/manual.yaml").read_text(encoding="utf-8"))
    return [Listed(each["group"], **entry) for each in groups for entry in each["pages"]]


@contextmanager
def built(folder: Path, overrides: dict[str, Any] | None = None) -> Iterator[Manual]:
    """Build a copy of the manual into `folder`, and serve it while the block runs."""
    site, served = folder / "docs", folder / "served"
    shutil.copytree(DOCS, site, ignore=shutil.ignore_patterns("_site", ".blogq"))
    output = served / SUBPATH.rstrip("/")
    output.mkdir(parents=True)
    with serving(served) as host:
        url = host.url + SUBPATH
        result = build(Request(site, NOW, output, {"base_url": url, **(overrides or {})}, jobs=1))
        yield Manual(site, output, url, result)
