"""The hub of event streams, without a network."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from blogq.preview import hub
from blogq.preview.hub import WAITING, Hub

T = TypeVar("T")


def run_apart(work: Coroutine[Any, Any, T]) -> T:
    """Run in a thread of its own: where a browser is open, this one has a loop already."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, work).result()


def test_what_is_published_before_a_stream_is_greeted_is_in_its_greeting() -> None:
    """A stream that is opened while something changes must hear of it one way or the other."""

    async def run() -> tuple[bytes, int]:
        one, version = Hub(), 1
        stream = one.stream(lambda: {"version": version})
        version = 2
        one.publish({"version": version})
        return await anext(stream), len(one.streams)

    hello, streams = run_apart(run())
    assert b'{"version":2}' in hello
    assert streams == 1


def test_a_stream_that_nobody_reads_holds_no_more_than_so_much() -> None:
    async def run() -> list[int]:
        one = Hub()
        stream = one.stream(dict)
        await anext(stream)
        for number in range(10 * WAITING):
            one.publish({"version": number, "urls": []})
        held = [queue.qsize() for queue in one.streams]
        rest = [await anext(stream) for _ in range(held[0])]
        # Whoever has missed something looks at everything.
        assert any(b'"urls":null' in each for each in rest)
        return held

    assert max(run_apart(run())) <= WAITING


def test_streams_that_end_are_forgotten() -> None:
    async def run() -> int:
        one = Hub()
        for _ in range(50):
            stream = one.stream(dict)
            await anext(stream)
            await stream.aclose()
        return len(one.streams)

    assert run_apart(run()) == 0


def test_a_silent_stream_has_a_heartbeat(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(hub, "HEARTBEAT", 0.01)

    async def run() -> bytes:
        stream = Hub().stream(dict)
        await anext(stream)
        return await anext(stream)

    assert run_apart(run()) == b":\n\n"
