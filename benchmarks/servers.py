"""The previews of blogq and its peers: how each is started beside a site, asked over HTTP, and ended.

Each runs as its manual tells a writer to: Hugo as `hugo server`, Eleventy as `eleventy --serve --incremental`, both
with their live reload on.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import process
from errors import BenchmarkError
from generators import Generator

POLL = 0.01
"""Seconds between two requests while something is waited for."""
ENDING = 10.0
"""Seconds that a server may take to end before it is killed."""


def command(made: Generator, port: int) -> tuple[str, ...]:
    """Return what starts the preview of the site in the current folder at `port`."""
    match made.name:
        case "blogq":
            python, module, name, *_ = made.command
            return (python, module, name, "serve", "--port", str(port))
        case "hugo":
            return (*made.command, "server", "--port", str(port))
        case "eleventy":
            return (*made.command, "--serve", "--incremental", "--quiet", f"--port={port}")
    raise BenchmarkError(f"{made.name} has no preview that is measured here; blogq, hugo and eleventy have")


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


class Server:
    """A preview that runs. `began` is when its command was given, in seconds of the monotonic clock."""

    def __init__(self, made: Generator, site: Path) -> None:
        """Start the preview of the site in the folder `site`, a child of a folder that takes its log and caches."""
        self.made = made
        port = free_port()
        self.url = f"http://localhost:{port}"
        self.log = site.with_name(f"{site.name}.log")
        caches = {"XDG_CACHE_HOME": f"{site}.cache"}
        with self.log.open("ab") as log:
            self.began = time.monotonic()
            self.process = subprocess.Popen(
                command(made, port),
                cwd=site,
                env={**os.environ, **dict(made.environment), **caches},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def get(self, path: str) -> str:
        """Return the page at `path`; an empty text where there is none yet, or nobody answers."""
        try:
            with urllib.request.urlopen(f"{self.url.replace('localhost', '127.0.0.1')}{path}", timeout=120) as answer:
                return str(answer.read().decode("utf-8", "replace"))
        except (OSError, urllib.error.HTTPError):
            return ""

    def wait_for(self, asked: Callable[[], bool], seconds: float, what: str) -> float:
        """Ask until the answer is true; return when that was. `BenchmarkError` after so many seconds."""
        end = time.monotonic() + seconds
        while not asked():
            if self.process.poll() is not None:
                raise BenchmarkError(f"the preview of {self.made.name} has ended:\n{self._tail()}")
            if time.monotonic() > end:
                raise BenchmarkError(f"{self.made.name}: no {what} after {seconds:.0f} s\n{self._tail()}")
            time.sleep(POLL)
        return time.monotonic()

    def first_page(self, path: str, text: str, seconds: float = 600) -> float:
        """Return the seconds from the command until the page at `path` is served with `text` in it."""
        return self.wait_for(lambda: text in self.get(path), seconds, "first page") - self.began

    def memory(self) -> list[float]:
        """Return the MiB that each of its processes holds, its own first, as resident sizes."""
        return [process.resident(pid)[0] / 2**20 for pid in process.tree(self.process.pid)]

    def end(self) -> None:
        """Press Ctrl-C, and kill what is left a while after."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(ENDING)
            except subprocess.TimeoutExpired:
                pass
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()

    def _tail(self) -> str:
        return self.log.read_text("utf-8", "replace")[-2000:]
