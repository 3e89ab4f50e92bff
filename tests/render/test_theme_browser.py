"""Both themes in a browser: what readers rely on, on each kind of page of a blog that is hard to show."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from typing import Any

import pytest
from hard_site import PAGES, hard_site

from audit.browsing import PATIENCE

POST = "/posts/all/"
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module", params=["plain", "broadsheet"])
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the site stands, in one theme."""
    folder = hard_site(tmp_path_factory.mktemp("hard"), request.param)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, permissions=["clipboard-read"])
    context.set_default_timeout(PATIENCE)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context.new_page()
    context.close()


def shown(page: Any, selector: str) -> bool:
    """Whether anything that fits `selector` can be seen."""
    return any(each.is_visible() for each in page.query_selector_all(selector))


def test_nothing_overflows_sideways(address: str, page: Any) -> None:
    """At 320 pixels, which is also 1280 at 400 % (WCAG 2.2, 1.4.10), and on wide screens."""
    wide = []
    for path in PAGES:
        assert page.goto(address + path).status == 200, path
        for width in (320, 820, 1440):
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wide.append((path, width))
    assert wide == []


def test_no_page_asks_another_host(address: str, page: Any) -> None:
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    for path in PAGES:
        page.goto(address + path)
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if not url.startswith((address, "data:"))] == []
    assert [text for text in said if "favicon" not in text and "404" not in text] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing(address: str, browser: Any, scheme: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.set_default_timeout(PATIENCE)
    found = {}
    for path in ("/", POST, "/tags/", "/archive/", "/archive/2025/", "/authors/ada/", "/404.html", "/ar/posts/all/"):
        page.goto(address + path)
        page.evaluate(AXE)
        told = page.evaluate("axe.run(document, {rules: {'target-size': {enabled: true}}})")["violations"]
        if told:
            found[path] = [(each["id"], [node["html"][:120] for node in each["nodes"][:3]]) for each in told]
    page.close()
    assert found == {}


def test_code_is_copied(address: str, page: Any) -> None:
    page.goto(address + POST)
    buttons = page.query_selector_all(".copy")
    assert [button.inner_text() for button in buttons] == ["Copy", "Copy"]
    buttons[0].focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('.copy').textContent == 'Copied'")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("def a_function_with_a_name(") and copied.endswith("    return {}")
    page.goto(address + "/ar/posts/all/")
    assert page.inner_text(".copy") == "نسخ"


def test_buttons_move_nothing(address: str, browser: Any) -> None:
    """The text stands where it would stand without the script."""
    tops = []
    for scripts in (True, False):
        context = browser.new_context(viewport={"width": 390, "height": 900}, java_script_enabled=scripts)
        page = context.new_page()
        page.goto(address + POST)
        tops.append([each.bounding_box()["y"] for each in page.query_selector_all(".text h2, .text h3, .text figure")])
        context.close()
    assert tops[0] == tops[1] and len(tops[0]) >= 4


def test_everything_is_there_without_scripts(address: str, browser: Any) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 900}, java_script_enabled=False)
    page = context.new_page()
    page.goto(address + POST)
    assert not shown(page, ".copy") and shown(page, "pre")
    assert not shown(page, ".toc a")
    page.click(".toc summary")
    page.click(".toc a >> nth=1")
    assert page.url.endswith("#long-lines-of-code")
    page.click("h2 > a >> nth=0")
    assert page.url.endswith("#a-wide-table")
    page.click("header.site summary")
    page.click("header.site details a >> text=Archive")
    assert page.url.endswith("/archive/")
    context.close()


def test_keyboard_skips_to_the_text(address: str, page: Any) -> None:
    page.goto(address + POST)
    page.keyboard.press("Tab")
    skip = page.query_selector(".skip")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert skip.bounding_box()["width"] > 50, "it is seen when it is reached"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_focus_is_seen(address: str, page: Any) -> None:
    """Each stop of the keyboard in the first thirty has an outline."""
    page.goto(address + POST)
    for _ in range(30):
        page.keyboard.press("Tab")
        style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert style == "solid", page.evaluate("document.activeElement.outerHTML")[:200]


def test_contents_are_open_in_a_margin_and_closed_above_a_text(address: str, page: Any) -> None:
    page.goto(address + POST)
    page.set_viewport_size({"width": 1440, "height": 900})
    assert page.query_selector(".toc li a").bounding_box()["x"] < page.query_selector(".text").bounding_box()["x"]
    assert shown(page, ".toc li a")
    page.set_viewport_size({"width": 390, "height": 900})
    assert not shown(page, ".toc li a")


def test_print_is_the_text_alone(address: str, page: Any) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(address + POST)
    for gone in ("header.site nav", "footer.site", ".toc", ".series", ".neighbours", ".related", ".copy", ".skip"):
        assert not shown(page, gone), gone
    assert shown(page, "h1") and shown(page, ".text p") and shown(page, ".footnotes")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"


def test_motion_is_left_out_when_asked(address: str, page: Any) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(address + POST)
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "smooth"
