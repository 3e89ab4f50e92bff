"""The page of `blogq report` in a browser: it asks for nothing, fits every width, and axe finds nothing to object to.

Browser and checker are those of tests/conftest.py.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import verdicts
from overviews import flood, noted, steady
from test_overview import EVERY

from blogq.report.overview.material import material
from blogq.report.overview.page import as_report

VERDICTS = {
    "flood": noted(flood(), "RD003", "FM003"),
    "large": noted(steady(700, 5), "CD005", severity="note"),
    "one": steady(1),
    "hostile": verdicts.HOSTILE,
    "nothing": verdicts.NOTHING,
}
Checker = Callable[[Sequence[Path]], list[tuple[str, str]]]

each_page = pytest.mark.parametrize("name", VERDICTS)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The pages as files, by name."""
    folder = tmp_path_factory.mktemp("pages")
    for name, made in VERDICTS.items():
        (folder / f"{name}.html").write_text(
            as_report(material(made, "Blog", "https://blog.example")), encoding="utf-8"
        )
    return {name: folder / f"{name}.html" for name in VERDICTS}


@each_page
def test_page_asks_for_nothing(browser: Any, pages: dict[str, Path], name: str) -> None:
    page = browser.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(pages[name].as_uri())
    page.wait_for_load_state("networkidle")
    page.close()
    assert (asked, said) == ([pages[name].as_uri()], [])


@each_page
@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_nothing_overflows_sideways(browser: Any, pages: dict[str, Path], name: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(pages[name].as_uri())
    for opened in (False, True):
        page.evaluate("open => document.querySelectorAll('details').forEach(each => { each.open = open })", opened)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    sizes = page.evaluate(
        "[...document.querySelectorAll('text, p, td, li')].map(each => parseFloat(getComputedStyle(each).fontSize))"
    )
    assert min(sizes) >= 12
    page.close()


@each_page
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Any, pages: dict[str, Path], name: str, scheme: str) -> None:
    axe = files("axe_playwright_python").joinpath("axe.min.js")
    context = browser.new_context(viewport={"width": 360, "height": 800}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(pages[name].as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    page.evaluate(axe.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document)")
    context.close()
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []


def test_headline_and_first_post_are_above_the_fold(browser: Any, pages: dict[str, Path]) -> None:
    """Within a screen: whether quantity outpaces quality, by what figures, and the first post to mend."""
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(pages["flood"].as_uri())
    for selector in ("h1", ".cards", ".notice", ".first li"):
        assert page.locator(selector).first.bounding_box()["y"] < 600, selector
    page.close()


def test_checker_of_the_w3c_finds_nothing(tmp_path: Path, w3c: Checker) -> None:
    for name, made in {**EVERY, **VERDICTS}.items():
        (tmp_path / f"{name}.html").write_text(as_report(material(made, "Blog")), encoding="utf-8")
    # A property of SVG 2 that the checker's list of CSS lacks.
    assert [each for each in w3c([*tmp_path.iterdir()]) if "vector-effect" not in each[1]] == []
