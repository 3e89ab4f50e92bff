"""A site that is served for real: `blogq serve` in a process of its own, and files saved in the ways editors save."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
ROOT = Path(__file__).parents[2]
NOW = "2026-01-01 12:00"
CONFIG = "title: A blog\nbase_url: https://blog.example/\n"


def post(title: str = "First", text: str = "Some text.", **more: str) -> str:
    """The source of a post."""
    front = {"title": title, "date": "2025-12-01", **more}
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in front.items()) + f"---\n{text}\n"


SITE = {
    "blogq.yaml": CONFIG,
    "content/posts/first.md": post(),
    "content/posts/second.md": post("Second", "Another text.", date="2025-12-02"),
    "content/about.md": "---\ntitle: About\n---\nOf this blog.\n",
    "static/extra.css": "body { --extra: 1 }\n",
}


def lay(root: Path, files: Mapping[str, str]) -> Path:
    """Write a site."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


class Answered:
    """What the server has answered."""

    def __init__(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self.status, self.headers, self.body = status, headers, body

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


class Served:
    """A running preview."""

    def __init__(self, root: Path, *options: str, environment: Mapping[str, str] | None = None) -> None:
        self.root = root
        command = self.command(options)
        # No editor of whoever runs the tests is to open.
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "BLOGQ_EDITOR": "none", **(environment or {})}
        self.errors = root.parent / f"{root.name}.stderr"
        with self.errors.open("w") as errors:
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True, env=environment)
        assert self.process.stdout is not None
        self.said: list[str] = []
        while not (found := re.search(r"http://(\S+?):(\d+)(/\S*)", self.said[-1] if self.said else "")):
            line = self.process.stdout.readline()
            assert line, f"it has ended: {self.errors.read_text()}"
            self.said.append(line)
        self.host, self.port, self.path = "127.0.0.1", int(found[2]), found[3]
        self.url = f"http://localhost:{self.port}"
        wait_for(lambda: self.get(self.path).status)

    def command(self, options: tuple[str, ...]) -> list[str]:
        """Return what starts it."""
        command = [sys.executable, "-m", "blogq", "serve", "--site", str(self.root), "--now", NOW, *options]
        return command if "--port" in options else [*command, "--port", "0"]

    def get(self, path: str, method: str = "GET", **headers: str) -> Answered:
        """Ask for a path as it stands."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=20)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.putrequest(method, path, skip_host="Host" in named, skip_accept_encoding=True)
            for name, value in named.items():
                connection.putheader(name, value)
            connection.endheaders()
            answer = connection.getresponse()
            return Answered(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def post(self, path: str, body: bytes, **headers: str) -> Answered:
        """Send `body`; a header that is given as empty isn't sent."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=20)
        try:
            usual = {"Host": f"localhost:{self.port}", "Content_Length": str(len(body))}
            connection.putrequest("POST", path, skip_host=True, skip_accept_encoding=True)
            for name, value in {**usual, **headers}.items():
                if value:
                    connection.putheader(name.replace("_", "-"), value)
            try:
                connection.endheaders(body)
            except OSError:
                # Refused before all of it was sent; the answer is there.
                pass
            answer = connection.getresponse()
            return Answered(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def save(self, path: str, text: str) -> None:
        """Save a file as a simple editor does: truncate and write."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def shows(self, path: str, text: str, seconds: float = 20) -> str:
        """Wait until the page at `path` has `text` in it, and return the page."""
        return wait_for(lambda: (page := self.get(path).text) if text in self.get(path).text else "", seconds)

    def end(self) -> int:
        """Press Ctrl-C."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(10)
        finally:
            self.process.kill()


@contextmanager
def serving(root: Path, *options: str, environment: Mapping[str, str] | None = None) -> Iterator[Served]:
    """Serve the site in `root` for a while."""
    served = Served(root, *options, environment=environment)
    try:
        yield served
    finally:
        served.end()


def wait_for(asked: Callable[[], T], seconds: float = 20) -> T:
    """Ask again and again until the answer is true, and return it."""
    end = time.monotonic() + seconds
    while True:
        try:
            answer = asked()
        except OSError:
            answer = None  # type: ignore[assignment]
        if answer:
            return answer
        assert time.monotonic() < end, f"still {answer!r} after {seconds} s"
        time.sleep(0.01)
