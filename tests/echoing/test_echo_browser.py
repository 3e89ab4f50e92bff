"""The page of `blogq echo` in a browser: it asks for nothing, fits every width, and axe finds nothing to object to.

Browser and checker are those of tests/conftest.py.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from accounts import account
from echo_sites import ARABIC, CHINESE, FRENCH, GARDEN, LONG, MILL
from test_echo_page import EVIL, every_kind

from blogq.report.echo.page import as_page

PAGES = {
    "kinds": every_kind(),
    "hostile": every_kind(EVIL)._replace(title=EVIL, path=EVIL * 5),
    "scripts": account([ARABIC, GARDEN, CHINESE, FRENCH], [ARABIC, CHINESE, FRENCH], language="ar"),
    "long": account([*[f"{each} {number}" for number in range(150) for each in LONG], MILL], [MILL]),
    "own": account([GARDEN], [MILL]),
}
Checker = Callable[[Sequence[Path]], list[tuple[str, str]]]

each_page = pytest.mark.parametrize("name", PAGES)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The pages as files, by name."""
    folder = tmp_path_factory.mktemp("pages")
    for name, made in PAGES.items():
        (folder / f"{name}.html").write_text(as_page(made), encoding="utf-8")
    return {name: folder / f"{name}.html" for name in PAGES}


@each_page
def test_page_asks_for_nothing_and_fits(browser: Any, pages: dict[str, Path], name: str) -> None:
    page = browser.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(pages[name].as_uri())
    page.wait_for_load_state("networkidle")
    assert (asked, said) == ([pages[name].as_uri()], [])
    for width in (320, 390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width
    page.close()


@each_page
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Any, pages: dict[str, Path], name: str, scheme: str) -> None:
    axe = files("axe_playwright_python").joinpath("axe.min.js")
    context = browser.new_context(viewport={"width": 390, "height": 800}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(pages[name].as_uri())
    page.evaluate(axe.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document)")
    context.close()
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []


def test_cards_stand_beside_their_passages_and_below_them_on_phones(browser: Any, pages: dict[str, Path]) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(pages["kinds"].as_uri())
    for number in (1, 2, 3):
        mark, card = (page.locator(f"#{kind}{number}").bounding_box() for kind in "mc")
        assert card["x"] > mark["x"] + mark["width"] - 2 and abs(card["y"] - mark["y"]) < 60
    page.set_viewport_size({"width": 390, "height": 800})
    for number in (1, 2, 3):
        mark, card = (page.locator(f"#{kind}{number}").bounding_box() for kind in "mc")
        assert card["y"] >= mark["y"] + mark["height"]
    page.close()


def test_number_and_cell_lead_where_they_say(browser: Any, pages: dict[str, Path]) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page.goto(pages["kinds"].as_uri())
    page.get_by_role("link", name="Paragraph 3").click()
    assert page.url.endswith("#p3")
    page.locator("#m2 .number").press("Enter")
    assert page.evaluate("document.querySelector(':target').id") == "c2"
    page.locator("#c2 .number").press("Enter")
    assert page.evaluate("document.querySelector(':target').id") == "m2"
    # What is the post's own is no stop for who goes by keys.
    assert page.locator("nav a:not([tabindex])").count() == 3
    page.close()


def test_kinds_differ_in_more_than_colour(browser: Any, pages: dict[str, Path]) -> None:
    page = browser.new_page()
    page.goto(pages["kinds"].as_uri())
    styles = page.evaluate(
        "[...document.querySelectorAll('.body .said')].map(each => getComputedStyle(each).textDecorationStyle)"
    )
    assert styles == ["solid", "dashed", "dotted"]
    page.close()


def test_checker_of_the_w3c_finds_nothing(pages: dict[str, Path], w3c: Checker) -> None:
    assert w3c([*pages.values()]) == []
