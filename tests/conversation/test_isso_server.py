"""A real Isso on loopback, a real browser: what a reader writes into the built page, until the author has answered."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner
from talking_sites import write_site

from blogq.build import Request, build
from blogq.cli import cli


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and keeps no log."""

    def log_message(self, *_: Any) -> None:
        pass


class Place(NamedTuple):
    """A site that is served, and its Isso."""

    site: Path
    url: str
    log: Path

    def build(self) -> str:
        """Build the site and return the page of its first post."""
        result = build(Request(self.site, int(time.time()), jobs=1))
        assert result.written, result.findings
        return (self.site / "_site/posts/one/index.html").read_text()

    def approve(self) -> None:
        """Approve what was written last, by the link that Isso sends to the blog's owner."""
        links: list[str] = []
        began = time.monotonic()
        while not links and time.monotonic() - began < 20:
            links = re.findall(r"https?://\S+/activate/\S+", self.log.read_text())
            time.sleep(0.05)
        with urllib.request.urlopen(urllib.request.Request(links[-1], method="POST")) as answer:
            assert answer.status == 200


def waiting_at(site: Path) -> list[dict[str, Any]]:
    """Return what the inbox says."""
    done = CliRunner().invoke(cli, ["inbox", "--site", str(site), "--json"])
    assert done.exit_code == 0, done.output
    found: list[dict[str, Any]] = json.loads(done.stdout)["waiting"]
    return found


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """A built site on one port, Isso with moderation on another."""
    ours, theirs = free_port(), free_port()
    url = f"http://127.0.0.1:{ours}/"
    comments = {"sources": ["../comments.db"], "form": "isso", "url": f"http://127.0.0.1:{theirs}"}
    authors = {"nuria": {"name": "Núria", "email": "nuria@example.org"}}
    site = write_site(tmp_path / "site", {"base_url": url, "comments": comments, "authors": authors})
    config = tmp_path / "isso.cfg"
    config.write_text(
        f"[general]\ndbpath = {tmp_path}/comments.db\nhost = {url}\nnotify = stdout\n[moderation]\nenabled = true\n"
        f"[server]\nlisten = http://127.0.0.1:{theirs}/\n[guard]\nenabled = false\n"
    )
    log = tmp_path / "isso.log"
    with log.open("w") as out:
        command = [sys.executable, "-c", "from isso import main; main()", "-c", str(config), "run"]
        isso = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
    (site / "_site").mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", ours), partial(Quiet, directory=str(site / "_site")))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        began = time.monotonic()
        while True:
            assert isso.poll() is None, log.read_text()
            try:
                socket.create_connection(("127.0.0.1", theirs), 1).close()
                break
            except OSError:
                assert time.monotonic() - began < 60, log.read_text()
                time.sleep(0.05)
        yield Place(site, url, log)
    finally:
        server.shutdown()
        server.server_close()
        isso.terminate()
        isso.wait(20)


def write(page: Any, text: str, name: str, email: str) -> None:
    page.fill("#reply-text", text)
    page.fill("#reply-name", name)
    page.fill("#reply-email", email)
    page.click("form.reply button")


def test_a_comment_from_the_page_to_the_inbox_and_out_of_it(place: Place, browser: Any) -> None:
    place.build()
    page = browser.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(f"{place.url}posts/one/")
    write(page, "Why **not** & how?\n<script>alert(1)</script>", "Ann & Bob", "ann@example.com")
    page.wait_for_function("document.querySelector('[role=status]').textContent.includes('once it is approved')")
    assert page.input_value("#reply-text") == ""

    assert "Why" not in place.build(), "nobody has approved it yet"
    assert waiting_at(place.site) == []
    place.approve()
    built = place.build()
    assert "Why <strong>not</strong> &amp; how?" in built
    assert "<script>alert" not in built
    assert "Ann &amp; Bob" in built
    assert "ann@example.com" not in built
    assert [each["author"] for each in waiting_at(place.site)] == ["Ann & Bob"]

    page.goto(f"{place.url}posts/one/")
    page.click("a[data-answer]")
    assert "Ann & Bob" in page.inner_text("[data-to]")
    assert page.evaluate("document.activeElement.id") == "reply-text"
    write(page, "Because.", "Núria", "nuria@example.org")
    page.wait_for_function("document.querySelector('[role=status]').textContent.includes('once it is approved')")
    place.approve()
    built = place.build()
    assert re.search(r'id="comment-1".*<ol>.*by-owner" id="comment-2".*Because\.', built, re.DOTALL)
    assert waiting_at(place.site) == [], "the author has answered"
    assert wrong == []
    page.close()


def test_a_server_that_does_not_answer_is_told_and_nothing_is_lost(place: Place, browser: Any) -> None:
    place.build()
    page = browser.new_page()
    page.route("**/new?*", lambda route: route.abort())
    page.goto(f"{place.url}posts/one/")
    write(page, "Why?", "Ann", "ann@example.com")
    page.wait_for_function("document.querySelector('[role=status]').textContent.includes('could not be sent')")
    assert page.input_value("#reply-text") == "Why?"
    assert page.is_enabled("form.reply button")
    page.close()


def test_without_a_script_the_form_says_that_it_needs_one(place: Place, browser: Any) -> None:
    place.build()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{place.url}posts/one/")
    assert "needs JavaScript" in page.inner_text("form.reply")
    assert page.is_disabled("form.reply button")
    context.close()


def test_our_script_is_small() -> None:
    static = Path(__file__).parents[2] / "themes/plain/static"
    assert (static / "comments.js").stat().st_size <= 2048
