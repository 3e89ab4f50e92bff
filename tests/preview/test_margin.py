"""The gate in the margin of a page: findings, the score and how it changed, by keyboard, and in no built page."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from previewed import SITE, Served, lay, post, serving

FIRST = "/posts/first/"
PLAIN = (
    "Cats sleep for most of the day, and nobody knows quite why. In 2019 Ann Lee counted 61 cats in Lyon for a month. "
    "They slept 14 hours on average. The oldest, a cat called Moss, slept 19. Her notes are in the city's library. "
    "She began at five in the morning, when the market opens, and wrote down each cat that she met. "
)
DOUBLED = "We saw the the market close."


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    files = {**SITE, "content/posts/first.md": post(text=f"{PLAIN}\n\n{DOUBLED}")}
    with serving(lay(tmp_path / "site", files)) as running:
        yield running


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def test_findings_and_score_follow_the_text(served: Served, page: Any) -> None:
    page.goto(served.url + FIRST)
    gate = page.locator("blogq-panel #gate")
    gate.get_by_text("SY003").wait_for()
    assert "Score" in gate.inner_text()
    marked = (
        "[...CSS.highlights.get('blogq-warning')].map((r) => String(r) + '|' + r.endContainer.data.slice(r.endOffset))"
    )
    assert page.evaluate(marked) in (["the| market close."], ["the the| market close."], ["the| the market close."])
    served.save("content/posts/first.md", post(text=f"{PLAIN}\n\nWe saw the market close."))
    gate.get_by_text("SY003").wait_for(state="detached")
    assert page.evaluate("CSS.highlights.has('blogq-warning')") is False
    more = PLAIN.replace("cats", "dogs").replace("2019", "2021").replace("61", "17").replace("Lyon", "Nantes")
    served.save("content/posts/first.md", post(text=f"{PLAIN}\n\n{more}", description="Where cats and dogs sleep."))
    gate.get_by_text(re.compile(r"Score \d+ \(\d+ before\)")).wait_for()


def test_findings_come_soon_after_the_save(served: Served, page: Any) -> None:
    page.goto(served.url + FIRST)
    gate = page.locator("blogq-panel #gate")
    gate.get_by_text("SY003").wait_for()
    waits = []
    for turn in range(5):
        began = time.monotonic()
        served.save("content/posts/first.md", post(text=f"{PLAIN}\n\nWe saw the the market{'x' * turn}."))
        page.wait_for_function(
            f"document.querySelector('main').innerText.includes('the the market{'x' * turn}.')"
            " && document.querySelector('blogq-panel').shadowRoot.querySelector('#gate')"
            f".innerText.includes('market{'x' * turn}.')",
            polling=10,
        )
        waits.append(time.monotonic() - began)
    # 250 ms is the aim; the machine does other things as well.
    assert sorted(waits)[2] < 1.0


def test_it_folds_by_keyboard_and_stays_folded(served: Served, page: Any) -> None:
    page.goto(served.url + FIRST)
    gate = page.locator("blogq-panel #gate")
    gate.get_by_text("SY003").wait_for()
    gate.get_by_role("button").focus()
    page.keyboard.press("Enter")
    gate.get_by_text("SY003").wait_for(state="hidden")
    page.reload()
    gate.get_by_role("button", name="Unfold").wait_for()
    assert not gate.get_by_text("SY003").is_visible()


def test_it_can_be_left_out(tmp_path: Path, page: Any) -> None:
    files = {**SITE, "content/posts/first.md": post(text=DOUBLED)}
    with serving(lay(tmp_path / "site", files), "--no-check") as served:
        assert served.get(f"/_blogq/gate?page={FIRST}").text == "null"
        page.goto(served.url + FIRST)
        page.wait_for_selector("blogq-panel", state="attached")
        assert page.locator("blogq-panel #gate").is_hidden()


def test_pages_that_are_no_posts_have_none(served: Served) -> None:
    for path in ("/", "/nowhere/", "/feed.xml", "", "//evil", "/posts/first/../../x"):
        assert served.get(f"/_blogq/gate?page={path}").text == "null"
    assert "SY003" in served.get(f"/_blogq/gate?page={FIRST}").text
    assert served.get("/_blogq/gate?page=/", Origin="http://evil.example").status == 403


def test_how_it_looks_in_search_results_and_when_shared(served: Served, page: Any) -> None:
    served.save("content/posts/first.md", post("A title", PLAIN, description="Where cats sleep, and for how long."))
    served.shows(FIRST, "Where cats sleep")
    page.goto(served.url + FIRST)
    looks = page.locator("blogq-panel #looks")
    looks.locator("summary").click()
    looks.locator(".result").get_by_text("Where cats sleep, and for how long.").wait_for()
    assert "blog.example › posts › first" in looks.inner_text()
    served.save("content/posts/first.md", post("A title", PLAIN, description="Another description."))
    looks.locator(".card").get_by_text("Another description.").wait_for()


def test_the_start_page_has_what_is_not_public_yet(served: Served, page: Any) -> None:
    served.save("content/posts/first.md", post("<b>A draft</b>", PLAIN, draft="true"))
    served.save("content/posts/second.md", post("Second", date="2027-05-01"))
    served.shows(FIRST, "&quot;mark&quot;:&quot;draft&quot;")
    served.shows("/posts/second/", "&quot;mark&quot;:&quot;scheduled&quot;")
    page.goto(f"{served.url}/_blogq/")
    # The page doesn't wait for scores; they come by themselves.
    page.wait_for_function(r"/^\d+\s/.test(document.querySelector('tbody td:last-child').innerText)")
    rows = page.locator("tr").all_inner_texts()
    assert rows[1].startswith("<b>A draft</b>\ncontent/posts/first.md")
    assert "2027-05-01" in rows[3]
    page.get_by_role("link", name="Second").click()
    page.wait_for_url("**/posts/second/")
