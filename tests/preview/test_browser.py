"""What a person sees: a real server, a real browser, real files that are saved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from previewed import CONFIG, SITE, Served, lay, post, serving

LONG = "\n\n".join(f"Paragraph {number} has some words in it, enough for a line or two." for number in range(80))
FIRST = "/posts/first/"


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with serving(lay(tmp_path / "site", SITE), "--no-check") as running:
        yield running


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


def look(page: Any, served: Served, path: str = FIRST) -> None:
    """Open a page, and leave a mark in it that a reload would take away."""
    page.goto(served.url + path)
    page.wait_for_selector("blogq-panel", state="attached")
    page.evaluate("window.stays = 1")


def is_the_same_document(page: Any) -> bool:
    return bool(page.evaluate("window.stays === 1"))


def panel(page: Any) -> str:
    """What the panel of mistakes says; empty where there is none on screen."""
    found = page.locator("blogq-panel #problems")
    return found.inner_text() if found.is_visible() else ""


def side(page: Any) -> str:
    found = page.locator("blogq-panel #side")
    return found.inner_text() if found.is_visible() else ""


def test_an_edit_appears_without_a_reload(served: Served, page: Any) -> None:
    look(page, served)
    served.save("content/posts/first.md", post(text="Other words."))
    page.get_by_text("Other words.").wait_for()
    assert is_the_same_document(page)
    served.save("content/posts/first.md", post("A new title", "Other words."))
    page.get_by_role("heading", name="A new title").wait_for()
    assert is_the_same_document(page)


def test_scroll_focus_selection_and_open_details_stay(served: Served, page: Any) -> None:
    text = f"<details><summary>More</summary>Hidden</details>\n\n{LONG}\n\n[a link](../second/)\n\nThe end."
    served.save("content/posts/first.md", post(text=text))
    served.shows(FIRST, "The end.")
    look(page, served)
    page.locator("main summary").click()
    page.evaluate("[...document.querySelectorAll('main a')].find((a) => a.textContent === 'a link').focus()")
    page.evaluate("window.scrollTo(0, 900)")
    served.save("content/posts/first.md", post(text=text.replace("The end.", "The very end.")))
    page.get_by_text("The very end.").wait_for()
    assert page.evaluate("window.scrollY") == 900
    assert page.evaluate("document.activeElement.textContent") == "a link"
    assert page.evaluate("document.querySelector('details').open")
    assert is_the_same_document(page)


def test_css_is_swapped_without_a_reload(served: Served, page: Any) -> None:
    sheet = "<link rel=stylesheet href=\"{{ asset('own.css') }}\">"
    body = "<p id=it>{{ page.title }}</p>"
    page_template = f"<!doctype html><html><head>{sheet}</head><body>{body}</body></html>"
    served.save("templates/post.html", page_template)
    served.save("static/own.css", "p { color: rgb(1, 2, 3) }")
    served.shows(FIRST, "own.css")
    look(page, served)
    color = "getComputedStyle(document.getElementById('it')).color"
    assert page.evaluate(color) == "rgb(1, 2, 3)"
    for shade in (4, 5):
        served.save("static/own.css", f"p {{ color: rgb({shade}, 2, 3) }}")
        page.wait_for_function(f"{color} === 'rgb({shade}, 2, 3)'")
    assert is_the_same_document(page)
    assert page.evaluate("document.querySelectorAll('link[rel=stylesheet]').length") == 1
    # And a change of the text after that keeps the newest sheet.
    served.save("content/posts/first.md", post("Retitled"))
    page.get_by_text("Retitled").wait_for()
    assert page.evaluate(color) == "rgb(5, 2, 3)"


def test_a_template_reaches_every_open_page(served: Served, page: Any) -> None:
    other = page.context.new_page()
    look(page, served, FIRST)
    look(other, served, "/about/")
    for name in ("post", "page"):
        served.save(f"templates/{name}.html", '{% extends "' + name + '.html" %}{% block body %}changed{% endblock %}')
    base = (
        "<!doctype html><html><head><title>x</title></head><body><main>All new: {{ page.title }}</main></body></html>"
    )
    served.save("templates/post.html", base)
    served.save("templates/page.html", base)
    page.get_by_text("All new: First").wait_for()
    other.get_by_text("All new: About").wait_for()


def test_a_mistake_leaves_the_page_and_says_where_it_is(served: Served, page: Any) -> None:
    look(page, served)
    served.save("content/posts/first.md", "---\ntitle: First\ndate: 2025-13-01\n---\nChanged text.\n")
    page.locator("blogq-panel #problems").wait_for()
    assert "content/posts/first.md:3:7" in panel(page)
    assert "date: 2025-13-01" in panel(page)
    assert "Some text." in page.inner_text("main")
    assert is_the_same_document(page)
    # It is in what is served, for whoever has no script; and the last page that was whole is, too.
    html = served.get(FIRST).text
    assert "content/posts/first.md:3:7" in html and "Some text." in html
    served.save("content/posts/first.md", post(text="Mended."))
    page.get_by_text("Mended.").wait_for()
    page.locator("blogq-panel #problems").wait_for(state="hidden")
    assert is_the_same_document(page)


@pytest.mark.parametrize(
    ("path", "wrong", "place", "mended"),
    [
        ("templates/post.html", "{{ page.titel }}", "templates/post.html:1", "<p>{{ page.title }} again</p>"),
        ("templates/post.html", "{% if %}", "templates/post.html:1", "<p>{{ page.title }} again</p>"),
        ("blogq.yaml", CONFIG + "titel: x\n", "blogq.yaml:3:1", CONFIG),
        ("blogq.yaml", CONFIG + "theme: nowhere\n", "blogq.yaml:3", CONFIG),
        ("shortcodes/wrong.html", "{{ call.nothing }}", "shortcodes/wrong.html:1", "fine"),
    ],
)
def test_other_mistakes_are_shown_and_go_by_themselves(
    served: Served, page: Any, path: str, wrong: str, place: str, mended: str
) -> None:
    if path.startswith("shortcodes"):
        served.save(path, "well")
        served.save("content/posts/first.md", post(text="{{< wrong >}}"))
        served.shows(FIRST, "well")
    look(page, served)
    before = page.inner_text("body")
    served.save(path, wrong)
    page.locator("blogq-panel #problems").wait_for()
    assert place in panel(page)
    assert page.inner_text("body") == before
    assert place in served.get(FIRST).text
    served.save(path, mended)
    page.locator("blogq-panel #problems").wait_for(state="hidden")


def test_a_mistake_from_the_beginning_is_shown_and_goes(tmp_path: Path, page: Any) -> None:
    files = {**SITE, "templates/post.html": "{% if %}"}
    with serving(lay(tmp_path / "site", files)) as served:
        page.goto(served.url + FIRST)
        assert "templates/post.html:1" in page.inner_text("body")
        served.save("templates/post.html", "<!doctype html><title>x</title><main>Whole: {{ page.title }}</main>")
        page.get_by_text("Whole: First").wait_for()


def test_nothing_of_a_mistake_is_markup(served: Served, page: Any) -> None:
    """Attack 19."""
    look(page, served)
    evil = "</template></script><img src=x onerror='window.hit=1'><script>window.hit=1</script>"
    served.save("content/posts/first.md", f'---\ntitle: First\ndate: "{evil}"\n---\nText.\n')
    page.locator("blogq-panel #problems").wait_for()
    page.goto(served.url + FIRST)
    page.locator("blogq-panel #problems").wait_for()
    assert "onerror" in panel(page)
    assert page.evaluate("window.hit") is None


def test_drafts_and_scheduled_posts_are_shown_and_marked(served: Served, page: Any) -> None:
    served.save("content/posts/first.md", post(draft="true"))
    served.save("content/posts/second.md", post("Second", date="2027-05-01"))
    served.shows(FIRST, "&quot;mark&quot;:&quot;draft&quot;")
    look(page, served)
    assert "Draft" in side(page)
    look(page, served, "/posts/second/")
    assert "public from 2027-05-01" in side(page)
    look(page, served, "/about/")
    assert side(page) == ""


def test_a_new_and_a_renamed_post_are_offered(served: Served, page: Any) -> None:
    look(page, served)
    served.save("content/posts/third.md", post("A third one"))
    offer = page.locator("blogq-panel #offers a")
    offer.get_by_text("A third one").wait_for()
    (served.root / "content/posts/first.md").rename(served.root / "content/posts/prime.md")
    page.locator("blogq-panel #offers").get_by_text("This page has moved").wait_for()
    assert "Some text." in page.inner_text("main")
    offer.get_by_text("First").click()
    page.wait_for_url(re.compile("/posts/prime/$"))
    assert "Some text." in page.inner_text("main")


def test_follow_moves_to_what_is_edited(tmp_path: Path, page: Any) -> None:
    with serving(lay(tmp_path / "site", SITE), "--follow", "--no-check") as served:
        look(page, served, "/about/")
        served.save("content/posts/second.md", post("Second", "Being written.", date="2025-12-02"))
        page.wait_for_url(re.compile("/posts/second/$"))
        page.get_by_text("Being written.").wait_for()


@pytest.mark.parametrize("kind", ["text", "sheet", "other"])
def test_what_is_saved_before_the_stream_begins_is_not_missed(tmp_path: Path, page: Any, kind: str) -> None:
    """The page is there, and its stream isn't yet: nobody is told of a save."""
    with serving(lay(tmp_path / "site", SITE), "--follow", "--no-check") as served:

        def late(route: Any) -> None:
            if kind == "sheet":
                served.save("static/own.css", "p{color:rgb(1,2,3)}")
                served.shows("/own.css", "rgb(1,2,3)")
            else:
                name = "about" if kind == "text" else "posts/second"
                served.save(f"content/{name}.md", post("Again", "Written meanwhile.", date="2025-12-02"))
                served.shows(f"/{name}/", "Written meanwhile.")
            route.continue_()

        served.save("static/own.css", "p{color:red}")
        served.save("templates/base.html", '{% extends "base.html" %}{% block head %}'
                    '{{ super() }}<link rel="stylesheet" href="{{ asset(\'own.css\') }}">{% endblock %}')  # fmt: skip
        served.shows("/about/", "own.css")
        page.add_init_script("delete window.SharedWorker")
        page.route("**/_blogq/events", late)
        page.goto(f"{served.url}/about/")
        if kind == "sheet":
            page.wait_for_function("getComputedStyle(document.querySelector('main p')).color === 'rgb(1, 2, 3)'")
        else:
            page.get_by_text("Written meanwhile.").wait_for()


def test_tabs_share_one_stream(served: Served, page: Any) -> None:
    tabs = [page, *(page.context.new_page() for _ in range(8))]
    for tab in tabs:
        look(tab, served)
    served.save("content/posts/first.md", post(text="Everywhere."))
    for tab in tabs:
        tab.get_by_text("Everywhere.").wait_for()
    ports = {line.split()[1] for line in _connections(served) if line}
    assert len(ports) <= 7  # Six for pages at most, and the one of the stream.


def _connections(served: Served) -> list[str]:
    """Established connections to the server, from /proc."""
    found = []
    for line in Path(f"/proc/{served.process.pid}/net/tcp").read_text().splitlines()[1:]:
        fields = line.split()
        if fields[1].endswith(f":{served.port:04X}") and fields[3] == "01":
            found.append(f"x {fields[2]}")
    return found


def test_what_was_missed_while_the_server_was_away_is_caught_up_with(tmp_path: Path, page: Any) -> None:
    root = lay(tmp_path / "site", SITE)
    with serving(root, "--no-check") as served:
        look(page, served)
        port = served.port
    (root / "content/posts/first.md").write_text(post(text="Written meanwhile."))
    with serving(root, "--no-check", "--port", str(port)) as served:
        assert served.port == port
        page.get_by_text("Written meanwhile.").wait_for()
        assert is_the_same_document(page)


def test_a_page_that_sets_things_by_script_keeps_them(served: Served, page: Any) -> None:
    look(page, served)
    page.evaluate("document.documentElement.dataset.colors = 'dark'; document.body.classList.add('menu-open')")
    served.save("content/posts/first.md", post(text="Other words."))
    page.get_by_text("Other words.").wait_for()
    assert page.evaluate("document.documentElement.dataset.colors") == "dark"
    assert page.evaluate("document.body.classList.contains('menu-open')")
