"""The real blogs under `BLOGQ_BLOGS`, with no config of their own: whole, dated and addressed as their authors meant.

What is expected is read from their files here with nothing of blogq's. `BLOGQ_SOAK` tries many more damaged
versions of their posts.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import lxml.html
import pytest
from blog_copies import built, copy_of, listed, page_of
from damaged_posts import complaints, posts_in

from blogq.build import Result
from blogq.finding import Finding
from blogq.listing import Row

BLOGS = Path(os.environ["BLOGQ_BLOGS"])
NAMES = ("18f.gsa.gov", "blog.rust-lang.org", "kubernetes-contributor-site")
MOVED = re.compile(r"^redirect_to: (\S+)", re.MULTILINE)
"""Where a page sends its readers on to."""
BROKEN = {
    "18f.gsa.gov": [("content/pages/feed/feed.md", 2, "UR101")],
    "blog.rust-lang.org": [],
    "kubernetes-contributor-site": [("content/en/blog/2024/k8s-book-club/k8s-book-club.md", 1, "FM101")],
}
"""All errors: a page that wants to be the feed, and front matter that opens with six dashes."""
NOT_FOUND = "content/pages/errors/404.md"


@cache
def blog(name: str) -> tuple[Path, Result, list[Row]]:
    """Return a copy of a blog, built once in each process; what came of it; and its sources."""
    site = copy_of(BLOGS / name, Path(mkdtemp()) / name)
    return site, built(site), listed(site)


def front(path: Path) -> dict[str, str]:
    """Return the scalars at the top level of a source's front matter, as a reader with a pencil would."""
    head = re.match(r"(?:-{3,}|\+{3})\n(.*?)\n(?:-{3,}|\+{3})(?:\n|$)", path.read_text("utf-8-sig"), re.DOTALL)
    top = re.split(r"\n\[", head[1])[0] if head else ""
    pairs = re.findall(r"^(\w+) *[:=] *(.*?) *$", top, re.MULTILINE)
    return {key.lower(): value.strip("\"'") for key, value in pairs if value != "false" or key != "permalink"}


def expected_day(path: Path) -> str:
    """Return the day of a source, or nothing for a page."""
    said = front(path)
    name = path.parent.name if path.name == "index.md" else path.name
    for text in (said.get("date", ""), name, said.get("path", "").replace("/", "-"), said.get("permalink", "")):
        if found := re.search(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})", text):
            return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
    return ""


def expected_url(path: Path, content: Path, dated: bool = False) -> str:
    """Return the URL of a source: as its front matter says, else folder and name, without the date unless `dated`."""
    said = front(path)
    given = said.get("permalink") or said.get("path")
    if given:
        return f"/{given.strip('/')}" + ("" if given.endswith((".html", ".xml")) else "/")
    folder = path.parent.relative_to(content)
    stem = path.stem
    if stem == "_index":
        return f"/{folder.as_posix()}/".replace("/./", "/")
    if stem == "index":
        folder, stem = folder.parent, folder.name
    date = "" if dated else r"^\d{4}-\d\d?-\d\d?[-_ ]+"
    stem = said.get("slug") or re.sub(date, "", stem).replace(" ", "-")
    return f"/{folder.as_posix()}/{stem}/".replace("/./", "/")


@pytest.mark.parametrize("name", NAMES)
def test_every_source_is_listed_and_every_live_one_has_its_page(name: str) -> None:
    site, result, rows = blog(name)
    assert [row.path for row in rows] == sorted(
        path.relative_to(site).as_posix() for path in posts_in(site / "content")
    )
    refused = {path for path, _, _ in BROKEN[name]}
    for row in rows:
        if row.status == "live" and row.path not in refused:
            text = page_of(site, row.url).read_text(encoding="utf-8")
            moved = MOVED.search((site / row.path).read_text(encoding="utf-8"))
            canonical = urljoin("http://localhost:8000/", moved[1] if moved else row.url)
            assert row.path == NOT_FOUND or f'rel="canonical" href="{canonical}"' in text, row
    assert result.written and result.posts == sum(row.kind == "post" and row.status == "live" for row in rows)


@pytest.mark.parametrize("name", NAMES)
def test_dates_and_urls_are_those_of_the_sources(name: str) -> None:
    site, _, rows = blog(name)
    content = site / "content"
    urls = Counter(expected_url(site / row.path, content) for row in rows)
    wrong = []
    for row in rows:
        path = site / row.path
        if row.status != "broken":
            url = expected_url(path, content)
            expected = (expected_day(path), expected_url(path, content, dated=urls[url] > 1))
            if (row.date[:10], unquote(row.url)) != expected:
                wrong.append((row.path, row.date[:10], row.url, *expected))
    assert wrong == []


@pytest.mark.parametrize("name", NAMES)
def test_kind_and_status_are_those_of_the_sources(name: str) -> None:
    site, _, rows = blog(name)
    for row in rows:
        said = front(site / row.path)
        unpaged = "\npermalink: false\n" in (site / row.path).read_text("utf-8")
        held = said.get("draft") in ("true", "yes") or said.get("published") == "false" or unpaged
        if row.status != "broken":
            assert (row.status == "draft") == held, row
            assert (row.kind == "post") == bool(expected_day(site / row.path)), row


@pytest.mark.parametrize("name", NAMES)
def test_only_what_is_broken_is_an_error(name: str) -> None:
    errors = [f for f in blog(name)[1].findings if f.severity == "error"]
    assert [(f.span.path, f.span.line, f.code) for f in errors] == BROKEN[name]
    assert all(f.hint for f in errors)


@pytest.mark.parametrize("name", NAMES)
def test_findings_are_of_few_kinds_and_have_their_place(name: str) -> None:
    said = [f for f in blog(name)[1].findings if f.severity != "error" and f.code != "CF105"]
    assert {f.code for f in said} <= {"LK001", "LK101", "SC101", "UR104", "UR105"}
    assert all(f.hint and (f.span.line >= 1 or f.code == "UR104") for f in said)
    files = [f.span.path for f in said if f.code == "LK101"]
    assert len(files) == len(set(files)), "template code is told once for each file"


def dead_link(finding: Finding) -> str:
    """Return the target that a finding says is dead."""
    found = re.match(r"the (?:link|image|file) (\S+) (?:leads nowhere|isn't there)", finding.message)
    assert found, finding
    return found[1]


@pytest.mark.parametrize("name", NAMES)
def test_every_dead_link_is_dead(name: str) -> None:
    site, result, rows = blog(name)
    by_path = {row.path: row.url for row in rows}
    for finding in result.findings:
        if finding.code == "LK001":
            target = dead_link(finding)
            page = urljoin(by_path[finding.span.path], urldefrag(target)[0])
            file = page_of(site, page)
            fragment = unquote(urldefrag(target)[1])
            alive = file.is_file() or (not page.endswith("/") and page_of(site, page + "/").is_file())
            if alive and fragment:
                alive = f'id="{fragment}"' in file.read_text(encoding="utf-8")
            assert not alive, finding


def links_in(path: Path) -> Iterator[str]:
    """Yield what the text of a page leads to."""
    [article] = lxml.html.parse(str(path)).getroot().iter("article")
    for element in article.iter("a", "img", "script", "video", "audio", "source"):
        yield from (value for key in ("href", "src") if (value := element.get(key)))


@pytest.mark.parametrize("name", NAMES)
def test_every_dead_link_is_told(name: str) -> None:
    site, result, rows = blog(name)
    told: dict[str, int] = {}
    for finding in result.findings:
        if finding.code in ("LK001", "LK101"):
            told[finding.span.path] = told.get(finding.span.path, 0) + 1
    for row in rows:
        if row.kind == "post" and row.status == "live":
            for link in links_in(page_of(site, row.url)):
                parts = urlsplit(link)
                if not parts.scheme and not parts.netloc and parts.path:
                    there = page_of(site, urljoin(row.url, parts.path))
                    assert there.exists() or row.path in told, (row.path, link)


@pytest.mark.parametrize("name", NAMES)
def test_a_second_build_renders_nothing(name: str) -> None:
    site, first, _ = blog(name)
    again = built(site)
    assert (again.rendered, again.removed) == (0, 0) and again.findings == first.findings


@pytest.mark.parametrize("name", NAMES)
def test_damaged_posts_are_told_with_their_lines(name: str) -> None:
    posts = posts_in(BLOGS / name / "content")
    if os.environ.get("BLOGQ_SOAK"):
        assert list(complaints(posts, range(24))) == []
    else:
        assert list(complaints(posts[:: max(1, len(posts) // 50)], range(2))) == []
