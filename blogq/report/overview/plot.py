"""What charts over time are drawn of: grid, labels of time, lines, dots, bars, shaded stretches.

Places are percentages of the drawing, so that a chart is as wide as its page and its text stays as large as any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from math import ceil, floor
from typing import NamedTuple

from blogq.report.overview.markup import at, day, plain, stretched
from blogq.report.overview.material import Stretch
from blogq.report.overview.timeline import TICKS, Timeline


class Scale(NamedTuple):
    """Values from `low` to `high`, drawn between `bottom` and `top`, percentages from above."""

    low: float
    high: float
    bottom: float
    top: float

    def place(self, value: float) -> float:
        """Return where a value lies, in percent from above."""
        share = (min(self.high, max(self.low, value)) - self.low) / (self.high - self.low)
        return self.bottom - share * (self.bottom - self.top)


def score_scale(values: Sequence[float], bottom: float, top: float, step: int = 20) -> Scale:
    """Return a scale from one multiple of `step` to another that has all `values`, which go from 0 to 100."""
    low = floor(min(values, default=0) / step) * step
    high = min(100, ceil(max(values, default=100) / step) * step)
    return Scale(min(low, 80), max(high, min(low, 80) + step), bottom, top)


def grid(scale: Scale, values: Iterable[float], left: bool = True) -> Iterator[str]:
    """Yield lines at `values`, each with its label."""
    for value in values:
        y = at(scale.place(value))
        yield f'<line class="grid" x1="0" x2="100%" y1="{y}%" y2="{y}%"/>'
        if left:
            yield f'<text class="scale" x="-8" y="{y}%" dy=".35em">{value:g}</text>'


def steps(scale: Scale, most: int = 4) -> list[float]:
    """Return round values of a scale, at most `most` and one more."""
    step = next(each for each in (1, 2, 5, 10, 20, 25, 50, 100, 10**9) if (scale.high - scale.low) / each <= most)
    begin = ceil(scale.low / step)
    return [float(count * step) for count in range(begin, floor(scale.high / step) + 1)]


def months(axis: Timeline, y: float, to: float, below: float = 0, most: int = TICKS) -> Iterator[str]:
    """Yield the labels of time at `y`, with thin lines up to `to`; both in percent."""
    for place, label in axis.ticks(most):
        x = at(place)
        yield f'<line class="tick" x1="{x}%" x2="{x}%" y1="{at(to)}%" y2="{at(y - below)}%"/>'
        yield f'<text class="time" x="{x}%" dx="4" y="{at(y)}%">{label}</text>'


def line(points: Sequence[tuple[float, float]], kind: str = "median") -> str:
    """Return a line through points in percent; a dot where there is only one."""
    if len(points) == 1:
        return f'<circle class="{kind} alone" cx="{at(points[0][0])}%" cy="{at(points[0][1])}%" r="4"/>'
    told = " ".join(f"{at(x)},{at(y)}" for x, y in points)
    return stretched(100, 100, [f'<polyline class="{kind}" points="{told}"/>'])


def dot(x: float, y: float, kind: str, said: str, size: float = 3.5) -> str:
    """Return one post at a place in percent; `said` is text."""
    return f'<circle class="{kind}" cx="{at(x)}%" cy="{at(y)}%" r="{at(size)}"><title>{plain(said)}</title></circle>'


def bars(axis: Timeline, heights: Sequence[float], scale: Scale, said: Sequence[str]) -> str:
    """Return a bar for each bin; `said` are texts."""
    drawn = []
    for each, height, told in zip(axis.bins, heights, said, strict=True):
        if height <= 0:
            continue
        x, past = axis.edge(each.first), axis.edge(each.past)
        y = scale.place(height)
        drawn.append(
            f'<rect x="{at(x + 0.08 * (past - x))}" width="{at(max(0.2, 0.84 * (past - x)))}" '
            f'y="{at(y)}" height="{at(scale.bottom - y)}"><title>{plain(told)}</title></rect>'
        )
    return stretched(100, 100, drawn, 'class="bars"')


def shades(axis: Timeline, stretches: Iterable[Stretch], top: float, bottom: float, kind: str) -> Iterator[str]:
    """Yield a shaded area for each stretch of days, from `top` to `bottom`."""
    for each in stretches:
        x, past = axis.edge(each.first), axis.edge(each.last + timedelta(days=1))
        yield (
            f'<rect class="{kind}" x="{at(x)}%" width="{at(max(0.4, past - x))}%" y="{at(top)}%" '
            f'height="{at(bottom - top)}%">'
            f"<title>{plain(each.said)}, {day(each.first)} to {day(each.last)}</title></rect>"
        )
