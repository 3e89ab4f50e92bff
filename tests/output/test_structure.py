"""Menus, series, authors, pinned posts, and taxonomies with texts of their own, on sites built for real."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from published import Published, post, publish, write

CONFIG = """\
title: Structure
author: ann
authors:
  ann:
    name: Ann Example
    url: https://ann.example/
    bio: She writes.
    avatar: /ann.jpg
    profiles:
      - Mastodon: https://social.example/@ann
  bob: Bob
  cy: Cy
menus:
  main:
    - title: Writing
      url: /posts/
      children:
        - notes/about.md
    - title: Elsewhere
      url: https://elsewhere.example/
      weight: 1
  footer:
    - Imprint: imprint.md
taxonomies:
  categories:
    title: Rubrics
    description: What there is to read about.
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Published:
    files = {
        "blogq.yaml": CONFIG,
        "static/ann.jpg": "picture",
        "content/imprint.md": "---\ntitle: Imprint\nmenu: footer\n---\nWho.\n",
        "content/notes/about.md": "---\ntitle: About\n---\nWhat.\n",
        "content/help.md": "---\ntitle: Help\nmenu:\n  main:\n    parent: Writing\n    title: Get help\n---\nHow.\n",
        "content/faq.md": "---\ntitle: Questions\nmenu:\n  main:\n    weight: -2\n  footer:\n---\nAsk.\n",
        "content/tags/_index.md": "---\ntitle: Labels\n---\nWhy we label.\n",
        "content/tags/c++/_index.md": "---\ntitle: C with classes\ndescription: On C++.\nmood: odd\n---\nAbout it.\n",
        "content/posts/one.md": post("One", "2026-01-01", series="Saga", tags=["C++"], authors=["bob"]),
        "content/posts/two.md": post("Two", "2026-01-02", series="Saga", pinned=True, authors=["ann", "Bob"]),
        "content/posts/three.md": post("Three", "2026-01-03", series="Saga", series_order=1, authors="Ann Example"),
        "content/posts/four.md": post("Four", "2026-01-04", pinned=True, weight=5, categories="News"),
        "content/posts/five.md": post("Five", "2026-01-05", series="Saga", draft=True),
        "content/posts/six.md": post("Six", "2026-01-06", tags=["c++"], series="Alone"),
    }
    return publish(tmp_path_factory.mktemp("structure"), files)


def texts(made: Published, path: str, where: str) -> list[str]:
    """Texts of the elements at `where` on a page."""
    return [" ".join(str(each.text_content()).split()) for each in made.page(path).xpath(where)]


def titles(made: Published, path: str) -> list[str]:
    """Titles of the posts that a list shows."""
    return texts(made, path, "//article//h2/a | //ul[@class='dated']//a")


def test_menus_hold_what_config_says_and_the_pages_that_want_in(site: Published) -> None:
    """By weight, those without one last; a child stands below its parent; a source gives title and URL."""
    shown = texts(site, "index.html", "//header//nav/ul/li/a | //header//nav//summary")
    assert shown == ["Questions", "Elsewhere", "Writing"]
    below = site.page("index.html").xpath("//header//details//li/a")
    assert [(a.text_content(), a.get("href")) for a in below] == [
        ("Writing", "/posts/"), ("About", "/notes/about/"), ("Get help", "/help/"),
    ]  # fmt: skip
    assert texts(site, "index.html", "//footer//ul[1]/li/a") == ["Imprint", "Questions"]


def test_a_navigation_can_be_empty(tmp_path: Path) -> None:
    """Nobody says anything: pages of the top folder. Somebody says that it is empty: it is."""
    files = {"blogq.yaml": "title: T\n", "content/about.md": "# About\n"}
    assert "/about/" in publish(tmp_path, files).links("index.html", "//header")
    (tmp_path / "blogq.yaml").write_text("menus:\n  main: []\n", encoding="utf-8")
    made = publish(tmp_path, {})
    assert "/about/" not in made.links("index.html", "//header")
    assert not made.page("index.html").xpath("//header//nav")


def test_a_source_moves_and_the_menu_follows(tmp_path: Path) -> None:
    files = {"blogq.yaml": "menu:\n  - About: about.md\n", "content/about.md": "---\nslug: us\n---\n# About\n"}
    assert "/us/" in publish(tmp_path, files).links("index.html", "//header")


def test_a_dead_entry_and_an_unknown_parent_are_reported(tmp_path: Path) -> None:
    """Each with its place and a guess at what was meant."""
    files = {
        "blogq.yaml": "menus:\n  main:\n    - title: Docs\n      children:\n        - nowhere.md\n  side: [/gone/]\n",
        "content/a.md": "---\ntitle: A\nmenu:\n  main: {parent: Dosc}\n---\nText.\n",
    }
    made = publish(tmp_path, files, clean=False)
    found = [(f.code, f.span.path, f.span.line, f.message, f.hint) for f in made.result.findings if f.code != "CF106"]
    assert [each[:3] for each in found] == [
        ("LK001", "blogq.yaml", 2),
        ("LK001", "blogq.yaml", 6),
        ("ST102", "content/a.md", 3),
    ]
    assert "nowhere.md" in found[0][3] and "/gone/" in found[1][3] and found[2][4] == "did you mean 'Docs'?"


@pytest.mark.parametrize("menu", ["true", "3", "[{name: x}]", "{main: 3}"])
def test_what_names_no_menu_is_the_themes_own(tmp_path: Path, menu: str) -> None:
    files = {"content/a.md": f"---\ntitle: A\nmenu: {menu}\n---\nText.\n"}
    write(tmp_path, {"templates/page.html": "{{ page.extra.menu }}"})
    assert publish(tmp_path, files).text("a/index.html").strip()


def test_parts_of_a_series_know_their_place(site: Published) -> None:
    """Those with a `series_order` come first, the others by date; a draft isn't counted."""
    assert titles(site, "series/saga/index.html") == ["Three", "One", "Two"]
    assert texts(site, "posts/one/index.html", "//nav[@class='series']//summary") == ["Part 2 of 3: Saga"]
    assert texts(site, "posts/one/index.html", "//nav[@class='series']//li") == ["Three", "One", "Two"]
    assert site.links("posts/one/index.html", "//nav[@class='series']/p") == ["/posts/three/", "/posts/two/"]
    assert texts(site, "posts/two/index.html", "//nav[@class='series']/p") == ["Previous part: One"]
    assert texts(site, "posts/six/index.html", "//nav[@class='series']") == [], "a series of one is none yet"


def test_series_by_weight_and_with_texts_of_their_own(tmp_path: Path) -> None:
    files = {
        "content/series/saga/_index.md": "---\ntitle: The saga\n---\nRead it in order.\n",
        "content/b.md": post("B", "2026-01-01", series="saga", weight=2),
        "content/a.md": post("A", "2026-01-02", series="saga", weight=1),
    }
    made = publish(tmp_path, files)
    assert titles(made, "series/saga/index.html") == ["A", "B"]
    assert texts(made, "b/index.html", "//nav[@class='series']//summary") == ["Part 2 of 2: The saga"]
    assert "Read it in order." in made.text("series/saga/index.html")


def test_a_long_series_lists_the_parts_nearby(tmp_path: Path) -> None:
    files = {f"content/p{n:03d}.md": post(f"P{n}", "2026-01-01", series="Long") for n in range(1, 121)}
    made = publish(tmp_path, files)
    for part, first, last in ((1, "P1", "P100"), (60, "P10", "P109"), (120, "P21", "P120")):
        shown = texts(made, f"p{part:03d}/index.html", "//nav[@class='series']//li")
        assert len(shown) == 100 and (shown[0], shown[-1]) == (first, last)
        assert f"P{part}" in shown


def test_an_author_has_one_page_whatever_posts_call_her(site: Published) -> None:
    """By key, by name, or as the site's author where a post names nobody."""
    assert titles(site, "authors/ann/index.html") == ["Six", "Four", "Three", "Two"]
    assert titles(site, "authors/bob/index.html") == ["Two", "One"]
    assert not [path for path in site.paths if path.startswith(("authors/ann-example", "authors/cy"))]
    assert site.links("posts/two/index.html", "//p[@class='meta']")[1:] == ["/authors/ann/", "/authors/bob/"]
    assert site.links("posts/three/index.html", "//p[@class='meta']")[1:] == ["/authors/ann/"]


def test_an_authors_page_says_who_that_is(site: Published) -> None:
    page = site.page("authors/ann/index.html")
    card = page.xpath("//*[contains(@class, 'author h-card')]")[0]
    assert card.xpath(".//*[@class='p-note']")[0].text_content() == "She writes."
    assert card.xpath(".//img/@src") == ["/ann.jpg"]
    assert card.xpath(".//a[@rel='me']/@href") == ["https://ann.example/", "https://social.example/@ann"]
    assert site.meta("authors/ann/index.html", "description") == "She writes."
    person = site.json_ld("authors/ann/index.html")["mainEntity"]
    assert person["sameAs"] == ["https://ann.example/", "https://social.example/@ann"]
    assert person["image"] == "https://blog.example/ann.jpg"


def test_the_only_author_gets_no_page(tmp_path: Path) -> None:
    """It would be the home page once more."""
    files = {"blogq.yaml": "author: ann\nauthors:\n  ann: Ann\n", "content/a.md": post("A", "2026-01-01")}
    made = publish(tmp_path, files)
    assert not [path for path in made.paths if path.startswith("authors")]
    assert "Ann" in made.text("a/index.html")


def test_pinned_posts_stand_first_on_home_and_sections_only(site: Published) -> None:
    """Those with a weight before those without; lists of terms, archive and feeds go by date."""
    for path in ("index.html", "posts/index.html"):
        assert titles(site, path) == ["Four", "Two", "Six", "Three", "One"]
        assert len(texts(site, path, "//*[@class='mark']")) == 2
    assert titles(site, "archive/2026/index.html") == ["Six", "Four", "Three", "Two", "One"]
    assert json.loads(site.text("feed.json"))["items"][0]["title"] == "Six"


@pytest.mark.parametrize(
    ("said", "pinned"),
    [("pinned: yes", True), ("sticky: 100", True), ("sticky: 0", False), ("pinned: false", False)],
)
def test_ways_to_pin(tmp_path: Path, said: str, pinned: bool) -> None:
    old = f"---\ntitle: Old\ndate: 2026-01-01\n{said}\n---\nText.\n"
    made = publish(tmp_path, {"content/old.md": old, "content/new.md": post("New", "2026-01-02")})
    assert titles(made, "index.html") == (["Old", "New"] if pinned else ["New", "Old"])


def test_a_term_and_a_taxonomy_have_texts(site: Published) -> None:
    """Title, text and description, from a folder called like the term; the title shows wherever the term does."""
    page = site.page("tags/c-plus-plus/index.html")
    assert page.xpath("//h1/text()")[0].strip() == "C with classes"
    assert "About it." in page.text_content()
    assert site.meta("tags/c-plus-plus/index.html", "description") == "On C++."
    assert texts(site, "tags/index.html", "//h1") == ["Labels"]
    assert "Why we label." in site.text("tags/index.html")
    assert texts(site, "tags/index.html", "//main//li/a") == ["C with classes"]
    assert "C with classes" in texts(site, "posts/one/index.html", "//ul[@class='terms']//a")
    assert texts(site, "categories/index.html", "//h1") == ["Rubrics"]
    assert "What there is to read about." in site.text("categories/index.html")
    assert not [path for path in site.paths if path.startswith("tags/c++")]
    assert len(site.sitemap_urls()) == len(set(site.sitemap_urls()))


def test_a_text_for_a_term_that_nobody_uses_is_noted_and_published(tmp_path: Path) -> None:
    files = {
        "content/a.md": post("A", "2026-01-01", tags=["python"]),
        "content/tags/pyhton/_index.md": "---\ntitle: Python\n---\nText.\n",
    }
    made = publish(tmp_path, files)
    assert [(f.code, f.severity, f.span.path) for f in made.result.findings if f.code != "CF105"] == [
        ("ST101", "note", "content/tags/pyhton/_index.md")
    ]
    assert {"tags/pyhton/index.html", "tags/python/index.html", "tags/index.html"} <= made.paths


def test_a_folder_of_posts_called_like_a_taxonomy_stays_a_section(tmp_path: Path) -> None:
    files = {
        "content/tags/_index.md": "---\ntitle: Name tags\n---\nWe collect them.\n",
        "content/tags/first.md": post("First", "2026-01-01", categories="x"),
    }
    made = publish(tmp_path, files)
    assert titles(made, "tags/index.html") == ["First"]
    assert texts(made, "tags/index.html", "//h1") == ["Name tags"]
