"""Blogs as people keep them for ten other generators: a folder with no config of blogq's just works.

`fixtures/STYLE/expected.txt` says what each source is (path, kind, status, date, URL, language, title) and
all that there is to find.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from blog_copies import FIXTURES, built, copy_of, finding_lines, listed, page_of, row_lines

from blogq.build import Result

STYLES = sorted(path.parent.name for path in FIXTURES.glob("*/expected.txt"))


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A copy of each blog, built below."""
    return {style: copy_of(FIXTURES / style / "site", tmp_path_factory.mktemp(style) / style) for style in STYLES}


@pytest.fixture(scope="module", autouse=True)
def results(sites: dict[str, Path]) -> dict[str, Result]:
    """What the first build of each copy came to."""
    return {style: built(site) for style, site in sites.items()}


def text_of(site: Path, url: str) -> str:
    return page_of(site, url).read_text(encoding="utf-8")


def test_every_style_is_there() -> None:
    assert sorted("jekyll hugo zola pelican eleventy hexo readme obsidian docusaurus astro".split()) == STYLES
    assert sorted(path.name for path in FIXTURES.iterdir()) == STYLES


@pytest.mark.parametrize("style", STYLES)
def test_kind_status_date_url_and_findings_are_as_its_author_expects(
    style: str, sites: dict[str, Path], results: dict[str, Result]
) -> None:
    said = [*row_lines(listed(sites[style])), "", *finding_lines(results[style].findings)]
    assert said == (FIXTURES / style / "expected.txt").read_text(encoding="utf-8").split("\n")[:-1]


@pytest.mark.parametrize("style", STYLES)
def test_every_live_source_has_its_page_and_no_other_has(style: str, sites: dict[str, Path]) -> None:
    site = sites[style]
    for row in listed(site):
        if row.status == "live":
            assert page_of(site, row.url).is_file(), row
        elif row.url:
            assert not page_of(site, row.url).exists(), row


@pytest.mark.parametrize("style", STYLES)
def test_nothing_is_an_error_but_a_broken_source(
    style: str, sites: dict[str, Path], results: dict[str, Result]
) -> None:
    errors = [f for f in results[style].findings if f.severity == "error"]
    broken = [row.path for row in listed(sites[style]) if row.status == "broken"]
    assert [error.span.path for error in errors] == broken


@pytest.mark.parametrize("style", STYLES)
def test_code_and_parts_of_the_other_generator_are_not_published(style: str, sites: dict[str, Path]) -> None:
    endings = {path.suffix for path in (sites[style] / "_site").rglob("*") if path.is_file()}
    allowed = {".html", ".xml", ".json", ".css", ".txt", "", ".js"}
    assert endings - allowed <= {".png", ".jpg", ".jpeg", ".svg", ".webp", ".csv", ".ico", ".webmanifest"}
    names = {path.name for path in (sites[style] / "_site").rglob("*")}
    assert not names & {"_includes", "_layouts", "_data", "scaffolds", "node_modules", "themes", "pelicanconf.py"}


def test_jekyll_drafts_leak_into_no_file(sites: dict[str, Path]) -> None:
    for path in (sites["jekyll"] / "_site").rglob("*"):
        if path.is_file() and path.suffix in (".html", ".xml", ".json", ".txt"):
            text = path.read_text(encoding="utf-8")
            assert "Unfinished" not in text and "An idea" not in text and "Held back" not in text, path


def test_jekyll_page_with_the_permalink_404_is_the_page_for_errors(sites: dict[str, Path]) -> None:
    text = text_of(sites["jekyll"], "/404.html")
    assert "The line ends here." in text and "noindex" in text
    assert "/404.html" not in text_of(sites["jekyll"], "/sitemap.xml")


def test_jekyll_image_without_a_leading_slash_is_one_of_the_site_root(sites: dict[str, Path]) -> None:
    assert "http://localhost:8000/assets/box.png" in text_of(sites["jekyll"], "/about-us/")
    assert (sites["jekyll"] / "_site/assets/box.png").is_file()


def test_jekyll_old_address_that_differs_in_case_only_is_left_to_the_host(sites: dict[str, Path]) -> None:
    site = sites["jekyll"] / "_site"
    assert not (site / "2015/05/21/TockingTime").exists()
    assert "Tick." in (site / "2015/05/21/tockingtime/index.html").read_text(encoding="utf-8")
    assert "/2015/05/21/TockingTime/ /2015/05/21/tockingtime/ 301" in (site / "_redirects").read_text("utf-8")
    assert (site / "tocking/index.html").is_file()


def test_liquid_stays_as_it_is_written(sites: dict[str, Path]) -> None:
    assert "{% image box.png %}" in text_of(sites["jekyll"], "/coming-soon/")


def test_hugo_links_between_sources_lead_to_their_pages(sites: dict[str, Path]) -> None:
    text = text_of(sites["hugo"], "/en/blog/2023/first-light-2023/")
    assert 'href="/en/blog/2024/bundle/#how"' in text
    assert 'src="/en/blog/2024/bundle/lamp.png"' in text_of(sites["hugo"], "/en/blog/2024/bundle/")


def test_hugo_versions_of_a_post_in_two_languages_know_each_other(sites: dict[str, Path]) -> None:
    assert "/es/en/blog/2024/windward/" in text_of(sites["hugo"], "/en/blog/2024/windward/")


def test_zola_fragments_made_by_its_own_rules_lead_to_the_headings(sites: dict[str, Path]) -> None:
    text = text_of(sites["zola"], "/2015/05/15/Iron-1.0/")
    for href in ("#contributors-to-100", "#whats-next"):
        assert f'href="{href}"' in text and f'id="{href[1:]}"' in text
    assert 'href="/inside/2020/03/17/forge/#heat"' in text


def test_zola_aliases_of_both_kinds_lead_to_the_post(sites: dict[str, Path]) -> None:
    for old in ("/2015/05/15/Iron-1.0.html", "/releases/1.0.0/"):
        assert "/2015/05/15/Iron-1.0/" in text_of(sites["zola"], old)


def test_zola_bundle_has_all_its_files(sites: dict[str, Path]) -> None:
    assert {path.name for path in (sites["zola"] / "_site/survey").iterdir()} == {
        "index.html",
        "chart.png",
        "charts.js",
    }


def test_pelican_links_with_filename_and_static_are_understood(sites: dict[str, Path]) -> None:
    text = text_of(sites["pelican"], "/spring-reeds/")
    assert 'src="/images/heron.jpg"' in text
    assert 'href="/seasons/autumn/"' in text


def test_pelican_authors_tags_and_category_are_terms(sites: dict[str, Path]) -> None:
    for url in ("/authors/ada-lovelace/", "/authors/grace-hopper/", "/tags/reeds/", "/categories/birds/"):
        assert "the reeds come back" in text_of(sites["pelican"], url)


def test_pelican_hidden_post_has_a_page_and_stands_in_no_list(sites: dict[str, Path]) -> None:
    assert "Only for those who know" in text_of(sites["pelican"], "/hidden/")
    assert "/hidden/" not in text_of(sites["pelican"], "/") + text_of(sites["pelican"], "/sitemap.xml")


def test_hexo_category_below_another_is_one_too(sites: dict[str, Path]) -> None:
    for url in ("/categories/diary/", "/categories/life/", "/categories/code/"):
        assert "Hello World" in text_of(sites["hexo"], url)


def test_readme_folder_links_lead_on(sites: dict[str, Path]) -> None:
    text = text_of(sites["readme"], "/README/")
    for href in ("/git/README/", "/git/bisect/#how", "/docs/card-games/"):
        assert f'href="{href}"' in text


def test_obsidian_wikilinks_stay_text_and_links_with_spaces_work(sites: dict[str, Path]) -> None:
    assert "[[Projects/Boat 🚣]]" in text_of(sites["obsidian"], "/Inbox/")
    text = text_of(sites["obsidian"], "/Projects/Boat-%F0%9F%9A%A3/")
    assert 'href="/Inbox/"' in text and 'href="/attachments/pier%20two.png"' in text


def test_docusaurus_link_by_path_knows_the_slug(sites: dict[str, Path]) -> None:
    assert 'href="/blog/first-blog-post/"' in text_of(sites["docusaurus"], "/docs/intro/")


def test_a_second_build_has_nothing_to_do(sites: dict[str, Path]) -> None:
    again = built(sites["jekyll"])
    assert again.rendered == 0 and again.removed == 0
