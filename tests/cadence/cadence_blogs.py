"""Blogs made for tests: so many posts, so far apart, so good."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from hypothesis import strategies as st

from blogq.cadence.history import DAY, Publication, in_order

START = 1_600_000_000


def blog(*stretches: tuple[int, float, float], noise: float = 6.0, seed: int = 1) -> tuple[Publication, ...]:
    """Return posts for each (posts, days between them, mean score); gaps vary by 30 %, scores by `noise`."""
    source = random.Random(seed)
    date, posts = START, []
    for count, days, score in stretches:
        for _ in range(count):
            date += int(days * DAY * source.uniform(0.7, 1.3))
            posts.append(Publication(date, score + source.gauss(0, noise), f"posts/{len(posts):04}.md"))
    return tuple(posts)


def changed(posts: Sequence[Publication], change: Callable[[Publication], Publication]) -> tuple[Publication, ...]:
    """Return the posts, each changed, in order again."""
    return in_order(map(change, posts))


SCORES = st.one_of(st.none(), st.integers(0, 100).map(float), st.floats(0, 100), st.just(float("nan")))
GAPS = st.one_of(st.just(0), st.just(DAY), st.integers(0, 40 * DAY))


@st.composite
def histories(draw: st.DrawFn, least: int = 0, most: int = 90) -> tuple[Publication, ...]:
    """Any history: posts of one moment, without a score, with parts or without."""
    date, posts = START, []
    for place in range(draw(st.integers(least, most))):
        date += draw(GAPS)
        parts = draw(st.one_of(st.none(), st.dictionaries(st.sampled_from(["care", "substance"]), st.floats(0, 100))))
        posts.append(Publication(date, draw(SCORES), f"posts/{place:04}.md", parts))
    return in_order(posts)
