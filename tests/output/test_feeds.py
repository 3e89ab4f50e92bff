"""Feeds: what subscribers' readers get is valid, whole and the same in all three formats."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import feedparser
import pytest
from feed_rules import CONTENT, LANG, RULES
from lxml import etree
from published import ATOM, PIXEL, Published, post, publish, publish_example

HOSTILE = "</script><script>alert(1)</script> ]]> & \"q\" 'a' <b>bold</b> \U0001f600 \ufffe é"
RICH = """\
Text with ]]> in it, `<code>` too, and a [link](other.md#second-half),
[here](#mine), [a file](/files/a%20b.txt?x=1&y=2).

## Mine

![A picture](pic.png "T & t") <img src="pic.png" srcset="pic.png 1x, /pic2.png 2x" alt="&lt;">
<a href='/other/'>raw</a> <video src="/v.mp4" poster="pic.png"></video>

    <script>]]></script>

> [!NOTE] A *title*
> Text

```math
\\frac{a}{b} < c
```

```python {title="a.py" linenos=true hl_lines=1}
a = "]]>"
```

[^1]

[^1]: A note.
"""


def quoted(text: str) -> str:
    """`text` as a YAML scalar, with what YAML itself can't hold as escapes."""
    return json.dumps(text, ensure_ascii=False).replace("\ufffe", "\\ufffe")


def example(folder: Path) -> Published:
    return publish_example(folder, "https://secondpass.example/")


def example_below(folder: Path) -> Published:
    return publish_example(folder, "https://secondpass.example/a/b/")


def hostile(folder: Path) -> Published:
    files = {
        "blogq.yaml": f"title: {quoted(HOSTILE)}\ndescription: {quoted(HOSTILE)}\n"
        "authors:\n  mallory:\n    name: 'M <b>&</b> ]]>'\n    url: 'https://m.example/?a=1&b=2'\n"
        "taxonomies:\n  tags:\n    feed: true\n  authors:\n    feed: true\n",
        "content/one.md": post(
            HOSTILE, "2026-03-01 09:30:00 +02:00", RICH, tags=["<&>\"'x", "]]>y"], author="mallory",
            description=HOSTILE, image="pic.png", updated="2026-04-01",
        ),
        "content/other.md": post("", "0999-12-31", "# Very old\n\n## Second half\n\nText."),
        "content/empty.md": post("Empty", "2026-02-28", ""),
        "content/pic.png": PIXEL,
        "static/pic2.png": b"\x89PNG",
        "static/v.mp4": b"",
        "static/files/a b.txt": "x",
    }  # fmt: skip
    return publish(folder, files, base="https://xn--bcher-kva.example:8443/b%C3%BC/")


def without_posts(folder: Path) -> Published:
    return publish(folder, {"content/about.md": "# About\n\nNobody has written yet.\n"})


def two_languages(folder: Path) -> Published:
    files = {
        "blogq.yaml": "title: Two\nlanguage: en\nauthor: Ann\nlanguages:\n  pt-br: Dois\n  ar:\n    title: اثنان\n",
        "content/hello.md": post("Hello", "2026-01-02", "See [the other](bye.md)."),
        "content/hello.pt-br.md": post("Olá", "2026-01-02", "Veja [o outro](bye.md)."),
        "content/bye.md": post("Bye", "2026-01-01"),
        "content/bye.pt-br.md": post("Tchau", "2026-01-01"),
        "content/hello.ar.md": post("مرحبا", "2026-01-03"),
    }
    return publish(folder, files, base="https://blog.example/two/")


SITES = [example, example_below, hostile, without_posts, two_languages]


@pytest.fixture(scope="module", params=SITES, ids=lambda make: make.__name__)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Published:
    make: Callable[[Path], Published] = request.param
    return make(tmp_path_factory.mktemp(make.__name__))


def feeds_of(site: Published) -> list[str]:
    return [path for path in sorted(site.paths) if path.rpartition("/")[2] in RULES]


def test_feeds_keep_the_rules_of_their_formats(site: Published) -> None:
    feeds = feeds_of(site)
    assert set(RULES) <= set(feeds)
    problems = {
        path: found
        for path in feeds
        if (found := RULES[path.rpartition("/")[2]]((site.output / path).read_bytes(), site.url(path)))
    }
    assert problems == {}


def test_feedparser_has_no_complaint(site: Published) -> None:
    for path in feeds_of(site):
        if path.endswith(".xml"):
            parsed = feedparser.parse((site.output / path).read_bytes())
            assert not parsed.bozo, (path, parsed.get("bozo_exception"))
            assert parsed.version == ("rss20" if path.endswith("feed.xml") else "atom10")
            assert parsed.feed.title


def test_three_formats_tell_the_same(site: Published) -> None:
    """Whichever format a reader takes, it gets the same posts in the same order with the same text."""
    for path in feeds_of(site):
        if not path.endswith("feed.json"):
            continue
        folder = path.removesuffix("feed.json")
        items = json.loads(site.text(path))["items"]
        rss = etree.fromstring(site.text(folder + "feed.xml").encode())
        atom = etree.fromstring(site.text(folder + "atom.xml").encode())
        assert [i["url"] for i in items] == [e.findtext("link") for e in rss.iter("item")]
        assert [i["url"] for i in items] == [e.findtext(f"{ATOM}id") for e in atom.iter(f"{ATOM}entry")]
        texts = [e.findtext(f"{CONTENT}encoded") or "" for e in rss.iter("item")]
        assert [i["content_html"] for i in items] == texts
        assert texts == [e.findtext(f"{ATOM}content") or "" for e in atom.iter(f"{ATOM}entry")]


def test_feed_links_lead_to_pages(site: Published) -> None:
    for path in feeds_of(site):
        if path.endswith(".json"):
            feed = json.loads(site.text(path))
            urls = [feed["home_page_url"], feed["feed_url"], *(item["url"] for item in feed["items"])]
            assert {url: site.file_of(url) for url in urls if site.file_of(url) is None} == {}


def test_pages_announce_feeds_that_are_there(site: Published) -> None:
    kinds = {"application/rss+xml", "application/atom+xml", "application/feed+json"}
    announced = site.page("index.html").xpath("//head/link[@rel='alternate' and @type and not(@hreflang)]")
    assert {link.get("type") for link in announced} == kinds
    host = site.base.removesuffix(site.prefix)
    assert [link.get("href") for link in announced if site.file_of(host + link.get("href")) is None] == []


# What each feed holds


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Published:
    files: dict[str, str] = {
        f"content/p{day:02d}.md": post(f"Post {day}", f"2026-01-{day:02d}", "First.\n\n<!-- more -->\n\nRest.")
        for day in range(1, 26)
    }
    files["content/secret.md"] = post("Secret", "2026-02-01", unlisted=True)
    files["content/tagged.md"] = post("Tagged", "2025-01-01", tags=["Old things"], updated="2026-05-01")
    files["blogq.yaml"] = "title: Many\ndescription: Much of it.\ntaxonomies:\n  tags:\n    feed: true\n"
    return publish(tmp_path_factory.mktemp("many"), files)


def test_feed_holds_the_newest_twenty_whole(many: Published) -> None:
    items = json.loads(many.text("feed.json"))["items"]
    assert [item["title"] for item in items] == [f"Post {day}" for day in range(25, 5, -1)]
    assert all("Rest." in item["content_html"] for item in items)


def test_unlisted_post_is_in_no_feed(many: Published) -> None:
    assert [path for path in feeds_of(many) if "Secret" in many.text(path)] == []


def test_term_has_feeds_when_asked(many: Published) -> None:
    feed = json.loads(many.text("tags/old-things/feed.json"))
    assert feed["title"] == "Many: Old things"
    assert [item["title"] for item in feed["items"]] == ["Tagged"]
    announced = many.page("tags/old-things/index.html").xpath("//head/link[@type='application/rss+xml']/@href")
    assert "/tags/old-things/feed.xml" in announced


def test_update_is_told(many: Published) -> None:
    (item,) = json.loads(many.text("tags/old-things/feed.json"))["items"]
    assert item["date_published"].startswith("2025-01-01")
    assert item["date_modified"].startswith("2026-05-01")
    atom = etree.fromstring(many.text("tags/old-things/atom.xml").encode())
    assert atom.findtext(f"{ATOM}updated") == "2026-05-01T00:00:00+00:00"


def test_settings_of_feeds(tmp_path: Path) -> None:
    """Formats, length and summaries follow the config."""
    files = {
        "blogq.yaml": "feeds:\n  formats: [atom]\n  limit: 1\n  content: summary\n",
        "content/a.md": post("A", "2026-01-02", "First.\n\n<!-- more -->\n\nRest."),
        "content/b.md": post("B", "2026-01-01"),
    }
    made = publish(tmp_path, files)
    assert "feed.xml" not in made.paths and "feed.json" not in made.paths
    atom = etree.fromstring(made.text("atom.xml").encode())
    assert len(atom.findall(f"{ATOM}entry")) == 1
    assert [content.text for content in atom.iter(f"{ATOM}content")] == ["<p>First.</p>\n"]


def test_each_language_has_its_own_feed(tmp_path: Path) -> None:
    made = two_languages(tmp_path)
    for folder, language, titles in (
        ("", "en", ["Hello", "Bye"]),
        ("pt-br/", "pt-br", ["Olá", "Tchau"]),
        ("ar/", "ar", ["مرحبا"]),
    ):
        feed = json.loads(made.text(f"{folder}feed.json"))
        assert feed["language"].lower() == language
        assert [item["title"] for item in feed["items"]] == titles
        assert etree.fromstring(made.text(f"{folder}atom.xml").encode()).get(LANG).lower() == language
    assert "https://blog.example/two/pt-br/bye/" in made.text("pt-br/feed.xml")


def test_the_checks_notice(tmp_path: Path) -> None:
    """The rules above would see a broken feed."""
    made = without_posts(tmp_path)
    for name, rule in RULES.items():
        own = made.url(name)
        data = (made.output / name).read_bytes()
        assert rule(data, own) == []
        assert rule(data.replace(b"https://blog.example/", b"/"), own) != []
        assert rule(data, own + "x") != []
