"""What a writer does: chooses a place in a message, or "Edit", by mouse or keyboard; and what opens."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from previewed import CONFIG, SITE, Served, lay, post, serving, wait_for

FIRST = "/posts/first/"
DOUBLED = "Cats sleep for most of the day. We saw the the market close."


class Noting:
    """A preview with an editor that writes down what it is to open."""

    def __init__(self, served: Served) -> None:
        self.served = served

    @property
    def opened(self) -> list[str]:
        note = self.served.root.parent / "said"
        return note.read_text().splitlines() if note.exists() else []

    def opens(self, place: str) -> None:
        """Wait until the place is opened, once."""
        path, line, column = place.rsplit(":", 2)
        wanted = f"{line}:{column} {self.served.root / path}"
        assert wait_for(lambda: self.opened) == [wanted]
        (self.served.root.parent / "said").unlink()


@pytest.fixture
def noting(tmp_path: Path) -> Iterator[Noting]:
    program = tmp_path / "noting"
    program.write_text(f'#!/bin/sh\necho "$@" >> "{tmp_path}/said"\n')
    program.chmod(0o755)
    environment = {"BLOGQ_EDITOR": f"'{program}' {{line}}:{{column}} {{file}}"}
    root = lay(tmp_path.resolve() / "site", {**SITE, "content/posts/first.md": post(text=DOUBLED)})
    with serving(root, environment=environment) as running:
        yield Noting(running)


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context()
    opened = context.new_page()
    opened.wrong = []
    opened.on("pageerror", lambda error: opened.wrong.append(str(error)))
    yield opened
    wrong = opened.wrong
    context.close()
    assert wrong == []


def test_a_place_in_the_panel_opens_by_mouse_and_by_keyboard(noting: Noting, page: Any) -> None:
    served = noting.served
    page.goto(served.url + FIRST)
    served.save("content/posts/first.md", "---\ntitle: First\ndate: 2025-13-01\n---\nText.\n")
    place = page.locator("blogq-panel #problems").get_by_role("button", name="content/posts/first.md:3:7")
    place.click()
    noting.opens("content/posts/first.md:3:7")
    page.wait_for_timeout(350)
    place.focus()
    page.keyboard.press("Enter")
    noting.opens("content/posts/first.md:3:7")


def test_a_place_in_the_margin_opens_and_nothing_else_happens(noting: Noting, page: Any) -> None:
    page.goto(noting.served.url + FIRST)
    page.evaluate("() => { Element.prototype.scrollIntoView = () => { window.scrolled = 1; }; }")
    finding = page.locator("blogq-panel #gate li", has_text="SY003")
    finding.get_by_role("button").click()
    noting.opens("content/posts/first.md:5:44")
    assert page.evaluate("window.scrolled") is None
    page.wait_for_timeout(350)
    finding.get_by_role("button").focus()
    page.keyboard.press("Enter")
    noting.opens("content/posts/first.md:5:44")
    assert page.evaluate("window.scrolled") is None


def test_edit_opens_the_source_of_the_page(noting: Noting, page: Any) -> None:
    page.goto(noting.served.url + FIRST)
    edit = page.locator("blogq-edit").get_by_role("button", name="Edit")
    edit.click()
    noting.opens("content/posts/first.md:1:1")
    page.wait_for_timeout(350)
    page.keyboard.press("e")
    noting.opens("content/posts/first.md:1:1")
    # Not where somebody writes, nor with other keys.
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<input id=field>')")
    page.locator("#field").focus()
    page.keyboard.press("e")
    page.locator("#field").blur()
    page.keyboard.press("Control+e")
    page.wait_for_timeout(400)
    assert noting.opened == []
    # It goes on to be there after a change, once; and a page that has no source has none.
    noting.served.save("content/posts/first.md", post(text="Other words."))
    page.locator("main").get_by_text("Other words.").wait_for()
    assert page.locator("blogq-edit").count() == 1
    page.goto(noting.served.url + "/")
    page.wait_for_selector("blogq-panel", state="attached")
    assert not page.locator("blogq-edit").get_by_role("button", name="Edit").is_visible()


def test_what_cant_be_opened_is_told(tmp_path: Path, page: Any) -> None:
    files = {**SITE, "blogq.yaml": f"{CONFIG}editor: emacs\n"}
    environment = {"BLOGQ_EDITOR": "", "PATH": "/nowhere"}
    with serving(lay(tmp_path / "site", files), "--no-check", environment=environment) as served:
        page.goto(served.url + FIRST)
        page.keyboard.press("e")
        page.locator("blogq-edit").get_by_text("emacs can't be run. In Emacs, call M-x server-start.").wait_for()


def test_an_editor_with_an_address_is_a_link_also_without_script(tmp_path: Path, page: Any) -> None:
    files = {**SITE, "blogq.yaml": f"{CONFIG}editor: vscode\n"}
    root = lay(tmp_path.resolve() / "my site", files)
    with serving(root, "--no-check", environment={"BLOGQ_EDITOR": ""}) as served:
        page.goto(served.url + FIRST)
        encoded = str(root).replace(" ", "%20")
        edit = page.locator("blogq-edit").get_by_role("link", name="Edit")
        assert edit.get_attribute("href") == f"vscode://file{encoded}/content/posts/first.md:1:1"
        served.save("content/posts/first.md", "---\ntitle: First\ndate: 2025-13-01\n---\nText.\n")
        place = page.locator("blogq-panel #problems").get_by_role("link", name="content/posts/first.md:3:7")
        wanted = f"vscode://file{encoded}/content/posts/first.md:3:7"
        assert place.get_attribute("href") == wanted
        html = served.get(FIRST).text
        assert f'<a class="place" href="{wanted}"' in html
        # Config is followed while it is edited, by pages that are open as well.
        served.save("content/posts/first.md", post())
        served.save("blogq.yaml", f"{CONFIG}editor: none\n")
        edit.wait_for(state="hidden")
        assert "vscode:" not in served.get(FIRST).text


def test_nothing_of_a_name_is_markup(tmp_path: Path, page: Any) -> None:
    name = "content/posts/<img src=x onerror='window.hit=1'>\"&.md"
    files = {**SITE, "blogq.yaml": f"{CONFIG}editor: vscode\n", name: "---\ntitle: [\n---\n"}
    for editor in ("vscode", "gedit"):
        with serving(lay(tmp_path / "site", files), "--no-check", environment={"BLOGQ_EDITOR": editor}) as served:
            page.goto(served.url + FIRST)
            place = page.locator("blogq-panel #problems .place")
            assert "onerror" in place.inner_text()
            if editor == "gedit":
                assert json.loads(place.get_attribute("data-open"))[0] == name
            assert page.evaluate("window.hit") is None


# Marks

LISTS = {
    **SITE,
    "content/posts/first.md": post(draft="true", text="See [the second](second.md) and [About](../about.md)."),
    "content/posts/second.md": post("Second", date="2027-05-01", text="See [the first](first.md)."),
    "content/posts/third.md": post("Third", text="Public. See [a part](#part) and [the first](first.md).\n\n## Part\n"),
}
MARK = "data-blogq-unpublished"


def marks(page: Any, within: str = "html") -> dict[str, str]:
    """Words of all marks on the page, by the path that is linked to."""
    pairs = f"[...document.querySelectorAll('{within} [{MARK}]')].map((a) => [a.pathname, a.getAttribute('{MARK}')])"
    return dict(page.evaluate(pairs))


def test_links_to_what_is_not_public_say_so_in_lists_and_texts(tmp_path: Path, page: Any) -> None:
    both = {"/posts/first/": "draft", "/posts/second/": "from 2027-05-01"}
    with serving(lay(tmp_path / "site", LISTS), "--no-check") as served:
        for path in ("/", "/posts/", "/posts"):
            page.goto(served.url + path)
            # The theme says of drafts what they are; of what is scheduled it knows nothing.
            wait_for(lambda: marks(page, "h2") == {"/posts/second/": "from 2027-05-01"})
            assert page.get_by_text("Draft", exact=True).count() == 1
        served.save("templates/partials/card.html", '<a href="{{ item.url }}">{{ item.title }}</a>')
        wait_for(lambda: marks(page) == both)
        (served.root / "templates/partials/card.html").unlink()
        page.goto(served.url + "/posts/third/")
        wait_for(lambda: marks(page).items() >= {"/posts/first/": "draft"}.items())
        assert "/posts/third/" not in marks(page)
        # They are heard, and shown by a style alone: no text is added.
        assert page.locator("main").get_by_role("link", name="the first draft").count() == 1
        assert "draft" not in page.inner_text("main")
        page.goto(served.url + FIRST)
        wait_for(lambda: "/posts/second/" in marks(page))
        assert FIRST not in marks(page)
        # That a page is a draft itself says nothing of others.
        served.save("content/posts/third.md", post("Third", draft="true"))
        served.save("content/posts/first.md", post(draft="true", text="See [the third](third.md)."))
        wait_for(lambda: marks(page, "article").get("/posts/third/") == "draft")


def test_of_two_links_in_one_entry_of_a_list_the_first_is_marked(tmp_path: Path, page: Any) -> None:
    card = '<article><a href="{{ item.url }}">{{ item.title }}</a> <a href="{{ item.url }}">on</a></article>'
    with serving(lay(tmp_path / "site", {**LISTS, "templates/partials/card.html": card}), "--no-check") as served:
        page.goto(served.url + "/")
        wait_for(lambda: marks(page))
        words = f"[...document.querySelectorAll('main [{MARK}]')].map((a) => a.textContent)"
        assert page.evaluate(words) == ["Second", "First"]


def test_marks_follow_what_is_saved_and_are_never_double(tmp_path: Path, page: Any) -> None:
    card = {"templates/partials/card.html": '<p><a href="{{ item.url }}">{{ item.title }}</a></p>'}
    with serving(lay(tmp_path / "site", {**LISTS, **card}), "--no-check") as served:
        page.goto(served.url + "/")
        wait_for(lambda: marks(page).get(FIRST) == "draft")
        page.evaluate("window.stays = 1")
        for turn in range(3):
            served.save("content/posts/first.md", post(f"Retitled {turn}", draft="true"))
            page.get_by_role("link", name=f"Retitled {turn} draft").first.wait_for()
            assert marks(page)[FIRST] == "draft"
        served.save("content/posts/first.md", post("Retitled at last", date="2027-06-01"))
        wait_for(lambda: marks(page).get(FIRST) == "from 2027-06-01")
        served.save("content/posts/first.md", post("Public now"))
        wait_for(lambda: FIRST not in marks(page))
        assert page.get_by_role("link", name="Public now", exact=True).count() >= 1
        assert page.evaluate("window.stays === 1")


def test_marks_follow_on_a_page_of_which_nothing_else_changes(tmp_path: Path, page: Any) -> None:
    same = '<!doctype html><title>x</title><main><a href="/posts/second/">x</a></main>'
    with serving(lay(tmp_path / "site", {**LISTS, "templates/post.html": same}), "--no-check") as served:
        page.goto(served.url + FIRST)
        wait_for(lambda: marks(page) == {"/posts/second/": "from 2027-05-01"})
        for day in ("2027-06-01", "2027-07-01"):
            served.save("content/posts/second.md", post("Second", date=day))
            wait_for(lambda wanted=f"from {day}": marks(page) == {"/posts/second/": wanted})


def test_a_page_hardly_moves_for_its_marks(tmp_path: Path, page: Any) -> None:
    with serving(lay(tmp_path / "site", LISTS), "--no-check") as served:
        page.goto(served.url + "/")
        wait_for(lambda: marks(page))
        height = "document.querySelector('main').getBoundingClientRect().height"
        marked = page.evaluate(height)
        page.evaluate(f"document.querySelectorAll('[{MARK}]').forEach((a) => a.removeAttribute('{MARK}'))")
        assert abs(marked - page.evaluate(height)) <= 4


def test_links_that_a_theme_has_put_something_after_are_marked_before(tmp_path: Path, page: Any) -> None:
    files = {**LISTS, "static/own.css": "main a::after { content: '↗'; position: absolute; inset: 0 }"}
    files["templates/post.html"] = (
        "<!doctype html><title>x</title><link rel=stylesheet href=\"{{ asset('own.css') }}\"><body><main>"
        '<a href="/posts/first/" aria-label="One">x</a></main></body>'
    )
    with serving(lay(tmp_path / "site", files), "--no-check") as served:
        page.goto(served.url + "/posts/third/")
        wait_for(lambda: marks(page) == {FIRST: "draft"})
        look = "(where) => getComputedStyle(document.querySelector('main a'), where).content"
        assert "draft" in page.evaluate(look, "::before") and "↗" in page.evaluate(look, "::after")
        assert page.get_attribute("main a", "aria-description") == "draft"


def test_without_drafts_there_is_nothing_to_mark(tmp_path: Path, page: Any) -> None:
    with serving(lay(tmp_path / "site", LISTS), "--no-check", "--no-drafts") as served:
        page.goto(served.url + "/posts/third/")
        page.wait_for_selector("blogq-panel", state="attached")
        page.wait_for_timeout(200)
        assert marks(page) == {}
        assert "&quot;unpublished&quot;:{}" in served.get("/posts/third/").text


def test_below_a_subpath_and_with_odd_names(tmp_path: Path, page: Any) -> None:
    files = {
        **LISTS,
        "blogq.yaml": CONFIG.replace("blog.example/", "blog.example/sub/"),
        "content/posts/ünïcode.md": post("Odd", draft="true", slug="ünï-code"),
    }
    with serving(lay(tmp_path / "site", files), "--no-check") as served:
        page.goto(served.url + "/sub/")
        wait_for(lambda: marks(page, "h2") == {"/sub/posts/second/": "from 2027-05-01"})
        served.save("templates/partials/card.html", '<a href="{{ item.url }}">{{ item.title }}</a>')
        wait_for(lambda: len(marks(page)) == 3 and marks(page).get("/sub/posts/first/") == "draft")
