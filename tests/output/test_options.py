"""What a site can ask for beside the usual: minified pages, addresses in .html, `_headers`, posts as data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from lxml import html
from published import Published, post, publish, publish_example

CODE = "```python\ndef f():\n\n    return   1\n```\n\nInline `a  b` and *some*  **words** here.\n"


def site(folder: Path, clean: bool = True, **config: Any) -> Published:
    files = {
        "blogq.yaml": json.dumps({"title": "Options", **config}),
        "content/about.md": "# About\n\nSee [the bundle](posts/bundle/index.md).\n",
        "content/posts/first.md": post("First", "2026-01-02", CODE, tags=["one"]),
        "content/posts/bundle/index.md": post("Bundle", "2026-01-03", "![A picture](p.svg)\n\n<!-- more -->\n\nMore."),
        "content/posts/bundle/p.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "content/posts/held.md": post("Held", "2026-01-04", "Not yet.", draft=True),
        "content/posts/primero.es.md": post("Primero", "2026-01-02", "Texto."),
    }
    return publish(folder, files, base="https://example.org/sub/", clean=clean)


def words(element: html.HtmlElement) -> list[str]:
    """The words of an element as its readers see them."""
    return str(element.text_content()).split()


def closely(element: html.HtmlElement) -> dict[str, str]:
    """The attributes of an element, without white space."""
    return {name: "".join(value.split()) for name, value in element.attrib.items()}


def test_minified_pages_say_the_same_in_fewer_bytes(tmp_path: Path) -> None:
    plain, small = site(tmp_path / "plain"), site(tmp_path / "small", minify=True)
    assert plain.paths == small.paths
    for path, page in plain.pages():
        other = small.page(path)
        for tag in ("title", "p", "h1", "h2", "time"):
            assert [words(e) for e in other.iter(tag)] == [words(e) for e in page.iter(tag)], path
        assert len(small.text(path)) < len(plain.text(path))
        for tag in ("pre", "code", "script"):
            assert [e.text_content() for e in other.iter(tag)] == [e.text_content() for e in page.iter(tag)]
        for each, original in zip(other.iter("a", "meta", "link"), page.iter("a", "meta", "link"), strict=True):
            assert closely(each) == closely(original)
    for path in ("feed.xml", "sitemap.xml", "posts/bundle/p.svg"):
        assert small.text(path) == plain.text(path)
    assert "    return   1" in small.page("posts/first/index.html").find(".//pre").text_content().replace("\xa0", " ")


def test_minifying_needs_its_library_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    made = site(tmp_path, clean=False, minify=True)
    (finding,) = [each for each in made.result.findings if each.severity == "error"]
    assert finding.code == "CF103"
    assert "pip install 'blogq[minify]'" in finding.hint
    assert not made.result.written


def test_posts_and_pages_can_stand_at_html_addresses(tmp_path: Path) -> None:
    made = site(tmp_path, urls="html")
    assert {"posts/first.html", "posts/bundle.html", "about.html", "es/posts/primero.html"} <= made.paths
    assert "posts/bundle/p.svg" in made.paths, "a bundle's files have a folder of their own"
    assert {"index.html", "posts/index.html", "tags/one/index.html"} <= made.paths, "lists are folders as before"
    assert made.page("about.html").xpath("//main//a/@href")[0] == "/sub/posts/bundle.html"
    assert made.page("posts/bundle.html").xpath("//main//img/@src") == ["/sub/posts/bundle/p.svg"]
    assert made.page("posts/first.html").xpath("//link[@rel='canonical']/@href") == [made.base + "posts/first.html"]


def test_the_example_site_holds_together_at_html_addresses(tmp_path: Path) -> None:
    """Every link of every page leads somewhere."""
    made = publish_example(tmp_path, "https://example.org/sub/", urls="html", minify=True, posts_json="full")
    assert "posts/every-working-day.html" in made.paths
    dead = [
        (path, link)
        for path, page in made.pages()
        for link in page.xpath("//a/@href | //img/@src")
        if made.why_dead(urljoin(made.url(path), link), path)
    ]
    assert not dead


def test_headers_are_written_under_the_subpath(tmp_path: Path) -> None:
    headers = {"/*": {"X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer"}, "/feed.xml": {"X-Robots-Tag": "no"}}
    made = site(tmp_path, headers=headers)
    assert made.text("_headers") == (
        "/sub/*\n  X-Frame-Options: DENY\n  Referrer-Policy: no-referrer\n/sub/feed.xml\n  X-Robots-Tag: no\n"
    )
    assert "_headers" not in site(tmp_path / "other").paths


def test_a_headers_file_of_the_sites_own_wins(tmp_path: Path) -> None:
    (tmp_path / "static").mkdir(parents=True)
    (tmp_path / "static/_headers").write_text("/mine\n")
    assert site(tmp_path, headers={"/*": {"X-A": "b"}}).text("_headers") == "/mine\n"


@pytest.mark.parametrize("headers", [{"x": {"A": "b"}}, {"/*": {"A b": "c"}}, {"/*": {"A": "b\nC: d"}}])
def test_headers_that_could_say_something_else_are_refused(tmp_path: Path, headers: dict[str, Any]) -> None:
    made = site(tmp_path, clean=False, headers=headers)
    assert [each.code for each in made.result.findings if each.severity == "error"] == ["CF103"]


def test_posts_as_data(tmp_path: Path) -> None:
    """Absolute URLs throughout, no draft, one file for each language."""
    made = site(tmp_path, posts_json="full")
    data = json.loads(made.text("posts.json"))
    assert (data["schema"], data["language"], data["url"]) == ("blogq-posts/1", "en", made.base)
    bundle, first = data["posts"]
    assert bundle["title"] == "Bundle"
    assert bundle["url"] == made.base + "posts/bundle/"
    assert f'src="{made.base}posts/bundle/p.svg"' in bundle["content_html"]
    assert "More." in bundle["content_html"]
    assert "More." not in bundle["summary_html"]
    assert first["terms"] == {"tags": ["one"]}
    assert first["date"] == "2026-01-02T00:00:00+00:00"
    assert [each["title"] for each in json.loads(made.text("es/posts.json"))["posts"]] == ["Primero"]
    short = json.loads(site(tmp_path / "short", posts_json="summary").text("posts.json"))
    assert all("content_html" not in each and "summary_html" in each for each in short["posts"])
    assert "posts.json" not in site(tmp_path / "none").paths
