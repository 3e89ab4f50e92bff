"""A passage that sums up the whole of a source.

A summary takes its words from all over its source, so no sentence of it need be like any one sentence there. What gives
it away is that the telling words of several sentences in a row are nearly all to be found in the source, and that some
of these sentences do resemble some there, in different places.
"""

from __future__ import annotations

from typing import NamedTuple

from blogq.originality import vectors
from blogq.originality.passage import Box, Match, common
from blogq.originality.settings import Settings
from blogq.originality.vectors import SCALE
from blogq.originality.vocabulary import Pair


class Summary(NamedTuple):
    """Units of the text that sum up the source."""

    start: int
    end: int
    cosine: float
    """Similarity to the source as a whole."""
    gains: tuple[float, ...]
    """Of each unit of the text, the weight that the source covers less what chance would cover."""
    weights: tuple[float, ...]
    """Of each unit of the text, its whole weight."""


def summary(pair: Pair, model: vectors.Model, settings: Settings) -> Summary | None:
    """Find the row of units whose words are best covered by the source; None when it's no summary of that."""
    import numpy as np

    size, source_size = len(model.text.norms), len(model.source.norms)
    has = np.zeros(model.terms, bool)
    has[pair.source_stems] = True
    rows, weights = model.text.rows, model.text.weights
    weight = np.bincount(rows, weights, minlength=size) / SCALE
    shared = np.bincount(rows, weights * has[model.text.terms], minlength=size) / SCALE
    gains = (shared - settings.summary_cost * weight).tolist()
    start, end, best = richest(gains)
    words = int(pair.text.unit_starts[end] - pair.text.unit_starts[start])
    if best < settings.summary_weight or len(pair.source.keys) < settings.summary_ratio * words:
        return None
    whole = vectors.cosine(model, (start, end), (0, source_size))
    if whole < settings.summary_cosine:
        return None
    near = vectors.similar(model, settings.summary_seed, 0.1)
    inside = (near.units >= start) & (near.units < end)
    closest = np.zeros(size)
    np.maximum.at(closest, near.units[inside], near.cosines[inside])
    places = len(set(near.source_units[inside].tolist()))
    if places < settings.summary_places or sum(closest[start:end].tolist()) < settings.summary_closest * (end - start):
        return None
    return Summary(start, end, whole, tuple(gains), tuple(weight.tolist()))


def richest(gains: list[float]) -> tuple[int, int, float]:
    """Return where the row with the largest sum begins and ends, and that sum (Kadane's algorithm)."""
    best, at, total, since = 0.0, (0, 0), 0.0, 0
    for place, gain in enumerate(gains):
        if total <= 0:
            total, since = 0.0, place
        total += gain
        if total > best:
            best, at = total, (since, place + 1)
    return *at, best


def summed_up(pair: Pair, found: Summary, matches: list[Match], settings: Settings) -> Match | None:
    """Return the summary as a match, unless passages in it explain it better.

    A passage that is clearly more similar to its own part of the source than the summary is to the whole stands, when
    the rest of the summary has little to say for itself. A long exact copy always does.
    """
    starts = pair.text.unit_starts
    box = Box(int(starts[found.start]), int(starts[found.end]), 0, len(pair.source.keys))
    better = [
        match for match in matches if common(match.box, box) and match.similarity >= found.cosine + settings.margin
    ]
    if any(match.longest >= settings.no_summary for match in better):
        return None
    if better:
        largest = max(better, key=lambda match: (common(match.box, box), match.box)).box
        rest = [
            unit
            for unit in range(found.start, found.end)
            if int(starts[unit + 1]) <= largest.start or largest.end <= int(starts[unit])
        ]
        left = sum(found.gains[unit] for unit in rest)
        solid = any(match.longest >= settings.solid for match in better)
        if left < (settings.leftover_solid if solid else settings.leftover):
            return None
        if left < settings.leftover_share * sum(found.weights[unit] for unit in rest):
            return None
    return Match("summary", found.cosine, box)
