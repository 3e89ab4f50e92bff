"""What is a word, and where."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogq.measure.words import word_spans, words

CASES = {
    "Don't panic, it’s well-known.": ["Don't", "panic", "it’s", "well-known"],
    "'quoted' -dash- rock 'n' roll": ["quoted", "dash", "rock", "n", "roll"],
    "Pi is 3.14, or 10,000 of them.": ["Pi", "is", "3.14", "or", "10,000", "of", "them"],
    "Node.js v1.2": ["Node", "js", "v1.2"],
    "snake_case": ["snake", "case"],
    "Run \ufffc now\ufffc.": ["Run", "\ufffc", "now", "\ufffc"],
    "你好，world。これ": ["你", "好", "world", "こ", "れ"],
    "안녕하세요 세계": ["안녕하세요", "세계"],
    "cafe\u0301 naïve": ["cafe\u0301", "naïve"],
    "हिन्दी भाषा": ["हिन्दी", "भाषा"],
    "كِتَاب جديد": ["كِتَاب", "جديد"],
    "soft\u00adhyphen": ["soft\u00adhyphen"],
    "— … !": [],
    "": [],
}


@pytest.mark.parametrize("text", CASES)
def test_words(text: str) -> None:
    assert words(text) == CASES[text]
    assert [text[start:end] for start, end in word_spans(text)] == CASES[text]


@given(st.text(max_size=80))
def test_every_letter_and_digit_is_in_a_word(text: str) -> None:
    covered = {at for start, end in word_spans(text) for at in range(start, end)}
    assert not [sign for at, sign in enumerate(text) if at not in covered and sign.isalnum()]
