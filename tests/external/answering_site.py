"""A site on this machine that answers as it is told, and remembers what it was asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class AnsweringSite:
    """What it answers, by path: statuses for HEAD and GET, and where they lead on to."""

    def __init__(self) -> None:
        self.answers: dict[str, tuple[int, int, str]] = {}
        self.asked: list[tuple[str, str]] = []
        self.agents: set[str] = set()
        self.port = 0
        self.delay = 0.0

    def url(self, path: str) -> str:
        """Return the address of `path` here."""
        return f"http://127.0.0.1:{self.port}{path}"

    def say(self, path: str, head: int, get: int = 0, to: str = "") -> str:
        """Have `path` answered by `head` and `get`, by default the same, and return its address."""
        self.answers[path] = (head, get or head, to)
        return self.url(path)


@contextmanager
def answering() -> Iterator[AnsweringSite]:
    """Run a site until the end of the block."""
    site = AnsweringSite()

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.answer(0)

        def do_GET(self) -> None:
            self.answer(1)

        def answer(self, which: int) -> None:
            site.asked.append((self.command, self.path))
            site.agents.add(self.headers["User-Agent"])
            time.sleep(site.delay)
            found = site.answers.get(self.path, (404, 404, ""))
            self.send_response(int(found[which]))
            if found[2]:
                self.send_header("Location", found[2])
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
