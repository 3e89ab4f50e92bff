"""Posts in order, the gaps between them, and the parts of scores that fell."""

from __future__ import annotations

from blogq.cadence.history import DAY, HOUR, Driver, Publication, drivers, gaps, in_order, lowest, occasions


def test_order_is_by_time_then_path_and_nan_is_no_score() -> None:
    posts = [Publication(5, 1.0, "b"), Publication(5, float("nan"), "a"), Publication(3, None, "c")]
    ordered = in_order(posts)
    assert [post.path for post in ordered] == ["c", "a", "b"]
    assert [post.score for post in ordered] == [None, None, 1.0]


def test_posts_of_one_moment_have_the_shortest_gap_and_are_one_occasion() -> None:
    posts = [Publication(date, None, str(date)) for date in (0, 0, 60, 3 * DAY, 3 * DAY, 5 * DAY)]
    assert gaps(posts) == [HOUR, HOUR, 3 * DAY - 60, HOUR, 2 * DAY]
    assert occasions(posts) == [3 * DAY - 60, 2 * DAY]
    assert gaps([]) == gaps(posts[:1]) == []


def test_lowest_are_named_lowest_first_the_newer_before_the_older() -> None:
    posts = [Publication(date, score, str(date)) for date, score in enumerate((50.0, None, 40.0, 40.0, 90.0))]
    assert [post.path for post in lowest(posts)] == ["3", "2", "0"]


def test_drivers_are_the_parts_that_fell_the_worst_first() -> None:
    before = [Publication(0, 70.0, "a", {"care": 80, "substance": 90, "structure": 50, "gone": 9})]
    now = [
        Publication(1, 60.0, "b", {"care": 70, "substance": 40, "structure": 60, "new": 1}),
        Publication(2, 60.0, "c", {"care": 80, "substance": 50, "structure": 60, "new": float("nan")}),
        Publication(3, None, "d", {"care": 0}),
    ]
    assert drivers(now, before) == (Driver("substance", 45, 90), Driver("care", 75, 80))
    assert drivers(now, before, 1) == (Driver("substance", 45, 90),)
    assert drivers(now, [post._replace(parts=None) for post in before]) == ()
