"""How rich and how repetitive a vocabulary is. All functions take words in lower case, in the order of the text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from blogq.measure.stop_words import stop_words

FACTOR_SIZE = 0.72
"""Type-token ratio at which MTLD closes a factor: McCarthy & Jarvis 2010, section "Calculating MTLD"."""

RUN = 8
"""Words in a run that is looked for again in the same text."""


def mtld(words: Sequence[str]) -> float | None:
    """Measure of textual lexical diversity: how many words long stretches are that keep a type-token ratio of .72.

    The mean of a pass forwards and one backwards; what is left at the end of a pass counts as the part of a factor that
    it has come to. A text of different words only has its own length. None without words. Under 100 words the figure is
    unsteady. Source: McCarthy & Jarvis 2010, "MTLD, vocd-D, and HD-D", Behavior Research Methods 42.
    """
    if not words:
        return None
    return (_pass(words) + _pass(words[::-1])) / 2


def _pass(words: Sequence[str]) -> float:
    factors = 0.0
    seen: set[str] = set()
    add = seen.add
    count = 0
    for word in words:
        add(word)
        count += 1
        if len(seen) <= FACTOR_SIZE * count:
            factors += 1
            seen.clear()
            count = 0
    if count:
        factors += (1 - len(seen) / count) / (1 - FACTOR_SIZE)
    return len(words) / factors if factors else float(len(words))


def repeated_share(words: Sequence[str]) -> float:
    """Share (0 to 1) of the runs of eight words that have stood in the same text before; 0 under nine words."""
    runs = len(words) - RUN + 1
    if runs < 2:
        return 0.0
    return 1 - len(set(zip(*(words[start:] for start in range(RUN)), strict=False))) / runs


def content_words(words: Iterable[str], language: str) -> list[str]:
    """Words that are no stop words, have a letter in them, and are longer than one letter (ideographs aside)."""
    stop = stop_words(language.partition("-")[0].lower())
    return [word for word in words if word not in stop and (len(word) > 1 or word > "\u2e80") and not word.isdigit()]
