"""Sites built for real, and ways to look at what was published."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit

from example_site import example_in, keep_pictures
from lxml import etree, html

from blogq.build import Request, Result, build

ROOT = Path(__file__).parent.parent.parent
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ATOM = "{http://www.w3.org/2005/Atom}"
ADDRESSES = ("href", "src", "srcset", "poster", "action", "data", "cite", "formaction")
"""Attributes that hold addresses."""

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c636800"
    "000082008177cd72b60000000049454e44ae426082"
)
"""A PNG of one pixel."""


def at(day: str) -> int:
    """Seconds since 1970 of a day, or of a day and time, in UTC."""
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())


NOW = at("2027-01-01")


@dataclass
class Published:
    """A site that was built."""

    base: str
    """Its base URL, with a slash at its end."""
    output: Path
    result: Result
    _pages: dict[str, html.HtmlElement] = field(default_factory=dict)

    @property
    def prefix(self) -> str:
        """Subpath of the site, with a slash at both ends."""
        return urlsplit(self.base).path

    @cached_property
    def paths(self) -> frozenset[str]:
        """Every file published."""
        return frozenset(p.relative_to(self.output).as_posix() for p in self.output.rglob("*") if p.is_file())

    def files(self) -> dict[str, bytes]:
        """Every file published, with its bytes."""
        return {path: (self.output / path).read_bytes() for path in sorted(self.paths)}

    def text(self, path: str) -> str:
        """The text of one file."""
        return (self.output / path).read_text(encoding="utf-8")

    def page(self, path: str) -> html.HtmlElement:
        """One HTML page, by its file, parsed."""
        if path not in self._pages:
            self._pages[path] = html.document_fromstring((self.output / path).read_bytes())
        return self._pages[path]

    def pages(self) -> Iterator[tuple[str, html.HtmlElement]]:
        """Every HTML page with its file."""
        for path in sorted(self.paths):
            if path.endswith(".html"):
                yield path, self.page(path)

    def url(self, path: str) -> str:
        """The absolute URL of a file, percent-encoded."""
        return self.base + quote(path.removesuffix("index.html") if path.split("/")[-1] == "index.html" else path)

    def file_of(self, url: str) -> str | None:
        """The file that an absolute URL of this site stands for; None where there is none."""
        address = urldefrag(url).url.partition("?")[0]
        if not address.startswith(self.base):
            return None
        path = unquote(address.removeprefix(self.base))
        path = path + "index.html" if not path or path.endswith("/") else path
        return path if path in self.paths else None

    def why_dead(self, url: str, fragment_of: str = "") -> str:
        """Why an absolute URL of this host leads nowhere; empty when it leads somewhere or elsewhere."""
        if urlsplit(url).netloc != urlsplit(self.base).netloc or urlsplit(url).scheme not in ("http", "https"):
            return ""
        path = self.file_of(url)
        if path is None:
            return "outside the site's subpath" if not url.startswith(self.base) else "no such file"
        fragment = unquote(urldefrag(url).fragment)
        if fragment and fragment != "top" and path.endswith(".html"):
            page = self.page(path)
            if fragment not in page.xpath("//@id") and fragment not in page.xpath("//a/@name"):
                return f"no id {fragment!r} in {path}"
        return ""

    def meta(self, path: str, name: str) -> str:
        """The content of a page's `<meta>` of that name or property; empty where there is none."""
        found = self.page(path).xpath("//meta[@name=$name or @property=$name]/@content", name=name)
        return str(found[0]) if found else ""

    def json_ld(self, path: str) -> Any:
        """The page's JSON-LD, None where there is none."""
        found = self.page(path).xpath("//script[@type='application/ld+json']/text()")
        return json.loads(found[0]) if found else None

    def links(self, path: str, where: str = "//body") -> list[str]:
        """Every `href` below `where` on a page."""
        return [str(each) for each in self.page(path).xpath(f"{where}//@href")]

    def sitemap(self, path: str = "sitemap.xml") -> etree._Element:
        """A sitemap's root element."""
        return etree.fromstring((self.output / path).read_bytes())

    def sitemap_urls(self) -> list[str]:
        """Every URL of the sitemap."""
        return [str(each.text) for each in self.sitemap().iter(f"{SITEMAP}loc")]


def addresses_in(tree: html.HtmlElement) -> Iterator[tuple[str, str]]:
    """Every address in a document with the attribute that holds it; the candidates of `srcset` one by one."""
    for element in tree.iter(etree.Element):
        for name in ADDRESSES:
            value = element.get(name)
            if value is None:
                continue
            if name != "srcset":
                yield name, value.strip()
                continue
            for candidate in value.split(","):
                if candidate.strip():
                    yield name, candidate.split()[0]


def resolved(base: str, address: str) -> str:
    """An address as a browser would ask for it."""
    return urljoin(base, address)


def write(site: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write the sources of a site."""
    for name, text in files.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return site


def publish(
    site: Path,
    files: Mapping[str, str | bytes] | None = None,
    *,
    base: str = "https://blog.example/",
    now: int = NOW,
    clean: bool = True,
    **overrides: Any,
) -> Published:
    """Build a site made of `files`; with `clean` any error or warning fails the test."""
    site.mkdir(parents=True, exist_ok=True)
    write(site, files or {})
    output = site / "_site"
    result = build(Request(site, now, output, {"base_url": base, **overrides}, jobs=1))
    if clean:
        noticed = [
            f"{f.span.path}:{f.span.line}: {f.code} {f.message}" for f in result.findings if f.severity != "note"
        ]
        assert not noticed, "\n".join(noticed)
    return Published(base, output, result)


def publish_example(folder: Path, base: str, **overrides: Any) -> Published:
    """Build the example site."""
    site = example_in(folder / "example")
    published = publish(site, base=base, **overrides)
    keep_pictures(site)
    return published


def post(title: str, date: str, body: str = "Some text.", **more: object) -> str:
    """A post with front matter in YAML (each value as JSON, which YAML contains)."""
    front = {"title": title, "date": date, **more}
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in front.items()]
    lines = [line.replace("\ufffe", "\\ufffe") for line in lines]
    return "---\n" + "\n".join(lines) + f"\n---\n{body}\n"
