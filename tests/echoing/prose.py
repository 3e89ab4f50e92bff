"""Prose for tests of originality: as long as one likes, always the same, and no two of it alike."""

from __future__ import annotations

import random
import re
from functools import cache
from pathlib import Path

DOCS = Path(__file__).resolve().parents[2] / "docs"


@cache
def vocabulary() -> tuple[list[str], list[int]]:
    """Words of this project's own documentation, with how often each is used there."""
    counts: dict[str, int] = {}
    for path in sorted(DOCS.glob("*.md")):
        for word in re.findall(r"(?<![`\w./-])[a-z]{1,14}(?![`\w./-])", path.read_text(encoding="utf-8")):
            counts[word] = counts.get(word, 0) + 1
    words = sorted(word for word, count in counts.items() if count > 1)
    return words, [counts[word] for word in words]


def sentences(seed: str, number: int) -> list[str]:
    """Return sentences of 8 to 20 words."""
    chance = random.Random(seed)
    words, weights = vocabulary()
    made = [chance.choices(words, weights, k=chance.randint(8, 20)) for _ in range(number)]
    return [" ".join(each).capitalize() + "." for each in made]


def prose(seed: str, paragraphs: int = 6) -> str:
    """Return paragraphs of five sentences, some 70 words, each on a line of its own."""
    made = sentences(seed, 5 * paragraphs)
    return "\n\n".join(" ".join(made[at : at + 5]) for at in range(0, len(made), 5)) + "\n"


def words_of(text: str) -> int:
    """Return how many words a text has."""
    return len(re.findall(r"\w+", text))
