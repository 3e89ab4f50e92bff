"""Passages that sum up the whole of a source.

A summary takes its words from all over its source, so no sentence of it need be like any one sentence there. What gives
it away is that the telling words of several sentences in a row are nearly all to be found in the source, and that some
of these sentences do resemble some there, in different places.
"""

from __future__ import annotations

from typing import NamedTuple

from blogq.originality import vectors
from blogq.originality.settings import Settings
from blogq.originality.vectors import SCALE
from blogq.originality.vocabulary import Pair


class Summary(NamedTuple):
    """Units of the text that sum up the source."""

    start: int
    end: int
    cosine: float
    """Similarity to the source as a whole."""
    gains: list[float]


def summaries(pair: Pair, model: vectors.Model, settings: Settings) -> list[Summary]:
    """Find the run of units whose words are best covered by the source; none if it's no summary."""
    import numpy as np

    size, source_size = len(model.text.norms), len(model.source.norms)
    if not size or source_size < settings.summary_ratio * 2:
        return []
    has = np.zeros(model.terms, bool)
    has[pair.source_stems] = True
    rows, weights = model.text.rows, model.text.weights
    weight = np.bincount(rows, weights, minlength=size)
    shared = np.bincount(rows, weights * has[model.text.terms], minlength=size)
    usual = float(shared.sum()) / (float(weight.sum()) or 1.0)
    cost = max(settings.summary_cost, settings.summary_base + settings.summary_usual * usual)
    gains = shared - cost * weight
    best, at, total, since = 0.0, (0, 0), 0.0, 0
    for place, gain in enumerate(gains.tolist()):
        if total <= 0:
            total, since = 0.0, place
        total += gain
        if total > best:
            best, at = total, (since, place + 1)
    start, end = at
    if best < settings.summary_weight * SCALE:
        return []
    whole = vectors.cosine(model, at, (0, source_size))
    if whole < settings.summary_cosine:
        return []
    near = vectors.similar(model, settings.summary_seed, 0.1)
    inside = (near.units >= start) & (near.units < end)
    closest = np.zeros(size)
    np.maximum.at(closest, near.units[inside], near.cosines[inside])
    places = len(set(near.source_units[inside].tolist()))
    if places < settings.summary_places or float(closest[start:end].mean()) < settings.summary_closest:
        return []
    words = pair.text.unit_starts[end] - pair.text.unit_starts[start]
    if len(pair.source.keys) < settings.summary_ratio * words:
        return []
    return [Summary(start, end, whole, (gains / SCALE).tolist())]
