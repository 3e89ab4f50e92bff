"""Where the config says what: places of its keys in the file."""

from __future__ import annotations

from collections.abc import Sequence

from blogq.finding import Span

FILE = "blogq.yaml"


def place_of(origins: Sequence[tuple[str, str]], key: str) -> Span:
    """Return where `key`, dotted, is said, as `Loaded.origins` has it; the file as a whole where that isn't known."""
    path, _, line = dict(origins).get(key, "").rpartition(":")
    return Span(path, int(line)) if line.isdigit() else Span(FILE)
