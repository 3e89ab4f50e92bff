"""Passages that say the same in other words: similar units that lie together in both texts."""

from __future__ import annotations

from bisect import bisect_left

from blogq.originality import vectors
from blogq.originality.passage import Box, Match, clusters, hull
from blogq.originality.settings import Settings
from blogq.originality.vocabulary import Pair

STEPS = 60
"""Moves of a border after which a passage is left as it is."""
FITTED = 50
"""Passages of two texts whose borders are moved, the largest first; the others stay as they are."""
CLUSTERS = 300
"""Groups of seeds that are looked at, the largest first."""
SIMILAR = 0.33
"""Cosine from which on similarity counts as evidence: what Sanchez-Perez et al. ask of two sentences."""


def rewordings(pair: Pair, model: vectors.Model, settings: Settings) -> list[Match]:
    """Passages whose units are alike, what explains most first.

    Seeds (pairs of units) are clustered; a cluster that isn't alike as a whole is parted at smaller holes.
    """
    near = vectors.similar(model, settings.cosine, settings.dice)
    clear = vectors.clearest(near, settings.clear)
    rows = zip(near.units[clear].tolist(), near.source_units[clear].tolist(), strict=True)
    waiting = [([Box(one, one + 1, other, other + 1) for one, other in rows], settings.gap)]
    alike: list[tuple[Box, int]] = []
    while waiting:
        group, gap = waiting.pop()
        parts = clusters(group, gap)
        for cluster in sorted(parts, key=lambda part: (-len(part), part[0]))[:CLUSTERS]:
            units = hull(cluster)
            row = in_order(cluster)
            least = settings.row_cosine if row >= settings.row else settings.passage_cosine
            if vectors.cosine(model, units[:2], units[2:]) >= least:
                alike.append((units, row))
            elif gap > 0 and len(cluster) > 1:
                waiting.append((cluster, gap - 2))
    found = []
    ordered = sorted(alike, key=lambda one: (-min(one[0][1] - one[0][0], one[0][3] - one[0][2]), one))
    for number, (units, row) in enumerate(ordered):
        # A passage that is nothing any more once its borders have moved may be one as it was.
        for best in (fitted(model, units, settings), units) if number < FITTED else (units,):
            match = Match("reworded", vectors.cosine(model, best[:2], best[2:]), in_words(pair, best))
            if strong(pair, match, row, settings):
                found.append(match)
                break
    return sorted(found, key=lambda match: (-match.size, match.box))


def in_words(pair: Pair, units: Box) -> Box:
    """Return a box over words for one over units."""
    starts, source_starts = pair.text.unit_starts, pair.source.unit_starts
    return Box(
        int(starts[units.start]),
        int(starts[units.end]),
        int(source_starts[units.source_start]),
        int(source_starts[units.source_end]),
    )


def in_order(cluster: list[Box]) -> int:
    """Most seeds of a cluster that follow each other in both texts, no unit twice (longest increasing row)."""
    ends: list[int] = []
    for box in sorted(cluster, key=lambda box: (box.start, -box.source_start)):
        place = bisect_left(ends, box.source_start)
        ends[place : place + 1] = [box.source_start]
    return len(ends)


def strong(pair: Pair, match: Match, row: int, settings: Settings) -> bool:
    """Whether a passage is too long and too similar to be chance, given how many seeds in a row speak for it."""
    text, source, box = pair.text, pair.source, match.box
    size = min(
        int(text.ends[box.end - 1] - text.starts[box.start]),
        int(source.ends[box.source_end - 1] - source.starts[box.source_start]),
    )
    strength = size * (match.similarity - SIMILAR) + settings.row_bonus * (row - 1)
    return size >= settings.shortest and strength >= settings.strength


def fitted(model: vectors.Model, units: Box, settings: Settings) -> Box:
    """Move the borders of a passage, a unit or two at a time, as long as the two sides become more alike.

    What is made as large as it will go is product / (length × length)^balance of the two sums of vectors.
    """
    low = max(units.start - settings.reach, 0), max(units.source_start - settings.reach, 0)
    high = (
        min(units.end + settings.reach, len(model.text.norms)),
        min(units.source_end + settings.reach, len(model.source.norms)),
    )
    sums = vectors.running(model, (low[0], high[0]), (low[1], high[1]))
    if sums is None:
        return units
    text, source = sums
    limits = (high[0] - low[0],) * 2 + (high[1] - low[1],) * 2

    def worth(edges: tuple[int, ...]) -> float:
        left, right = text[edges[1]] - text[edges[0]], source[edges[3]] - source[edges[2]]
        size = float(left @ left) * float(right @ right)
        return float(left @ right) / size ** (settings.balance / 2) if size else 0.0

    at: tuple[int, ...] = (
        units.start - low[0],
        units.end - low[0],
        units.source_start - low[1],
        units.source_end - low[1],
    )
    best = worth(at)
    for _ in range(STEPS):
        moves = [
            (*at[:edge], at[edge] + step, *at[edge + 1 :])
            for edge in range(4)
            for step in (-2, -1, 1, 2)
            if 0 <= at[edge] + step <= limits[edge]
        ]
        tried = [(worth(edges), edges) for edges in moves if edges[0] < edges[1] and edges[2] < edges[3]]
        better, edges = max(tried, default=(0.0, at))
        # The power may differ in its last bit between machines; a gain that small decides nothing.
        if better <= best * (1 + 1e-9):
            break
        best, at = better, edges
    return Box(at[0] + low[0], at[1] + low[0], at[2] + low[1], at[3] + low[1])
