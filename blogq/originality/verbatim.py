"""What is copied word for word: runs of words that stand in both texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from blogq.originality.passage import Box
from blogq.originality.vocabulary import Pair

if TYPE_CHECKING:
    from blogq.originality.words import Integers

SEED = 5
"""Words of the shortest run that is looked for."""
EVERY = 16
"""Pairs of places up to which a seed that is repeated is tried at each with each; beyond, in order with each other."""


class Runs(NamedTuple):
    """Longest runs of words in both texts. Arrays of equal length, in the order of the text."""

    starts: Integers
    source_starts: Integers
    lengths: Integers

    def boxes(self, least: int) -> list[Box]:
        """Runs of at least so many words, as boxes over words."""
        rows = zip(self.starts.tolist(), self.source_starts.tolist(), self.lengths.tolist(), strict=True)
        return [Box(a, a + size, b, b + size) for a, b, size in rows if size >= least]


def runs(pair: Pair) -> Runs:
    """Find all runs of at least five words, each as long as it goes.

    A run that stands `n` times in the text and `m` times in the source is found n × m times while that is 16 or less,
    beyond that max(n, m) times. Time: O(n log n) in the words of both.
    """
    import numpy as np

    grams, source_grams = _grams(pair.text_words, pair.source_words)
    empty = np.zeros(0, np.int64)
    if not len(grams) or not len(source_grams):
        return Runs(empty, empty, empty)
    at, source_at = _meetings(grams, source_grams)
    if not len(at):
        return Runs(empty, empty, empty)
    diagonal = source_at - at
    order = np.lexsort((at, diagonal))
    at, source_at, diagonal = at[order], source_at[order], diagonal[order]
    begins = np.flatnonzero(np.r_[True, (np.diff(diagonal) != 0) | (np.diff(at) != 1)])
    lengths = np.diff(np.r_[begins, len(at)]) + SEED - 1
    starts, source_starts = at[begins], source_at[begins]
    order = np.lexsort((source_starts, -lengths, starts))
    return Runs(starts[order], source_starts[order], lengths[order])


def chosen(found: Runs, size: int) -> list[Box]:
    """Of all runs, those that explain the text: each of its `size` words belongs to its longest run at most.

    What is left of a run where a longer one has taken the rest is kept if it has five words still. Of runs equally long
    the one wins that is nearest, in the source, to the run taken last. Time: O(n log n).
    """
    import numpy as np

    taken = np.zeros(size + 1, bool)
    kept: list[Box] = []
    order = np.lexsort((found.source_starts, found.starts, -found.lengths))
    rows = zip(
        found.starts[order].tolist(), found.source_starts[order].tolist(), found.lengths[order].tolist(), strict=True
    )
    for start, source_start, length in rows:
        end = start + length
        while start < end and taken[start]:
            start, source_start = start + 1, source_start + 1
        stop = start
        while stop < end and not taken[stop]:
            stop += 1
        if stop - start >= SEED:
            taken[start:stop] = True
            kept.append(Box(start, stop, source_start, source_start + stop - start))
    return kept


def _grams(words: Integers, source_words: Integers) -> tuple[Integers, Integers]:
    """Return a number for each run of five words, the same for the same words.

    Pairs of numbers are renumbered instead of hashed, so no two runs can be taken for each other.
    """
    import numpy as np

    size, source_size = len(words) - SEED + 1, len(source_words) - SEED + 1
    if size <= 0 or source_size <= 0:
        return words[:0], source_words[:0]
    # A word that is in one text only can't be in a run: such grams all differ, and so they are left to meet nothing.
    both = np.r_[words, [-1] * SEED, source_words]
    one = both + 1
    width = int(one.max()) + 1
    two = np.unique(one[:-1] * width + one[1:], return_inverse=True)[1]
    width = int(two.max()) + 1
    four = np.unique(two[:-2] * width + two[2:], return_inverse=True)[1]
    five = four[:-1] * (int(one.max()) + 1) + one[4:]
    return five[:size], five[len(words) + SEED :]


def _meetings(grams: Integers, source_grams: Integers) -> tuple[Integers, Integers]:
    """Return the places at which the same gram stands in both."""
    import numpy as np

    order = np.argsort(source_grams, kind="stable")
    ranked = source_grams[order]
    low = np.searchsorted(ranked, grams, "left")
    times = np.searchsorted(ranked, grams, "right") - low
    met = np.flatnonzero(times)
    if not len(met):
        return met, met
    low, times, key = low[met], times[met], grams[met]
    _, group, own = np.unique(key, return_inverse=True, return_counts=True)
    often = own[group] * times > EVERY
    # Each with each.
    few = ~often
    spread = np.repeat(np.arange(few.sum()), times[few])
    within = np.arange(len(spread)) - np.repeat(np.cumsum(times[few]) - times[few], times[few])
    at, source_at = met[few][spread], order[low[few][spread] + within]
    if often.any():
        # The first with the first, the second with the second; the shorter list begins again when it's used up.
        places, low, times, group = met[often], low[often], times[often], group[often]
        by_group = np.argsort(group, kind="stable")
        sorted_group = group[by_group]
        first = np.searchsorted(sorted_group, sorted_group, "left")
        rank = np.empty(len(group), np.int64)
        rank[by_group] = np.arange(len(group)) - first
        at = np.r_[at, places]
        source_at = np.r_[source_at, order[low + rank % times]]
    return at, source_at
