"""Lexical diversity, repetition, content words."""

from __future__ import annotations

import pytest

from blogq.measure.lexis import content_words, mtld, repeated_share


def test_mtld_of_one_word_again_and_again() -> None:
    """A second "the" brings the ratio to .5, so each factor has two words."""
    assert mtld(["the"] * 100) == 2


def test_mtld_of_different_words_is_their_number() -> None:
    assert mtld([str(number) for number in range(50)]) == 50


def test_mtld_counts_parts_of_factors() -> None:
    """Forwards: a b c d a (.8) is (1-.8)/(1-.72) of a factor; backwards the same."""
    assert mtld(list("abcda")) == pytest.approx(5 / (0.2 / 0.28))


def test_mtld_is_a_mean_of_two_directions() -> None:
    """a a b c d: one factor after 2 words and nothing of the rest; backwards .8 at the end."""
    assert mtld(list("aabcd")) == pytest.approx((5 / 1 + 5 / (0.2 / 0.28)) / 2)


def test_mtld_of_nothing() -> None:
    assert mtld([]) is None


def test_repeated_share() -> None:
    words = [str(number) for number in range(20)]
    assert repeated_share(words) == 0
    assert repeated_share(words + words) == pytest.approx(13 / 33)
    assert repeated_share(["padding"] * 100) == pytest.approx(92 / 93)
    assert repeated_share(words[:8]) == 0


def test_content_words() -> None:
    assert content_words("the cat is not on a mat in 2020".split(), "en-GB") == ["cat", "mat"]
    assert content_words("der hund und die katze".split(), "de") == ["hund", "katze"]
    assert content_words(["猫", "x"], "ja") == ["猫"]
