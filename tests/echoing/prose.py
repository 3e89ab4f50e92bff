"""Prose for tests of originality: as long as one likes, always the same, and no two of it alike."""

from __future__ import annotations

import random
import re
from functools import cache
from itertools import accumulate


@cache
def vocabulary() -> tuple[list[str], list[float]]:
    """Three thousand made-up words, the first ones used most, as in any language (Zipf 1935)."""
    chance = random.Random("words")
    words: dict[str, None] = {}
    while len(words) < 3000:
        size = 1 if len(words) < 60 else chance.randint(2, 3)
        parts = (chance.choice("bdfgklmnprstvw") + chance.choice("aeiou") + chance.choice("lnrst") for _ in range(size))
        words["".join(parts)] = None
    return list(words), list(accumulate(1 / (rank + 3) for rank in range(len(words))))


def sentences(seed: str, number: int) -> list[str]:
    """Return sentences of 8 to 20 words."""
    chance = random.Random(seed)
    words, weights = vocabulary()
    made = [chance.choices(words, cum_weights=weights, k=chance.randint(8, 20)) for _ in range(number)]
    return [" ".join(each).capitalize() + "." for each in made]


def prose(seed: str, paragraphs: int = 6) -> str:
    """Return paragraphs of five sentences, some 70 words, each on a line of its own."""
    made = sentences(seed, 5 * paragraphs)
    return "\n\n".join(" ".join(made[at : at + 5]) for at in range(0, len(made), 5)) + "\n"


def words_of(text: str) -> int:
    """Return how many words a text has."""
    return len(re.findall(r"\w+", text))
