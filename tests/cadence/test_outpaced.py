"""CD002: when it is raised, when it must not be, what it says, and when it is raised again."""

from __future__ import annotations

import dataclasses
import math
import time

import pytest
from cadence_blogs import START, blog, changed, histories
from hypothesis import given
from hypothesis import strategies as st

from blogq.cadence.history import DAY, Publication, in_order
from blogq.cadence.outpaced import FEWEST, LIMITS, alarms, outpaced, posts_missing, told_at

FLOOD = ((48, 7.0, 72.0), (12, 1.0, 55.0))


def test_a_daily_flood_of_weaker_posts_is_noticed() -> None:
    found = outpaced(blog(*FLOOD))
    assert found is not None
    assert (found.weakest, found.fastest, found.runs, found.of) == (1, 1, 49, 60)
    # The twelfth gap back is the first of the flood.
    assert found.days == pytest.approx(1, rel=0.2)
    assert found.usual_days == pytest.approx(7, rel=0.2)
    assert found.score == pytest.approx(55, abs=4)
    assert found.usual_score == pytest.approx(72, abs=4)
    assert found.drop == pytest.approx(17, abs=5)
    assert len(found.posts) == 12
    assert min(post.score for post in found.posts if post.score is not None) == found.lowest[0].score
    assert found.since in found.posts


@pytest.mark.parametrize("before", [12, 16, 21])
def test_with_24_to_33_posts_tests_decide(before: int) -> None:
    found = outpaced(blog((before, 7.0, 72.0), (12, 1.0, 50.0)))
    assert found is not None
    assert (found.runs, found.weakest, found.fastest, found.of) == (0, 0, 0, before + 12)


def test_ranks_decide_from_34_posts() -> None:
    found = outpaced(blog((22, 7.0, 72.0), (12, 1.0, 50.0)))
    assert found is not None
    assert found.runs == 23


def test_too_little_history_says_how_much_is_missing() -> None:
    posts = blog((11, 7.0, 72.0), (12, 1.0, 40.0))
    assert outpaced(posts) is None
    assert posts_missing(posts) == 1
    assert posts_missing(posts[:0]) == FEWEST
    assert posts_missing(blog(*FLOOD)) == 0


@pytest.mark.parametrize(
    "last",
    [
        pytest.param((12, 7.0, 72.0), id="steady"),
        pytest.param((12, 1.0, 72.0), id="faster only"),
        pytest.param((12, 7.0, 50.0), id="weaker only"),
        pytest.param((12, 1.0, 90.0), id="faster and better"),
        pytest.param((12, 20.0, 50.0), id="slower and weaker"),
    ],
)
def test_one_without_the_other_is_none_of_it(last: tuple[int, float, float]) -> None:
    assert outpaced(blog((60, 7.0, 72.0), last, noise=3)) is None


@pytest.mark.parametrize("score", [70.0, 0.1, None])
def test_constant_or_missing_scores_raise_nothing(score: float | None) -> None:
    posts = changed(blog(*FLOOD), lambda post: post._replace(score=score))
    assert alarms(posts) == []


def test_scores_that_tie_are_still_ranked() -> None:
    posts = in_order(Publication(START + n * 7 * DAY, 70.0, f"{n:03}") for n in range(48))
    flood = [Publication(posts[-1].date + (n + 1) * DAY, 50.0, f"{n + 48:03}") for n in range(12)]
    found = outpaced((*posts, *flood))
    assert found is not None
    assert found.weakest == 1


def test_posts_of_one_day_are_a_flood_too() -> None:
    posts = blog((48, 7.0, 72.0))
    day = posts[-1].date + DAY
    flood = [Publication(day + DAY * (n // 4), 50.0 + n % 3, f"q{n}") for n in range(12)]
    found = outpaced(in_order((*posts, *flood)))
    assert found is not None
    assert 0 < found.days < 1


def test_everything_in_one_moment_is_no_pace() -> None:
    posts = in_order(Publication(START, 90.0 - n, f"{n:03}") for n in range(80))
    assert alarms(posts) == []


def test_posts_without_score_count_for_the_pace_only() -> None:
    posts = list(blog(*FLOOD))
    for place in (5, 20, 50, 55, 58):
        posts[place] = posts[place]._replace(score=None)
    found = outpaced(posts)
    assert found is not None
    assert len(found.posts) == 12
    assert all(post.score is not None for post in found.lowest)
    # With fewer than 8 of 12 scored nothing is said.
    for place in (49, 51):
        posts[place] = posts[place]._replace(score=None)
    assert outpaced(posts) is None


def test_what_drives_it_is_named() -> None:
    posts = [
        post._replace(parts={"substance": 80.0 if place < 48 else 40.0, "care": 90.0})
        for place, post in enumerate(blog(*FLOOD))
    ]
    found = outpaced(posts)
    assert found is not None
    assert [driver.part for driver in found.drivers] == ["substance"]


@pytest.mark.parametrize("posts", range(12, 61, 4))
def test_it_is_told_as_long_as_the_flood_goes_on(posts: int) -> None:
    """The latest run ties with more and more runs of the flood itself; that is no way out."""
    found = outpaced(blog((48, 7.0, 72.0), (posts, 1.0, 50.0)))
    assert found is not None
    assert found.since.path == outpaced(blog((48, 7.0, 72.0), (12, 1.0, 50.0))).since.path  # type: ignore[union-attr]


@pytest.mark.parametrize("after", [(12, 7.0, 50.0), (12, 1.0, 72.0), (12, 7.0, 72.0)])
def test_it_ends_when_pace_or_scores_are_back(after: tuple[int, float, float]) -> None:
    assert outpaced(blog((48, 7.0, 72.0), (14, 1.0, 50.0), after)) is None


def test_an_alarm_is_one_until_the_blog_has_recovered_and_then_it_can_be_raised_again() -> None:
    first, second = (48, 7.0, 72.0), (60, 7.0, 72.0)
    flood = (14, 1.0, 50.0)
    once = blog(first, flood)
    found = outpaced(once)
    assert found is not None
    assert len(alarms(once)) == 1
    # Later posts of the same flood are the same alarm.
    earlier = outpaced(once[:-1])
    assert earlier is not None
    assert earlier.since == found.since
    recovered = blog(first, flood, second)
    assert outpaced(recovered) is None
    assert len(alarms(recovered)) == 1
    again = blog(first, flood, second, flood)
    assert len(alarms(again)) == 2
    renewed = outpaced(again)
    assert renewed is not None
    assert renewed.since.date > again[48 + 14 + 60 - 1].date


def test_limits_can_be_set() -> None:
    posts = blog(*FLOOD)
    assert outpaced(posts, LIMITS._replace(drop=40)) is None
    assert outpaced(posts, LIMITS._replace(ratio=20)) is None


@given(histories())
def test_any_history_is_judged_and_every_figure_is_a_number(posts: tuple[Publication, ...]) -> None:
    # Limits that let nearly anything pass, so that results are seen at all.
    for limits in (
        LIMITS,
        LIMITS._replace(lowest=0.6, fastest=0.9, agreed=1, ratio=0.5, drop=-50, p_pace=1, p_score=1),
    ):
        found = outpaced(posts, limits)
        if found is None:
            continue
        assert FEWEST <= found.of <= 72
        figures = [getattr(found, field.name) for field in dataclasses.fields(found)]
        assert all(math.isfinite(figure) for figure in figures if isinstance(figure, float))
        assert found.days > 0


@given(st.integers(0, 30), st.integers(-START, START))
def test_the_time_of_the_world_does_not_matter(seed: int, shift: int) -> None:
    posts = blog((40, 4.0, 72.0), (12, 1.5, 62.0), seed=seed)
    moved = changed(posts, lambda post: post._replace(date=post.date + shift))
    assert told_at(posts, range(len(posts))) == told_at(moved, range(len(posts)))


@given(st.integers(0, 30))
def test_a_replay_says_what_each_moment_said(seed: int) -> None:
    posts = blog((40, 4.0, 72.0), (14, 1.5, 60.0), (20, 4.0, 72.0), seed=seed)
    raised = told_at(posts, range(len(posts)))
    assert raised == [outpaced(posts[: last + 1]) is not None for last in range(len(posts))]


def test_worse_posts_never_silence_it() -> None:
    posts = blog(*FLOOD)
    worse = tuple(post._replace(score=(post.score or 0) - 20) if n >= 48 else post for n, post in enumerate(posts))
    assert outpaced(posts) is not None
    assert outpaced(worse) is not None


def test_ten_thousand_posts_take_no_time() -> None:
    posts = blog((10_000, 2.0, 70.0))
    started = time.process_time()
    outpaced(posts)
    # 60 ms where this was written; a bound that a busy machine keeps.
    assert time.process_time() - started < 0.6


def test_a_blog_that_was_as_weak_before_at_its_usual_pace_is_not_told() -> None:
    posts = blog((24, 7.0, 72.0), (12, 7.0, 58.0), (24, 7.0, 72.0), (12, 1.0, 60.0), noise=8)
    assert outpaced(posts) is None
    # Without the ranks it would be: the fall against all that came before is large enough.
    assert outpaced(posts, LIMITS._replace(lowest=0.99)) is not None


def test_an_alarm_that_flickers_is_one() -> None:
    posts = blog((48, 6.0, 72.0), (18, 2.5, 63.0), seed=48)
    raised = [place for place, held in enumerate(told_at(posts, range(len(posts)))) if held]
    assert raised != list(range(raised[0], raised[-1] + 1))
    assert alarms(posts) == [(posts[raised[0]], posts[raised[-1]])]
