"""Sentences that say the same in other words: pairs that share their telling words.

Units are vectors of tf-isf, term frequency times log(units / units with the term), over the units of both texts (as in
Sanchez-Perez, Gelbukh and Sidorov 2014). Weights are whole numbers and sums of them exact, so that the result is the same
on every machine.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from blogq.originality.vocabulary import Pair

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from blogq.originality.words import Integers

    Reals = NDArray[np.float64]

SCALE = 64
"""Weights are multiples of 1/64."""
MEETINGS = 3_000_000
"""Pairs of units that are looked at for their terms; beyond, the most frequent terms are left out."""

CELLS = 2_000_000
"""Numbers beyond which passages are too large to have their borders moved."""


class Vectors(NamedTuple):
    """Units of one text as sparse rows."""

    rows: Integers
    terms: Integers
    weights: Integers
    norms: Reals
    """Length of each unit's vector."""
    sizes: Integers
    """Different terms in each unit."""


class Similar(NamedTuple):
    """Pairs of units, in order."""

    units: Integers
    source_units: Integers
    cosines: Reals
    dice: Reals


class Model(NamedTuple):
    """The units of two texts as vectors."""

    text: Vectors
    source: Vectors
    terms: int
    weight_of: Integers
    """Weight of each term."""


def model(pair: Pair) -> Model:
    """Make vectors of all units."""
    import numpy as np

    sparse = []
    for side, stems in ((pair.text, pair.text_stems), (pair.source, pair.source_stems)):
        unit = np.repeat(np.arange(len(side.unit_starts) - 1), np.diff(side.unit_starts))
        cells, counts = np.unique(unit * max(pair.stems, 1) + stems, return_counts=True)
        sparse.append((cells // max(pair.stems, 1), cells % max(pair.stems, 1), counts))
    units = len(pair.text.unit_starts) + len(pair.source.unit_starts) - 2
    within = np.bincount(np.r_[sparse[0][1], sparse[1][1]], minlength=pair.stems)
    known = {count: round(SCALE * math.log(units / count)) for count in set(within.tolist()) if count}
    weight_of = np.array([known.get(count, 0) for count in within.tolist()], np.int64)
    sides = []
    for (rows, terms, counts), words in zip(sparse, (pair.text, pair.source), strict=True):
        weights = counts * weight_of[terms]
        size = len(words.unit_starts) - 1
        squares = np.bincount(rows, weights.astype(np.float64) ** 2, minlength=size)
        sides.append(Vectors(rows, terms, weights, np.sqrt(squares), np.bincount(rows, minlength=size)))
    return Model(sides[0], sides[1], pair.stems, weight_of)


def similar(vectors: Model, cosine: float, dice: float) -> Similar:
    """Pairs of units that are at least so similar by both measures."""
    import numpy as np

    text, source = vectors.text, vectors.source
    order = np.argsort(source.terms, kind="stable")
    ranked = source.terms[order]
    low = np.searchsorted(ranked, text.terms, "left")
    times = np.searchsorted(ranked, text.terms, "right") - low
    per_term = np.bincount(text.terms, times, minlength=max(vectors.terms, 1))
    if per_term.sum() > MEETINGS:
        ascending = np.argsort(per_term, kind="stable")
        allowed = np.zeros(len(per_term), bool)
        allowed[ascending[np.cumsum(per_term[ascending]) <= MEETINGS]] = True
        times = np.where(allowed[text.terms], times, 0)
    left = np.repeat(np.arange(len(times)), times)
    within = np.arange(len(left)) - np.repeat(np.cumsum(times) - times, times)
    right = order[low[left] + within]
    width = max(len(source.norms), 1)
    cells = text.rows[left] * width + source.rows[right]
    products = (text.weights[left] * source.weights[right]).astype(np.float64)
    if len(text.norms) * width <= 4 * MEETINGS:
        dots = np.bincount(cells, products, minlength=len(text.norms) * width)
        shared = np.bincount(cells, minlength=len(text.norms) * width)
        found = np.flatnonzero(dots)
        dots, shared = dots[found], shared[found]
    else:
        found, group = np.unique(cells, return_inverse=True)
        dots, shared = np.bincount(group, products), np.bincount(group)
    units, source_units = found // width, found % width
    with np.errstate(divide="ignore", invalid="ignore"):
        cosines = np.nan_to_num(dots / (text.norms[units] * source.norms[source_units]))
        dices = 2 * shared / (text.sizes[units] + source.sizes[source_units])
    kept = (cosines >= cosine) & (dices >= dice)
    return Similar(units[kept], source_units[kept], cosines[kept], dices[kept])


def cosine(vectors: Model, text: tuple[int, int], source: tuple[int, int]) -> float:
    """Similarity of two passages, each given as its first unit and the one after its last."""
    import numpy as np

    sums = []
    for side, (start, end) in ((vectors.text, text), (vectors.source, source)):
        low, high = np.searchsorted(side.rows, [start, end])
        sums.append(np.bincount(side.terms[low:high], side.weights[low:high], minlength=max(vectors.terms, 1)))
    one, other = sums
    return float((one * other).sum() / math.sqrt(float((one * one).sum() * (other * other).sum()) or 1.0))


def running(
    vectors: Model, text: tuple[int, int], source: tuple[int, int]
) -> tuple[NDArray[np.int64], NDArray[np.int64]] | None:
    """Running sums of the units of two spans, so that the sum of any part is a difference; None when that is too much.

    One row more than units; a column for each term of the two spans.
    """
    import numpy as np

    cuts = []
    for side, (start, end) in ((vectors.text, text), (vectors.source, source)):
        low, high = np.searchsorted(side.rows, [start, end])
        cuts.append((side.rows[low:high] - start, side.terms[low:high], side.weights[low:high], end - start))
    known, places = np.unique(np.r_[cuts[0][1], cuts[1][1]], return_inverse=True)
    if len(known) * (cuts[0][3] + cuts[1][3]) > CELLS:
        return None
    sums = []
    for (rows, _, weights, size), columns in zip(cuts, np.split(places, [len(cuts[0][1])]), strict=True):
        table = np.zeros((size + 1, len(known)), np.int64)
        table[rows + 1, columns] = weights
        sums.append(np.cumsum(table, axis=0))
    return sums[0], sums[1]
