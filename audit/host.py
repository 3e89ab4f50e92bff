"""A published folder on loopback, answered as usual hosts of static sites answer: compressed, kept alive, cacheable."""

from __future__ import annotations

import gzip
import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit

LEVEL = 6
"""zlib's own default, to which usual hosts come near; brotli, which some of them have, would save more."""
COMPRESSED = ("text/", "application/javascript", "application/json", "application/xml", "image/svg+xml")
COMPRESSED_ENDINGS = ("+xml", "+json", "javascript")
AGE = "max-age=600"
"""What GitHub Pages says of every file."""
TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".xml": "application/xml",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".webmanifest": "application/manifest+json",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
}


def type_of(path: Path) -> str:
    """The media type of a file, by its name."""
    return TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"


def is_text(kind: str) -> bool:
    """Whether hosts compress what is of this media type."""
    return kind.startswith(COMPRESSED) or kind.partition(";")[0].endswith(COMPRESSED_ENDINGS)


@lru_cache(maxsize=4096)
def packed(path: Path, changed: int) -> bytes:
    """The bytes of a file, compressed; `changed` is its time in ns, so that a file built anew is read anew."""
    return gzip.compress(path.read_bytes(), LEVEL, mtime=0)


class Host(ThreadingHTTPServer):
    """A server of one folder, which may still be empty: a site needs its address before it is built."""

    daemon_threads = True
    folder: Path

    def __init__(self, folder: Path) -> None:
        """Take a free port of loopback for `folder`."""
        super().__init__(("127.0.0.1", 0), Answer)
        self.folder = folder

    @property
    def url(self) -> str:
        """The address of the folder, with a slash at its end."""
        return f"http://localhost:{self.server_address[1]}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: browsers that are closed leave connections in the middle of an answer."""

    def file(self, address: str) -> Path | None:
        """The file that is meant by a path of a URL, `index.html` for a folder; None when there is none inside."""
        path = (self.folder / unquote(urlsplit(address).path).lstrip("/")).resolve()
        if path.is_dir():
            path /= "index.html"
        return path if path.is_file() and path.is_relative_to(self.folder.resolve()) else None


class Answer(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    server: Host

    def do_GET(self) -> None:
        """Send the file, or the site's own page of 404."""
        found = self.server.file(self.path)
        path = found or self.server.file("/404.html")
        if path is None:
            self.send_error(404)
            return
        kind = type_of(path)
        small = is_text(kind) and "gzip" in self.headers.get("Accept-Encoding", "")
        body = packed(path, path.stat().st_mtime_ns) if small else path.read_bytes()
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", AGE)
        if is_text(kind):
            self.send_header("Vary", "Accept-Encoding")
        if small:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_HEAD = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the checkers say what matters."""


@contextmanager
def serving(folder: Path) -> Iterator[Host]:
    """Serve `folder` for as long as the block runs."""
    with Host(folder) as host:
        thread = Thread(target=host.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield host
        finally:
            host.shutdown()
            thread.join()
