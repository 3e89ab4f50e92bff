"""The text of a post or of a source as it is compared: its parts, each with its places in the file."""

from __future__ import annotations

import json
from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple
from zlib import compress, decompress

PARTING = "\n\n"
"""What stands between two parts in the whole."""

Mark = tuple[int, int, int]
"""Offset in a part, line and column in the file; column 0 where only the line is known."""


class Part(NamedTuple):
    """A paragraph, a heading, an item of a list …"""

    text: str
    marks: tuple[Mark, ...] = ()
    """Ascending: from each of them on, text and file run side by side. None where the file has no lines."""

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column, from 1, of the character at `offset`; zeros where they aren't known."""
        if not self.marks:
            return 0, 0
        at, line, column = self.marks[max(0, bisect_right(self.marks, (offset, 1 << 60, 0)) - 1)]
        return line, column + max(0, offset - at) if column else 0


class Material(NamedTuple):
    """What is compared of one text."""

    parts: tuple[Part, ...]
    left_out: int = 0
    """Words of declared boilerplate, which are in no part."""

    @property
    def text(self) -> str:
        """All parts as one text, an empty line between each two."""
        return PARTING.join(part.text for part in self.parts)

    def starts(self) -> list[int]:
        """Return the offset in `text` at which each part begins."""
        sizes = (len(part.text) + len(PARTING) for part in self.parts)
        return list(accumulate(sizes, initial=0))[:-1]

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column in the file of the character at `offset` of `text`."""
        if not self.parts:
            return 0, 0
        starts = self.starts()
        at = max(0, bisect_right(starts, offset) - 1)
        return self.parts[at].place(min(offset - starts[at], len(self.parts[at].text)))


def packed(material: Material) -> bytes:
    """Return a material as it is kept."""
    told = json.dumps(material, ensure_ascii=False, separators=(",", ":"))
    return compress(told.encode("utf-8", "surrogatepass"), 1)


def unpacked(data: bytes) -> Material:
    """Return what `packed` was given. Raises `ValueError` or `zlib.error` for anything else."""
    parts, left_out = json.loads(decompress(data).decode("utf-8", "surrogatepass"))
    return Material(
        tuple(Part(text, tuple((at, line, column) for at, line, column in marks)) for text, marks in parts), left_out
    )
