"""Files for machines: the sitemap against its schema's facts, robots.txt, `_redirects`, the page for errors."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from feed_rules import is_absolute
from lxml import etree
from published import SITEMAP, Published, post, publish, publish_example

from blogq.plan import jobs
from blogq.render import plain_files

W3C_DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?")


XHTML = "{http://www.w3.org/1999/xhtml}"


def sitemap_problems(data: bytes, limit: int = 50_000) -> list[str]:
    """What is wrong with a sitemap or an index of sitemaps (sitemaps.org/protocol.html)."""
    root = etree.fromstring(data)
    item = {f"{SITEMAP}urlset": "url", f"{SITEMAP}sitemapindex": "sitemap"}.get(str(root.tag))
    if item is None:
        return [f"the root is {root.tag}"]
    found = [] if data.startswith(b'<?xml version="1.0" encoding="UTF-8"?>') else ["no declaration"]
    if not 1 <= len(root) <= limit or len(data) > 50 * 1024 * 1024:
        found.append(f"{len(root)} entries, {len(data)} bytes")
    order = ["loc", "lastmod"] if item == "sitemap" else ["loc", "lastmod", "changefreq", "priority"]
    for each in root:
        # The schema lets elements of other namespaces follow its own; those of XHTML name other languages.
        others = list(each.iterchildren(f"{XHTML}link"))
        tags = [str(child.tag).removeprefix(SITEMAP) for child in each][: len(each) - len(others)]
        if others and {str(one.get("href")) for one in others if one.get("hreflang")} >= {
            each.findtext(f"{SITEMAP}loc")
        }:
            found += [f"{one.get('href')} is not absolute" for one in others if not is_absolute(str(one.get("href")))]
        elif others:
            found.append(f"{each.findtext(f'{SITEMAP}loc')} is not among its own versions")
        if each.tag != f"{SITEMAP}{item}" or tags != [tag for tag in order if tag in tags] or "loc" not in tags:
            found.append(f"<{each.tag}> holds {tags}")
            continue
        url = each.findtext(f"{SITEMAP}loc")
        if not is_absolute(url) or not str(url).isascii() or not 12 <= len(str(url)) <= 2048:
            found.append(f"{url!r} is no URL as RFC 3986 has it")
        date = each.findtext(f"{SITEMAP}lastmod")
        if date is not None and not W3C_DATE.fullmatch(date):
            found.append(f"{date!r} is no date of W3C's")
    return found


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """A site whose URLs have to be encoded and escaped."""
    files = {
        "content/Crème & <brûlée>.md": post(
            "Crème", "2026-01-01 23:30:00 -05:00", tags=["R&D", "日本"], updated="2026-02-01"
        ),
        "content/it's.md": post("Its", "1969-12-31"),
        "content/hidden.md": post("Hidden", "2026-01-03", unlisted=True, aliases=["/h/"]),
        "content/about.md": "# About\n",
        "content/404.md": "# Lost\n\nNothing here, [go home](/).\n",
    }
    return publish(tmp_path_factory.mktemp("odd"), files, base="https://blog.example/~me/")


def test_sitemap_fits_its_schema(odd: Published, tmp_path: Path) -> None:
    for made in (
        odd,
        publish_example(tmp_path, "https://secondpass.example/a/"),
        publish(tmp_path / "empty", {"content/about.md": "# About\n"}),
    ):
        assert sitemap_problems((made.output / "sitemap.xml").read_bytes()) == []


def test_sitemap_tells_when_a_post_was_last_changed(odd: Published) -> None:
    dates = {
        str(each.findtext(f"{SITEMAP}loc")).removeprefix(odd.base): each.findtext(f"{SITEMAP}lastmod")
        for each in odd.sitemap()
    }
    assert dates["Cr%C3%A8me-&-br%C3%BBl%C3%A9e/"] == "2026-02-01T00:00:00+00:00"
    assert dates["it's/"] == "1969-12-31T00:00:00+00:00"
    assert dates["about/"] is None


def test_sitemap_leaves_out_what_is_not_to_be_found(odd: Published) -> None:
    """Unlisted posts, old addresses and the page for errors are not for search engines."""
    names = {url.removeprefix(odd.base) for url in odd.sitemap_urls()}
    assert not names & {"hidden/", "h/", "404.html", "404/"}
    assert {"", "about/", "tags/", "tags/r-and-d/", "archive/", "archive/2026/", "archive/2026/01/"} <= names


def test_sitemap_is_split_at_its_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sitemap holds 50,000 URLs at most; a larger site gets an index of several."""
    assert jobs.SITEMAP_LIMIT == 50_000
    files = {f"content/p{number}.md": post(f"P{number}", f"2026-01-{number:02d}") for number in range(1, 13)}
    whole = publish(tmp_path / "whole", files)
    monkeypatch.setattr(jobs, "SITEMAP_LIMIT", 7)
    monkeypatch.setattr(plain_files, "SITEMAP_LIMIT", 7)
    split = publish(tmp_path / "split", files)
    index = split.sitemap_urls()
    assert sitemap_problems((split.output / "sitemap.xml").read_bytes()) == []
    assert split.sitemap().tag == f"{SITEMAP}sitemapindex"
    urls = []
    for url in index:
        name = url.removeprefix(split.base)
        assert sitemap_problems((split.output / name).read_bytes(), 7) == []
        urls += [str(each.text) for each in split.sitemap(name).iter(f"{SITEMAP}loc")]
    assert urls == whole.sitemap_urls()
    assert len(index) == -(-len(urls) // 7)


def test_sitemap_goes_back_to_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When a site shrinks below the limit, the parts are gone."""
    files = {f"content/p{number}.md": post(f"P{number}", f"2026-01-{number:02d}") for number in range(1, 5)}
    with monkeypatch.context() as patch:
        patch.setattr(jobs, "SITEMAP_LIMIT", 3)
        patch.setattr(plain_files, "SITEMAP_LIMIT", 3)
        assert "sitemap-1.xml" in publish(tmp_path, files).paths
    (tmp_path / "content/p1.md").unlink()
    made = publish(tmp_path)
    assert [path for path in made.paths if path.startswith("sitemap-")] == []
    assert len(made.sitemap_urls()) > 3


def test_robots_file_names_the_sitemap(odd: Published) -> None:
    lines = odd.text("robots.txt").splitlines()
    assert lines[:2] == ["User-agent: *", "Allow: /"]
    assert "Sitemap: https://blog.example/~me/sitemap.xml" in lines


def test_page_for_errors_is_the_sites_own_where_it_has_one(odd: Published, tmp_path: Path) -> None:
    """Hosts show /404.html for any address, so its links are root-relative and it asks not to be found."""
    text = odd.page("404.html").text_content()
    assert "Lost" in text and "Nothing here" in text
    assert odd.meta("404.html", "robots") == "noindex"
    assert "/~me/" in odd.links("404.html", "//main")
    assert "404/index.html" not in odd.paths
    plain = publish(tmp_path, {"content/a.md": post("A", "2026-01-01")})
    assert "/" in plain.links("404.html", "//main")
    assert all(link.startswith(("/", "#", "https://")) for link in plain.links("404.html", "//html"))


def test_static_files_of_the_sites_own_come_first(tmp_path: Path) -> None:
    own = {"robots.txt": "User-agent: x\n", "_redirects": "/a /b 302\n", "404.html": "<p>Mine", "sitemap.xml": "<x/>"}
    files = {f"static/{name}": text for name, text in own.items()}
    made = publish(tmp_path, {**files, "content/a.md": post("A", "2026-01-01", aliases=["/old/"])})
    assert {name: made.text(name) for name in own} == own


def test_no_redirects_file_without_redirects(tmp_path: Path) -> None:
    made = publish(tmp_path, {"content/a.md": post("A", "2026-01-01", aliases=["/a/"])})
    assert "_redirects" not in made.paths


def test_redirects_are_one_line_each_and_can_not_be_broken_out_of(tmp_path: Path) -> None:
    """An alias with a space or a line end stays one field of one line (attacks 21 and 29)."""
    aliases = ["old post/", "/x/?a=1", "https://former.example/y/", "/with%0aline/", "/../../up/"]
    made = publish(tmp_path, {"content/a.md": post("A", "2026-01-01", aliases=aliases)}, clean=False)
    bad = [finding for finding in made.result.findings if finding.severity == "error"]
    assert {finding.code for finding in bad} == {"UR102"}
    assert len(bad) == 2 and not made.result.written
    made = publish(tmp_path, {"content/a.md": post("A", "2026-01-01", aliases=aliases[:3])})
    assert made.text("_redirects") == "/old%20post/ /a/ 301\n/x/ /a/ 301\n/y/ /a/ 301\n"
