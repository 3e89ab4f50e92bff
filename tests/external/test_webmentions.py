"""Webmentions, against servers on this machine: what is found, what is sent, and whom nobody talks to."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from click.testing import CliRunner

import blogq.cli
import blogq.mentioning
from blogq.external.webmention import LARGEST, discover, send
from blogq.mentioning import mentions

HERE = frozenset(("127.0.0.1",))


class Answering:
    """A site: what it answers by path (status, headers, body), and what it was sent."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.sent: list[dict[str, list[str]]] = []
        self.asked: list[tuple[str, str]] = []
        self.drip = 0.0
        self.port = 0

    def page(self, path: str, body: str = "", status: int = 200, **headers: str) -> str:
        named = {"Content-Type": "text/html", **{name.title(): value for name, value in headers.items()}}
        self.pages[path] = (status, named, body.encode())
        return f"http://127.0.0.1:{self.port}{path}"


@pytest.fixture
def other() -> Iterator[Answering]:
    answering = Answering()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.answer()

        def do_POST(self) -> None:
            data = self.rfile.read(int(self.headers["Content-Length"]))
            assert self.headers["Content-Type"] == "application/x-www-form-urlencoded"
            answering.sent.append(parse_qs(data.decode()))
            self.answer()

        def answer(self) -> None:
            answering.asked.append((self.command, self.path))
            status, headers, body = answering.pages.get(self.path, (404, {}, b""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                while answering.drip:
                    self.wfile.write(b"<p>")
                    time.sleep(answering.drip)
                self.wfile.write(body)
            except OSError:
                pass

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    answering.port = server.server_port
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield answering
    answering.drip = 0
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("body", "headers", "wanted"),
    [
        ('<link rel="webmention" href="/wm">', {}, "/wm"),
        ('<a rel="nofollow WebMention" href="wm?a=1&amp;b=2">x</a>', {}, "/deep/wm?a=1&b=2"),
        ('<link rel="webmention" href="">', {}, "/deep/page"),
        ('<!-- <link rel="webmention" href="/no"> --><p><a href="/yes" rel=webmention>', {}, "/yes"),
        ('<link rel="webmention"><a rel="webmention" href="/second">', {}, "/second"),
        ('<a rel="webmention" href="/body">', {"link": '</a>; rel="other", </head>; rel="x webmention"'}, "/head"),
        ("", {"link": "</plain>; rel=webmention"}, "/plain"),
        ('<p>rel="webmention" href="/text"</p>', {}, ""),
        ('<link rel="webmention-not" href="/no">', {}, ""),
        ('<link rel="webmention" href="javascript:alert(1)">', {}, ""),
        ('<link rel="webmention" href="file:///etc/passwd">', {}, ""),
        ("", {}, ""),
    ],
)
def test_where_a_page_takes_them(other: Answering, body: str, headers: dict[str, str], wanted: str) -> None:
    target = other.page("/deep/page", body, **headers)
    found = discover(target, HERE).endpoint
    assert found == (f"http://127.0.0.1:{other.port}{wanted}" if wanted else "")


def test_redirects_are_followed_and_end(other: Answering) -> None:
    other.page("/there/", '<link rel="webmention" href="wm">')
    moved = other.page("/moved", status=301, location="/there/")
    assert discover(moved, HERE).endpoint.endswith("/there/wm")
    assert discover(other.page("/round", status=302, location="/round"), HERE).why == "it leads on and on"
    assert "something else" in discover(other.page("/file", status=302, location="file:///etc/passwd"), HERE).why


def test_private_addresses_are_never_talked_to(other: Answering) -> None:
    """Nor where a redirect or an endpoint leads to one."""
    target = other.page("/page", '<link rel="webmention" href="/wm">')
    assert discover(target).why == "it is in a private network"
    assert send(f"http://127.0.0.1:{other.port}/wm", "https://a.example/", target).why == "it is in a private network"
    assert discover("http://[::1]:80/").why == "it is in a private network"
    assert other.asked == []
    moved = other.page("/moved", status=302, location=f"http://localhost:{other.port}/page")
    assert discover(moved, HERE).why == "it is in a private network"
    assert [path for _, path in other.asked] == ["/moved"]


def test_a_page_that_never_ends_and_one_that_is_too_long(other: Answering) -> None:
    long = other.page("/long", " " * (LARGEST + 10) + '<link rel="webmention" href="/wm">')
    assert discover(long, HERE).endpoint == ""
    other.drip = 0.02
    began = time.monotonic()
    assert discover(other.page("/slow"), HERE, 0.5).why == "the site takes too long"
    assert time.monotonic() - began < 5


def test_headers_that_never_end() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def drip() -> None:
            with suppress(OSError):
                taken, _ = listening.accept()
                taken.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
                while True:
                    taken.sendall(b"x")
                    time.sleep(0.05)

        threading.Thread(target=drip, daemon=True).start()
        began = time.monotonic()
        found = discover(f"http://127.0.0.1:{listening.getsockname()[1]}/", HERE, 0.5)
        assert found.why == "the site takes too long"
        assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("status", "ok"), [(200, True), (201, True), (202, True), (303, True), (400, False), (500, False)]
)
def test_sending(other: Answering, status: int, ok: bool) -> None:
    endpoint = other.page("/wm", status=status, **({"location": "/seen"} if status == 303 else {}))
    assert send(endpoint, "https://a.example/?x=1&y=ü", "https://b.example/", HERE).ok == ok
    assert other.sent == [{"source": ["https://a.example/?x=1&y=ü"], "target": ["https://b.example/"]}]


def test_what_was_sent_is_remembered_and_nothing_is_sent_unasked(tmp_path: Path, other: Answering) -> None:
    (tmp_path / ".blogq").mkdir()
    taker = other.page("/taker", '<link rel="webmention" href="/wm">')
    targets = [taker, other.page("/other"), f"http://127.0.0.1:{other.port}/gone"]
    other.page("/wm", status=202)
    (first, second, third) = mentions(tmp_path, "https://a.example/", targets, 7, allowed=HERE)
    assert (first.state, second.state, third.state) == ("accepts", "none", "unknown")
    assert other.sent == []
    assert mentions(tmp_path, "https://a.example/", targets, 7, sending=True, allowed=HERE)[0].state == "sent"
    assert len(other.sent) == 1
    before = len(other.asked)
    (again, *_) = mentions(tmp_path, "https://a.example/", targets, 9, asking=False)
    assert (again.state, again.sent) == ("unasked", 7)
    assert len(other.asked) == before


def test_the_command(tmp_path: Path, other: Answering, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blogq.mentioning, "discover", lambda target, allowed: discover(target, HERE))
    monkeypatch.setattr(blogq.mentioning, "send", lambda *given: send(*given[:3], HERE))
    taker = other.page("/taker", '<link rel="webmention" href="/wm">')
    other.page("/wm", status=400)
    posts = tmp_path / "content/posts"
    posts.mkdir(parents=True)
    (tmp_path / "blogq.yaml").write_text("base_url: https://example.org/b/\n")
    (posts / "old.md").write_text("---\ndate: 2026-01-01\n---\n[own](https://example.org/x)\n")
    (posts / "new.md").write_text(f"---\ndate: 2026-01-02\n---\n[a]({taker}#part) [again]({taker}) [own](old.md)\n")
    (posts / "later.md").write_text("---\ndate: 2026-09-02\n---\nText\n")

    def run(*given: str) -> Any:
        return CliRunner().invoke(blogq.cli.cli, ["mentions", *given, "--site", str(tmp_path), "--now", "2026-02-01"])

    listed = run()
    assert (listed.exit_code, listed.output.count("accepts")) == (0, 1)
    assert "content/posts/new.md at https://example.org/b/posts/new/" in listed.output
    assert other.sent == []
    assert "nobody" in run("content/posts/old.md").output
    told = json.loads(run("--json", "--offline").stdout)
    assert [each["target"] for each in told["mentions"]] == [taker]
    failed = run("--send")
    assert (failed.exit_code, "failed" in failed.output) == (1, True)
    assert other.sent[0]["source"] == ["https://example.org/b/posts/new/"]
    assert run("content/posts/later.md", "--send").exit_code == 2
    assert run("nothing.md").exit_code == 2
