"""One preview from beginning to end: server, watcher and the thread that brings the site up to date."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from blogq.preview.server import Preview
from blogq.preview.source import Change, Source
from blogq.preview.watch import Watcher

FIRST = 10.0
"""Seconds to wait for the first page to be asked for, before what the first edit needs is loaded."""
BREATH = 0.3
"""Seconds after it, in which its browser asks for all else."""


def event_of(change: Change) -> dict[str, Any]:
    """Return what browsers are told of a change."""
    return {
        "urls": None if change.urls is None else sorted(change.urls),
        "files": list(change.files),
        "offers": [offer._asdict() for offer in change.offers],
        "edited": change.edited,
    }


class Session:
    """Serves `source` and follows what is saved."""

    def __init__(
        self, source: Source, host: str, follow: bool, told: Callable[[str], None], scan_only: bool = False
    ) -> None:
        """`told` is called with sentences about the preview itself."""
        self.source = source
        self.told = told
        self.preview = Preview(source, host, follow)
        self.watcher = Watcher(source, self._scanning, scan_only)
        self.loop: asyncio.AbstractEventLoop | None = None

    def _scanning(self, why: str) -> None:
        self.preview.notice = why
        self.told(why)

    def run(self, listening: socket.socket, ready: Callable[[], None] = lambda: None) -> None:
        """Serve on the socket `listening` until the process is told to end; `ready` is called once it answers."""
        asyncio.run(self._run(listening, ready))

    async def _run(self, listening: socket.socket, ready: Callable[[], None]) -> None:
        self.loop = asyncio.get_running_loop()
        following = threading.Thread(target=self._follow, name="blogq-watching", daemon=True)

        def begin() -> None:
            following.start()
            self.source.listen(self._judged)
            ready()

        try:
            await self.preview.run(listening, begin)
        finally:
            self.watcher.end()
            self.source.close()

    def _judged(self) -> None:
        if self.loop is not None:
            with suppress(RuntimeError):
                # The loop may just have ended.
                self.loop.call_soon_threadsafe(self.preview.tell_judged)

    def end(self) -> None:
        """End the session, from any thread."""
        if self.loop is not None:
            self.loop.call_soon_threadsafe(lambda: self.preview.end())

    def _warm(self) -> None:
        # Not while somebody waits for the first page.
        self.preview.looked_at.wait(FIRST)
        time.sleep(BREATH)
        try:
            self.source.warm()
        except Exception:
            self.told(traceback.format_exc())

    def _follow(self) -> None:
        self.watcher.start()
        threading.Thread(target=self._warm, name="blogq-warming", daemon=True).start()
        while not self.watcher.ended:
            paths = self.watcher.batch()
            if self.watcher.ended:
                return
            began = time.monotonic()
            try:
                change = self.source.update(paths)
                self.watcher.cover()
            except Exception:
                # Whatever a file contains, the server goes on.
                self.told(traceback.format_exc())
                change = Change(None)
            if paths is None:
                self.watcher.cost = time.monotonic() - began
            if change.is_nothing:
                continue
            if paths is None:
                self.watcher.found()
            if self.loop is not None:
                self.loop.call_soon_threadsafe(self.preview.tell, event_of(change))
