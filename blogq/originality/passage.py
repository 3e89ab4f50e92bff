"""A passage of one text that matches a passage of another, and the boxes that passages are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Literal, NamedTuple

Kind = Literal["verbatim", "reworded", "summary"]

_TURNS = 12
"""Splits after which a group of boxes is left as it is. Of ordinary texts none needs more than six."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of a text and what it matches in a source. Offsets are characters of the two strings as given."""

    kind: Kind
    """`verbatim`: nearly all words stand in both in the same order; `reworded`: sentences share their telling words;
    `summary`: sentences whose telling words come from all over a source that is several times as long."""
    start: int
    end: int
    source_start: int
    source_end: int
    """Of a summary, the span is the whole source."""
    similarity: float
    """0 to 1: of a verbatim passage the share of its words that are copied; else the cosine of the two passages."""


class Box(NamedTuple):
    """A rectangle over two texts, counted in words or in units. Ends are not within."""

    start: int
    end: int
    source_start: int
    source_end: int


class Match(NamedTuple):
    """A passage before its borders are known in characters: counted in words."""

    kind: Kind
    similarity: float
    box: Box
    longest: int = 0
    """Words of the longest run in it, where that was looked at."""

    @property
    def size(self) -> float:
        """Words that are explained: similarity times the words of the shorter side."""
        box = self.box
        return self.similarity * min(box.end - box.start, box.source_end - box.source_start)


def hull(boxes: Sequence[Box]) -> Box:
    """Smallest box around some boxes, of which there is at least one."""
    return Box(
        min(box.start for box in boxes),
        max(box.end for box in boxes),
        min(box.source_start for box in boxes),
        max(box.source_end for box in boxes),
    )


def common(one: Box, other: Box) -> int:
    """Words of the text that two boxes have in common, whatever their sources."""
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes overlap in both texts."""
    return bool(common(one, other)) and one.source_start < other.source_end and other.source_start < one.source_end


def clusters(boxes: Sequence[Box], gap: int) -> list[list[Box]]:
    """Part boxes into groups within which no hole is larger than `gap`, in neither text.

    A group is split at the holes of the one text, then each part at those of the other, until nothing changes (the
    recursive clustering of Sanchez-Perez et al. 2014). The result is in the order of the text. Time: O(n log n), for
    splitting ends after twelve turns.
    """
    waiting = [(list(boxes), 0, False)] if boxes else []
    done: list[list[Box]] = []
    while waiting:
        group, turns, whole = waiting.pop()
        side = turns % 2 * 2
        group.sort(key=itemgetter(side))
        parts: list[list[Box]] = []
        reach = -1
        for box in group:
            if not parts or box[side] - reach > gap:
                parts.append([])
            parts[-1].append(box)
            reach = max(reach, box[side + 1])
        if len(group) == 1 or turns == _TURNS or (whole and len(parts) == 1):
            done.extend(parts)
        else:
            waiting.extend((part, turns + 1, len(parts) == 1) for part in parts)
    return sorted(done, key=min)
