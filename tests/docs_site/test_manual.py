"""The manual, which blogq builds of docs/: whole, in order, sound before the checkers, and useful without a mouse."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin

import pytest
from click.testing import CliRunner
from manual import DOCS, Manual, built, listed

from audit import browsing
from audit.browsing import DESK, HEIGHT, PATIENCE, PHONE, SCHEMES
from audit.samples import type_of
from blogq.cli import cli

pytestmark = pytest.mark.xdist_group("docs_site")

SHORTEST = 3
"""Headings from which on a page has a table of contents."""


@pytest.fixture(scope="module")
def manual(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Manual]:
    with built(tmp_path_factory.mktemp("manual")) as made:
        yield made


@pytest.fixture
def desk(browser: Any) -> Iterator[Any]:
    """A page on a desk, on which nothing is open yet."""
    context = browser.new_context(viewport={"width": DESK, "height": HEIGHT})
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def test_it_builds_without_an_error_or_a_warning(manual: Manual) -> None:
    told = [f for f in manual.result.findings if f.severity != "note"]
    assert [f"{f.span.path}:{f.span.line}: {f.code} {f.message}" for f in told] == []


def test_it_passes_the_gate_and_silences_nothing_without_a_reason(manual: Manual) -> None:
    """No family of rules is off: what doesn't fit documentation is said of single rules."""
    done = CliRunner().invoke(cli, ["check", "--site", str(manual.site)])
    assert done.exit_code == 0, done.output
    config = (DOCS / "blogq.yaml").read_text(encoding="utf-8")
    assert config.count("rules: ") == config.count("because: ")
    assert not re.search(r"ignore:|severity: off|baseline", config)


def test_every_page_is_in_one_group_and_every_entry_is_a_page() -> None:
    moved = {"search": "searching"}
    there = [moved.get(each.stem, each.stem) for each in DOCS.glob("*.md") if each.stem not in ("index", "404")]
    there += [each.name for each in DOCS.iterdir() if each.is_dir() and any(each.glob("*.md"))]
    assert sorted(each.page for each in listed()) == sorted(there), "docs/data/manual.yaml is to name each page once"
    assert all(each.title and each.line.endswith(".") for each in listed())


def test_each_page_shows_the_whole_manual_and_where_it_stands(manual: Manual) -> None:
    expected = [f"/manual/{each.page}/" for each in listed()]
    for entry in listed():
        page = manual.html[f"{entry.page}/"]
        links = page.xpath("//nav[@class='manual']//li/a")
        assert [a.get("href") for a in links] == expected
        here = [a.text_content() for a in links if a.get("aria-current")]
        assert here == [entry.title], entry.page
        assert page.xpath("string(//p[@class='part'])") == entry.group
    (decision,) = (page for place, page in manual.html.items() if place.startswith("decisions/0001"))
    assert decision.xpath("//nav[@class='manual']//a[@aria-current='true']/@href") == ["/manual/decisions/"]


def test_pages_lead_to_the_one_before_and_the_next(manual: Manual) -> None:
    order = [each.page for each in listed()]
    for before, here, after in zip(["", *order], order, [*order[1:], ""], strict=False):
        page = manual.html[f"{here}/"]
        for rel, near in (("prev", before), ("next", after)):
            links = page.xpath(f"//nav[@class='neighbours']/a[@rel='{rel}']/@href")
            assert links == ([f"/manual/{near}/"] if near else []), here


def test_the_first_page_leads_everywhere(manual: Manual) -> None:
    page = manual.html[""]
    links = page.xpath("//nav[@class='parts']//li/a")
    assert [a.get("href") for a in links] == [f"/manual/{each.page}/" for each in listed()]
    assert page.xpath("//article//ol/li//a/@href")[:3] == ["/manual/start/", "/manual/importing/", "/manual/checking/"]
    assert page.xpath("//article//img[@alt]") and not page.xpath("//nav[@class='manual']")


def test_decisions_stand_in_the_order_of_their_numbers(manual: Manual) -> None:
    titles = [a.text_content() for a in manual.html["decisions/"].xpath("//main//ul[@class='links']//a")]
    numbers = [int(title.partition(".")[0]) for title in titles]
    assert len(numbers) > 10 and numbers == sorted(numbers)
    assert "Nothing has been published" not in manual.html["decisions/"].text_content()


def test_no_link_leads_nowhere_and_none_leaves_the_subpath(manual: Manual) -> None:
    """What templates write as well, which the build's own check doesn't see."""
    ids = {place: set(page.xpath("//@id")) for place, page in manual.html.items()}
    dead = []
    for place, page in manual.html.items():
        for target in (*page.xpath("//a/@href"), *page.xpath("//@src"), *page.xpath("//link/@href")):
            address, mark = urldefrag(urljoin(manual.url + place, target))
            if not address.startswith(manual.url.removesuffix("manual/")):
                continue
            path = unquote(address.removeprefix(manual.url)).partition("?")[0]
            file = manual.output / (path if path and not path.endswith("/") else f"{path}index.html")
            there = address.startswith(manual.url) and file.is_file()
            if not there or (mark and path in ids and unquote(mark) not in ids[path]):
                dead.append((place, target))
    assert dead == []


def test_browser_has_nothing_to_object_to(browser: Any, manual: Manual) -> None:
    """No request to another host or in vain, no error, no shift, nothing to scroll sideways from 320 to 1440 px."""
    types = {type_of(path, manual.output) for path in manual.output.rglob("*.html")} - {""}
    assert types == {type_of(path, manual.output) for path in manual.each.values()}
    assert types == {"home", "page", "section", "search", "404"}
    seen = {url: browsing.visit(browser, url).problems for url in manual.each}
    assert {url: problems for url, problems in seen.items() if problems} == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing(browser: Any, manual: Manual, scheme: str) -> None:
    """Phone in the one scheme and desk in the other."""
    width = PHONE if scheme == "light" else DESK
    found = browsing.violations(browser, list(manual.each), scheme, width)
    assert {url: told for url, told in found.items() if told} == {}


def test_checker_of_the_w3c_finds_nothing(
    manual: Manual, w3c: Callable[[Sequence[Path]], list[tuple[str, str]]]
) -> None:
    drawn = [path for path in manual.output.rglob("*") if path.suffix in {".css", ".svg"}]
    assert w3c([*manual.each.values(), *drawn]) == []


def test_a_slash_leads_to_searching_and_rsync_is_found(desk: Any, manual: Manual) -> None:
    """From any page, by the keyboard alone; in a field a slash is a slash."""
    desk.goto(f"{manual.url}checking/")
    desk.keyboard.press("/")
    assert desk.evaluate("document.activeElement.id") == "seek"
    desk.keyboard.type("a/b")
    assert desk.evaluate("document.activeElement.value") == "a/b"
    desk.keyboard.press("Control+A")
    desk.keyboard.type("rsync")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/search/?q=rsync")
    desk.locator(".results a", has_text="Publishing").first.wait_for()
    assert "/manual/deploying/" in desk.locator(".results a").evaluate_all("all => all.map(a => a.pathname)")
    desk.locator("#q").blur()
    desk.keyboard.press("/")
    assert desk.evaluate("document.activeElement.id") == "q"


def test_the_entry_of_a_page_is_in_sight(desk: Any, manual: Manual) -> None:
    """The list is longer than the window, and pages at its end have their entry there."""
    for place in ("start/", "decisions/"):
        desk.goto(manual.url + place)
        box = desk.locator("nav.manual [aria-current]").bounding_box()
        assert 0 <= box["y"] < HEIGHT - box["height"], place


def test_a_block_of_code_can_be_copied(browser: Any, manual: Manual) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{manual.url}start/")
    block = page.locator(".highlight").first
    block.hover()
    block.get_by_role("button", name="Copy").click()
    block.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == block.locator("code").inner_text().rstrip("\n")
    context.close()


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_it_works_without_javascript(browser: Any, manual: Manual, width: int) -> None:
    """Pages are a click away, on phones two; what is on a page as well; the field leads to a page that has links."""
    context = browser.new_context(viewport={"width": width, "height": HEIGHT}, java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"{manual.url}checking/")
    entry = page.locator("nav.manual").get_by_role("link", name="Markdown", exact=True)
    contents = page.locator(".toc").get_by_role("link", name="Naming rules")
    if width == PHONE:
        assert not entry.is_visible() and not contents.is_visible()
        page.locator(".toc summary").click()
        contents.click()
        page.locator("nav.manual summary").click()
    else:
        contents.click()
    assert page.url.endswith("#naming-rules")
    entry.click()
    page.wait_for_url("**/manual/markdown/")
    page.locator("#seek").fill("rsync")
    page.locator("#seek").press("Enter")
    page.wait_for_url("**/search/?q=rsync")
    assert page.locator("noscript a[href='/manual/']").count() or "needs JavaScript" in page.content()
    context.close()


def test_wide_tables_scroll_by_themselves_and_by_the_keyboard(browser: Any, manual: Manual) -> None:
    context = browser.new_context(viewport={"width": PHONE, "height": HEIGHT})
    page = context.new_page()
    page.goto(f"{manual.url}views/")
    wide = "[...document.querySelectorAll('.text table')].filter(each => each.scrollWidth > each.clientWidth)"
    assert page.evaluate(f"{wide}.length") > 0
    assert page.evaluate(f"{wide}.every(each => each.tabIndex === 0)")
    page.evaluate(f"{wide}[0].focus()")
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"{wide}[0].scrollLeft > 0")
    context.close()


def test_print_has_the_text_alone(desk: Any, manual: Manual) -> None:
    desk.goto(f"{manual.url}checking/")
    desk.emulate_media(media="print")
    shown = desk.evaluate("[...document.querySelectorAll('nav, search, .copy')].filter(each => each.checkVisibility())")
    assert shown == []
    assert desk.locator("h1").is_visible()
    assert desk.locator("main").bounding_box()["width"] > DESK * 0.8


def test_long_pages_have_contents(manual: Manual) -> None:
    for place, page in manual.html.items():
        headings = page.xpath("//div[@class='text']/*[self::h2 or self::h3]")
        if page.xpath("//body/@data-kind") == ["page"] and len(headings) >= SHORTEST:
            assert page.xpath("//nav[@class='toc']//a"), place
