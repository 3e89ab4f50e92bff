"""Originality: how much of a post's words stand in something that was written before.

It is known only where the whole blog is read, so it joins the score of a post that was scored by itself.
"""

from __future__ import annotations

from collections.abc import Mapping

from blogq.lint.score import WEIGHTS
from blogq.lint.score.counted import Counted

PART = "originality"
COPIED = "share of words that stand in earlier texts"
"""What is counted."""
NOTHING_OWN = 0.5
"""Share of copied words from which on there are no points: OR001's limit for an error."""


def points(share: float) -> int:
    """Return the points, 0 to 100, of a post of whose words `share`, 0 to 1, is copied."""
    return round(100 * max(0.0, 1 - share / NOTHING_OWN))


def share_of(points: int) -> float:
    """Return the share of copied words that gives so many points: the least one, where there are several."""
    return NOTHING_OWN * (1 - points / 100)


def copied(share: float) -> Counted:
    """Return what was counted, as `blogq explain POST` shows it."""
    return Counted(PART, COPIED, round(share, 3), float(points(share)), 100.0)


def with_share(total: int, parts: Mapping[str, int], share: float) -> tuple[int, dict[str, int]]:
    """Return a score and its parts, originality among them: `total` is the score without it, 0 to 100."""
    own = points(share)
    return round((1 - WEIGHTS[PART]) * total + WEIGHTS[PART] * own), {**parts, PART: own}
