"""Passages that say the same in other words: similar sentences that lie together in both texts."""

from __future__ import annotations

from typing import NamedTuple

from blogq.originality import vectors
from blogq.originality.passage import Box, clusters, hull
from blogq.originality.settings import Settings
from blogq.originality.vocabulary import Pair

STEPS = 400
"""Moves of a border after which a passage is left as it is."""

class Rewording(NamedTuple):
    """Two passages whose units are alike."""

    cosine: float
    units: Box
    words: Box


def seeds(pair: Pair, model: vectors.Model, runs: list[Box], settings: Settings) -> list[Box]:
    """Pairs of units that are alike, or that share a run of words."""
    import numpy as np

    found = vectors.similar(model, settings.cosine, settings.dice)
    met = set(zip(found.units.tolist(), found.source_units.tolist(), strict=True))
    if settings.runseed and runs:
        places = np.array(runs, np.int64)
        w = np.r_[0, np.cumsum(model.weight_of[pair.text_stems])]
        heavy = w[places[:, 1]] - w[places[:, 0]] >= settings.runseed * 64
        places = places[heavy]
        mid, smid = (places[:, 0] + places[:, 1] - 1) // 2, (places[:, 2] + places[:, 3] - 1) // 2
        a = np.searchsorted(pair.text.unit_starts, mid, "right") - 1
        b = np.searchsorted(pair.source.unit_starts, smid, "right") - 1
        met.update(zip(a.tolist(), b.tolist(), strict=True))
    return [Box(a, a + 1, b, b + 1) for a, b in sorted(met)]


def rewordings(pair: Pair, model: vectors.Model, found: list[Box], settings: Settings) -> list[Rewording]:
    """Cluster seeds; a cluster that isn't alike as a whole is parted at smaller and smaller holes."""
    done: list[Rewording] = []
    waiting = [(found, settings.gap)] if found else []
    while waiting:
        group, gap = waiting.pop()
        for cluster in clusters(group, gap):
            units = hull(cluster)
            alike = vectors.cosine(model, units[:2], units[2:])
            if alike >= settings.passage_cosine:
                if settings.fit:
                    units = fitted(model, units, settings)
                    alike = vectors.cosine(model, units[:2], units[2:])
                done.append(Rewording(alike, units, in_words(pair, units)))
            elif gap > 0:
                waiting.append((cluster, gap - 2))
    return done


def in_words(pair: Pair, units: Box) -> Box:
    """Return a box over words for one over units."""
    starts, source_starts = pair.text.unit_starts, pair.source.unit_starts
    return Box(
        int(starts[units.start]),
        int(starts[units.end]),
        int(source_starts[units.source_start]),
        int(source_starts[units.source_end]),
    )


def fitted(model: vectors.Model, units: Box, settings: Settings) -> Box:
    """Move the borders of a passage, a unit or two at a time, as long as the two sides become more alike.

    What is made as large as it will go is dot / (|text| × |source|)^balance.
    """
    low = max(units[0] - settings.reach, 0), max(units[2] - settings.reach, 0)
    high = (
        min(units[1] + settings.reach, len(model.text.norms)),
        min(units[3] + settings.reach, len(model.source.norms)),
    )
    sums = vectors.running(model, (low[0], high[0]), (low[1], high[1]))
    if sums is None:
        return units
    one, other = sums
    at = [units[0] - low[0], units[1] - low[0], units[2] - low[1], units[3] - low[1]]

    def worth(edges: list[int]) -> float:
        left, right = one[edges[1]] - one[edges[0]], other[edges[3]] - other[edges[2]]
        size = float(left @ left) * float(right @ right)
        return float(left @ right) / size ** (settings.balance / 2) if size else 0.0

    best = worth(at)
    for _ in range(STEPS):
        tried = []
        for edge in range(4):
            for step in (-2, -1, 1, 2):
                moved = at.copy()
                moved[edge] += step
                limit = (high[0] - low[0], high[0] - low[0], high[1] - low[1], high[1] - low[1])[edge]
                if 0 <= moved[edge] <= limit and moved[0] < moved[1] and moved[2] < moved[3]:
                    tried.append((worth(moved), moved))
        better, moved = max(tried, default=(0.0, at))
        if better <= best * (1 + 1e-9):
            break
        best, at = better, moved
    return Box(at[0] + low[0], at[1] + low[0], at[2] + low[1], at[3] + low[1])
