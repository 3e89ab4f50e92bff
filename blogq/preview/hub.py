"""Event streams to browsers: whatever changes is told to all of them, and none is ever waited for."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

HEARTBEAT = 15.0
"""Seconds after which a stream without events gets a comment, so that one that nobody reads is found out."""
WAITING = 32
"""Events that may wait for a slow browser; beyond that it is told to look at everything once."""
MOST = 4096
"""Streams at a time."""


class Hub:
    """All open streams. Everything here belongs to the server's event loop."""

    def __init__(self) -> None:
        self.streams: set[asyncio.Queue[Mapping[str, Any] | None]] = set()
        self.closed = False

    def publish(self, event: Mapping[str, Any]) -> None:
        """Send `event` to every stream."""
        for queue in self.streams:
            if queue.qsize() >= WAITING:
                while not queue.empty():
                    queue.get_nowait()
                queue.put_nowait({**event, "urls": None})
            else:
                queue.put_nowait(event)

    def close(self) -> None:
        """End all streams."""
        self.closed = True
        for queue in self.streams:
            queue.put_nowait(None)

    async def stream(self, hello: Callable[[], Mapping[str, Any]]) -> AsyncIterator[bytes]:
        """Yield what one browser is sent, until it is gone or all streams are closed.

        That is what `hello` returns first, which is asked once nothing that is published can pass by any more.
        """
        queue: asyncio.Queue[Mapping[str, Any] | None] = asyncio.Queue()
        self.streams.add(queue)
        try:
            yield b"retry: 500\n\n" + _encoded(hello())
            while not self.closed:
                try:
                    event = await asyncio.wait_for(queue.get(), HEARTBEAT)
                except TimeoutError:
                    yield b":\n\n"
                    continue
                if event is None:
                    return
                yield _encoded(event)
        finally:
            self.streams.discard(queue)


def _encoded(event: Mapping[str, Any]) -> bytes:
    return b"data: " + json.dumps(event, ensure_ascii=True, separators=(",", ":")).encode() + b"\n\n"
