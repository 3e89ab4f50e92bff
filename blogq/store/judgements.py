"""Judgements of posts, kept by what they follow from, in `.blogq/gate`.

Only a cache: whatever is wrong with the file, it is dropped and everything is judged again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

LARGEST = 1 << 30
"""Bytes beyond which the file isn't read."""


def load_judgements(store: Path) -> dict[str, Any]:
    """Return all judgements by their keys; none where the file is missing or damaged."""
    found: dict[str, Any] = {}
    with suppress(OSError, ValueError, TypeError):
        path = store / "gate"
        if path.stat().st_size <= LARGEST:
            loaded = json.loads(path.read_bytes())
            if isinstance(loaded, dict):
                found = loaded
    return found


def save_judgements(store: Path, judgements: Mapping[str, Any]) -> None:
    """Write `judgements`; what the disk refuses is left out, for nothing but time depends on it."""
    beside = store / f"gate.{os.getpid()}"
    with suppress(OSError):
        try:
            beside.write_text(json.dumps(judgements, separators=(",", ":")), encoding="utf-8", errors="replace")
            os.replace(beside, store / "gate")
        finally:
            beside.unlink(missing_ok=True)
