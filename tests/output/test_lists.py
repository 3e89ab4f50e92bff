"""Lists: home and its pages, sections, terms, the archive; what stands in them and in which order."""

from __future__ import annotations

from pathlib import Path

import pytest
from published import Published, post, publish


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Published:
    files: dict[str, str] = {
        "blogq.yaml": "title: Lists\nlanguages:\n  es: Listas\ntaxonomies:\n  tags:\n  topics:\n    title: What about\n"
        "    path: all/topics\n  people:\n",
        "content/about.md": "# About us\n",
        "content/notes/_index.md": "---\ntitle: My notes\n---\nWhat they are.\n",
        "content/notes/colophon.md": "# Colophon\n",
        "content/notes/deep/er/far.md": post("Far", "2024-07-01", topics=["Plumbing, pumps"]),
        "content/notes/es.es.md": post("Nota", "2026-01-01", tags=["C++"]),
    }
    for number in range(1, 24):
        tags = ["all"] + (["C"] if number % 2 else ["c"]) + (["C++", "C#", "c++"] if number == 3 else [])
        files[f"content/posts/p{number:02d}.md"] = post(
            f"Post {number}", f"2025-{1 + number // 20:02d}-{number:02d}", tags=tags
        )
    files["content/posts/early.md"] = post("Early", "2025-01-01 00:30:00 +02:00", tags="x, y", people=["Ann", "Bob"])
    return publish(tmp_path_factory.mktemp("lists"), files)


def titles(made: Published, path: str) -> list[str]:
    """Titles of the posts that a list shows."""
    return [str(each.text_content()) for each in made.page(path).xpath("//article//h2/a | //ul[@class='dated']//a")]


def test_home_has_ten_posts_a_page_newest_first(site: Published) -> None:
    found = [titles(site, path) for path in ("index.html", "page/2/index.html", "page/3/index.html")]
    assert [len(page) for page in found] == [10, 10, 5]
    assert [title for page in found for title in page] == [
        *(f"Post {number}" for number in range(23, 0, -1)), "Early", "Far",
    ]  # fmt: skip
    assert not {"page/1/index.html", "page/4/index.html"} & site.paths


def test_pages_of_a_list_lead_to_their_neighbours(site: Published) -> None:
    for path, before, after in (
        ("index.html", [], ["/page/2/"]),
        ("page/2/index.html", ["/"], ["/page/3/"]),
        ("page/3/index.html", ["/page/2/"], []),
    ):
        page = site.page(path)
        assert page.xpath("//head/link[@rel='prev']/@href") == before == page.xpath("//nav//a[@rel='prev']/@href")
        assert page.xpath("//head/link[@rel='next']/@href") == after == page.xpath("//nav//a[@rel='next']/@href")
        assert page.xpath("//link[@rel='canonical']/@href") == [site.url(path)]
    assert len({site.page(path).findtext(".//title") for path in ("index.html", "page/2/index.html")}) == 2


def test_sections_and_terms_have_pages_too(site: Published) -> None:
    assert {"posts/page/3/index.html", "tags/all/page/3/index.html"} <= site.paths
    assert len(titles(site, "tags/all/page/3/index.html")) == 3


def test_size_and_folder_of_pages_can_be_set(tmp_path: Path) -> None:
    files = {f"content/p{number}.md": post("P", f"2026-01-0{number}") for number in range(1, 6)}
    made = publish(tmp_path, {**files, "blogq.yaml": "pagination:\n  size: 2\n  path: seite\n"})
    assert {"seite/2/index.html", "seite/3/index.html"} <= made.paths
    assert not {path for path in made.paths if path.startswith(("page/", "seite/4"))}


def test_section_has_its_text_its_posts_and_its_pages(site: Published) -> None:
    page = site.page("notes/index.html")
    assert page.findtext(".//h1") == "My notes"
    assert "What they are." in page.text_content()
    assert "/notes/colophon/" in site.links("notes/index.html", "//main")
    assert titles(site, "notes/index.html") == ["Far"]
    assert titles(site, "notes/deep/index.html") == titles(site, "notes/deep/er/index.html") == ["Far"]
    crumbs = [
        each.text_content() for each in site.page("notes/deep/er/far/index.html").xpath("//nav[@class='crumbs']//a")
    ]
    assert crumbs == ["My notes", "Deep", "Er"]


def test_undated_source_is_a_page_and_in_no_list_of_posts(site: Published) -> None:
    everywhere = [path for path in site.paths if path.endswith((".xml", ".json")) and "Colophon" in site.text(path)]
    assert everywhere == []
    assert "Colophon" not in site.text("archive/2025/index.html")
    assert site.page("notes/colophon/index.html").xpath("//time") == []


def test_c_and_its_successors_are_different_terms(site: Published) -> None:
    """`C` and `c` are one tag, called as most posts call it; `C++` and `C#` are others."""
    wanted = {"c": ("C", "23"), "c-plus-plus": ("C++", "1"), "c-sharp": ("C#", "1")}
    shown = {
        item.xpath(".//a/@href")[0]: (item.xpath(".//a")[0].text_content(), item.xpath(".//span")[0].text_content())
        for item in site.page("tags/index.html").xpath("//main//li")
    }
    assert {url.split("/")[2]: told for url, told in shown.items() if url.split("/")[2].startswith("c")} == wanted
    assert titles(site, "tags/c-plus-plus/index.html") == ["Post 3"]


def test_terms_of_one_slug_are_numbered(tmp_path: Path) -> None:
    made = publish(tmp_path, {"content/a.md": post("A", "2026-01-01", tags=["what!", "what?"])})
    assert {"tags/what/index.html", "tags/what-2/index.html"} <= made.paths


def test_declared_taxonomies_replace_the_usual_ones(site: Published) -> None:
    assert {"all/topics/index.html", "people/ann/index.html", "people/bob/index.html"} <= site.paths
    assert not [path for path in site.paths if path.startswith(("categories/", "authors/", "series/", "topics/"))]
    assert site.page("all/topics/index.html").findtext(".//h1") == "What about"
    assert [path for path in site.paths if path.startswith("all/topics/")] != []
    assert titles(site, "tags/x/index.html") == titles(site, "tags/y/index.html") == ["Early"]


def test_list_of_labels_keeps_its_commas(site: Published) -> None:
    """A comma separates labels in a text; an entry of a list is one label, commas and all."""
    assert "all/topics/plumbing-pumps/index.html" in site.paths


def test_taxonomy_without_terms_has_no_page(tmp_path: Path) -> None:
    made = publish(tmp_path, {"content/a.md": post("A", "2026-01-01", tags=["x"])})
    assert "tags/index.html" in made.paths
    assert not [path for path in made.paths if path.startswith(("categories", "authors", "series"))]


def test_archive_goes_by_the_writers_day(site: Published) -> None:
    """A post of half past midnight in Helsinki belongs to that day, though in UTC it was the year before."""
    assert {"archive/index.html", "archive/2025/index.html", "archive/2025/01/index.html"} <= site.paths
    assert "archive/2024/12/index.html" not in site.paths
    assert titles(site, "archive/2025/01/index.html")[-1] == "Early"
    years = [str(each.text_content()) for each in site.page("archive/index.html").xpath("//main//h2/a")]
    assert years == ["2025", "2024"]
    counts = [str(each.text_content()) for each in site.page("archive/index.html").xpath("//main//h2/small")]
    assert counts == ["24", "1"]
    assert titles(site, "archive/2025/index.html") == [*(f"Post {number}" for number in range(23, 0, -1)), "Early"]


def test_each_language_has_its_own_lists(site: Published) -> None:
    assert titles(site, "es/index.html") == ["Nota"] == titles(site, "es/notes/index.html")
    assert "Nota" not in site.text("index.html") + site.text("notes/index.html")
    assert titles(site, "es/tags/c-plus-plus/index.html") == ["Nota"]
    assert "es/archive/2026/01/index.html" in site.paths
    assert site.page("es/index.html").get("lang") == "es"
    assert site.page("es/index.html").xpath("//h1")[0].text_content().strip() == "Listas"


def test_home_page_can_have_a_text_of_its_own(tmp_path: Path) -> None:
    files = {"content/_index.md": "---\ntitle: Welcome\n---\nHello.\n", "content/a.md": post("A", "2026-01-01")}
    made = publish(tmp_path, files)
    assert "Hello." in made.page("index.html").text_content()
    assert titles(made, "index.html") == ["A"]
    assert "_index/index.html" not in made.paths


def test_site_without_posts_still_has_a_home_page(tmp_path: Path) -> None:
    made = publish(tmp_path, {"content/about.md": "# About\n"})
    assert "/about/" in made.links("index.html")
    assert not [path for path in made.paths if path.startswith("archive")]


def test_posts_of_one_moment_are_ordered_by_url(tmp_path: Path) -> None:
    files = {f"content/{name}.md": post(name, "2026-01-01") for name in ("c", "a", "b")}
    assert titles(publish(tmp_path, files), "index.html") == ["a", "b", "c"]


def test_summary_ends_where_the_writer_says(tmp_path: Path) -> None:
    """Up to `<!-- more -->`, with a link to go on; a short post stands whole, without one."""
    files = {
        "content/a.md": post("Long", "2026-01-02", "Beginning.[^1]\n\n<!-- more -->\n\nEnd.\n\n[^1]: A note."),
        "content/b.md": post("Short", "2026-01-01", "All there is."),
    }
    made = publish(tmp_path, files)
    home = made.page("index.html").text_content()
    assert "Beginning." in home and "End." not in home and "All there is." in home
    assert made.page("index.html").xpath("//p[@class='more']/a/@href") == ["/a/"]


def test_a_section_of_pages_alone_is_not_empty(tmp_path: Path) -> None:
    """It lists them, and doesn't say besides that nothing has been published; one with nothing says so."""
    files = {"content/guide/_index.md": "---\ntitle: Guide\n---\n", "content/guide/one.md": "# One\n"}
    made = publish(tmp_path, files | {"content/none/_index.md": "---\ntitle: None\n---\n"})
    assert "/guide/one/" in made.links("guide/index.html", "//main")
    assert "Nothing has been published" not in made.text("guide/index.html")
    assert "Nothing has been published" in made.text("none/index.html")
