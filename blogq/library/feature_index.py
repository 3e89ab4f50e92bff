"""Which posts have which words and labels: one sorted array of whole numbers, for the lists of related posts.

An entry is hash << 32 | number << 1 | whether the post uses it most.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, insort
from collections.abc import Sequence

from blogq.content.post import STRONG

MANY = 1024
"""Entries from which the array is made anew: each that is put in or taken out moves half of it."""


def entries_of(features: Sequence[int], number: int) -> list[int]:
    """Return what stands in the index for the post with a number; `features` are the hashes in its slots, or 0."""
    low = number << 1
    return [feature << 32 | low | (slot < STRONG) for slot, feature in enumerate(features) if feature]


def exchanged(index: array[int], gone: set[int], new: set[int]) -> array[int]:
    """Return `index` without the entries `gone`, which are in it, and with those that are `new`; it is used up."""
    if len(gone) + len(new) < MANY:
        for entry in gone:
            del index[bisect_left(index, entry)]
        for entry in new:
            insort(index, entry)
        return index
    left = [entry for entry in index if entry not in gone]
    # Two sorted parts in a row are merged.
    left += sorted(new)
    left.sort()
    return array("Q", left)
