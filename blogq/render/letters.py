"""Terms below the letters that they begin with, as the index of a book has them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import TypeVar

from blogq.plan.view_parts import TermCountView

Titled = TypeVar("Titled", bound=TermCountView)

SIGN = "#"
"""Stands for all that is no letter."""


def by_letter(terms: Iterable[Titled]) -> list[tuple[str, list[Titled]]]:
    """Return `terms` by the letter that their titles begin with, letters and terms in the order in which they come.

    Letters with marks go with those without (`É` with `E`), Korean syllables with their first sound, and kana of one
    sound with another; figures and signs with `SIGN`. Chinese characters stand for themselves: of those there may be
    hundreds.
    """
    letters: dict[str, list[Titled]] = {}
    for term in terms:
        letters.setdefault(_letter(term.title), []).append(term)
    return list(letters.items())


def _letter(title: str) -> str:
    first = unicodedata.normalize("NFKD", title.strip()[:1])[:1]
    return first.upper() if first.isalpha() else SIGN
