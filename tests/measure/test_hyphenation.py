"""The same breaks as Pyphen finds with the same dictionaries."""

from __future__ import annotations

import random

import pytest

from blogq.measure.hyphenation import hyphenates, hyphenations

pyphen = pytest.importorskip("pyphen")


@pytest.mark.parametrize("language", ["en_US", "en_GB", "de", "es", "fr", "it", "nl", "ru", "pl", "pt_BR", "sv", "cs"])
def test_as_many_breaks_as_pyphen_finds(language: str) -> None:
    """On words put together from the patterns' own letters, which hit far more of them than real words do."""
    oracle = pyphen.Pyphen(lang=language)
    pieces = sorted(pattern.strip(".").lower() for pattern in oracle.hd.patterns)
    chance = random.Random(7)
    words = {"".join(chance.choices(pieces, k=chance.randint(1, 4))) for _ in range(300)} | {"", "a", "ab", "don't"}
    wrong = [word for word in words if hyphenations(word, language) != len(oracle.positions(word))]
    assert not wrong


def test_languages() -> None:
    assert hyphenates("de_AT")
    assert hyphenates("en")
    assert not hyphenates("ja")
    with pytest.raises(KeyError):
        hyphenations("word", "ja")
