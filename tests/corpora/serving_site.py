"""A site on this machine that serves what it is told, with ETags, and remembers what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple


class Answer(NamedTuple):
    """What is answered for a path."""

    data: bytes = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    claimed: int = -1
    """Bytes that the answer says it has; as many as it has where it isn't said."""


class ServingSite:
    """What it answers, by path."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.conditions: list[str] = []
        self.agents: set[str] = set()
        self.port = 0

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """Return the address of `path` here."""
        return f"http://{host}:{self.port}{path}"

    def serve(self, path: str, data: str | bytes, kind: str = "text/html", etag: str = "", **more: str) -> str:
        """Have `path` answered with `data`, and return its address."""
        headers = {"Content-Type": kind, **({"ETag": etag} if etag else {}), **more}
        self.answers[path] = Answer(data if isinstance(data, bytes) else data.encode(), 200, tuple(headers.items()))
        return self.url(path)


@contextmanager
def serving() -> Iterator[ServingSite]:
    """Run a site until the end of the block."""
    site = ServingSite()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.agents.add(self.headers["User-Agent"])
            found = site.answers.get(self.path, Answer(b"none", 404))
            headers = dict(found.headers)
            wanted = self.headers.get("If-None-Match") or self.headers.get("If-Modified-Since")
            if wanted:
                site.conditions.append(self.path)
            if wanted and wanted in (headers.get("ETag"), headers.get("Last-Modified")):
                found = found._replace(data=b"", status=304)
            self.send_response(found.status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(found.data) if found.claimed < 0 else found.claimed))
            self.end_headers()
            self.wfile.write(found.data)

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
