"""What readers say while the preview runs: it appears in place, on the start page, and with whatever is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from previewed import CONFIG, SITE, Served, lay, serving

TALK = f"{CONFIG}authors: {{nuria: {{email: n@example.org}}}}\ncomments: {{sources: comments}}\n"
DESK = "/_blogq/"


def said(id: str, **more: str) -> str:
    """The text of a file with one comment."""
    return json.dumps({"_id": id, "name": "Ann", "message": "Why?", "date": "2025-12-20T00:00:00Z", **more})


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    files = {**SITE, "blogq.yaml": TALK, "comments/first/1.json": said("1")}
    with serving(lay(tmp_path.resolve() / "site", files)) as running:
        yield running


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context()
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    yield opened
    context.close()
    assert wrong == []


def test_a_comment_appears_in_the_page_that_is_open(served: Served, page: Any) -> None:
    page.goto(f"{served.url}/posts/first/")
    page.evaluate("window.untouched = 1")
    served.save("comments/first/2.json", said("2", message="And *how*?", replying_to="1"))
    page.locator("#comment-2 em", has_text="how").wait_for()
    assert page.locator("#comment-1").count() == 1
    assert page.evaluate("window.untouched") == 1


def test_the_start_page_shows_who_waits_until_there_is_an_answer(served: Served, page: Any) -> None:
    page.goto(served.url + DESK)
    waits = page.locator("#answers li")
    assert "Ann: Why?" in waits.inner_text() and "First, 2025-12-20" in waits.inner_text()
    waits.get_by_role("link", name="Ann").click()
    page.wait_for_url("**/posts/first/#comment-1")
    served.save("comments/first/2.json", said("2", replying_to="1", email="n@example.org", date="2025-12-21"))
    page.locator("#comment-2").wait_for()
    page.goto(served.url + DESK)
    assert page.locator("#answers").count() == 0


def test_a_broken_file_stands_in_the_panel_and_takes_nothing_away(served: Served, page: Any) -> None:
    page.goto(f"{served.url}/posts/first/")
    served.save("comments/first/1.json", '{"_id": "1", "mess')
    page.locator("blogq-panel #problems", has_text="comments/first/1.json").wait_for()
    assert "Why?" in page.locator("#comment-1").inner_text()
    served.save("comments/first/1.json", said("1", message="Mended."))
    page.locator("#comment-1", has_text="Mended.").wait_for()


def test_nothing_that_a_reader_writes_runs_on_the_start_page(served: Served, page: Any) -> None:
    hostile = "<script>window.hit = 1</script><img src=x onerror='window.hit = 1'>"
    served.save("comments/second/9.json", said("9", name=hostile, message=hostile + " Hm?", url="javascript:alert(1)"))
    served.shows("/posts/second/", "Hm?")
    page.goto(served.url + DESK)
    page.locator("#answers li", has_text="Hm?").wait_for()
    assert page.evaluate("window.hit") is None
    links = page.eval_on_selector_all("#answers a", "links => links.map(link => link.getAttribute('href'))")
    assert links == ["/posts/first/#comment-1", "/posts/second/#comment-9"]


def test_a_folder_of_comments_elsewhere_is_watched(tmp_path: Path) -> None:
    base = tmp_path.resolve()
    site = lay(base / "site", {**SITE, "blogq.yaml": CONFIG + "comments: {sources: ../talk}\n"})
    lay(base / "talk", {"first/1.json": said("1")})
    with serving(site) as running:
        running.shows("/posts/first/", "Why?")
        (base / "talk/first/1.json").write_text(said("1", message="Whither?"))
        # Sooner than the next time that everything is looked at.
        running.shows("/posts/first/", "Whither?", 2.5)
