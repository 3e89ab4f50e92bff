"""What addresses on other sites answered last, in `.blogq/links`, as JSON: address → [state, time].

It is only a cache: what can't be read is dropped, and the addresses are asked again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

DAY = 86_400
FAILED_DAYS = 30
"""Days for which it is remembered that an address was dead."""
LARGEST = 1 << 26
"""Bytes beyond which the file isn't read."""


def load_answers(store: Path, now: int, days: float) -> tuple[set[str], set[str]]:
    """Return the addresses that were alive at most `days` ago, and those that were dead when they were last asked.

    `now` is in seconds since 1970.
    """
    alive, dead = set(), set()
    for address, (state, at) in _known(store).items():
        if state == "alive" and 0 <= now - at < days * DAY:
            alive.add(address)
        elif state == "dead" and 0 <= now - at < FAILED_DAYS * DAY:
            dead.add(address)
    return alive, dead


def save_answers(store: Path, now: int, states: Mapping[str, str]) -> None:
    """Remember the `states` of addresses; what the disk refuses is left out."""
    kept = {address: known for address, known in _known(store).items() if 0 <= now - known[1] < FAILED_DAYS * DAY}
    for address, state in states.items():
        # One that can't be asked now says nothing of what is known.
        if state != "unknown":
            kept[address] = (state, now)
    beside = store / f"links.{os.getpid()}"
    with suppress(OSError):
        try:
            beside.write_text(json.dumps(kept, indent=0, sort_keys=True))
            os.replace(beside, store / "links")
        finally:
            beside.unlink(missing_ok=True)


def _known(store: Path) -> dict[str, tuple[str, int]]:
    found = {}
    with suppress(OSError, ValueError, TypeError, AttributeError):
        if (store / "links").stat().st_size <= LARGEST:
            for address, (state, at) in json.loads((store / "links").read_bytes()).items():
                if isinstance(address, str) and state in ("alive", "dead") and isinstance(at, int):
                    found[address] = (state, at)
    return found
