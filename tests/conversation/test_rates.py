"""The statistics, held to published figures and to counting by hand."""

from __future__ import annotations

import pytest

from blogq.conversation.rates import median_time, survival, wilson


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [
        # Newcombe 1998 (doi:10.1002/(SICI)1097-0258(19980430)17:8<857), table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_intervals_as_published(successes: int, trials: int, low: float, high: float) -> None:
    rate = wilson(successes, trials)
    assert (round(rate.low, 4), round(rate.high, 4)) == (low, high)


def test_of_eight_one_answer_may_be_chance_short_of_a_half_and_two_may_not() -> None:
    assert wilson(1, 8).high < 0.5 < wilson(2, 8).high
    assert wilson(0, 0) == (0.0, 0.0, 1.0)


def test_survival_as_in_the_textbooks() -> None:
    """Remission under 6-MP (Freireich 1963): the example of most textbooks; the median is 23 weeks."""
    ended = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    going = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    times, flags = [*ended, *going], [True] * len(ended) + [False] * len(going)
    steps = dict(survival(times, flags))
    assert {time: round(share, 4) for time, share in steps.items()} == {
        6: 0.8571,
        7: 0.8067,
        10: 0.7529,
        13: 0.6902,
        16: 0.6275,
        22: 0.5378,
        23: 0.4482,
    }
    assert median_time(times, flags) == 23


def test_half_is_enough_and_nothing_has_no_median() -> None:
    assert median_time([1, 2], [True, False]) == 1
    assert median_time([1, 2, 3], [True, False, False]) is None
    assert median_time([], []) is None
