"""One page of each type, with both themes, in a browser, before axe and before the W3C's checker; all feeds.

Lighthouse, every other page and both sites at every width are `make audit`'s: they take minutes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from audit import browsing, feeds
from audit.samples import SITES, THEMES, TYPES, Page, Sample, of_length, one_of_each, samples

HEAVIEST, MOST_SCRIPT = 15 * 1024, 2 * 1024
"""Most bytes that a post of about 1,000 words may transfer without its images, and of them JavaScript."""
CONVERSATION = 5 * 512
"""Most bytes more with the form for comments and some of them."""

pytestmark = pytest.mark.xdist_group("audit")


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Sample]]:
    with samples(tmp_path_factory.mktemp("sites")) as built:
        yield built


@pytest.fixture(scope="module")
def each(sites: list[Sample]) -> list[Page]:
    """The largest page of each type, for each theme."""
    return one_of_each([page for site in sites for page in site.pages])


def test_there_is_a_page_of_every_type(each: list[Page]) -> None:
    for theme in THEMES:
        assert {page.type for page in each if page.theme == theme} == set(TYPES)


@pytest.mark.parametrize("theme", THEMES)
def test_browser_has_nothing_to_object_to(browser: Any, each: list[Page], theme: str) -> None:
    """No request to another host or in vain, no error, no shift, nothing to scroll sideways from 320 to 1440 px."""
    seen = {page.name: browsing.visit(browser, page.url).problems for page in each if page.theme == theme}
    assert {name: problems for name, problems in seen.items() if problems} == {}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("scheme", browsing.SCHEMES)
def test_axe_finds_nothing(browser: Any, each: list[Page], theme: str, scheme: str) -> None:
    """Phone in the one scheme and desk in the other: every combination is the audit's."""
    width = browsing.PHONE if scheme == "light" else browsing.DESK
    urls = [page.url for page in each if page.theme == theme]
    found = browsing.violations(browser, urls, scheme, width)
    assert {url: told for url, told in found.items() if told} == {}


@pytest.mark.parametrize("theme", THEMES)
def test_results_of_a_search_are_reached_by_the_keyboard_and_pass_axe(
    browser: Any, sites: list[Sample], theme: str
) -> None:
    """Nothing of Pagefind is loaded before somebody searches."""
    (specimen,) = (site for site in sites if (site.site, site.theme) == ("specimen", theme))
    context = browser.new_context(viewport={"width": browsing.PHONE, "height": browsing.HEIGHT}, color_scheme="dark")
    context.set_default_timeout(browsing.PATIENCE)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{specimen.url}search/", wait_until="load")
    assert not [url for url in asked if "/pagefind/" in url]
    page.locator("#q").focus()
    page.keyboard.type("quotation")
    page.keyboard.press("Enter")
    page.locator(".results li a").first.wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement === document.querySelector('.results a')")
    assert browsing.objections(page) == []
    context.close()


def test_checker_of_the_w3c_finds_nothing(each: list[Page], sites: list[Sample], w3c: Any) -> None:
    """Neither errors nor warnings nor remarks, in pages, stylesheets and drawings."""
    drawn = [path for site in sites for path in site.folder.rglob("*") if path.suffix in {".css", ".svg"}]
    assert w3c([*(page.path for page in each), *drawn]) == []


@pytest.mark.parametrize("theme", THEMES)
def test_a_post_of_a_thousand_words_weighs_little(
    browser: Any, sites: list[Sample], theme: str, tmp_path: Path
) -> None:
    """Itself, without what readers say of it; and what the conversation and its form come to."""
    (example,) = (site for site in sites if (site.site, site.theme) == ("example", theme))
    whole = browsing.visit(browser, of_length(example.pages, 1000).url).weight
    with samples(tmp_path, [theme], {"example": SITES["example"]}, {"comments": {}}) as (alone,):
        post = browsing.visit(browser, of_length(alone.pages, 1000).url).weight
    assert 0 < post.text <= HEAVIEST
    assert 0 < whole.text - post.text <= CONVERSATION
    assert post.scripts < whole.scripts <= MOST_SCRIPT


def test_feeds_are_sound(sites: list[Sample]) -> None:
    found = {path: feeds.problems(path) for site in sites for path in feeds.feeds_in(site.folder)}
    assert len(found) >= 3 * len(SITES) * len(THEMES)
    assert {path: problems for path, problems in found.items() if problems} == {}
