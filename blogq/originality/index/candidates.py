"""Which documents are worth holding against a text: those that share the rarest fingerprints with it.

A fingerprint counts log(N / df), df being the number of documents that have it, both rounded down to a power of two: so
one document more changes hardly any weight. What stands in more documents than
`limit` says is a blog's way of speaking, and counts nothing; copies of one document count as one there, or else the
fiftieth copy of a post would be found no more.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from blogq.originality.fingerprint import Fingerprints
from blogq.originality.index.segment import Segment

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]

MOST = 50
"""Candidates of a text, and as many again by their best part."""
FEWEST = 2
"""Fingerprints that a candidate has in common with the text."""
SCALE = 64
"""Weights are multiples of 1/64, so that their sums don't depend on their order."""
LEAST_LIMIT, LARGEST_LIMIT = 10, 200
PAIR = 45
"""What a pair of longer words counts beside a run of four, in 64ths: it says less."""
BLOCK = 40
"""Words of a part that stands for itself; a copy that is cut into short paragraphs would have no part otherwise."""
CROWD = 1024
"""Documents with one fingerprint, copies or not, from which on it counts nothing, so that none of them is looked at."""


class Candidate(NamedTuple):
    """A document that has fingerprints in common with a text."""

    document: int
    """Its number in the index."""
    hits: int
    """Different fingerprints in common."""
    weight: float
    """Sum of log(N / df) over them, natural logarithm."""
    best: float
    """The same over fingerprints of runs only, within the part of the text that has most of it, short
    parts being joined to the next."""


class Answer(NamedTuple):
    """What an index says of one text."""

    candidates: tuple[Candidate, ...]
    """The heaviest first; of equal ones the oldest, then as their names' digests have it."""
    common: tuple[int, ...]
    """Of each part of the text, how many of its fingerprints of runs are too common to count."""
    counted: tuple[int, ...]
    """Of each part of the text, how many fingerprints of runs it has."""
    words: tuple[int, ...]
    """Words of each part of the text."""


class Known(NamedTuple):
    """What is known of each document, by its number."""

    alive: NDArray[np.bool_]
    dates: Integers
    """UTC, seconds since 1970."""
    own: NDArray[np.bool_]
    """Whether it's of the site itself, rather than of a corpus."""
    sketches: NDArray[np.uint32]
    """As `Fingerprints.sketch` has it: copies of one text mostly have the same, others hardly ever."""
    lots: Integers
    """What decides between documents that are alike in all that counts: the same in whatever order they were added."""


def scale(documents: int) -> int:
    """Return N as it is counted: the largest power of two up to it, so that one more document changes nothing."""
    return 1 << max(documents.bit_length() - 1, 0)


def limit(documents: int) -> int:
    """Return in how many documents a fingerprint may stand and still count: 1 %, at least 10, at most 200."""
    return max(LEAST_LIMIT, min(LARGEST_LIMIT, scale(documents) // 100))


def measure(documents: int) -> tuple[int, int]:
    """Return all that answers take from the number of documents: `limit`, and N as weights have it."""
    most = limit(documents)
    return most, max(scale(documents), 2 * most)


def steady(
    at: Integers, ids: Integers, known: Known, added: Integers, removed: Integers, most: int
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which fingerprints count the same as before a change, and which counted nothing and still do.

    `at` and `ids` are the postings after it, as `gathered` has them; `added` and `removed` say how many documents with
    each fingerprint have come and gone; `most` is the limit, the same before and after.
    """
    import numpy as np

    frequency = np.bincount(at, minlength=len(added))
    earlier = frequency - added + removed
    # Where copies may count as one, what one text more or less makes of it isn't known but for its bounds.
    many = np.maximum(frequency, earlier) > LEAST_LIMIT
    counted = originals(at, ids, len(added), known)
    low, high = counted - added - removed, counted + added + removed
    same = np.where(
        many, _rank(np.maximum(low, 1), most) == _rank(high, most), _rank(frequency, most) == _rank(earlier, most)
    )
    # A crowd is looked at by how many there are, whatever they are.
    border = np.maximum(frequency, earlier) > CROWD
    useless = np.where(many, low, np.minimum(frequency, earlier)) > most
    return same & ~border, useless & ~border


def _rank(frequency: Integers, most: int) -> Integers:
    """Return what weights take from df: two frequencies of one rank count the same; 0 for what counts nothing."""
    import numpy as np

    ranks = np.array([0, *(count.bit_length() for count in range(1, most + 1)), 0], np.int64)
    return ranks[np.clip(frequency, 0, most + 1)]


def ask(
    given: Fingerprints, segments: Sequence[Segment], known: Known, documents: int, own: int, before: int | None
) -> Answer:
    """Return the candidates of one text.

    `documents` is how many there are, `own` the number of the text's own document (−1: none). Of the site's own
    documents those dated after `before` are none; None for no such border.
    """
    import numpy as np

    runs = given.runs
    different, first, inverse = np.unique(given.hashes, return_index=True, return_inverse=True)
    run_of = runs[first]
    at, ids, crowded = gathered(segments, different, known, CROWD)
    most, everything = measure(documents)
    frequency = originals(at, ids, len(different), known)
    common = crowded | (frequency > most)
    useful = ~common[at] & (ids != own)
    if before is not None:
        useful &= ~known.own[ids] | (known.dates[ids] <= before)
    at, ids = at[useful], ids[useful]
    rarest = [SCALE * math.log(everything / scale(max(count, 1))) for count in range(most + 1)]
    weights = np.array([round(weight) for weight in rarest], np.int64)[np.minimum(frequency, most)]
    weights = np.where(run_of, weights, weights * PAIR // 64)
    parts, of_part = _once(given.parts, inverse)
    size = len(given.words)
    by_part = np.bincount(parts, common[of_part] & run_of[of_part], minlength=size).astype(int)
    blocks, of_block = _once(_blocks(given.words)[given.parts], inverse)
    candidates = _ranked(at, ids, weights, blocks, of_block, run_of[of_block], known)
    counted = np.bincount(given.parts[runs], minlength=size)
    return Answer(candidates, tuple(by_part.tolist()), tuple(counted.tolist()), given.words)


def _once(places: NDArray[np.int32], which: Integers) -> tuple[Integers, Integers]:
    """Return the different pairs of a place in the text and the number of a fingerprint, as two columns."""
    import numpy as np

    pairs = np.sort((places.astype(np.int64) << 32) | which)
    if len(pairs):
        pairs = pairs[np.r_[True, pairs[1:] != pairs[:-1]]]
    return pairs >> 32, pairs & 0xFFFFFFFF


def _blocks(words: Sequence[int]) -> NDArray[np.int32]:
    """Return to which block each part belongs: short ones are joined to those that follow."""
    import numpy as np

    found = []
    block = size = 0
    for count in words:
        if size >= BLOCK:
            block, size = block + 1, 0
        found.append(block)
        size += count
    return np.array(found, np.int32)


def gathered(
    segments: Sequence[Segment], hashes: NDArray[np.uint32], known: Known, most: int
) -> tuple[Integers, Integers, NDArray[np.bool_]]:
    """Return the postings of fingerprints: number of each in `hashes`, and of a document that is there.

    Of what more than `most` documents have there are none; the third array says which of `hashes` these are.
    """
    import numpy as np

    ranges = [each.ranges(hashes) for each in segments]
    total = np.zeros(len(hashes), np.int64)
    for first, last in ranges:
        total += last - first
    crowded = np.zeros(len(hashes), bool)
    for one in np.flatnonzero(total > most).tolist():
        # Some may be of documents that are no more: how many depends on what was merged when.
        crowded[one] = _exceeds(
            [each.documents[first[one] : last[one]] for each, (first, last) in zip(segments, ranges, strict=True)],
            known,
            most,
        )
    places, found = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for each, (first, last) in zip(segments, ranges, strict=True):
        counts = np.where(crowded, 0, last - first)
        at = np.repeat(np.arange(len(hashes)), counts)
        within = np.arange(len(at)) - np.repeat(np.cumsum(counts) - counts, counts)
        ids = each.documents[np.repeat(first, counts) + within].astype(np.int64)
        kept = known.alive[ids]
        places.append(at[kept])
        found.append(ids[kept])
    return np.concatenate(places), np.concatenate(found), crowded


def _exceeds(documents: Sequence[NDArray[np.uint32]], known: Known, most: int) -> bool:
    """Whether more than `most` of some documents are there; looks at no more of them than it has to."""
    count = 0
    for ids in documents:
        for start in range(0, len(ids), 2 * most):
            count += int(known.alive[ids[start : start + 2 * most]].sum())
            if count > most:
                return True
    return False


def originals(at: Integers, ids: Integers, size: int, known: Known) -> Integers:
    """Return in how many different documents each of `size` fingerprints stands; copies count once where it's many.

    `at` and `ids` are postings: number of the fingerprint, and of the document.
    """
    import numpy as np

    frequency = np.bincount(at, minlength=size)
    crowded = frequency > LEAST_LIMIT
    if crowded.any():
        of_crowded = crowded[at]
        pairs = (at[of_crowded].astype(np.uint64) << np.uint64(32)) | known.sketches[ids[of_crowded]]
        pairs.sort()
        first = np.r_[True, pairs[1:] != pairs[:-1]]
        different = np.bincount((pairs[first] >> np.uint64(32)).astype(np.int64), minlength=size)
        frequency = np.where(crowded, np.maximum(different, LEAST_LIMIT), frequency)
    return frequency


def _ranked(
    at: Integers,
    ids: Integers,
    weights: Integers,
    part_of: Integers,
    inverse: Integers,
    run_of: NDArray[np.bool_],
    known: Known,
) -> tuple[Candidate, ...]:
    """Return the heaviest candidates, by the whole and by their best part."""
    import numpy as np

    found, place = np.unique(ids, return_inverse=True)
    if not len(found):
        return ()
    hits = np.bincount(place)
    total = np.bincount(place, weights[at]).astype(np.int64)
    enough = hits >= FEWEST
    # By part: each posting counts in every part that has its fingerprint.
    order = np.argsort(inverse, kind="stable")
    first = np.searchsorted(inverse[order], np.arange(len(weights) + 1))
    times = (first[1:] - first[:-1])[at]
    spread = np.repeat(np.arange(len(at)), times)
    within = np.arange(len(spread)) - np.repeat(np.cumsum(times) - times, times)
    where = order[first[at[spread]] + within]
    part = part_of[where]
    cells, cell = np.unique(place[spread] * (int(part_of.max()) + 1) + part, return_inverse=True)
    of_cell = np.bincount(cell, weights[at[spread]] * run_of[where]).astype(np.int64)
    best = np.zeros(len(found), np.int64)
    np.maximum.at(best, cells // (int(part_of.max()) + 1), of_cell)
    dates, lots = known.dates[found], known.lots[found]
    chosen = np.flatnonzero(enough)
    ranks = [lots[chosen], dates[chosen]]
    by_whole = chosen[np.lexsort((*ranks, -best[chosen], -total[chosen]))][:MOST]
    by_part = chosen[np.lexsort((*ranks, -total[chosen], -best[chosen]))][:MOST]
    kept = np.union1d(by_whole, by_part)
    kept = kept[np.lexsort((lots[kept], dates[kept], -best[kept], -total[kept]))]
    rows = zip(*(column[kept].tolist() for column in (found, hits, total, best)), strict=True)
    return tuple(Candidate(document, count, whole / SCALE, one / SCALE) for document, count, whole, one in rows)
