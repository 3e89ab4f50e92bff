"""The other side of a passage: where in its source it stands, and which of its words are the same there."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from blogq.lint.echoes import Source, Texts
from blogq.originality.evidence import Stretch

if TYPE_CHECKING:
    from blogq.originality.words import Words

LONGEST = 80
"""Words of an excerpt; of longer ones the end is left out."""
CONTEXT = 8
"""Words before and after a passage by which its place is found: a heading of one word stands everywhere."""
TELLING = 4
"""Letters from which on a word that stands alone counts as the same; shorter ones are everywhere."""
_ROOM = 1.25
"""Words of an excerpt for each word of its passage: others may have been put in."""
_SLACK = 3


class Excerpt(NamedTuple):
    """A piece of a source."""

    line: int
    """Where it begins in the file; 0 where the file has no lines."""
    column: int
    start: int
    """Character of the source's text; the end isn't within."""
    end: int
    pieces: tuple[tuple[str, bool], ...]
    """Its text in order, each piece with whether its words stand in the passage as well."""
    cut: tuple[bool, bool]
    """Whether the text goes on before it in its paragraph, and after it."""

    @property
    def text(self) -> str:
        """All of it, with … where it was cut."""
        inner = "".join(text for text, _ in self.pieces)
        return f"{'…' * self.cut[0]}{inner}{'…' * self.cut[1]}"


class Excerpts:
    """Finds the other side of passages of one post."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._read: dict[int, tuple[str, Words]] = {}

    def of(self, source: Source, stretch: Stretch, keys: Sequence[str], begin: int, end: int) -> Excerpt:
        """Return the other side of a part of `stretch`: the words `begin` to `end` of the post, end not within.

        `keys` are all words of the post, folded.
        """
        text, words = self._words(source.number)
        starts, ends = words.starts, words.ends
        first = int(starts.searchsorted(stretch.source_start))
        last = max(first + 1, int(starts.searchsorted(stretch.source_end)))
        there = words.keys[first:last]
        short = end - begin < CONTEXT
        wide = CONTEXT * short
        around = keys[max(stretch.first, begin - wide) : min(stretch.last, end + wide)]
        if stretch.kind == "summary":
            same = same_words(keys[begin:end], there)
            begin, end = 0, len(there)
        else:
            low, high = window(around, there)
            same = [False] * low + same_words(keys[begin:end], there[low:high]) + [False] * (len(there) - high)
            begin, end = _core(same, low, high, short)
        shown = min(end, begin + LONGEST)
        same = same[begin:shown]
        places = [(int(starts[first + at]), int(ends[first + at])) for at in range(begin, shown)]
        material = self._texts.material(source.number)
        if not places:
            line, column = material.place(stretch.source_start)
            return Excerpt(line, column, stretch.source_start, stretch.source_start, (), (False, False))
        borders = material.starts()
        opening, closing = places[0][0], places[-1][1]
        part = max(0, bisect_left(borders, opening + 1) - 1)
        # The quote that opens a paragraph and the stop that closes a sentence are shown as well.
        if not any(letter.isalnum() for letter in text[borders[part] : opening]):
            opening = borders[part]
        while opening > borders[part] and not (text[opening - 1].isspace() or text[opening - 1].isalnum()):
            opening -= 1
        while closing < len(text) and not text[closing].isspace() and not text[closing].isalnum():
            closing += 1
        rest = text[closing:].split("\n\n", 1)[0]
        line, column = material.place(places[0][0])
        pieces = _pieces(text, opening, closing, places, same)
        return Excerpt(line, column, opening, closing, pieces, (opening > borders[part], bool(rest.strip())))

    def _words(self, number: int) -> tuple[str, Words]:
        if number not in self._read:
            from blogq.originality.words import words

            text = self._texts.material(number).text
            self._read[number] = text, words(text)
        return self._read[number]


def same_words(keys: Sequence[str], there: Sequence[str]) -> list[bool]:
    """Return which words of `there` stand in `keys` as well: two in a row, or a long one by itself."""
    known = {key for key in keys if len(key) >= TELLING}
    pairs = set(pairwise(keys))
    same = [key in known for key in there]
    for at, pair in enumerate(pairwise(there)):
        if pair in pairs:
            same[at] = same[at + 1] = True
    return same


def window(keys: Sequence[str], there: Sequence[str]) -> tuple[int, int]:
    """Return the words of `there` from first to last, end not within, that most resemble `keys`.

    They are as many as `keys`, or a quarter more; all of `there` where it's no longer. Takes time linear in both.
    """
    room = int(len(keys) * _ROOM) + _SLACK
    if len(there) <= room:
        return 0, len(there)
    known = set(zip(keys, keys[1:], keys[2:], strict=False))
    seeds = [at for at, three in enumerate(zip(there, there[1:], there[2:], strict=False)) if three in known]
    if not seeds:
        seeds = [at for at, same in enumerate(same_words(keys, there)) if same]
    if not seeds:
        return 0, room
    best = (0, 0, 0)
    low = 0
    for high, at in enumerate(seeds):
        while at - seeds[low] >= room:
            low += 1
        best = max(best, (high - low + 1, -low, high))
    low, high = -best[1], best[2]
    begin = seeds[low]
    return begin, min(len(there), max(seeds[high] + 3, begin + min(room, len(keys))))


def _core(same: Sequence[bool], low: int, high: int, short: bool) -> tuple[int, int]:
    """Return from where to where words are the same, between `low` and `high`; of a `short` passage the longest row."""
    marked = [at for at in range(low, high) if same[at]]
    if not marked:
        return low, high
    if not short:
        return marked[0], marked[-1] + 1
    rows: list[list[int]] = []
    for at in marked:
        if rows and rows[-1][-1] == at - 1:
            rows[-1].append(at)
        else:
            rows.append([at])
    row = max(rows, key=len)
    return row[0], row[-1] + 1


def _pieces(
    text: str, opening: int, closing: int, places: Sequence[tuple[int, int]], same: Sequence[bool]
) -> tuple[tuple[str, bool], ...]:
    """Return the text from `opening` to `closing`, parted where words begin or cease to be the same."""
    parts: list[tuple[str, bool]] = []
    at, run = opening, False
    for number, (start, end) in enumerate(places):
        if same[number] != run:
            # What stands between two words belongs to those that aren't the same.
            border = places[number - 1][1] if run and number else start
            if border > at:
                parts.append((text[at:border], run))
            at, run = border, same[number]
        if number == len(places) - 1:
            border = end if run else closing
            parts.append((text[at:border], run))
            if border < closing:
                parts.append((text[border:closing], False))
    return tuple((re.sub(r"\s+", " ", part), mark) for part, mark in parts)
