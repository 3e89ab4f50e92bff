"""Judgements of posts, kept by what they follow from, in `.blogq/gate`: a line each, new ones at the end.

A line is a checksum, the key, and three parts as JSON with tabs between them: what the blog's judgement needs, the
findings, the figures. The first is read for every post, the others for those that are shown. It is only a cache:
whatever is wrong with a line, the line is dropped and its post is judged again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from zlib import crc32

LARGEST = 1 << 30
"""Bytes beyond which the file isn't read."""
SPARE = 1 << 16
"""Bytes of waste that are never worth writing the file anew."""
KEY = slice(8, 40)
"""Where the key of a line stands: 32 hex digits after the 8 of the checksum."""


def written(parts: Sequence[Any]) -> bytes:
    """Return the three parts of a judgement as they are kept, without checksum and key."""
    told = [json.dumps(part, separators=(",", ":")).encode("utf-8", "replace") for part in parts]
    return b"\t".join(told)


def load_judgements(store: Path) -> dict[bytes, bytes]:
    """Return all lines by their keys; none where the file is missing."""
    found: dict[bytes, bytes] = {}
    with suppress(OSError):
        path = store / "gate"
        if path.stat().st_size <= LARGEST:
            for line in path.read_bytes().split(b"\n"):
                if line[:8] == b"%08x" % crc32(memoryview(line)[8:]):
                    found[line[KEY]] = line
    return found


def decoded(lines: Sequence[bytes | None], number: int) -> list[Any]:
    """Return part `number` of each of `lines`, decoded: 0 for the brief, 1 findings, 2 figures; None for None."""
    cut = [b"null" if line is None else line[KEY.stop :].split(b"\t", 2)[number] for line in lines]
    # All at once: that takes a third of the time.
    found: list[Any] = json.loads(b"[" + b",".join(cut) + b"]")
    return found


def add_judgements(store: Path, new: Mapping[bytes, bytes]) -> dict[bytes, bytes]:
    """Append judgements, as `written`, by their keys, and return their lines.

    What the disk refuses is left out, for nothing but time depends on it.
    """
    lines = {key: _line(key, parts) for key, parts in new.items()}
    with suppress(OSError), open(store / "gate", "ab") as file:
        # In one piece, and on a line of its own whatever a killed run has left.
        file.write(b"\n" + b"\n".join(lines.values()) + b"\n")
    return lines


def tidy(store: Path, lines: Sequence[bytes]) -> None:
    """Write the file anew, with nothing but `lines`, when more than half of it is something else."""
    beside = store / f"gate.{os.getpid()}"
    with suppress(OSError):
        if (store / "gate").stat().st_size <= 2 * sum(map(len, lines)) + SPARE:
            return
        try:
            beside.write_bytes(b"\n".join([*lines, b""]))
            os.replace(beside, store / "gate")
        finally:
            beside.unlink(missing_ok=True)


def _line(key: bytes, parts: bytes) -> bytes:
    told = key + parts
    return b"%08x" % crc32(told) + told
