"""What a part of the score is made of: things counted, with the points that they gave."""

from __future__ import annotations

from typing import NamedTuple


class Counted(NamedTuple):
    """One thing that was counted, for `blogq explain POST`."""

    part: str
    """`substance`, `structure`, `care` or `originality`."""
    what: str
    value: float
    """How much of it there is, in its own unit."""
    points: float
    """Points that it gave, of the part's 100; below zero where it took some off."""
    most: float
    """Points that it can give at most; 0 for what can only take off."""


class Edit(NamedTuple):
    """One thing that an author can do."""

    what: str
    """As an order: `add a description`."""
    points: float
    """Points of the whole score that it brings."""


def within(rows: list[Counted]) -> float:
    """Return the part's points, 0 to 100: the sum of all rows."""
    return min(100.0, max(0.0, sum(row.points for row in rows)))
