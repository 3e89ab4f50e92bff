"""Two texts in numbers: each word that either has gets one number, in the order in which they are met."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from blogq.originality.words import Words, words

if TYPE_CHECKING:
    from blogq.originality.words import Integers


class Pair(NamedTuple):
    """Two texts that are compared."""

    text: Words
    source: Words
    text_words: Integers
    """Number of each word of the text."""
    source_words: Integers
    text_stems: Integers
    """Number of each word's stem."""
    source_stems: Integers
    stems: int
    """How many stems there are."""


STEM = 6
"""Letters of a word that count when rewording is looked for, so that its inflections are one."""


def pair(text: str, source: str) -> Pair:
    """Read two texts."""
    import numpy as np

    one, other = words(text), words(source)
    numbers = {key: number for number, key in enumerate(dict.fromkeys(one.keys) | dict.fromkeys(other.keys))}
    ids = [np.fromiter(map(numbers.__getitem__, side.keys), np.int64, len(side.keys)) for side in (one, other)]
    stems: dict[str, int] = {}
    of_word = np.array([stems.setdefault(key[:STEM], len(stems)) for key in numbers], np.int64)
    return Pair(one, other, ids[0], ids[1], of_word[ids[0]], of_word[ids[1]], len(stems))
