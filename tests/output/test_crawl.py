"""A crawler over what was published: at the root and under a subpath, every address leads somewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from feed_rules import CONTENT
from lxml import etree, html
from published import ATOM, PIXEL, Published, addresses_in, post, publish, publish_example, resolved

BASES = ["https://secondpass.example/", "https://secondpass.example/a/", "https://secondpass.example/a/b/"]
OTHERS = ["https://t.example/", "https://t.example:81/%C3%BC/b/"]

TANGLE = {
    "blogq.yaml": (
        "title: Tangle\nlanguages:\n  es: Enredo\nmenu:\n  - Notes: /notes/\n  - About: about.md\n  - Tags: /tags/\n"
        "  - Elsewhere: https://elsewhere.example/\ntheme_options:\n  favicon: /icon.svg\n"
        "taxonomies:\n  tags:\n    feed: true\n  topics:\n    path: all/topics\npagination:\n  size: 2\n"
    ),
    "static/icon.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "static/img/über uns.png": b"\x89PNG",
    "static/video.mp4": b"",
    "content/_index.md": "Start with [one](notes/one.md) or [the archive](/archive/).\n",
    "content/about.md": "# About\n\n[H](/) [s](#about-this) [n](../notes/) [i](/notes/index.html)\n\n## About this\n",
    "content/notes/_index.md": "---\ntitle: Notes\n---\n[First](one.md) [by URL](/notes/one/)\n",
    "content/notes/one.md": post(
        "One", "2026-01-01",
        "[two](../notes/2026-01-02-two.md#deep) [bundle](bundle/index.md) [file](bundle/data.csv) [self](one.md)\n\n"
        "![a](/img/%C3%BCber%20uns.png) ![b](</img/über uns.png>) <img src='/img/über uns.png' srcset=\"/icon.svg 1x, "
        "/icon.svg?v=2 2x\">\n\n<video src=/video.mp4 poster=\"bundle/a.png\"></video>"
        " <a href=\"/about/#about-this\">x</a>"
        "\n\n[^n]\n\n[^n]: Note.\n\n<!-- more -->\n\n## Later\n\n[up](#later) [root](@/notes/bundle/index.md)",
        tags=["C", "C++", "C#", "c", "Über uns"], topics="Plumbing", authors=["Ann Ost"], image="bundle/a.png",
        aliases=["/old/one/", "/old/one.html", "/viejo sitio/uno/"],
    ),
    "content/notes/one.es.md": post("Uno", "2026-01-01", "[dos](2026-01-02-two.md) [d](bundle/data.csv)", tags="C++"),
    "content/notes/2026-01-02-two.md": post("Two", "2026-01-02", "## Deep\n\n[one](one.md)", tags=["C"]),
    "content/notes/2026-01-02-two.es.md": post("Dos", "2026-01-02", "[uno](one.md)", tags=["C"]),
    "content/notes/bundle/index.md": post("Sub", "2026-01-03", "![a](a.png) [d](data.csv) [s](sub/b.txt)", tags="C, D"),
    "content/notes/bundle/a.png": PIXEL,
    "content/notes/bundle/data.csv": "1",
    "content/notes/bundle/sub/b.txt": "b",
    "content/_posts/2026-01-04-jekyll.md": post("Jekyll", "2026-01-04", "[one](../notes/one.md)", series="S"),
    "content/été/2026-01-05-ça va.md": post(
        "Ça va ?", "2026-01-05", "[one](../notes/one.md)", permalink="/f/:year/:slug.html"
    ),
    "content/deep/er/est.md": post("Deepest", "2026-01-06", "[two](../../notes/2026-01-02-two.md)"),
}  # fmt: skip
"""A site that has one of everything, with names that need percent-encoding."""


def made_of(name: str, base: str, folder: Path) -> Published:
    return publish_example(folder, base) if name == "example" else publish(folder, TANGLE, base=base)


@pytest.fixture(scope="module", params=[("example", base) for base in BASES] + [("tangle", base) for base in OTHERS])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Published:
    name, base = request.param
    return made_of(name, base, tmp_path_factory.mktemp(name))


@pytest.fixture(scope="module", params=OTHERS)
def tangle(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Published:
    return made_of("tangle", request.param, tmp_path_factory.mktemp("tangle"))


def head_addresses(tree: html.HtmlElement) -> Iterator[tuple[str, str]]:
    """Addresses that stand in `content` attributes."""
    for name in ("og:url", "og:image"):
        for value in tree.xpath("//meta[@property=$name]/@content", name=name):
            yield name, str(value)
    for value in tree.xpath("//meta[@http-equiv='refresh']/@content"):
        yield "refresh", str(value).partition("url=")[2]


def strings(value: Any) -> Iterator[str]:
    """Every string in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from strings(each)


def crawl(made: Published) -> tuple[dict[str, str], int]:
    """Every dead address of the pages, with why; and how many were followed."""
    dead: dict[str, str] = {}
    followed = 0
    for path, tree in made.pages():
        for name, address in [*addresses_in(tree), *head_addresses(tree)]:
            url = resolved(made.url(path), address)
            followed += 1
            if why := made.why_dead(url) or ("root-relative without the prefix" if outside(made, address) else ""):
                dead[f"{path}: {name} {address}"] = why
        for text in strings(made.json_ld(path)):
            if why := made.why_dead(text):
                dead[f"{path}: JSON-LD {text}"] = why
    return dead, followed


def outside(made: Published, address: str) -> bool:
    """Whether a root-relative address lacks the site's subpath."""
    return address.startswith("/") and not address.startswith("//") and not address.startswith(made.prefix)


def test_every_address_on_every_page_leads_somewhere(site: Published) -> None:
    dead, followed = crawl(site)
    assert followed > 400
    assert dead == {}


def test_every_address_in_feeds_leads_somewhere(site: Published) -> None:
    dead: dict[str, str] = {}
    for path in sorted(site.paths):
        name = path.rpartition("/")[2]
        texts: list[str] = []
        contents: list[str] = []
        if name == "feed.json":
            feed = json.loads(site.text(path))
            contents = [item["content_html"] for item in feed["items"]]
            texts = [text for text in strings(feed) if text.startswith("http") and " " not in text]
        elif name in ("feed.xml", "atom.xml"):
            root = etree.fromstring(site.text(path).encode())
            contents = [e.text or "" for e in root.iter(f"{CONTENT}encoded", f"{ATOM}content")]
            texts = [e.text for e in root.iter("link", "guid", f"{ATOM}id") if e.text]
            texts += [e.get("href") for e in root.iter(f"{ATOM}link")]
        for content in filter(str.strip, contents):
            tree = html.fragment_fromstring(content, create_parent="div")
            texts += [address for _, address in addresses_in(tree)]
        dead |= {f"{path}: {text}": why for text in texts if (why := site.why_dead(text))}
    assert dead == {}


def test_sitemap_lists_every_page_once(site: Published) -> None:
    """Each URL of the sitemap is a page, and each page that search engines may show is in it."""
    urls = site.sitemap_urls()
    assert len(set(urls)) == len(urls)
    listed = {site.file_of(url) for url in urls}
    pages = {
        path
        for path, tree in site.pages()
        if not tree.xpath("//meta[@http-equiv='refresh'] | //meta[@name='robots' and contains(@content, 'noindex')]")
        and not re.search(r"(?:^|/)page/\d+/index\.html$", path)
    }
    assert listed == pages


def test_redirects_lead_to_pages(tangle: Published) -> None:
    """Old addresses have a page of their own and a line in `_redirects`; both lead to the post."""
    lines = [line.split() for line in tangle.text("_redirects").splitlines()]
    host = tangle.base.removesuffix(tangle.prefix)
    assert {(old.removeprefix(tangle.prefix), status) for old, _, status in lines} == {
        ("old/one/", "301"), ("old/one.html", "301"), ("viejo%20sitio/uno/", "301"),
    }  # fmt: skip
    target = tangle.url("notes/one/index.html")
    for old, new, _ in lines:
        assert host + new == target
        path = tangle.file_of(host + old)
        assert path is not None, old
        page = tangle.page(path)
        assert page.xpath("//link[@rel='canonical']/@href") == [target]
        (refresh,) = page.xpath("//meta[@http-equiv='refresh']/@content")
        assert resolved(host + old, refresh.partition("url=")[2]) == target


def test_nothing_is_noticed_about_these_sites(site: Published) -> None:
    assert [finding.message for finding in site.result.findings] == []


def test_output_below_a_subpath_is_the_same_site(tmp_path: Path) -> None:
    """Only addresses differ between a site at the root and one below a subpath: the same files, the same text."""
    one = publish(tmp_path / "one", TANGLE, base="https://t.example/")
    two = publish(tmp_path / "two", TANGLE, base="https://t.example/x/y/")
    assert one.paths == two.paths
    for path, page in one.pages():
        if not page.xpath("//meta[@http-equiv='refresh']"):
            assert page.text_content().split() == two.page(path).text_content().split() or page.xpath("//script")


def test_static_files_are_published_as_they_are_and_assets_under_fingerprinted_names(tangle: Published) -> None:
    assert (tangle.output / "img/über uns.png").read_bytes() == b"\x89PNG"
    styles = tangle.page("index.html").xpath("//link[@rel='stylesheet']/@href")
    assert styles
    for name in (style.removeprefix(tangle.prefix) for style in styles):
        assert (found := re.fullmatch(r"(\w+)\.[0-9a-f]{8}\.css", name))
        assert (tangle.output / name).read_bytes() == (tangle.output / f"{found[1]}.css").read_bytes()


def test_the_crawler_notices(tmp_path: Path) -> None:
    """A dead link, a dead fragment and a link that misses the subpath are all seen."""
    files = {
        "content/a.md": post("A", "2026-01-01", '[x](/nowhere/) [y](b.md#nothing)\n\n<a data-x=1 href="/b/">z</a>'),
        "content/b.md": post("B", "2026-01-02"),
    }
    made = publish(tmp_path, files, base="https://t.example/p/", clean=False)
    (made.output / "b/index.html").write_text('<html><body><a href="/a/">a</a></body></html>')
    dead, _ = crawl(made)
    assert {why for place, why in dead.items() if place.startswith("a/")} == {
        "no such file",
        "no id 'nothing' in b/index.html",
    }
    assert dead["b/index.html: href /a/"] == "outside the site's subpath"
