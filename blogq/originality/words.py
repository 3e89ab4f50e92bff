"""A text as it is compared: its words folded, each with its place, and the units that rewording is looked for in.

A unit is a sentence. Short ones are joined to the next, long ones (lists, tables, text without stops) are cut.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from blogq.measure.sentences import sentences
from blogq.originality.fold import INVISIBLE, fold, signs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]

SHORT_UNIT = 3
"""Words below which a sentence is joined to the next (as in Sanchez-Perez et al. 2014)."""
LONG_UNIT = 60
"""Words at which a sentence is cut."""


class Words(NamedTuple):
    """The words of one text. All arrays but `unit_starts` have one element for each word."""

    keys: list[str]
    """Folded words."""
    starts: Integers
    """Offset of each word's first character in the text as it was given."""
    ends: Integers
    unit_starts: Integers
    """Number of each unit's first word, and at the end the number of words."""
    heads: Integers
    """Offset at which the unit of each word begins; before the word where quotes or brackets open it."""
    tails: Integers
    """Offset at which the unit of each word ends, its full stop within."""


@cache
def _word() -> re.Pattern[str]:
    ideograph = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
    mark = (
        f"{INVISIBLE}\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u0610-\u061a\u064b-\u065f"
        "\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963"
        "\u0980-\u0983\u09bc-\u09cd\u0a01-\u0a03\u0a3c-\u0a4d\u0a81-\u0a83\u0abc-\u0acd\u0b01-\u0b03\u0b3c-\u0b57"
        "\u0bbe-\u0bcd\u0c00-\u0c04\u0c3e-\u0c56\u0cbc-\u0cd6\u0d00-\u0d03\u0d3b-\u0d4d\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
        "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
    )
    run = rf"(?>(?:(?:[^\W_{ideograph}]|[{re.escape(signs())}])[{mark}]*+)+)"
    return re.compile(rf"[{ideograph}]|{run}(?>(?:['’‘ʼ`´|]{run})*)")


@cache
def _ascii_word() -> re.Pattern[str]:
    return re.compile(r"[a-zA-Z0-9]++(?>(?:['`|][a-zA-Z0-9]++)*)")


_TYPESET = tuple(zip("’‘“”„–—…•·\u00a0\ufffc\u2028", '\'\'"""--.--   ', strict=True))
"""Signs of well set English, each with one of ASCII that parts or joins words just as it does."""


def plain(text: str) -> str:
    """Return a text with the signs of good typesetting in ASCII; the same words, at the same offsets.

    Most texts are ASCII then, in which words are found six times as fast.
    """
    if not text.isascii():
        for sign, other in _TYPESET:
            text = text.replace(sign, other)
    return text


def spans(text: str) -> list[tuple[int, int]]:
    """Words of a text as character offsets `(start, end)`.

    A word is a run of letters and digits, with what can't be seen and with apostrophes inside; hyphens part words. An
    ideograph is a word of its own.
    """
    text = plain(text)
    return [match.span() for match in (_ascii_word() if text.isascii() else _word()).finditer(text)]


def spelt(text: str) -> list[str]:
    """Words of a text as they are spelt, typesetting apart: what `spans` are the places of."""
    text = plain(text)
    return (_ascii_word() if text.isascii() else _word()).findall(text)


@lru_cache(maxsize=4)
def words(text: str) -> Words:
    """Read one text. Takes time linear in its length.

    The last four texts are kept, so that a post that is held against many sources is read once.
    """
    import numpy as np

    found = spans(text)
    keys = [fold(text[start:end]) for start, end in found]
    if not all(keys):
        kept = [number for number, key in enumerate(keys) if key]
        found, keys = [found[number] for number in kept], [keys[number] for number in kept]
    places = np.array(found, np.int64).reshape(-1, 2)
    starts, ends = places[:, 0].copy(), places[:, 1].copy()
    borders = sentences(text, "")
    first = np.searchsorted(starts, [start for start, _ in borders]).tolist()
    units, of_sentence = _units(first, len(keys))
    heads, tails = [], []
    for begin, end in pairwise(units):
        sentence, following = of_sentence.get(begin), of_sentence.get(end)
        heads.append(int(starts[begin]) if sentence is None else borders[sentence][0])
        if following:
            tails.append(borders[following - 1][1])
        else:
            tails.append(borders[-1][1] if end == len(keys) and borders else int(ends[end - 1]))
    sizes = np.diff(units)
    of_heads, of_tails = np.repeat(np.array(heads, np.int64), sizes), np.repeat(np.array(tails, np.int64), sizes)
    columns = (starts, ends, np.array(units, np.int64), np.minimum(of_heads, starts), np.maximum(of_tails, ends))
    for column in columns:
        column.flags.writeable = False
    return Words(keys, *columns)


def _units(first: list[int], size: int) -> tuple[list[int], dict[int, int]]:
    """Return where units begin, given the first word of each sentence, and the sentence that begins at each word."""
    of_sentence: dict[int, int] = {}
    for number, word in enumerate(first):
        of_sentence.setdefault(word, number)
    units: list[int] = []
    edges = [*sorted(of_sentence), size]
    begin = 0
    for end in edges[1:] if edges[0] == 0 else edges:
        if end - begin < SHORT_UNIT and end < size:
            continue
        pieces = -(-(end - begin) // LONG_UNIT)
        units.extend(begin + (end - begin) * piece // pieces for piece in range(pieces))
        begin = end
    if len(units) > 1 and size - units[-1] < SHORT_UNIT:
        units.pop()
    return [*units, size], of_sentence
