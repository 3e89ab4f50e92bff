"""A passage of one text that matches a passage of another, and the boxes that passages are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Kind = Literal["verbatim", "reworded", "summary"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of a text and what it matches in a source. Offsets are characters of the two strings as given."""

    kind: Kind
    """`verbatim`: nearly all words stand in both in the same order; `reworded`: sentences share their telling words;
    `summary`: the same, of a source passage several times as long."""
    start: int
    end: int
    source_start: int
    source_end: int
    similarity: float
    """0 to 1: of a verbatim passage the share of its words that are copied; else the cosine of the two passages."""


class Box(NamedTuple):
    """A rectangle over two texts, counted in whatever its maker counts in (words, units). Ends are not within."""

    start: int
    end: int
    source_start: int
    source_end: int


def hull(boxes: list[Box]) -> Box:
    """Smallest box around some boxes, of which there is at least one."""
    return Box(
        min(box.start for box in boxes),
        max(box.end for box in boxes),
        min(box.source_start for box in boxes),
        max(box.source_end for box in boxes),
    )


def clusters(boxes: list[Box], gap: int) -> list[list[Box]]:
    """Part boxes into groups within which no hole is larger than `gap`, in neither text.

    A group is split at the holes of the one text, then each part at those of the other, until nothing changes
    (recursive clustering of Sanchez-Perez et al. 2014). Order of the result: by text. Splitting ends after 40 turns, so
    that crafted input takes no more than O(n log n).
    """
    waiting = [(sorted(boxes), 0, 0)]
    done: list[list[Box]] = []
    while waiting:
        group, turns, still = waiting.pop()
        side = turns % 2 * 2
        parts: list[list[Box]] = []
        reach = None
        for box in sorted(group, key=lambda box: box[side]):
            if reach is None or box[side] - reach > gap:
                parts.append([])
                reach = box[side + 1]
            else:
                reach = max(reach, box[side + 1])
            parts[-1].append(box)
        still = still + 1 if len(parts) == 1 else 0
        if still == 2 or len(group) == 1 or turns == 40:
            done.extend(parts)
        else:
            waiting.extend((part, turns + 1, still) for part in parts)
    return sorted(done, key=min)
