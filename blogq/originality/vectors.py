"""Units as vectors of tf-isf, and how alike they are.

The weight of a term in a unit is its frequency there times log(units / units that have it), over the units of both
texts (as in Sanchez-Perez, Gelbukh and Sidorov 2014). Weights are whole numbers and sums of them exact, so that results
are the same on every machine.
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
MEETINGS = 600_000
"""Pairs of units, counted for each term that they share, that are looked at; the most frequent terms are left out."""
SEEDS = 3_000
"""Pairs of similar units that are kept, the most similar first."""
CELLS = 1_000_000
"""Numbers beyond which passages are too large to have their borders moved."""


class Vectors(NamedTuple):
    """Units of one text as sparse rows."""

    rows: Integers
    """Unit of each entry, ascending."""
    terms: Integers
    weights: Integers
    norms: Reals
    """Length of each unit's vector."""
    sizes: Integers
    """Different terms in each unit."""


class Similar(NamedTuple):
    """Pairs of units that are alike, in order."""

    units: Integers
    source_units: Integers
    cosines: Reals


class Model(NamedTuple):
    """The units of two texts as vectors."""

    text: Vectors
    source: Vectors
    terms: int


def model(pair: Pair) -> Model:
    """Make vectors of all units of two texts that have words."""
    import numpy as np

    sparse = []
    for side, stems in ((pair.text, pair.text_stems), (pair.source, pair.source_stems)):
        unit = np.repeat(np.arange(len(side.unit_starts) - 1), np.diff(side.unit_starts))
        cells, counts = np.unique(unit * pair.stems + stems, return_counts=True)
        sparse.append((cells // pair.stems, cells % pair.stems, counts))
    units = len(pair.text.unit_starts) + len(pair.source.unit_starts) - 2
    within = np.bincount(np.r_[sparse[0][1], sparse[1][1]], minlength=pair.stems).tolist()
    weight = {count: round(SCALE * math.log(units / count)) for count in set(within)}
    weights = np.array([weight[count] for count in within], np.int64)
    text, source = (
        _vectors(rows, terms, counts * weights[terms], len(side.unit_starts) - 1)
        for (rows, terms, counts), side in zip(sparse, (pair.text, pair.source), strict=True)
    )
    return Model(text, source, pair.stems)


def _vectors(rows: Integers, terms: Integers, weights: Integers, size: int) -> Vectors:
    import numpy as np

    squares = np.bincount(rows, weights * weights, minlength=size)
    return Vectors(rows, terms, weights, np.sqrt(squares), np.bincount(rows, minlength=size))


def similar(vectors: Model, cosine: float, dice: float) -> Similar:
    """Pairs of units that are at least so similar by both measures: the cosine, and Dice's share of common terms."""
    import numpy as np

    text, source = vectors.text, vectors.source
    order = np.argsort(source.terms, kind="stable")
    ranked = source.terms[order]
    low = np.searchsorted(ranked, text.terms, "left")
    times = np.searchsorted(ranked, text.terms, "right") - low
    if times.sum() > MEETINGS:
        per_term = np.bincount(text.terms, times, minlength=vectors.terms)
        ascending = np.argsort(per_term, kind="stable")
        allowed = np.zeros(vectors.terms, bool)
        allowed[ascending[np.cumsum(per_term[ascending]) <= MEETINGS]] = True
        times = np.where(allowed[text.terms], times, 0)
    left = np.repeat(np.arange(len(times)), times)
    within = np.arange(len(left)) - np.repeat(np.cumsum(times) - times, times)
    right = order[low[left] + within]
    width = len(source.norms)
    cells = text.rows[left] * width + source.rows[right]
    products = text.weights[left] * source.weights[right]
    if len(text.norms) * width <= MEETINGS:
        dots, shared = np.bincount(cells, products), np.bincount(cells)
        found = np.flatnonzero(dots)
        dots, shared = dots[found], shared[found]
    else:
        found, group = np.unique(cells, return_inverse=True)
        dots, shared = np.bincount(group, products), np.bincount(group)
    units, source_units = found // width, found % width
    lengths = text.norms[units] * source.norms[source_units]
    cosines = dots / np.where(lengths > 0, lengths, 1)
    kept = (cosines >= cosine) & (2 * shared >= dice * (text.sizes[units] + source.sizes[source_units]))
    if kept.sum() > SEEDS:
        best = np.argsort(np.where(kept, -cosines, 1), kind="stable")[:SEEDS]
        kept = np.zeros(len(kept), bool)
        kept[best] = True
    return Similar(units[kept], source_units[kept], cosines[kept])


def clearest(near: Similar, share: float) -> NDArray[np.bool_]:
    """Which pairs have a cosine of at least `share` of the best that either of their units has."""
    import numpy as np

    best = np.zeros(len(near.cosines))
    for units in (near.units, near.source_units):
        top = np.zeros(int(units.max(initial=-1)) + 1)
        np.maximum.at(top, units, near.cosines)
        best = np.maximum(best, top[units])
    return near.cosines >= share * best


def cosine(vectors: Model, text: tuple[int, int], source: tuple[int, int]) -> float:
    """Similarity of two passages, each given as its first unit and the one after its last."""
    import numpy as np

    entries = [side.rows.searchsorted(span) for side, span in ((vectors.text, text), (vectors.source, source))]
    (low, high), (source_low, source_high) = entries
    terms = np.r_[vectors.text.terms[low:high], vectors.source.terms[source_low:source_high]]
    places = np.unique(terms, return_inverse=True)[1]
    size = int(places.max()) + 1
    one = np.bincount(places[: high - low], vectors.text.weights[low:high], size)
    other = np.bincount(places[high - low :], vectors.source.weights[source_low:source_high], size)
    lengths = math.sqrt(float((one * one).sum())) * math.sqrt(float((other * other).sum()))
    return float((one * other).sum()) / lengths if lengths else 0.0


def running(
    vectors: Model, text: tuple[int, int], source: tuple[int, int]
) -> tuple[NDArray[np.int64], NDArray[np.int64]] | None:
    """Running sums of the units of two spans, so that the sum of any part is a difference; None when that is too much.

    One row more than units; a column for each term of the two spans.
    """
    import numpy as np

    cuts = []
    for side, (start, end) in ((vectors.text, text), (vectors.source, source)):
        low, high = side.rows.searchsorted([start, end])
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
