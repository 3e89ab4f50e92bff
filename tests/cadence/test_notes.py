"""The other rules' figures: bursts, slipping quality, filled days and silence."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable

import pytest
from cadence_blogs import START, blog, changed, histories
from hypothesis import given
from hypothesis import strategies as st

from blogq.cadence.burst import burst, dispersion, rate_p
from blogq.cadence.filling import filling
from blogq.cadence.history import DAY, HOUR, Publication, in_order
from blogq.cadence.silence import silence
from blogq.cadence.slipping import slipping


def test_a_burst_is_twice_the_usual_rate_or_more() -> None:
    found = burst(blog((40, 6.0, 70.0), (12, 2.0, 70.0)))
    assert found is not None
    assert found.ratio == pytest.approx(3, rel=0.2)
    assert found.days == pytest.approx(2, rel=0.2)
    assert found.usual_days == pytest.approx(6, rel=0.2)
    assert found.p < 0.05
    assert len(found.posts) == 12


@pytest.mark.parametrize("days", [6.0, 4.0, 12.0])
def test_less_than_twice_is_no_burst(days: float) -> None:
    assert burst(blog((40, 6.0, 70.0), (12, days, 70.0))) is None


def test_a_burst_takes_25_posts_to_see() -> None:
    assert burst(blog((12, 6.0, 70.0), (12, 1.0, 70.0))) is None
    assert burst(blog((13, 6.0, 70.0), (12, 1.0, 70.0))) is not None


def test_blogs_that_always_clump_need_more_to_be_a_burst() -> None:
    # Six posts within a day, then five weeks of nothing; the latest twelve are two clumps and the next one's half.
    date, posts = START, []
    for clump in range(10):
        date += 35 * DAY
        posts += [Publication(date + n * 4 * HOUR, 70.0, f"{clump}-{n}") for n in range(6)]
    posts += [Publication(date + 9 * DAY + n * 4 * HOUR, 70.0, f"x{n}") for n in range(6)]
    assert burst(in_order(posts)) is None


def test_rate_test_is_the_binomial_one() -> None:
    # Twelve events in a tenth of the time of twelve: P(Binomial(23, 1/11) >= 12), counted independently.
    share = 1 / 11
    expected = 1 - sum(math.comb(23, k) * share**k * (1 - share) ** (23 - k) for k in range(12))
    assert rate_p(12, 1.0, 12, 10.0) == pytest.approx(expected, rel=1e-6)
    assert rate_p(5, 1.0, 5, 1.0) == pytest.approx(0.5)
    assert rate_p(5, 1e9, 5, 1.0) == pytest.approx(1)


def test_dispersion_is_never_below_one() -> None:
    assert dispersion([100] * 20) == 1
    assert dispersion([1] * 19 + [1000]) > 10


def test_quality_can_slip_at_the_same_pace() -> None:
    found = slipping(blog((40, 6.0, 72.0), (12, 6.0, 60.0)))
    assert found is not None
    assert found.score < found.usual_score - 5
    assert found.drop >= 5
    assert found.p < 0.05
    assert found.lowest[0] in found.posts
    assert found.drivers == ()


@pytest.mark.parametrize("score", [72.0, 85.0, 70.0])
def test_quality_that_stays_or_rises_is_not_slipping(score: float) -> None:
    assert slipping(blog((40, 6.0, 72.0), (12, 6.0, score), noise=3)) is None


def test_slipping_looks_at_scored_posts_only() -> None:
    posts = list(blog((40, 6.0, 72.0), (14, 6.0, 55.0)))
    posts[45] = posts[45]._replace(score=None)
    found = slipping(posts)
    assert found is not None
    assert all(post.score is not None for post in found.posts)
    assert slipping(blog((11, 6.0, 72.0), (12, 6.0, 40.0))) is None


def daily(days: int, score: float, gap: int = DAY) -> tuple[Publication, ...]:
    """Return a weekly blog that goes on daily for so many days with posts of this score."""
    posts = blog((30, 7.0, 72.0))
    first = posts[-1].date + 7 * DAY
    return (*posts, *(Publication(first + n * gap, score, f"streak/{n}") for n in range(days)))


def test_five_days_of_weak_posts_fill_the_days() -> None:
    found = filling(daily(5, 50.0))
    assert found is not None
    assert found.days == 5
    assert len(found.posts) == len(found.weak) == 5
    assert found.score == 50
    assert found.limit > 60
    assert filling(daily(4, 50.0)) is None
    assert filling(daily(5, 80.0)) is None
    assert filling(daily(8, 50.0, 2 * DAY)) is None


def test_five_posts_of_one_day_are_no_streak_of_days() -> None:
    assert filling(daily(5, 50.0, HOUR)) is None


def test_long_streaks_show_their_latest_posts() -> None:
    found = filling(daily(20, 50.0))
    assert found is not None
    assert (found.days, len(found.posts)) == (20, 12)
    # The streak's first eight posts don't make weak the measure of themselves.
    assert found.usual_score > 65


def test_a_blog_that_was_always_daily_is_held_against_its_earlier_days() -> None:
    assert filling(blog((60, 1.0, 72.0), (12, 1.0, 52.0))) is not None
    assert filling(blog((72, 1.0, 72.0))) is None
    assert filling(blog((200, 1.0, 72.0), (12, 1.0, 52.0))) is not None


def test_silence_is_longer_than_three_times_the_usual_and_than_nearly_all() -> None:
    posts = blog((30, 7.0, 70.0))
    last = posts[-1].date
    assert silence(posts, last + 19 * DAY) is None
    found = silence(posts, last + 30 * DAY)
    assert found is not None
    assert found.newest == posts[-1]
    assert found.days == 30
    assert found.usual_days == pytest.approx(7, rel=0.2)
    assert found.longest_days < 10


def test_a_blog_with_long_pauses_may_pause_again() -> None:
    date, posts = START, []
    for n in range(40):
        date += (60 if n % 8 == 0 else 2) * DAY
        posts.append(Publication(date, None, str(n)))
    assert silence(posts, date + 50 * DAY) is None
    assert silence(posts, date + 61 * DAY) is not None


def test_silence_takes_a_rhythm_and_does_not_mind_the_future() -> None:
    posts = blog((8, 7.0, 70.0))
    assert silence(posts, posts[-1].date + 900 * DAY) is None
    assert silence((), START) is None
    assert silence(blog((30, 7.0, 70.0)), START) is None


RULES: tuple[Callable[[tuple[Publication, ...]], object], ...] = (
    burst,
    slipping,
    filling,
    lambda posts: silence(posts, posts[-1].date + 100 * DAY if posts else START),
)


@given(histories())
def test_any_history_is_judged_and_every_figure_is_a_number(posts: tuple[Publication, ...]) -> None:
    for rule in RULES:
        found = rule(posts)
        if found is None:
            continue
        assert dataclasses.is_dataclass(found)
        figures = [getattr(found, field.name) for field in dataclasses.fields(found)]
        assert all(math.isfinite(figure) for figure in figures if isinstance(figure, float))


@given(histories(least=30), st.integers(-START, START))
def test_the_time_of_the_world_does_not_matter(posts: tuple[Publication, ...], shift: int) -> None:
    moved = changed(posts, lambda post: post._replace(date=post.date + shift))
    for rule in RULES:
        assert (rule(posts) is None) == (rule(moved) is None)
