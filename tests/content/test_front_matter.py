"""What the keys of front matter say, whatever generator they were written for."""

from __future__ import annotations

import json
from datetime import UTC
from typing import Any

import pytest

from blogq.content.dates import Moment
from blogq.content.fields import FrontMatter
from blogq.content.front_matter import read_front_matter
from blogq.finding import Finding

TAXONOMIES = ("tags", "categories", "authors", "series")
DAY = Moment(1704412800, 0, False)


def read(text: str, taxonomies: tuple[str, ...] = TAXONOMIES) -> tuple[FrontMatter, tuple[Finding, ...]]:
    front_matter, body, line, findings = read_front_matter(text, "p.md", taxonomies=taxonomies, zone=UTC)
    assert line == text.count("\n", 0, body) + 1
    json.dumps(front_matter.extra)
    return front_matter, findings


def yaml(text: str, taxonomies: tuple[str, ...] = TAXONOMIES) -> FrontMatter:
    """Return what the YAML `text` says, in which nothing is wrong."""
    front_matter, findings = read(f"---\n{text}\n---\nbody\n", taxonomies)
    assert findings == ()
    return front_matter


def finding(text: str) -> Finding:
    """Return the only thing wrong with the YAML `text`."""
    (only,) = read(f"---\n{text}\n---\nbody\n")[1]
    return only


def terms(text: str, taxonomies: tuple[str, ...] = TAXONOMIES) -> dict[str, tuple[str, ...]]:
    return dict(yaml(text, taxonomies).terms)


def test_no_front_matter() -> None:
    assert read("Just text.\n") == (FrontMatter(), ())


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("title: Hello", "title", "Hello"),
        ("Title: Hello", "title", "Hello"),
        ("title: 3.10", "title", "3.10"),
        ("title: 012", "title", "012"),
        ("title: 12:30:45", "title", "12:30:45"),
        ("title: yes", "title", "yes"),
        ("title: 2024-01-05", "title", "2024-01-05"),
        ("title: >\n  two\n  lines", "title", "two lines"),
        ('title: "a\\n---\\nb"', "title", "a --- b"),
        ("title: ~", "title", ""),
        ("date: 2024-1-5", "date", DAY),
        ("date: '2024-01-05'", "date", DAY),
        ("Date: 20240105", "date", DAY),
        ("date:", "date", None),
        ("date: ''", "date", None),
        ("date: null", "date", None),
        ("lastmod: 2024-01-05", "updated", DAY),
        ("last_modified_at: 2024-01-05", "updated", DAY),
        ("last-modified-at: 2024-01-05", "updated", DAY),
        ("modified: 2024-01-05", "updated", DAY),
        ("updated_at: 2024-01-05", "updated", DAY),
        ("publishDate: 2024-01-05", "publish", DAY),
        ("publish_date: 2024-01-05", "publish", DAY),
        ("published_at: 2024-01-05", "publish", DAY),
        ("pubdate: 2024-01-05", "publish", DAY),
        ("published: 2024-01-05", "date", DAY),
        ("expiryDate: 2024-01-05", "expiry", DAY),
        ("draft: true", "draft", True),
        ('draft: "true"', "draft", True),
        ("draft: yes", "draft", True),
        ("draft: On", "draft", True),
        ("draft: no", "draft", False),
        ("draft: false", "draft", False),
        ("published: false", "draft", True),
        ("published: true", "draft", False),
        ("Status: draft", "draft", True),
        ("status: hidden", "unlisted", True),
        ("status: published", "draft", False),
        ("hidden: true", "unlisted", True),
        ("unlisted: true", "unlisted", True),
        ("eleventyExcludeFromCollections: true", "unlisted", True),
        ("permalink: false", "draft", True),
        ("slug: 2024", "slug", "2024"),
        ("permalink: /a/b/", "permalink", "/a/b/"),
        ("url: /a/b.html", "permalink", "/a/b.html"),
        ("path: 2025/06/26/Rust-1.88.0", "permalink", "/2025/06/26/Rust-1.88.0/"),
        ("path: /a", "permalink", "/a"),
        ("aliases: [/a/, /b/, /a/]", "aliases", ("/a/", "/b/")),
        ("alias: /a/", "aliases", ("/a/",)),
        ("redirect_from:\n  - /a/\n  - ", "aliases", ("/a/",)),
        ("redirect-from: /a/", "aliases", ("/a/",)),
        ("weight: 10", "weight", 10),
        ("order: '-3'", "weight", -3),
        ("nav_order: 3", "weight", 3),
        ("lang: de", "language", "de"),
        ("locale: pt_BR", "language", "pt-BR"),
        ("layout: post", "layout", "post"),
        ("layout: false", "layout", ""),
        ("layout: null", "layout", ""),
        ("excerpt: Short.", "summary", "Short."),
        ("summary: Short.", "summary", "Short."),
        ("description: Short.", "description", "Short."),
        ("image: /a.png", "image", "/a.png"),
        ("image: false", "image", ""),
        ("cover: {image: /a.png, alt: A}", "image", "/a.png"),
        ("thumbnail: /a.png", "image", "/a.png"),
        ("featured_image: a.png", "image", "a.png"),
        ("images: [a.png, b.png]", "image", "a.png"),
        ("hero: a.png\nimage: b.png", "image", "b.png"),
        ("image: b.png\nhero: a.png", "image", "b.png"),
        ("hero: large", "image", ""),
    ],
)
def test_fields(text: str, field: str, value: Any) -> None:
    assert getattr(yaml(text), field) == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tags: [2024, yes, 3.10, ' a  b ', null, '', a b]", {"tags": ("2024", "yes", "3.10", "a b")}),
        ("tags: one, two,one ,", {"tags": ("one", "two")}),
        ("tags: one two", {"tags": ("one two",)}),
        ("tag: one", {"tags": ("one",)}),
        ("tags:", {}),
        ("tags: []", {}),
        ("category: News", {"categories": ("News",)}),
        ("Categories: [News, Work]", {"categories": ("News", "Work")}),
        ("tags: [{name: One, slug: one}]", {"tags": ("One",)}),
        ("author: Jane Doe", {"authors": ("Jane Doe",)}),
        ("author: Doe, Jane", {"authors": ("Doe, Jane",)}),
        ("author: Jane Doe, PhD", {"authors": ("Jane Doe, PhD",)}),
        ("author: Jane Doe, John Roe", {"authors": ("Jane Doe", "John Roe")}),
        ("author: Jane Doe (A, B)", {"authors": ("Jane Doe (A, B)",)}),
        (
            "author: >\n  [Jane Doe](https://a.example/b),\n  [John Roe](https://b.example)",
            {"authors": ("Jane Doe", "John Roe")},
        ),
        ("authors: [{name: Jane, url: x}, Joe]", {"authors": ("Jane", "Joe")}),
        ("author: {name: Jane}", {"authors": ("Jane",)}),
        ("series: Bits, and pieces", {"series": ("Bits, and pieces",)}),
        ("taxonomies: {tags: [a], categories: [b]}", {"tags": ("a",), "categories": ("b",)}),
        ("categories: [b]\ntags: [a]", {"tags": ("a",), "categories": ("b",)}),
        ("tag: a\ntags: [b]", {"tags": ("a", "b")}),
    ],
)
def test_terms(text: str, expected: dict[str, tuple[str, ...]]) -> None:
    found = terms(text)
    assert found == expected
    assert list(found) == [name for name in TAXONOMIES if name in found]


def test_terms_follow_the_taxonomies_of_the_site() -> None:
    assert terms("Topics: [a]\ntags: [b]", ("topics",)) == {"topics": ("a",)}
    assert terms("tags: [b]\ncategories: c", ("tag", "category")) == {"tag": ("b",), "category": ("c",)}


def test_what_is_the_sites_own_goes_to_extra() -> None:
    text = "ver: 3.10\nz: 012\nt: 12:30:45\ny: yes\no: +0900\nd: 2024-1-5\nn: null\ni: -5\nx: 0x10\nf: .inf\nb: true"
    assert yaml(f"{text}\nkeywords: [a, 1]\nextra: {{own: 1}}\nlink: {{to: [x]}}").extra == {
        "ver": 3.1,
        "z": "012",
        "t": "12:30:45",
        "y": "yes",
        "o": "+0900",
        "d": "2024-1-5",
        "n": None,
        "i": -5,
        "x": "0x10",
        "f": ".inf",
        "b": True,
        "keywords": ["a", 1],
        "own": 1,
        "link": {"to": ["x"]},
    }


@pytest.mark.parametrize(
    ("text", "extra"),
    [
        ("hero: false", {"hero": False}),
        ("url: https://a.example/", {"url": "https://a.example/"}),
        ("status: experimental", {"status": "experimental"}),
        ("order: desc", {"order": "desc"}),
        ("eleventyExcludeFromCollections: [nav]", {"eleventyExcludeFromCollections": ["nav"]}),
        ("cover: {alt: A}", {"cover": {"alt": "A"}}),
        ("taxonomies: {moods: [a]}", {"moods": ["a"]}),
        ("type: post\nkind: page\nsubtitle: x", {"type": "post", "kind": "page", "subtitle": "x"}),
    ],
)
def test_keys_with_which_themes_mean_other_things(text: str, extra: dict[str, Any]) -> None:
    assert yaml(text).extra == extra


def test_lines_of_the_keys_that_are_known() -> None:
    assert yaml("# a comment\nTitle: x\ntag: [a]\nlastmod: 2024-01-05").lines == {
        "title": 3,
        "tags": 4,
        "updated": 5,
    }


def test_our_own_key_counts_before_its_synonyms() -> None:
    assert yaml("permalink: /a/\nurl: /b/").permalink == "/a/"
    assert yaml("url: /b/\npermalink: /a/").permalink == "/a/"
    assert yaml("summary: a\nexcerpt: b").summary == "a"


@pytest.mark.parametrize(
    ("text", "severity", "line", "column", "says"),
    [
        ("title: [a, b]", "error", 2, 8, "a list is not a title"),
        ("date: 2024-02-30", "error", 2, 7, '"2024-02-30" is not a date (February 2024 has 29 days)'),
        ("tags: [a]\ndate: [1]", "error", 3, 7, "is not a date"),
        ("lastmod: soon", "error", 2, 10, "is not a date"),
        ("expiry: never", "error", 2, 9, "is not a date"),
        ("draft: maybe", "error", 2, 8, "neither true nor false"),
        ("published: perhaps", "error", 2, 12, "neither true nor false"),
        ("hidden: [a]", "error", 2, 9, "neither true nor false"),
        ("status: drafd", "error", 2, 9, "no known state"),
        ("slug: [a]", "error", 2, 7, "not a slug"),
        ("permalink: {a: b}", "error", 2, 12, "not a path"),
        ("aliases: [{a: b}]", "error", 2, 11, "not a path"),
        ("weight: heavy", "warning", 2, 9, "not a whole number"),
        ("weight: " + "9" * 50_000, "warning", 2, 9, "not a whole number"),
        ("language: english", "warning", 2, 11, "not a language tag"),
        ("layout: [a]", "warning", 2, 9, "not a text"),
        ("image: [[]]", "warning", 2, 8, "not a picture"),
        ("tags: [[[a]]]", "warning", 2, 9, "not a label"),
        ("taxonomies: [a]", "warning", 2, 13, "not a mapping"),
        ("title: a\x08b", "warning", 2, 8, "control characters"),
    ],
)
def test_values_that_are_wrong(text: str, severity: str, line: int, column: int, says: str) -> None:
    found = finding(text)
    assert (found.code, found.severity) == ("FM103", severity)
    assert (found.span.line, found.span.column) == (line, column)
    assert says in found.message
    assert found.hint
    assert found.evidence == text.split("\n")[line - 2][:200]


def test_control_characters_leave_the_title_and_stay_in_the_slug() -> None:
    front_matter, _ = read("---\ntitle: a\x08b\x7f\nslug: a\x08b\n---\n")
    assert (front_matter.title, front_matter.slug) == ("ab", "a\x08b")


def test_of_a_key_that_stands_twice_the_last_counts() -> None:
    front_matter, (found,) = read("---\ndate: never\ntitle: a\nDate: 2024-01-05\n---\n")
    assert front_matter.date == DAY
    assert (found.code, found.severity, found.span.line) == ("FM104", "warning", 4)
    assert "first in line 2" in found.message


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("titel", "title"),
        ("tilte", "title"),
        ("tagss", "tags"),
        ("auther", "author"),
        ("desciption", "description"),
        ("drfat", "draft"),
        ("permalnk", "permalink"),
        ("catgory", "category"),
    ],
)
def test_slips_are_noticed(key: str, meant: str) -> None:
    found = finding(f"{key}: x")
    assert (found.code, found.severity, found.span.line, found.span.column) == ("FM105", "note", 2, 1)
    assert f"`{meant}`" in found.message


@pytest.mark.parametrize(
    "key", ["data", "dates", "title2", "height", "publisher", "topics", "pages", "image_alt", "toc", "stats"]
)
def test_other_keys_are_no_slips(key: str) -> None:
    assert key in yaml(f"{key}: x").extra


def test_no_slip_where_the_key_itself_is_there() -> None:
    assert yaml("title: a\ntitel: b").extra == {"titel": "b"}


def test_gate_is_a_key_of_its_own() -> None:
    """It is no `date` misspelt: not in a page without a date, and not in what a folder gives to its posts."""
    ignored = "gate: {ignore: [{rules: LN002, because: short}]}"
    assert yaml(ignored).extra["gate"]["ignore"][0]["rules"] == "LN002"
    assert finding("dage: 2026-01-01").code == finding("Gate: 1").code == "FM105"
