"""The word tables that ship with blogq, each read when it is first needed.

`scripts/word_tables.py` makes them, and says how they are laid out; the NOTICE beside each says whose they are.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"
_OPENING = 3


def _lines(name: str) -> list[str]:
    import zlib

    return zlib.decompress((_DATA / name).read_bytes()).decode().split("\n")


@cache
def _openings() -> dict[str, str]:
    """What follows the first three letters of words, as one string for each three: see `scripts/word_tables.py`."""
    return dict(line.split(":", 1) for line in _lines("syllables.z"))


def pronounced(word: str) -> int | None:
    """Syllables of an English word in lower case, by CMU's dictionary; None when it isn't there.

    Of several pronunciations the first counts. Only words of the letters a to z and apostrophes are there.
    """
    line = _openings().get(word[:_OPENING])
    if line is None:
        return None
    sought = f",{word[_OPENING:]}/"
    at = line.find(sought)
    if at < 0 or sought.count(",") > 1 or sought.count("/") > 1:
        return None
    return int(line[at + len(sought)], 16)


@cache
def frequencies() -> dict[str, float]:
    """English words by frequency on the Zipf scale (van Heuven et al. 2014), 3 to 8: log10 of times in 10⁹ words."""
    zipf: dict[str, float] = {}
    for number, line in enumerate(_lines("frequency.z")):
        if line:
            zipf.update(dict.fromkeys(line.split(" "), 9 - number / 100))
    return zipf


@cache
def levels() -> dict[str, int]:
    """English base forms by the level of learners who know them: 0 (A1) to 5 (C2) of the CEFR."""
    return {word: level for level, line in enumerate(_lines("levels.z")) for word in line.split(" ")}
