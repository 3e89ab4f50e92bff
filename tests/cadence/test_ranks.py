"""Rank statistics against what is known of them: textbook cases, symmetry, and counting by hand."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogq.cadence.ranks import effective_share, hodges_lehmann, lag_one, lower_p, mean, median, quantile

VALUES = st.lists(st.integers(-50, 50).map(float), min_size=1, max_size=12)


def counted_p(later: list[float], earlier: list[float]) -> float:
    """Return the exact probability by trying every way to pick the later values."""
    pool = later + earlier

    def above(picked: tuple[int, ...]) -> float:
        rest = [value for place, value in enumerate(pool) if place not in picked]
        return sum((pool[place] > value) + 0.5 * (pool[place] == value) for place in picked for value in rest)

    found = above(tuple(range(len(later))))
    ways = list(itertools.combinations(range(len(pool)), len(later)))
    return sum(above(way) <= found for way in ways) / len(ways)


@given(st.lists(st.integers(0, 1000).map(float), min_size=2, max_size=9, unique=True), st.data())
def test_exact_p_is_what_counting_gives(values: list[float], data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, len(values) - 1))
    assert lower_p(values[:cut], values[cut:]) == pytest.approx(counted_p(values[:cut], values[cut:]))


def test_normal_p_is_near_the_exact_one() -> None:
    later = [float(value) for value in (1, 2, 4, 5, 8, 9, 13, 14, 17, 20, 21, 30)]
    earlier = [value + 0.5 for value in range(3, 33)]
    exact = lower_p(later, earlier)
    # A share a hair below 1 leaves the exact distribution, and nothing else.
    assert lower_p(later, earlier, 1 - 1e-12) == pytest.approx(exact, abs=0.002)


def test_fewer_effective_values_say_less() -> None:
    later, earlier = [1.0, 2, 3, 4, 5, 6, 7, 8], [5.5, 6.5, 7.5, 8.5, 9.5, 10, 11, 12, 13]
    values = [lower_p(later, earlier, share) for share in (0.999, 0.5, 0.1)]
    assert values == sorted(values)
    assert values[-1] < 0.5


@pytest.mark.parametrize(("later", "earlier"), [([], [1.0]), ([1.0], []), ([3.0] * 12, [3.0] * 30)])
def test_nothing_to_compare_is_no_evidence(later: list[float], earlier: list[float]) -> None:
    assert lower_p(later, earlier) == 1.0


@given(VALUES, VALUES, st.floats(0.01, 1))
def test_p_is_a_probability(later: list[float], earlier: list[float], share: float) -> None:
    assert 0 <= lower_p(later, earlier, share) <= 1


@given(VALUES, VALUES)
def test_hodges_lehmann_is_antisymmetric_and_moves_with_its_values(later: list[float], earlier: list[float]) -> None:
    shift = hodges_lehmann(later, earlier)
    assert hodges_lehmann(earlier, later) == -shift
    assert hodges_lehmann([value + 7 for value in later], earlier) == shift + 7


def test_hodges_lehmann_hardly_heeds_an_outlier() -> None:
    assert hodges_lehmann([5.0, 6, 7, 8, 9], [1.0, 2, 3, 4, 1000]) == 4


def test_lag_one_tells_wandering_from_alternating_and_constant() -> None:
    assert lag_one([0.0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]) > 0.6
    assert lag_one([0.0, 9] * 10) < -0.8
    assert lag_one([0.1] * 30) == 0
    assert lag_one([]) == lag_one([1.0, 2.0]) == 0


def test_a_shift_between_stretches_is_no_correlation() -> None:
    earlier = [math.sin(place * 2.4) for place in range(40)]
    later = [math.sin(place * 2.4) - 20 for place in range(12)]
    assert lag_one(earlier + later) > 0.8
    assert lag_one(later, earlier) < 0


def test_effective_share() -> None:
    assert effective_share(-0.5) == effective_share(0) == 1
    assert effective_share(0.5) == pytest.approx(1 / 3)
    assert effective_share(1) == effective_share(0.9) > 0


def test_quantiles_lie_between_neighbours() -> None:
    assert median([3.0, 1, 2]) == 2
    assert median([4.0, 1, 2, 3]) == 2.5
    assert quantile([0.0, 10, 20, 30, 40], 0.25) == 10
    assert quantile([0.0, 1], 0.95) == pytest.approx(0.95)


@pytest.mark.parametrize("function", [median, mean])
def test_no_values_are_an_error(function: object) -> None:
    assert callable(function)
    with pytest.raises(ValueError, match="no values"):
        function([])
