"""The score of a post: 0 to 100, of named parts, with all that was counted.

    Subject ── Reading ──→ substance, structure, care ──→ Score ── edits ──→ what would raise it

docs/score.md says what each part is made of, where its weights are from, and what can't raise it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from blogq.lint.score.counted import Counted, Edit, within
from blogq.lint.subject import Subject

__all__ = ["WEIGHTS", "Counted", "Edit", "Score", "edits", "score", "with_originality"]

WEIGHTS = {"substance": 0.595, "structure": 0.1275, "care": 0.1275, "originality": 0.15}
"""What each part weighs; over the parts that a post has they are normalised to 1."""

FEWEST = 20
"""Words under which a text has no score."""

UNSPACED = frozenset("zh ja th lo km my bo dz yue wuu".split())
"""Languages that set no white space between words, so that there are no words to be counted."""


@dataclass(frozen=True, slots=True)
class Score:
    """How good a post is, as far as can be counted."""

    exact: float
    """0 to 100, not rounded."""
    parts: Mapping[str, int]
    """Points of each part, 0 to 100."""
    counted: tuple[Counted, ...]
    """All that was counted, in the order of the parts."""

    @property
    def total(self) -> int:
        """0 to 100."""
        return round(self.exact)


def score(post: Subject) -> Score | None:
    """Return the score of a post; None for under 20 words, and for languages without words separated by spaces.

    Neither a paragraph copied within the post, nor a filler, nor a transition can raise it: each part says why.
    """
    from blogq.lint.score.care import care
    from blogq.lint.score.reading import Reading
    from blogq.lint.score.structure import structure
    from blogq.lint.score.substance import substance

    reading = Reading(post)
    if reading.words < FEWEST or reading.language in UNSPACED:
        return None
    return scored([*substance(reading), *structure(reading), *care(reading)])


def with_originality(score: Score, share: float) -> Score:
    """Return the score of a post of whose words `share`, 0 to 1, is known to be copied: what the gate shows."""
    from blogq.lint.score.originality import copied, with_share

    total, parts = with_share(score.total, score.parts, share)
    return Score(float(total), parts, (*score.counted, copied(share)))


def edits(post: Subject, score: Score, goal: float) -> tuple[Edit, ...]:
    """Return the fewest edits that would bring `score` of `post` to `goal`, the most telling first."""
    from blogq.lint.score.advice import advice

    return advice(post, score, goal)


def scored(counted: list[Counted]) -> Score:
    """Return the score that what was counted comes to."""
    points = {part: within([row for row in counted if row.part == part]) for part in WEIGHTS}
    points = {part: value for part, value in points.items() if any(row.part == part for row in counted)}
    weight = sum(WEIGHTS[part] for part in points)
    exact = sum(WEIGHTS[part] * value for part, value in points.items()) / weight if weight else 0.0
    return Score(exact, {part: round(value) for part, value in points.items()}, tuple(counted))
