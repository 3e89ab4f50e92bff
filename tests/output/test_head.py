"""What other programs read of a page: canonical URL, Open Graph, JSON-LD, languages, neighbours."""

from __future__ import annotations

from pathlib import Path

import pytest
from feed_rules import RFC_3339, is_absolute
from published import Published, post, publish, publish_example

BASE = "https://blog.example/sub/"
EVIL = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)> & <!-- {{7*7}} {% x %}"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Published:
    files = {
        "blogq.yaml": "title: Head\ndescription: About heads.\nlanguage: en\nlanguages:\n  es: Cabeza\n"
        "authors:\n  ann:\n    name: Ann Ost\n    url: https://ann.example/\n",
        "content/one.md": post(
            "One & only", "2026-01-01 10:00:00 +02:00", "Words here.", author="ann", tags=["A tag"],
            description="What it says.", image="/pic one.png", updated="2026-01-05",
        ),
        "content/one.es.md": post("Uno", "2026-01-01", "Palabras."),
        "content/two.md": post("Two", "2026-01-02", "The first words of the post are its description."),
        "content/evil.md": post(EVIL, "2026-01-03", "x", description=EVIL, tags=[EVIL], author=EVIL),
        "content/about.md": "# About\n",
        "static/pic one.png": b"\x89PNG",
    }  # fmt: skip
    return publish(tmp_path_factory.mktemp("head"), files, base=BASE)


def test_every_page_names_its_own_address(site: Published, tmp_path: Path) -> None:
    for made in (site, publish_example(tmp_path, "https://secondpass.example/b/")):
        for path, page in made.pages():
            if page.xpath("//meta[@http-equiv='refresh']"):
                continue
            assert page.xpath("//link[@rel='canonical']/@href") == [made.url(path)]
            assert made.meta(path, "og:url") == made.url(path)
            assert made.meta(path, "og:title")
            assert made.meta(path, "og:site_name")
            assert made.meta(path, "og:type") in ("website", "article", "profile")
            assert page.get("lang") and page.get("dir") in ("ltr", "rtl")
            assert len(page.xpath("//title")) == len(page.xpath("//h1")) == 1
            assert "\0" not in made.text(path)


def test_post_describes_itself(site: Published) -> None:
    path = "one/index.html"
    assert site.meta(path, "description") == site.meta(path, "og:description") == "What it says."
    assert site.meta(path, "og:image") == f"{BASE}pic%20one.png"
    assert site.meta(path, "article:published_time") == "2026-01-01T10:00:00+02:00"
    assert site.meta(path, "article:tag") == "A tag"
    assert site.meta("two/index.html", "description") == "The first words of the post are its description."


def test_json_ld_of_a_post(site: Published) -> None:
    told = site.json_ld("one/index.html")
    assert told["@context"] == "https://schema.org"
    assert told["@type"] == "BlogPosting"
    assert told["headline"] == "One & only"
    assert told["url"] == told["mainEntityOfPage"] == f"{BASE}one/"
    assert told["author"] == [
        {"@type": "Person", "name": "Ann Ost", "url": f"{BASE}authors/ann/", "sameAs": "https://ann.example/"}
    ]
    assert told["image"] == f"{BASE}pic%20one.png"
    assert told["inLanguage"] == "en"
    assert RFC_3339.fullmatch(told["datePublished"]) and RFC_3339.fullmatch(told["dateModified"])
    assert told["datePublished"] < told["dateModified"]


def test_json_ld_of_home_and_pages(site: Published) -> None:
    website, blog = site.json_ld("index.html")["@graph"]
    said = {"name": "Head", "url": BASE, "inLanguage": "en", "description": "About heads."}
    assert website == {"@type": "WebSite", **said}
    assert blog == {"@type": "Blog", **said}
    assert site.json_ld("about/index.html")["@type"] == "WebPage"


def test_hostile_metadata_stays_text(site: Published) -> None:
    """A title, tag or author can't end a script or an attribute, nor run in a template (attacks 62, 65, 73)."""
    assert site.json_ld("evil/index.html")["headline"] == EVIL
    assert site.meta("evil/index.html", "og:title") == site.meta("evil/index.html", "description") == EVIL
    for path, page in site.pages():
        assert page.xpath("//script[not(@type='application/ld+json')] | //img[@onerror] | //@onerror") == [], path
        assert "49 " not in page.text_content()


def test_translations_name_one_another(site: Published) -> None:
    """hreflang is absolute, mutual, and has a default."""
    wanted = [("en", f"{BASE}one/"), ("es", f"{BASE}es/one/"), ("x-default", f"{BASE}one/")]
    for path in ("one/index.html", "es/one/index.html"):
        links = site.page(path).xpath("//head/link[@rel='alternate' and @hreflang]")
        assert [(link.get("hreflang"), link.get("href")) for link in links] == wanted
        shown = site.page(path).xpath("//main//a[@hreflang]/@href")
        assert shown == (["/sub/es/one/"] if path == "one/index.html" else ["/sub/one/"])
    assert site.page("two/index.html").xpath("//link[@hreflang]") == []
    home = site.page("index.html").xpath("//head/link[@hreflang]/@href")
    assert home == [BASE, f"{BASE}es/", BASE]


@pytest.mark.parametrize(
    ("names", "siblings"),
    [
        (["2026-01-02-two.md", "two.es.md"], {"two/", "es/two/"}),
        (["two.md", "2026-01-02-two.es.md"], {"two/", "es/two/"}),
        (["2026-01-02-two.md", "2026-01-02-two.es.md", "two.de.md"], {"two/", "es/two/", "de/two/"}),
        (["2026-01-02-two/index.md", "two/index.es.md"], {"two/", "es/two/"}),
        (["2026-01-02-two.md", "2026-02-03-two.es.md"], set()),
        (["2026-01-02-two.md", "2026-02-03-two.es.md", "two.de.md"], set()),
        (["2026-01-02-two.md", "two.es.md", "2026-01-02-two.es.md"], {"two/", "es/2026-01-02-two/"}),
    ],
)  # fmt: skip
def test_translations_of_which_some_have_their_date_in_their_name(
    tmp_path: Path, names: list[str], siblings: set[str]
) -> None:
    """They are siblings where it is clear which ones belong together."""
    made = publish(tmp_path, {f"content/{name}": "---\ntitle: T\ndate: 2026-01-02\n---\nText.\n" for name in names})
    for path, page in made.pages():
        if "two" in path:
            url = path.removesuffix("index.html")
            links = page.xpath("//head/link[@hreflang != 'x-default']/@href")
            found = {link.removeprefix(made.base) for link in links}
            assert found == (siblings if url in siblings else set()), path


def test_neighbours(site: Published) -> None:
    """Previous is the older post, next the newer, in the same language."""

    def neighbours(path: str) -> tuple[list[str], list[str]]:
        page = site.page(path)
        return page.xpath("//a[@rel='prev']/@href"), page.xpath("//a[@rel='next']/@href")

    assert neighbours("two/index.html") == (["/sub/one/"], ["/sub/evil/"])
    assert neighbours("one/index.html") == ([], ["/sub/two/"])
    assert neighbours("es/one/index.html") == ([], [])


def test_image_that_is_no_address_is_left_out(tmp_path: Path) -> None:
    """attack 67: a script or a document made of data as a post's image."""
    files = {
        f"content/p{number}.md": post("P", f"2026-01-0{number}", image=image, slug=f"p{number}")
        for number, image in enumerate(
            ["javascript:alert(1)", "data:text/html,x", "//cdn.example/a.png", "https://c.example/b.png"], 1
        )
    }
    made = publish(tmp_path, files)
    images = [made.meta(f"p{number}/index.html", "og:image") for number in (1, 2, 3, 4)]
    assert images[:2] == ["", ""]
    assert images[3] == "https://c.example/b.png"
    assert all(is_absolute(image) for image in images[2:]), images
