"""What a word or label that two posts have in common counts, by how rare it is: few steps, and whole numbers."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

WORD_POINTS = (0, 0, 1, 2, 3)
"""What a word in common counts, by its step of rarity: double on each side where it is among the most used ones."""
COMMON = 2
"""What a common label counts, between posts that have `RARER` points for something else."""
RARER = 3
"""Points for rarer things that make common labels count: alone they would relate too many."""
LABEL_POINTS = (0, COMMON, 5, 10, 15)
"""What a label in common counts."""
FEW = 6
"""Bits of the number of posts, at least: in a blog of fewer than 32 there would be no steps."""
SMALL = 7
"""Bits of the number of posts up to which common labels and words count a little: to 127 posts."""
MOST = 1023
"""Posts beyond which a word or label says nothing; so the time that one list takes has a bound."""


class Tables(NamedTuple):
    """What words and labels count in one blog, by the bits of the number of posts that have them."""

    words: tuple[int, ...]
    labels: tuple[int, ...]
    steps: tuple[int, ...]
    """How rare a word is."""


def rarity(bits: int, of: int, label: bool = False) -> int:
    """Return the step of a word or label: from 0, for one that says nothing, to 4.

    `bits` are those of the number of posts that have it, `of` those of the number of all posts; so it seldom changes.
    It falls by one each time there are four times as many, in a small blog each time there are twice as many; what a
    quarter of the posts have is 0, but for labels of a small blog that less than half of them have.
    """
    if bits >= of:
        return 0
    step = max(0, min(4, (10 - bits) // 2, max(of, FEW) - 2 - bits))
    return 1 if label and not step and of <= SMALL and bits <= of - 2 else step


@cache
def points_of(of: int) -> Tables:
    """Return the tables of a blog whose number of posts has `of` bits."""
    steps = [rarity(bits, of) for bits in range(65)]
    words = [WORD_POINTS[step] or int(step == 1 and of <= SMALL) for step in steps]
    return Tables(tuple(words), tuple(LABEL_POINTS[rarity(bits, of, True)] for bits in range(65)), tuple(steps))
