"""Two texts and the passages in which they match, and where in their files these stand."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from blogq.originality import Passage

KINDS = {"verbatim": "word for word", "reworded": "reworded", "summary": "summed up"}
"""What the kinds of passages are called."""


@dataclass(frozen=True)
class Side:
    """One of the texts."""

    name: str
    """Of its file, as people would type it."""
    text: str

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(at + 1 for at, letter in enumerate(self.text) if letter == "\n")]

    def line(self, offset: int) -> int:
        """Return the line, from 1, in which an offset lies."""
        return bisect_right(self._starts, offset)

    def lines(self, start: int, end: int) -> str:
        """Return the lines of a passage: `12`, or `12–15`."""
        first, last = self.line(start), self.line(max(start, end - 1))
        return str(first) if first == last else f"{first}–{last}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two texts, compared."""

    text: Side
    source: Side
    passages: tuple[Passage, ...]
    """In the order of the text."""

    @property
    def words(self) -> int:
        """How many words the text has."""
        return len(self.text.text.split())

    def words_of(self, passage: Passage) -> int:
        """Return how many words of the text a passage has."""
        return len(self.text.text[passage.start : passage.end].split())

    @property
    def share(self) -> float:
        """The share of the text's words that stand in passages, 0 to 1."""
        return sum(map(self.words_of, self.passages)) / self.words if self.words else 0.0


def told(comparison: Comparison, passage: Passage) -> str:
    """Return in a line what a passage is."""
    words = comparison.words_of(passage)
    return f"{KINDS[passage.kind]}, {words} word{'s' * (words != 1)}, similarity {passage.similarity:.2f}"


def sum_told(comparison: Comparison) -> str:
    """Return in a line what was found."""
    if not comparison.passages:
        return f"{comparison.text.name} has no passage of {comparison.source.name}."
    count = len(comparison.passages)
    names = f"{comparison.text.name} matches {comparison.source.name}"
    return f"{comparison.share:.0%} of {names}, in {count} passage{'s' * (count != 1)}."
