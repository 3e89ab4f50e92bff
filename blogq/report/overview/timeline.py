"""The axis of time that all charts share: weeks, months, quarters or years, as many as fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from blogq.report.overview.markup import MONTHS, day
from blogq.report.overview.material import Material, Piece

MOST_BINS = 120
"""Bars that can be told from each other on a phone's width."""
SHORTEST = 7 * 12
"""Days that an axis has at least, and one week."""
TICKS = 6
"""Labels that fit there."""


class Bin(NamedTuple):
    """A week, month, quarter or year."""

    first: date
    past: date
    """The day after its last."""
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The time from the first post to the present."""

    unit: str
    """`week`, `month`, `quarter` or `year`."""
    bins: tuple[Bin, ...]

    def place(self, when: date) -> float:
        """Return where a day's noon lies, from 0 to 100."""
        first, past = self.bins[0].first, self.bins[-1].past
        return min(100.0, max(0.0, 100 * ((when - first).days + 0.5) / (past - first).days))

    def edge(self, when: date) -> float:
        """Return where a day begins, from 0 to 100."""
        first, past = self.bins[0].first, self.bins[-1].past
        return min(100.0, max(0.0, 100 * (when - first).days / (past - first).days))

    def name(self, each: Bin) -> str:
        """Return what a bin is called."""
        if self.unit == "week":
            return f"week of {day(each.first)}"
        if self.unit == "month":
            return f"{MONTHS[each.first.month - 1]} {each.first.year:04}"
        if self.unit == "quarter":
            return f"{MONTHS[each.first.month - 1]}–{MONTHS[each.first.month + 1]} {each.first.year:04}"
        return f"{each.first.year:04}"

    def ticks(self, most: int = TICKS) -> list[tuple[float, str]]:
        """Return where labels stand, from 0 to 100, and what they say; hardly more than `most`."""
        first, past = self.bins[0].first, self.bins[-1].past
        months = (past.year - first.year) * 12 + past.month - first.month
        # Beginnings of years, else of months, so many apart that they fit.
        steps = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600)
        step = next((each for each in steps if months / each <= most), 1200)
        found: list[tuple[float, str]] = []
        month = first.year * 12 + first.month - 1
        for count in range(month, month + months + 1):
            if count % step:
                continue
            begins = date(count // 12, count % 12 + 1, 1)
            if not first <= begins < past or self.edge(begins) > (94 if most > 3 else 86):
                continue
            short = MONTHS[begins.month - 1]
            label = f"{begins.year:04}" if step >= 12 else f"{short} {begins.year:04}" if not found else short
            if found and step < 12 and begins.month == 1:
                label = f"{begins.year:04}"
            found.append((self.edge(begins), label))
        return found or [(0.0, day(first))]


def timeline(given: Material) -> Timeline | None:
    """Return the axis of a blog; None where no post has a date.

    It is as long as 120 years; what lies further back is a slip of the pen, and left out.
    """
    if not given.live:
        return None
    newest = given.live[-1].day
    last = max(given.today, newest) if given.today.year - newest.year < MOST_BINS else newest
    earliest = date(max(1, last.year - MOST_BINS + 1), 1, 1)
    pieces = [piece for piece in given.live if piece.day >= earliest]
    # A few posts get a span that shows they are few.
    first = min(min(piece.day for piece in pieces), last - timedelta(days=min(SHORTEST, (last - date.min).days)))
    for unit in ("week", "month", "quarter", "year"):
        starts = _starts(unit, first, last)
        if len(starts) - 1 <= MOST_BINS or unit == "year":
            break
    return Timeline(unit, _filled(starts, pieces))


def _starts(unit: str, first: date, last: date) -> list[date]:
    """Return the beginnings of all bins from `first` to `last`, and of the one after, as far as the calendar goes."""
    starts = []
    if unit == "week":
        begin = first - timedelta(days=min(first.weekday(), (first - date.min).days))
        for count in range((last - begin).days // 7 + 2):
            if (last - begin).days // 7 > MOST_BINS + 1 and count > MOST_BINS + 1:
                break
            starts.append(begin + timedelta(days=min(7 * count, (date.max - begin).days)))
        return starts
    months = {"month": 1, "quarter": 3, "year": 12}[unit]
    count = (first.year * 12 + first.month - 1) // months * months
    while True:
        begin = date(count // 12, count % 12 + 1, 1) if count < 120_000 else date.max
        starts.append(begin)
        if begin > last or begin == date.max:
            return starts
        count += months


def _filled(starts: Sequence[date], pieces: Sequence[Piece]) -> tuple[Bin, ...]:
    ordered = sorted(pieces, key=lambda piece: piece.day)
    bins, at = [], 0
    for first, past in pairwise(starts):
        start = at
        while at < len(ordered) and (ordered[at].day < past or past == date.max):
            at += 1
        bins.append(Bin(first, past, tuple(ordered[start:at])))
    return tuple(bins)
