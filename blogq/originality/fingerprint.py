"""Fingerprints of a text: a few hashes of its words, by which texts that share a passage find each other.

There are two kinds. Of *runs* of four words in a row, winnowing (Schleimer, Wilkerson and Aiken 2003) keeps the one
with the smallest hash of every four neighbours: texts that have seven words in a row in common have one in common.
*Pairs* are of neighbours among the longer words, their endings and order left out, winnowed likewise: they find what
was reworded, where hardly four words in a row are left. Hashes follow from the words alone: no seed, no order of sets,
the same on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, cast
from zlib import crc32

from blogq.originality.fold import fold
from blogq.originality.vocabulary import STEM
from blogq.originality.words import spelt

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Hashes = NDArray[np.uint32]
    Numbers = NDArray[np.uint64]

GRAM = 4
"""Words in a run."""
WINDOW = 4
"""Runs, or pairs, in a row of which one is kept."""
LONG = 5
"""Letters from which on a word counts in pairs."""
VERSION = 1
"""Raised whenever the same text may have other fingerprints."""

_MULTIPLIER = 0x9E3779B97F4A7C15
"""2^64 divided by the golden ratio, odd: multiplying by it spreads what differs (Knuth, TAOCP 3, 6.4)."""
_PAIRS = 0x5851F42D4C957F2D
"""What keeps hashes of pairs apart from those of runs; any odd number would do."""
_LARGEST = 1 << 17
"""Words whose numbers are kept."""
_LONGEST = 64
"""Characters of a word that is worth keeping."""

_numbers: dict[str, int] = {}
"""Word as spelt → checksum of its key, and above it that of its stem where it's long; −1 where it has no key."""


def forget() -> None:
    """Forget the numbers of words, which a process that stays up for days would gather."""
    _numbers.clear()


class Fingerprints(NamedTuple):
    """Fingerprints of one text; columns of equal length, but for the last."""

    hashes: Hashes
    parts: NDArray[np.int32]
    """Number of the part of the text in which each of them begins."""
    runs: NDArray[np.bool_]
    """Whether it is of a run; else of a pair."""
    words: tuple[int, ...]
    """Words of each part."""
    sketch: int
    """32 bits that texts have in common which differ in names and numbers at most, and hardly any others."""


def fingerprints(parts: Sequence[str]) -> Fingerprints:
    """Return the fingerprints of a text in parts, such as paragraphs; none under four words.

    Runs and pairs reach from one part into the next. Takes time linear in the length of the text.
    """
    import numpy as np

    numbers: list[int] = []
    formal: list[bool] = []
    sizes = []
    for part in parts:
        words = spelt(part)
        found = _of_words(words)
        if -1 in found:
            words = [word for word, number in zip(words, found, strict=True) if number >= 0]
            found = [number for number in found if number >= 0]
        numbers += found
        formal += [word.isalpha() and not word[0].isupper() for word in words]
        sizes.append(len(found))
    both = np.array(numbers, np.uint64)
    keys = both & np.uint64(0xFFFFFFFF)
    runs = _runs(keys)
    places = _winnowed(runs)
    stems = both >> np.uint64(32)
    long = np.flatnonzero(stems)
    pairs = _pairs(stems[long])
    others = _winnowed(pairs)
    at = np.concatenate([places, long[others]])
    begins = np.cumsum([0, *sizes[:-1]])
    return Fingerprints(
        np.concatenate([runs[places], pairs[others]]),
        (np.searchsorted(begins, at, "right") - 1).astype(np.int32),
        np.arange(len(at)) < len(places),
        tuple(sizes),
        # Of a text that is mostly names and numbers, such as a table, these count as well.
        _sketch(keys[np.array(formal, bool)] if 2 * sum(formal) > len(formal) else keys),
    )


def _of_words(words: list[str]) -> list[int]:
    """Return the numbers of words; −1 for those with neither letter nor digit."""
    if len(_numbers) > _LARGEST:
        _numbers.clear()
    found = [_numbers.get(word) for word in words]
    if None in found:
        # Nothing is known for sure a second time: another thread may have had to forget it.
        for at, word in enumerate(words):
            if found[at] is None:
                number = _numbers.get(word)
                if number is None:
                    number = _number(fold(word))
                    if len(word) <= _LONGEST:
                        _numbers[word] = number
                found[at] = number
    return cast("list[int]", found)


def _number(key: str) -> int:
    if not key:
        return -1
    number = crc32(key.encode("utf-8", "surrogatepass"))
    if len(key) >= LONG:
        number |= (crc32(key[:STEM].encode("utf-8", "surrogatepass")) or 1) << 32
    return number


def _runs(numbers: Numbers) -> Hashes:
    """Return a hash for each run of four words."""
    import numpy as np

    size = len(numbers) - GRAM + 1
    if size <= 0:
        return np.empty(0, np.uint32)
    mixed = np.zeros(size, np.uint64)
    multiplier = np.uint64(_MULTIPLIER)
    for at in range(GRAM):
        mixed = (mixed ^ numbers[at : at + size]) * multiplier
        mixed ^= mixed >> np.uint64(29)
    return ((mixed * multiplier) >> np.uint64(32)).astype(np.uint32)


def _sketch(numbers: Numbers) -> int:
    """Return a checksum of four smallest hashes of runs, each by another order (Broder 1997).

    `numbers` are those of words that are neither names nor numbers. Two texts have the same sketch with the fourth
    power of their resemblance: near 1 for copies, .09 for texts of which half is the same.
    """
    runs = _runs(numbers)
    if not len(runs):
        return 0
    return crc32(b"".join((runs * order).min().tobytes() for order in _orders()))


@cache
def _orders() -> tuple[np.uint32, ...]:
    import numpy as np

    return tuple(np.uint32(order) for order in (1, 0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D))


def _pairs(stems: Numbers) -> Hashes:
    """Return a hash for each two neighbours, the same for either order."""
    import numpy as np

    low, high = np.minimum(stems[:-1], stems[1:]), np.maximum(stems[:-1], stems[1:])
    mixed = ((low << np.uint64(32)) | high) * np.uint64(_PAIRS)
    mixed ^= mixed >> np.uint64(29)
    return ((mixed * np.uint64(_MULTIPLIER)) >> np.uint64(32)).astype(np.uint32)


def _winnowed(hashes: Hashes) -> NDArray[np.intp]:
    """Return which hashes are kept: of every window the smallest, of equal ones the last."""
    import numpy as np

    size = len(hashes) - WINDOW + 1
    if size <= 0:
        # Of a text that is shorter than a window, the smallest.
        return np.array([int(hashes.argmin())] if len(hashes) else [], np.intp)
    best = hashes[WINDOW - 1 :]
    chosen = np.arange(WINDOW - 1, len(hashes))
    for back in range(WINDOW - 2, -1, -1):
        other = hashes[back : back + size]
        smaller = other < best
        best = np.where(smaller, other, best)
        chosen = np.where(smaller, np.arange(back, back + size), chosen)
    kept = np.zeros(len(hashes), bool)
    kept[chosen] = True
    return np.flatnonzero(kept)
