"""Rank statistics for short series whose neighbours resemble each other: shifts, tests, effective sample sizes.

Everything is in plain Python: the series have some tens of values, and numpy would take longer to import than to help.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

EXACT_PRODUCT = 400
"""Largest product of both sizes for which the exact distribution is counted; the normal one is good beyond that."""
GREATEST_CORRELATION = 0.9
"""Above this an estimate from some tens of values says only that the series wanders; n_eff would go to nothing."""


def median(values: Sequence[float]) -> float:
    """Return the middle of `values`, in any order; of an even number, the mean of the two in the middle.

    Raises `ValueError` when there are none.
    """
    return quantile(values, 0.5)


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value below which `share` (0 to 1) of `values` lies, between two neighbours in proportion.

    Type 7 of Hyndman and Fan, "Sample quantiles in statistical packages", The American Statistician 50 (1996), 361–365.
    Raises `ValueError` when there are no values.
    """
    if not values:
        raise ValueError("no values")
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def mean(values: Sequence[float]) -> float:
    """Return the mean, rounded only once, so that the same values in another order have the same mean.

    Raises `ValueError` when there are no values.
    """
    if not values:
        raise ValueError("no values")
    return math.fsum(values) / len(values)


def hodges_lehmann(later: Sequence[float], earlier: Sequence[float]) -> float:
    """Return by how much `later` is shifted against `earlier`: the median of all differences between the two.

    Hodges and Lehmann, "Estimates of location based on rank tests", Annals of Mathematical Statistics 34 (1963),
    598–611. Raises `ValueError` when one of them is empty.
    """
    return median([a - b for a in later for b in earlier])


def lag_one(*stretches: Sequence[float]) -> float:
    """Return the correlation of each value with the one before, each stretch about its own mean; -1 to 1.

    A shift from one stretch to the next is thus not taken for correlation. Means taken from few values make the
    estimate too small, by about (1 + 3ρ)/n for each stretch; that is put back (Kendall, "Note on bias in the estimation
    of autocorrelation", Biometrika 41 (1954), 403–404). Zero for series that are constant or too short to tell.
    """
    size = sum(map(len, stretches))
    spare = size - 3 * len(stretches)
    if spare <= 0:
        return 0.0
    products = 0.0
    squares = 0.0
    for stretch in stretches:
        if not stretch:
            continue
        middle = mean(stretch)
        rest = [value - middle for value in stretch]
        squares += math.fsum([value * value for value in rest])
        products += math.fsum([a * b for a, b in pairwise(rest)])
    # Below this the series is constant but for rounding.
    if squares <= 1e-18 * size:
        return 0.0
    return max(-1.0, min(1.0, (size * products / squares + len(stretches)) / spare))


def effective_share(correlation: float) -> float:
    """Return what n values with this lag-1 correlation are worth, as a share of n independent ones; at most 1.

    (1 - ρ)/(1 + ρ), for a first-order autoregression: Bayley and Hammersley, "The 'effective' number of independent
    observations in an autocorrelated time series", Supplement to the JRSS 8 (1946), 184–197. Negative correlation is
    not rewarded: from so few values it is mostly chance.
    """
    kept = min(max(correlation, 0.0), GREATEST_CORRELATION)
    return (1 - kept) / (1 + kept)


def lower_p(later: Sequence[float], earlier: Sequence[float], share: float = 1.0) -> float:
    """Return the probability, were both alike, of `later` lying as low against `earlier` as it does: one-sided, 0 to 1.

    Mann and Whitney, "On a test of whether one of two random variables is stochastically larger than the other", Annals
    of Mathematical Statistics 18 (1947), 50–60. Exact for small samples without ties; otherwise normal, corrected for
    ties and for continuity. `share` is the effective share of the sample size: z shrinks by its root, and the exact
    distribution, which is that of independent values, is not used below 1. Constant or empty series give 1.
    """
    few, many = len(later), len(earlier)
    if not few or not many:
        return 1.0
    # U counts the pairs in which the later value is the greater; a tie is half a pair.
    total = few + many
    marked = sorted([(value, 1) for value in later] + [(value, 0) for value in earlier])
    rank_sum = 0.0
    tied = 0
    start = 0
    while start < total:
        end = start + 1
        while end < total and marked[end][0] == marked[start][0]:
            end += 1
        length = end - start
        tied += length**3 - length
        rank_sum += sum(mark for _, mark in marked[start:end]) * (start + end + 1) / 2
        start = end
    above = rank_sum - few * (few + 1) / 2
    if not tied and share >= 1 and few * many <= EXACT_PRODUCT:
        counts = _arrangements(few, many)
        return sum(counts[: int(above) + 1]) / math.comb(total, few)
    variance = few * many / 12 * (total + 1 - tied / (total * (total - 1)))
    if variance <= 0:
        return 1.0
    z = (above + 0.5 - few * many / 2) / math.sqrt(variance) * math.sqrt(share)
    return 0.5 * math.erfc(-z / math.sqrt(2))


@cache
def _arrangements(few: int, many: int) -> tuple[int, ...]:
    """Return, for each U from 0, how many of the orders of both samples have it.

    The coefficients of the Gaussian binomial ∏ (1 - q^(many + i)) / (1 - q^i), i = 1 … few.
    """
    counts = [1] + [0] * (few * many)
    for i in range(1, few + 1):
        for u in range(few * many, many + i - 1, -1):
            counts[u] -= counts[u - many - i]
        for u in range(i, few * many + 1):
            counts[u] += counts[u - i]
    return tuple(counts)
