"""Where words begin and end.

A word is a run of letters and digits, with apostrophes and hyphens inside ("don't", "well-known") and with points and
commas between digits ("3.14", "10,000"). Chinese and Japanese characters are one word each, for no white space parts
their words. U+FFFC, which stands for an inline code span, is one word that is no ordinary word.
"""

from __future__ import annotations

import re
from functools import cache

CODE = "\ufffc"
"""The word that stands for an inline code span."""


IDEOGRAPH = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
"""Chinese and Japanese characters, as what stands in the brackets of a pattern."""
MARK = (
    "\u00ad\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc"
    "\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0980-\u0983"
    "\u09bc-\u09cd\u0a01-\u0a03\u0a3c-\u0a4d\u0a81-\u0a83\u0abc-\u0acd\u0b01-\u0b03\u0b3c-\u0b57\u0bbe-\u0bcd"
    "\u0c00-\u0c04\u0c3e-\u0c56\u0cbc-\u0cd6\u0d00-\u0d03\u0d3b-\u0d4d\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u200c\u200d"
)
"""Marks that Python does not count as letters: accents in their decomposed form, vowel signs, joiners; likewise."""


@cache
def _word() -> re.Pattern[str]:
    run = rf"(?>(?:[^\W_{IDEOGRAPH}][{MARK}]*+)+)"
    return re.compile(rf"{CODE}|[{IDEOGRAPH}]|{run}(?>(?:(?:['’‑‐-]|(?<=\d)[.,](?=\d)){run})*)")


def words(text: str) -> list[str]:
    """Words of a text, in order, as they are written."""
    return _word().findall(text)


def word_spans(text: str) -> list[tuple[int, int]]:
    """Words of a text as character offsets `(start, end)`."""
    return [match.span() for match in _word().finditer(text)]
