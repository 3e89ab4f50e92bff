"""The fonts of share images: which characters they have, and how wide these are. TrueType and OpenType, read here.

Only what line breaking needs is read (OpenType 1.9: `head`, `hhea`, `hmtx`, `cmap` in formats 4 and 12). Kerning isn't
counted: it makes lines narrower by a few pixels at most, never wider than they are reckoned to be.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).resolve().parent / "fonts"
FONTS = {
    "Inter-Bold.ttf": "fbe825cbfc749317f57a1433d3905aa9d3f388732fd29b8e8a36f34845e3bc3e",
    "Inter-Medium.ttf": "f1738576525e86db1d5cf63a6c1b56e0a7e2a2898b499ac93db95f2e7a9f9cd5",
    "NotoSansHebrew-Bold.ttf": "8010b087f33f152e25aef020e68cb5568d6f8deebb6dde8f60d655196e59ebde",
    "NotoSansArabic-Bold.ttf": "a86a704ff8b315082f4859b04c2f8f746f4cefb14553ef10505f143e0d4829d3",
}
"""The bundled fonts with the SHA-256 of each, in the order in which a glyph is looked for."""


class NoFont(ValueError):
    """A file that is no font, or none that can be read."""


class Run(NamedTuple):
    """Characters in a row."""

    first: int
    last: int
    glyph: int
    """Of `first`, those of the others following; -1 where `glyphs` has them."""
    glyphs: tuple[int, ...]


class Font:
    """One font file: its characters and their widths."""

    def __init__(self, data: bytes) -> None:
        """Read a font. Raise `NoFont` where it can't be read."""
        try:
            count = struct.unpack_from(">H", data, 4)[0]
            tables: dict[bytes, int] = {}
            for at in range(12, 12 + 16 * count, 16):
                name, _, offset, _ = struct.unpack_from(">4sIII", data, at)
                tables[name] = offset
            self.unit: int = struct.unpack_from(">H", data, tables[b"head"] + 18)[0]
            metrics: int = struct.unpack_from(">H", data, tables[b"hhea"] + 34)[0]
            self._widths: tuple[int, ...] = struct.unpack_from(">" + "Hh" * metrics, data, tables[b"hmtx"])[::2]
            self._runs = sorted(_runs(data, tables[b"cmap"]))
        except (struct.error, KeyError, IndexError) as error:
            raise NoFont("it is no TrueType or OpenType font") from error
        if not self.unit or not self._widths:
            raise NoFont("it is a font without measures")
        self._starts = [run.first for run in self._runs]

    def glyph(self, character: str) -> int:
        """Return the number of the glyph of a character; 0 where there is none."""
        code = ord(character)
        at = bisect_right(self._starts, code) - 1
        if at < 0 or code > self._runs[at].last:
            return 0
        run = self._runs[at]
        return run.glyphs[code - run.first] if run.glyph < 0 else (run.glyph + code - run.first) & 0xFFFF

    def width(self, glyph: int) -> float:
        """Return how far a glyph advances, as a part of the font's size."""
        return self._widths[min(glyph, len(self._widths) - 1)] / self.unit


def _runs(data: bytes, cmap: int) -> list[Run]:
    """Return the characters of a font, from the table that has most of them."""
    subtables: dict[int, int] = {}
    for at in range(cmap + 4, cmap + 4 + 8 * struct.unpack_from(">H", data, cmap + 2)[0], 8):
        platform, encoding, offset = struct.unpack_from(">HHI", data, at)
        if platform == 0 or (platform == 3 and encoding in (1, 10)):
            subtables.setdefault(struct.unpack_from(">H", data, cmap + offset)[0], cmap + offset)
    if 12 in subtables:
        at = subtables[12]
        groups = struct.iter_unpack(">III", data[at + 16 : at + 16 + 12 * struct.unpack_from(">I", data, at + 12)[0]])
        return [Run(first, last, glyph, ()) for first, last, glyph in groups]
    if 4 not in subtables:
        raise NoFont("it has no table of Unicode characters")
    at = subtables[4]
    count = struct.unpack_from(">H", data, at + 6)[0] // 2
    lasts, firsts, deltas, offsets = (
        struct.unpack_from(f">{count}H", data, start)
        for start in (at + 14, at + 16 + 2 * count, at + 16 + 4 * count, at + 16 + 6 * count)
    )
    runs: list[Run] = []
    for number, (first, last, delta, offset) in enumerate(zip(firsts, lasts, deltas, offsets, strict=True)):
        if first > last or first == 0xFFFF:
            continue
        if not offset:
            runs.append(Run(first, last, (first + delta) & 0xFFFF, ()))
            continue
        start = at + 16 + 6 * count + 2 * number + offset
        found = struct.unpack_from(f">{last - first + 1}H", data, start)
        runs.append(Run(first, last, -1, tuple((glyph + delta) & 0xFFFF if glyph else 0 for glyph in found)))
    return runs


class Typeface:
    """Several fonts, each for what those before it don't have."""

    def __init__(self, fonts: Sequence[Font]) -> None:
        self._fonts = fonts
        self._widths: dict[str, float] = {}

    def advance(self, character: str) -> float:
        """Return how wide a character is, as a part of the font's size; negative where no font has it."""
        found = self._widths.get(character)
        if found is None:
            found = -1.0
            for font in self._fonts:
                if glyph := font.glyph(character):
                    found = font.width(glyph)
                    break
            self._widths[character] = found
        return found

    def width(self, text: str) -> float:
        """Return how wide a text is, as a part of the font's size; what no font has counts nothing."""
        return sum(max(0.0, self.advance(character)) for character in text)


@cache
def bundled() -> tuple[Font, ...]:
    """Return the fonts that come with blogq."""
    return tuple(Font((FOLDER / name).read_bytes()) for name in FONTS)
