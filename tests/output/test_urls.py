"""Where sources are published: names, folders, dates, patterns, languages, aliases, bundles."""

from __future__ import annotations

from pathlib import Path

import pytest
from published import PIXEL, post, publish

CASES = {
    "s1.md": ("", "s1/"),
    "posts/s2.md": ("", "posts/s2/"),
    "posts/2026-01-02-s3.md": ("", "posts/s3/"),
    "posts/2026-1-2_s4.md": ("", "posts/s4/"),
    "2026-01-02.md": ("", "2026-01-02/"),
    "_posts/2026-01-02-s5.md": ("", "s5/"),
    "news/_posts/2026-01-02-s6.md": ("", "news/s6/"),
    "posts/s7/index.md": ("", "posts/s7/"),
    "posts/2026-01-02-s8/index.md": ("", "posts/s8/"),
    "posts/s9.es.md": ("", "es/posts/s9/"),
    "posts/s9.pt-br.md": ("", "pt-br/posts/s9/"),
    "posts/s9.zh_CN.md": ("", "zh-cn/posts/s9/"),
    "posts/s10/index.fr.md": ("", "fr/posts/s10/"),
    "posts/node.js.md": ("", "posts/node.js/"),
    "posts/Über uns?.md": ("", "posts/Über-uns/"),
    "posts/a.md": ("slug: other", "posts/other/"),
    "posts/b.md": ("permalink: /x/y/", "x/y/"),
    "posts/c.md": ("permalink: /x/z.html", "x/z.html"),
    "posts/2026-03-04-d.md": ("permalink: /:year/:month/:day/:slug/", "2026/03/04/d/"),
    "posts/e.md": ("permalink: /:section/:title/", "posts/a-title-and-more/"),
    "posts/f.md": ("url: /from/hugo/", "from/hugo/"),
    "posts/g.md": ("path: from/zola", "from/zola/"),
}
"""Source → a line of front matter, and the URL that it gets."""


@pytest.fixture(scope="module")
def urls(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The URL of each source of one site, by its marker in the text."""
    files = {
        f"content/{source}": f"---\ntitle: A Title, & more\ndate: 2026-03-04\n{front}\n---\nText of <{source}>.\n"
        for source, (front, _) in CASES.items()
    }
    made = publish(tmp_path_factory.mktemp("urls"), {name: text.replace("<", "«") for name, text in files.items()})
    found = {}
    for path, page in made.pages():
        for article in page.xpath("//article/div[contains(@class, 'e-content')]"):
            source = article.text_content().partition("«")[2].strip().removesuffix(">.")
            found[source] = path.removesuffix("index.html")
    return found


@pytest.mark.parametrize("source", CASES)
def test_url_of_source(source: str, urls: dict[str, str]) -> None:
    assert urls[source] == CASES[source][1]


def test_permalink_patterns_of_the_config(tmp_path: Path) -> None:
    """A pattern by top folder wins over that of all posts; pages have their own; languages keep their prefix."""
    files = {
        "blogq.yaml": "permalinks:\n  posts: /:year/:slug/\n  notes: /n/:slug.html\n  pages: /p/:slug/\n",
        "content/a.md": post("A", "2026-01-02"),
        "content/a.es.md": post("A", "2026-01-02"),
        "content/log/b.md": post("B", "2025-01-02"),
        "content/notes/c.md": post("C", "2024-01-02"),
        "content/about.md": "# About\n",
    }
    made = publish(tmp_path, files)
    wanted = {"2026/a/index.html", "es/2026/a/index.html", "2025/b/index.html", "n/c.html", "p/about/index.html"}
    assert wanted <= made.paths


def test_dates_in_names_stay_where_urls_would_collide(tmp_path: Path) -> None:
    """Two posts of one name on different days: both keep the date; others lose it."""
    files = {
        "content/2026-01-01-weekly.md": post("One", "2026-01-01"),
        "content/2026-01-08-weekly.md": post("Two", "2026-01-08"),
        "content/2026-01-09-other.md": post("Other", "2026-01-09"),
        "content/2026-01-10-taken.md": post("Dated", "2026-01-10"),
        "content/taken.md": post("Undated", "2026-01-11"),
    }
    made = publish(tmp_path, files)
    wanted = {"2026-01-01-weekly", "2026-01-08-weekly", "other", "2026-01-10-taken", "taken"}
    assert {f"{name}/index.html" for name in wanted} <= made.paths
    assert "weekly/index.html" not in made.paths


def test_bundle_publishes_its_files(tmp_path: Path) -> None:
    files = {
        "content/2026-01-01-trip/index.md": post("Trip", "2026-01-01", "![a](a.png) [b](more/b.txt)"),
        "content/2026-01-01-trip/index.es.md": post("Viaje", "2026-01-01", "![a](a.png)"),
        "content/2026-01-01-trip/index.zh.md": post("旅行", "2026-01-01", "![a](a.png)"),
        "content/2026-01-01-trip/a.png": PIXEL,
        "content/2026-01-01-trip/more/b.txt": "b",
        "content/loose/data.csv": "1",
    }
    made = publish(tmp_path, files)
    assert {"trip/a.png", "trip/more/b.txt", "loose/data.csv"} <= made.paths
    assert made.page("trip/index.html").xpath("//main//img/@src") == ["/trip/a.png"]
    (image,) = made.page("es/trip/index.html").xpath("//main//img/@src")
    assert made.file_of(made.base.removesuffix("/") + image) is not None


def test_links_between_sources_stay_in_their_language(tmp_path: Path) -> None:
    """A link to a post's source leads to its version in the language of the page, where there is one."""
    files = {
        "content/a.md": post("A", "2026-01-01", "[b](b.md) [c](c.md) [es](a.es.md)"),
        "content/a.es.md": post("A", "2026-01-01", "[b](b.md#x) [c](c.md)"),
        "content/b.md": post("B", "2026-01-02"),
        "content/b.es.md": post("B", "2026-01-02", "## X"),
        "content/c.md": post("C", "2026-01-03"),
    }
    made = publish(tmp_path, files)
    assert made.links("es/a/index.html", "//article/div")[:2] == ["/es/b/#x", "/c/"]
    assert made.links("a/index.html", "//article/div")[:2] == ["/b/", "/c/"]


def test_link_to_another_language_leads_there(tmp_path: Path) -> None:
    """A link that names a version by its file, `a.es.md`, means that version."""
    files = {
        "content/a.md": post("A", "2026-01-01", "[español](a.es.md)"),
        "content/a.es.md": post("A", "2026-01-01", "[English](a.md)"),
    }
    made = publish(tmp_path, files)
    assert made.links("a/index.html", "//article/div") == ["/es/a/"]


def test_aliases_are_pages_that_lead_on(tmp_path: Path) -> None:
    files = {
        "content/a.md": post("A", "2026-01-01", aliases=["/old/", "older", "/x.html"]),
        "content/b.md": post("B", "2026-01-02", redirect_from="/jekyll/"),
    }
    made = publish(tmp_path, files)
    for path, target in (
        ("old/index.html", "/a/"),
        ("older/index.html", "/a/"),
        ("x.html", "/a/"),
        ("jekyll/index.html", "/b/"),
    ):
        (refresh,) = made.page(path).xpath("//meta[@http-equiv='refresh']/@content")
        assert refresh == f"0; url={target}"
        assert target in made.links(path)


def test_two_sources_with_one_url_are_named_both(tmp_path: Path) -> None:
    """attack 39; nothing is written."""
    files = {"content/a.md": post("A", "2026-01-01"), "content/b.md": post("B", "2026-01-02", slug="a")}
    made = publish(tmp_path, files, clean=False)
    (error,) = [finding for finding in made.result.findings if finding.severity == "error"]
    assert error.code == "UR101"
    assert "content/a.md" in error.message and "content/b.md" in error.message
    assert (error.span.path, error.span.line) == ("content/b.md", 4)
    assert not made.output.exists()


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"content/a.md": post("A", "2026-01-01", permalink="/feed.xml")}, "UR101"),
        ({"content/a.md": post("A", "2026-01-01", aliases=["/b/"]), "content/b.md": post("B", "2026-01-02")}, "UR103"),
        ({"content/a.md": post("A", "2026-01-01", permalink="/archive/2026/")}, ""),
        ({"content/Foo.md": post("A", "2026-01-01"), "content/foo.md": post("B", "2026-01-02")}, "UR105"),
        ({"content/a.md": post("A", "2026-01-01", slug="../../a")}, "UR102"),
        ({"content/a.md": post("A", "2026-01-01", permalink="/%2e%2e/a/")}, "UR102"),
        ({"content/a.md": post("A", "2026-01-01"), "static/a/index.html": "x"}, "UR101"),
    ],
)  # fmt: skip
def test_urls_that_can_not_be(files: dict[str, str], code: str, tmp_path: Path) -> None:
    """attacks 26–41: an error with the source's name, and nothing written."""
    made = publish(tmp_path, files, clean=False)
    errors = [finding for finding in made.result.findings if finding.severity == "error"]
    assert [finding.code for finding in errors] == ([code] if code else [])
    assert made.result.written is not bool(code)
