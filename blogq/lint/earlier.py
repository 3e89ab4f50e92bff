"""What an author's posts were like so far: one figure of each, to hold the next one against.

Every post of a blog is held against those before it, so figures are kept in order, and each question is answered in the
time that a search takes: 10,000 posts need some 50 ms.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from blogq.lint.blog import Blog, Judged

NORMAL = 1.4826
"""What the median absolute deviation is multiplied with to estimate the standard deviation of a normal distribution:
Rousseeuw and Croux, "Alternatives to the median absolute deviation", JASA 88 (1993)."""
DATELESS = -(1 << 61)
"""Dates below this are none (see `blogq.content.post.MISSING`)."""


class Earlier:
    """The figures of posts so far."""

    __slots__ = ("_values",)

    def __init__(self) -> None:
        self._values: list[float] = []

    def __len__(self) -> int:
        return len(self._values)

    def add(self, value: float) -> None:
        """Take in the figure of one more post."""
        insort(self._values, value)

    def quantile(self, share: float) -> float:
        """Return the value below which `share` (0 to 1) lies, between neighbours in proportion; there must be figures.

        Type 7 of Hyndman and Fan, "Sample quantiles in statistical packages", The American Statistician 50 (1996).
        """
        place = share * (len(self._values) - 1)
        low = int(place)
        high = min(low + 1, len(self._values) - 1)
        return self._values[low] + (place - low) * (self._values[high] - self._values[low])

    def robust_deviation(self) -> float:
        """Return the standard deviation as the median absolute deviation tells it, which a few odd posts don't change.

        Of an even number of deviations the lower of the two in the middle counts for half, as in any median.
        """
        values, middle = self._values, self.quantile(0.5)
        count = len(values)
        low = _deviation(values, middle, (count - 1) // 2)
        return NORMAL * (low if count % 2 else (low + _deviation(values, middle, count // 2)) / 2)


def _deviation(values: Sequence[float], middle: float, rank: int) -> float:
    """Return the deviation from `middle` that has `rank` smaller ones, of values in order; both sides are searched."""
    split = bisect_left(values, middle)
    below, above = split, len(values) - split
    # Take `left` from below the middle and the others from above; the largest of both is the answer.
    low, high = max(0, rank + 1 - above), min(below, rank + 1)
    while low < high:
        left = (low + high) // 2
        right = rank + 1 - left
        if middle - values[split - 1 - left] < values[split + right - 1] - middle:
            low = left + 1
        else:
            high = left
    right = rank + 1 - low
    return max(
        middle - values[split - low] if low else 0.0,
        values[split + right - 1] - middle if right else 0.0,
    )


class Standing(NamedTuple):
    """One post, its figure, and those of the same author's posts before it."""

    post: Judged
    value: float
    earlier: Earlier
    """As of this post; it grows when the next one is asked for."""


def standings(blog: Blog, values: Sequence[float | None]) -> Iterator[Standing]:
    """Yield each post that is live or will be, with figures of the live posts before it by its author in its language.

    `values` has the figure of each of `blog.posts`; posts without one are left out. What has no date yet comes last.
    """
    numbered = [(post, value) for post, value in zip(blog.posts, values, strict=True) if value is not None]
    numbered.sort(key=lambda each: (each[0].date < DATELESS, each[0].date))
    known: dict[tuple[str, str], Earlier] = {}
    for post, value in numbered:
        if post.kind != "post" or post.status not in ("live", "draft", "scheduled"):
            continue
        earlier = known.setdefault((post.author, post.language), Earlier())
        yield Standing(post, value, earlier)
        if post.status == "live":
            earlier.add(value)
