"""A page with a conversation in a browser: axe and the W3C find nothing, and forms and embeds do what they say.

Browser and checkers are those of tests/conftest.py.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs

import pytest
from talking_sites import JANUARY, say, write_site

from blogq.build import Request, build

Checker = Callable[[Sequence[Path]], list[tuple[str, str]]]
THEMES = ("plain", "broadsheet")
GISCUS = {"type": "giscus", "repo": "a/b", "repo_id": "R_1", "category": "Talk", "category_id": "C_1"}


class Hosted(NamedTuple):
    """A site that is built and served, and what its form was sent."""

    site: Path
    url: str
    sent: list[dict[str, list[str]]]

    @property
    def page(self) -> str:
        return f"{self.url}posts/one/"


def built(folder: Path, theme: str, url: str, **comments: Any) -> Path:
    """Build a site on whose first post much is said."""
    told = {"sources": ["comments"], "form": "staticman", "url": f"{url}entry", **comments}
    config = {"base_url": url, "theme": theme, "comments": told, "authors": {"n": {"email": "n@example.org"}}}
    site = write_site(folder, config)
    say(
        site,
        "one",
        "1",
        name="Ann",
        url="https://ann.example/",
        message="> quoted\n\nWhy `not`? [see](https://a.example)",
    )
    say(site, "one", "2", name="Núria", email="n@example.org", replying_to="1", message="Because.\n\n```\ncode\n```")
    for at in range(3, 10):
        say(site, "one", str(at), replying_to=str(at - 1), name="x" * 150, message="Long" * 200)
    say(site, "one", "20", kind="mastodon", address="https://m.example/@ann/1", name="")
    for kind in ("like", "repost"):
        say(site, "one", kind, kind=kind, message="")
    assert build(Request(site, JANUARY + 60 * 86_400, jobs=1)).written
    return site


@pytest.fixture(params=THEMES)
def hosted(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Hosted]:
    sent: list[dict[str, list[str]]] = []

    class Handler(SimpleHTTPRequestHandler):
        def do_POST(self) -> None:
            sent.append(parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode(), True))
            self.send_response(302)
            self.send_header("Location", sent[-1]["options[redirect]"][0])
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(tmp_path / "site/_site")))
    url = f"http://127.0.0.1:{server.server_port}/"
    site = built(tmp_path / "site", request.param, url, embed=GISCUS)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield Hosted(site, url, sent)
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_sticks_out(browser: Any, hosted: Hosted, scheme: str, width: int) -> None:
    axe = files("axe_playwright_python").joinpath("axe.min.js")
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(hosted.page)
    page.evaluate(axe.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document)")
    wide = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
    assert wide <= width


@pytest.mark.parametrize("theme", THEMES)
def test_the_w3c_finds_nothing(tmp_path: Path, theme: str, w3c: Checker) -> None:
    isso = built(tmp_path / "isso", theme, "https://a.example/", form="isso", webmention="https://a.example/wm")
    staticman = built(tmp_path / "staticman", theme, "https://a.example/", embed=GISCUS)
    assert w3c([site / "_site/posts/one/index.html" for site in (isso, staticman)]) == []


def test_the_form_works_without_a_script(browser: Any, hosted: Hosted) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(hosted.page)
    thanks = page.locator("#comment-sent")
    assert not thanks.is_visible()
    page.fill("#reply-text", "Why & how?")
    page.fill("#reply-name", "Bob")
    page.click("form.reply button")
    assert hosted.sent == [], "an address is required"
    page.fill("#reply-email", "bob@example.com")
    page.click("form.reply button")
    page.wait_for_url("**/posts/one/#comment-sent")
    assert thanks.is_visible()
    (sent,) = hosted.sent
    assert sent["fields[message]"] == ["Why & how?"] and sent["fields[name]"] == ["Bob"]
    assert (sent["options[slug]"], sent["fields[replying_to]"]) == (["posts/one"], [""])
    context.close()


def test_an_answer_goes_to_whom_it_was_meant_for(browser: Any, hosted: Hosted) -> None:
    page = browser.new_page()
    page.goto(hosted.page)
    page.get_by_role("link", name="Answer Ann", exact=True).click()
    assert page.evaluate("document.activeElement.id") == "reply-text"
    page.keyboard.type("I see.")
    page.fill("#reply-name", "Bob")
    page.fill("#reply-email", "bob@example.com")
    page.click("form.reply button")
    page.wait_for_url("**#comment-sent")
    assert hosted.sent[0]["fields[replying_to]"] == ["1"]
    page.close()


@pytest.mark.parametrize("embed", [GISCUS, {"type": "utterances", "repo": "a/b"}])
def test_an_embed_is_loaded_by_a_click_and_nothing_before(browser: Any, hosted: Hosted, embed: dict[str, str]) -> None:
    config = hosted.site / "blogq.yaml"
    config.write_text(config.read_text().replace('"giscus"', f'"{embed["type"]}"'))
    assert build(Request(hosted.site, JANUARY + 60 * 86_400, jobs=1)).written
    page = browser.new_page()
    away: list[str] = []

    def answered(route: Any) -> None:
        away.append(route.request.url)
        route.fulfill(body="<p>Loaded</p>", content_type="text/html")

    page.route(lambda url: not url.startswith(hosted.url), answered)
    page.goto(hosted.page)
    page.wait_for_load_state("networkidle")
    assert away == []
    page.get_by_role("link", name="Show the comments").click()
    page.frame_locator("iframe").get_by_text("Loaded").wait_for()
    host = {"giscus": "https://giscus.app/widget?", "utterances": "https://utteranc.es/utterances.html?"}
    assert len(away) == 1 and away[0].startswith(host[embed["type"]])
    page.close()
