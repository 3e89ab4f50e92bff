"""Searching: which pages are in the index, that it is a function of them, and that it works in a browser."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from published import Published, post, publish

import blogq.search_index
from blogq.build import Request, build

NOW = 1_767_268_800
EVIL = "<img src=x onerror=alert(1)> & zebra"
FILES: dict[str, str | bytes] = {
    "blogq.yaml": "title: Find\nlanguage: en\nlanguages:\n  de: Finden\nsearch: true\n",
    "content/posts/one.md": post(
        "One about zebras", "2025-01-01", "A zebra is striped.\n\n## Stripes\n\nOf it: zebra.\n"
    ),
    "content/posts/two.md": post(EVIL, "2025-01-02", "A zebra &lt;script&gt;alert(1)&lt;/script&gt; `<b>zebra</b>`."),
    "content/posts/eins.de.md": post("Eins", "2025-01-03", "Ein Okapi ist gestreift."),
    "content/posts/draft.md": post("Draft", "2025-01-04", "A zebra that nobody sees yet.", draft=True),
    "content/posts/hidden.md": post("Hidden", "2025-01-05", "A zebra off the lists.", unlisted=True),
    "content/about.md": "# About\n\nWe know zebras.\n",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Published:
    return publish(tmp_path_factory.mktemp("search"), FILES, base="https://blog.example/sub/")


def index_of(output: Path) -> dict[str, bytes]:
    folder = output / "pagefind"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_only_public_pages_are_in_the_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither drafts, even where they are built, nor unlisted pages, nor lists."""
    given: list[set[str]] = []
    real = blogq.search_index._run

    def noted(program: str, folder: Path, made: Path, work: Path) -> None:
        given.append({path.relative_to(folder).as_posix() for path in folder.rglob("*.html")})
        real(program, folder, made, work)

    monkeypatch.setattr(blogq.search_index, "_run", noted)
    publish(tmp_path, FILES, drafts=True)
    assert given == [
        {"posts/one/index.html", "posts/two/index.html", "de/posts/eins/index.html", "about/index.html"}
    ]  # fmt: skip


def test_the_index_is_a_function_of_the_pages(tmp_path: Path, site: Published) -> None:
    """After edits it equals that of a clean build, byte for byte; and what is no longer a part of it is gone."""
    first = publish(tmp_path / "a", FILES, base=site.base)
    assert index_of(first.output) == index_of(site.output)
    edits = {
        "content/posts/one.md": post("One", "2025-01-01", "A quagga was striped."),
        "content/posts/three.md": post("Three", "2025-01-06", "A horse."),
        "content/posts/acht.de.md": post("Acht", "2025-01-06", "Ein Pferd."),
    }
    for path, text in edits.items():
        publish(tmp_path / "a", {path: text}, base=site.base)
    (tmp_path / "a/content/about.md").unlink()
    edited = publish(tmp_path / "a", {}, base=site.base)
    files = {path: text for path, text in (FILES | edits).items() if path != "content/about.md"}
    clean = publish(tmp_path / "b", dict(sorted(files.items(), reverse=True)), base=site.base)
    assert edited.files() == clean.files()
    assert index_of(edited.output) != index_of(site.output)


def test_without_a_change_nothing_is_indexed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another file, or another draft, is none either; an index that was damaged is made anew."""
    made = publish(tmp_path, FILES)
    before = index_of(made.output)
    runs: list[int] = []
    real = blogq.search_index._run
    monkeypatch.setattr(blogq.search_index, "_run", lambda *all: (runs.append(1), real(*all)))
    publish(tmp_path, {})
    publish(tmp_path, {"static/other.txt": "Other.", "content/posts/draft.md": post("Draft", "2025-01-04", draft=True)})
    assert not runs
    (made.output / "pagefind/pagefind.js").write_bytes(b"damaged")
    publish(tmp_path, {})
    assert not runs, "what the store keeps is enough"
    (made.output / "pagefind/pagefind.js").write_bytes(b"damaged")
    shutil.rmtree(tmp_path / ".blogq/search")
    publish(tmp_path, {})
    assert len(runs) == 1 and index_of(made.output) == before
    publish(tmp_path, {"blogq.yaml": "title: Find\n"})
    assert not (made.output / "pagefind").exists() and not (made.output / "search").exists()


def test_the_page_for_searching(site: Published) -> None:
    page = site.page("search/index.html")
    assert site.meta("search/index.html", "robots") == "noindex"
    assert page.xpath("//form/@data-index") == ["/sub/pagefind/"]
    assert page.xpath("//noscript//a/@href")[0] == "/sub/"
    assert site.page("de/search/index.html").get("lang") == "de"
    assert page.xpath("//script[@src]/@type") == ["module"]
    assert not any("search" in each for each in site.sitemap_urls())
    for path in ("index.html", "posts/one/index.html"):
        assert site.page(path).xpath("//a[@href='/sub/search/']"), path
        assert not site.page(path).xpath("//script[@src]"), "nothing is loaded for it elsewhere"


def test_a_page_of_the_sites_own_at_that_address_stands(tmp_path: Path) -> None:
    made = publish(tmp_path, {"blogq.yaml": "search: true\n", "content/search.md": "# Mine\n"})
    assert "Mine" in made.text("search/index.html")


def test_pagefind_that_fails_is_told_of_and_the_old_site_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = publish(tmp_path, FILES)
    before = made.files()
    monkeypatch.setattr(blogq.search_index, "binary", lambda: "/bin/false")
    (tmp_path / "content/posts/one.md").write_text(post("Other", "2025-01-01"))
    found = build(Request(tmp_path, NOW, made.output, {"base_url": made.base}, jobs=1)).findings
    assert "SH105" in {each.code for each in found}
    assert made.files() == before


@pytest.fixture(scope="module")
def address(site: Published, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site served below its subpath, and nothing else."""
    root = tmp_path_factory.mktemp("root")
    (root / "sub").symlink_to(site.output, target_is_directory=True)

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *said: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(root)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/sub/"
    server.shutdown()


def test_searching_in_a_browser(browser: Any, address: str) -> None:
    """Under a subpath: asked for once somebody searches, found, marked, and hostile titles stay text."""
    page = browser.new_page()
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda dialog: (wrong.append("a script ran"), dialog.dismiss()))
    page.goto(f"{address}search/")
    assert not any("pagefind" in each for each in asked), "not before somebody searches"
    page.fill("#q", "zebra")
    page.wait_for_selector(".results li h2 a")
    titles = page.locator(".results > li h2").all_text_contents()
    assert sorted(titles) == sorted([EVIL, "One about zebras", "About"])
    assert page.locator(".found").text_content() == "Results: 3"
    assert page.locator(".results img, .results script, .results b").count() == 0
    assert "<script>alert(1)</script>" in page.locator(".results").text_content()
    assert "zebra" in page.locator(".results mark").first.text_content().lower()
    assert all(each.startswith(address) for each in asked)
    links = page.locator(".results a").evaluate_all("all => all.map(each => each.href)")
    assert f"{address}posts/one/" in links and f"{address}posts/one/#stripes" in links
    assert page.url.endswith("/search/?q=zebra")
    page.fill("#q", "xylophone")
    page.wait_for_function("document.querySelector('.found').textContent === 'Nothing was found.'")
    assert page.locator(".results li").count() == 0
    page.goto(f"{address}search/?q=striped")
    page.wait_for_selector(".results li")
    page.goto(f"{address}de/search/?q=okapi")
    page.wait_for_selector(".results li")
    assert page.locator(".results h2").all_text_contents() == ["Eins"]
    assert wrong == []
    page.close()


def test_searching_without_javascript_and_without_an_index(browser: Any, address: str) -> None:
    without = browser.new_context(java_script_enabled=False)
    page = without.new_page()
    page.goto(f"{address}search/")
    assert page.locator("noscript a").count() or "needs JavaScript" in page.content()
    assert page.locator("#q").is_disabled()
    without.close()
    page = browser.new_page()
    page.route("**/pagefind/**", lambda route: route.abort())
    page.goto(f"{address}search/?q=zebra")
    page.wait_for_function("document.querySelector('.found').textContent.includes('can’t be reached')")
    page.close()


def test_a_theme_that_has_no_page_for_it_is_told_of_once(tmp_path: Path) -> None:
    """A theme from nothing lacks `search.html` and `share.svg`: one warning each, and the site is built without."""
    page = "<!doctype html><html lang=en><title>x</title><body>{{ site.search }}{{ page.shared or '' }}</body></html>"
    kinds = ("post", "page", "home", "section", "term", "taxonomy", "archive", "404", "redirect", "list")
    files = {
        "blogq.yaml": "title: T\ntheme: bare\nsearch: true\nshare_images: true\n",
        "themes/bare/theme.yaml": "name: bare\n",
        **{f"themes/bare/templates/{kind}.html": page for kind in kinds},
        **{f"content/posts/{n}.md": post(f"P {n}", "2025-01-01", "A zebra.") for n in range(5)},
    }
    made = publish(tmp_path, files, clean=False)
    told = sorted(finding.message for finding in made.result.findings if finding.code == "SH106")
    assert len(told) == 2 and "search.html" in told[0] and "share.svg" in told[1]
    assert not [finding for finding in made.result.findings if finding.code.startswith("TH")]
    assert not [path for path in made.paths if path.startswith(("share/", "pagefind/", "search/"))]
    assert "search" not in made.text("posts/1/index.html")
    (tmp_path / "themes/bare/templates/search.html").write_text(page)
    again = publish(tmp_path, {}, clean=False)
    assert "search/index.html" in again.paths and "pagefind/pagefind.js" in again.paths
