"""What is copied word for word: runs of words that stand in both texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from blogq.originality.passage import Box, Match, clusters, hull
from blogq.originality.settings import Settings
from blogq.originality.vocabulary import Pair

if TYPE_CHECKING:
    from blogq.originality.words import Integers

SEED = 5
"""Words of the shortest run that is looked for."""
EVERY = 16
"""Pairs of places up to which a seed that is repeated is tried at each with each; beyond, in order with each other."""

OTHER = 2
"""What a changed word counts against a run that grows; a word that is the same counts 1 for it."""
DROP = 8
"""By how much the sum may fall before a run ends."""
SKIPS = ((1, 1), (0, 1), (1, 0), (1, 2), (2, 1), (0, 2), (2, 0))
"""Words of the two texts that are passed over where they part, the likeliest first: changed, put in or left out."""


class Runs(NamedTuple):
    """Runs of words in both texts. Arrays of equal length, the longest runs first."""

    starts: Integers
    source_starts: Integers
    lengths: Integers


class Piece(NamedTuple):
    """Runs that lie together."""

    box: Box
    same: int
    """Words in it that are the same in both texts."""
    longest: int
    """Words of its longest exact run."""


def copies(pair: Pair, settings: Settings) -> list[Match]:
    """Passages that are copied, a few words changed at most; those with most words first.

    Copies that follow each other in the text are one passage even when they don't in the source: that is a copy whose
    sentences have changed places. When they come from all over a long source, each is a passage of its own.
    """
    exact = chosen(runs(pair), len(pair.text.keys))
    grown = extended(pair, exact)
    pieces = []
    for wide in clusters(list(grown), settings.wide_gap):
        # A hole may be wide where the whole is true enough all the same.
        piece = _piece(wide, grown)
        if enough(pair, piece, _longer(piece.box), settings):
            pieces.append(piece)
        else:
            pieces.extend(_piece(cluster, grown) for cluster in clusters(wide, settings.run_gap))
    pieces = [piece for piece in pieces if piece.same >= settings.piece]
    found: list[Piece] = []
    for group in _rows(pieces, settings.run_gap):
        box = hull([piece.box for piece in group])
        whole = Piece(box, sum(piece.same for piece in group), max(piece.longest for piece in group))
        if len(group) > 1 and enough(pair, whole, box.end - box.start, settings):
            apart = box.source_end - box.source_start > settings.apart * (box.end - box.start)
            found.extend(group if apart else [whole])
        else:
            found.extend(piece for piece in group if enough(pair, piece, _longer(piece.box), settings))
    found.sort(key=lambda piece: (-piece.same, piece.box))
    return [
        Match("verbatim", min(piece.same / (piece.box.end - piece.box.start), 1.0), piece.box, piece.longest)
        for piece in found
    ]


def _piece(cluster: list[Box], grown: dict[Box, Grown]) -> Piece:
    same, longest = sum(grown[run].same for run in cluster), max(grown[run].longest for run in cluster)
    return Piece(hull(cluster), same, longest)


def _longer(box: Box) -> int:
    """Words of the longer side."""
    return max(box.end - box.start, box.source_end - box.source_start)


def enough(pair: Pair, piece: Piece, size: int, settings: Settings) -> bool:
    """Whether a copy is long and true enough to be called one; `size` is what its words are a share of."""
    starts, ends = pair.text.starts, pair.text.ends
    long = int(ends[piece.box.end - 1] - starts[piece.box.start]) >= settings.shortest
    half = piece.same * 2 >= min(len(pair.text.keys), len(pair.source.keys))
    share = settings.copied if piece.same < settings.much else settings.much_copied
    return (long or half) and piece.longest >= settings.run and piece.same >= share * size


def _rows(pieces: list[Piece], gap: int) -> list[list[Piece]]:
    """Group pieces that follow each other in the text, whatever their sources."""
    rows: list[list[Piece]] = []
    reach = 0
    for piece in sorted(pieces):
        if not rows or piece.box.start - reach > gap:
            rows.append([])
        rows[-1].append(piece)
        reach = max(reach, piece.box.end)
    return rows


def runs(pair: Pair) -> Runs:
    """Find all runs of at least five words, each as long as it goes.

    A seed of five words that stands `n` times in the text and `m` times in the source is looked at n × m times while
    that is 16 or less, beyond that n times. Time: O(n log n) in the words of both.
    """
    import numpy as np

    grams, source_grams = _grams(pair.text_words, pair.source_words)
    at, source_at = _meetings(grams, source_grams)
    if not len(at):
        return Runs(at, at, at)
    diagonal = source_at - at
    order = np.lexsort((at, diagonal))
    at, source_at, diagonal = at[order], source_at[order], diagonal[order]
    begins = np.flatnonzero(np.r_[True, (np.diff(diagonal) != 0) | (np.diff(at) != 1)])
    lengths = np.diff(np.r_[begins, len(at)]) + SEED - 1
    starts, source_starts = at[begins], source_at[begins]
    order = np.lexsort((source_starts, starts, -lengths))
    return Runs(starts[order], source_starts[order], lengths[order])


def chosen(found: Runs, size: int) -> list[Box]:
    """Of all runs, those that explain the text: each of its `size` words belongs to its longest run.

    What a longer run has left of one is kept if it has five words still. Time: linear in the lengths of the runs.
    """
    taken = bytearray(size)
    kept: list[Box] = []
    for start, source_start, length in zip(*(column.tolist() for column in found), strict=True):
        end = start + length
        first = taken.find(0, start, end)
        if first < 0:
            continue
        stop = taken.find(1, first, end)
        stop = end if stop < 0 else stop
        if stop - first >= SEED:
            taken[first:stop] = b"\1" * (stop - first)
            kept.append(Box(first, stop, source_start + first - start, source_start + stop - start))
    return kept


class Grown(NamedTuple):
    """What is known of a run that has grown over changed words."""

    same: int
    """Words in it that are the same in both texts."""
    longest: int
    """Words of the run that it has grown from."""


def extended(pair: Pair, exact: list[Box]) -> dict[Box, Grown]:
    """Let runs grow over words that were changed, left out or put in, as long as most words are the same.

    On from each end, a word that is the same counts 1 and any other place -2; the run ends where the sum is largest,
    and the search when the sum is 8 below that, or at the next run. Time: linear in the words of the text.
    """
    text, source = pair.text_words.tolist(), pair.source_words.tolist()
    grown: dict[Box, Grown] = {}
    ordered = sorted(exact)
    before = 0
    for number, run in enumerate(ordered):
        after = ordered[number + 1].start if number + 1 < len(ordered) else len(text)
        back = _grow(text, source, (run.start - 1, run.source_start - 1), before - 1, -1)
        on = _grow(text, source, (run.end, run.source_end), after, 1)
        box = Box(run.start - back[0], run.end + on[0], run.source_start - back[1], run.source_end + on[1])
        grown[box] = Grown(run.end - run.start + back[2] + on[2], run.end - run.start)
        before = box.end
    return grown


def _grow(text: list[int], source: list[int], at: tuple[int, int], limit: int, step: int) -> tuple[int, int, int]:
    """Return by how many words of each text a run grows in one direction, and how many of them are the same."""
    first, other_first = at
    here, there = at
    best = total = met = 0
    grown = (0, 0, 0)
    while total > best - DROP and (limit - here) * step > 0 and 0 <= there < len(source):
        if text[here] == source[there]:
            total, met = total + 1, met + 1
            here, there = here + step, there + step
            if total > best:
                best, grown = total, (abs(here - first), abs(there - other_first), met)
            continue
        total -= OTHER
        skip, other_skip = _resumed(text, source, (here, there), limit, step)
        here, there = here + skip * step, there + other_skip * step
    return grown


def _resumed(text: list[int], source: list[int], at: tuple[int, int], limit: int, step: int) -> tuple[int, int]:
    """Return how many words to pass over in each text until two in a row are the same; one in each when that's far."""
    here, there = at
    for skip, other_skip in SKIPS:
        one, other = here + skip * step, there + other_skip * step
        inside = (limit - one - step) * step > 0 and 0 <= other < len(source) and 0 <= other + step < len(source)
        if inside and text[one] == source[other] and text[one + step] == source[other + step]:
            return skip, other_skip
    return 1, 1


def _grams(words: Integers, source_words: Integers) -> tuple[Integers, Integers]:
    """Return a number for each run of five words, the same for the same words.

    Pairs of numbers are renumbered instead of hashed, so that no two runs can be taken for each other.
    """
    import numpy as np

    size, source_size = len(words) - SEED + 1, len(source_words) - SEED + 1
    if size <= 0 or source_size <= 0:
        return words[:0], source_words[:0]
    # Words that are in neither text part the two, so that no run reaches over the border.
    one = np.r_[words, [-1] * SEED, source_words] + 1
    two = np.unique(one[:-1] * (int(one.max()) + 1) + one[1:], return_inverse=True)[1]
    four = np.unique(two[:-2] * (int(two.max()) + 1) + two[2:], return_inverse=True)[1]
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
    low, times = low[met], times[met]
    group, own = np.unique(grams[met], return_inverse=True, return_counts=True)[1:]
    few = own[group] * times <= EVERY
    spread = np.repeat(np.flatnonzero(few), times[few])
    within = np.arange(len(spread)) - np.repeat(np.cumsum(times[few]) - times[few], times[few])
    often = np.flatnonzero(~few)
    # The first with the first, the second with the second; the shorter list begins again when it's used up.
    sequence = np.argsort(group[often], kind="stable")
    by_group = group[often][sequence]
    rank = np.empty(len(often), np.int64)
    rank[sequence] = np.arange(len(often)) - np.searchsorted(by_group, by_group, "left")
    return (
        np.r_[met[spread], met[often]],
        np.r_[order[low[spread] + within], order[low[often] + rank % times[often]]],
    )
