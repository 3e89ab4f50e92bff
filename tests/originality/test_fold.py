"""How a word looks, whatever characters it was written with."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from originality_texts import one_letter_homoglyphs

from blogq.originality.fold import evasions, fold
from blogq.originality.words import spans, words

GLYPHS = one_letter_homoglyphs()


@pytest.mark.parametrize(("letter", "glyph"), [(letter, glyph) for letter in GLYPHS for glyph in GLYPHS[letter]])
def test_look_alikes_inside_a_word(letter: str, glyph: str) -> None:
    """One letter of a Latin word is of another script, or of another alphabet of Unicode's."""
    assert fold(f"f{glyph}rst") == fold(f"f{letter}rst")
    assert fold(f"{glyph}bout") == fold(f"{letter}bout")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("\u0430\u0441\u0435", "ace"),  # wholly Cyrillic
        ("\u0405\u0421\u041e\u0420\u0415", "scope"),
        ("\u041d\u0435", "He"),
        ("\uff46\uff55\uff4c\uff4c", "full"),
        ("\U0001d41b\U0001d428\U0001d425\U0001d41d", "bold"),
        ("\u24d1\u24de\u24db\u24d3", "bold"),
        ("\ufb01ne", "fine"),
        ("nai\u0308ve", "naïve"),
        ("naïve", "naive"),
        ("s\u0336t\u0336r\u0336u\u0336c\u0336k\u0336", "struck"),
        ("pla\u200bgia\u00adrism", "plagiarism"),
        ("\u3164h\U000e0061idden\ufeff", "hidden"),
        ("don’t", "don't"),
        ("don\u02bct", "don't"),
        ("STRASSE", "straße"),
        ("ВЕСНА", "весна"),
        ("ΛΌΓΟΣ", "λόγος"),
        ("he11o", "hello"),
        ("W0RD", "word"),
        ("modern", "modem"),
        ("\u212europe", "europe"),
    ],
)
def test_same_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("весна", "весло"),
        ("rain", "train"),
        ("1024", "1025"),
        ("は", "ほ"),
        ("नल", "नाल"),
        ("λόγος", "λόφος"),
    ],
)
def test_other_key(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text(max_size=30))
def test_case_and_form_make_no_difference(word: str) -> None:
    """Of one script; where two are mixed, capitals of the one may look like other letters than their small forms do."""
    if all(unicodedata.name(one, "").startswith(("LATIN SMALL LETTER A", "CYRILLIC SMALL LETTER")) for one in word):
        assert fold(word) == fold(unicodedata.normalize("NFD", word))


@given(st.text(max_size=60))
def test_keys_are_of_letters_and_never_raise(text: str) -> None:
    assert not any(one.isspace() for one in fold(text))
    found = words(text)
    assert all(found.keys)
    assert len(found.keys) == len(found.starts) == len(found.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(found.starts, found.ends, strict=True))
    assert (found.heads <= found.starts).all() and (found.tails >= found.ends).all()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("It's a well-known “thing”.", ["It's", "a", "well", "known", "thing"]),
        ("wo\u200brd b\u212est", ["wo\u200brd", "b\u212est"]),
        ("你好 world", ["你", "好", "world"]),
        ("snake_case a|l", ["snake", "case", "a|l"]),
        ("— … !", []),
    ],
)
def test_words(text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end in spans(text)] == parts


@pytest.mark.parametrize(
    "text", ["Short. One. Two and three and four. End.", "No stop at all " * 40, "One. " * 50, "x"]
)
def test_units_hold_all_words_once(text: str) -> None:
    found = words(text)
    borders = found.unit_starts.tolist()
    assert borders[0] == 0
    assert borders[-1] == len(found.keys)
    sizes = [end - start for start, end in pairwise(borders)]
    assert all(0 < size <= 62 for size in sizes)
    assert all(size >= 3 for size in sizes) or len(sizes) == 1


def test_evasions_are_told_with_their_places() -> None:
    text = "A pla\u200bgiarist c\u043epied \u0440apers; читаем по-русски, 5 µm, Δt, soft\u00adhyphen, می‌خواهم, 𝐛𝐨𝐥𝐝."
    found = [(one.kind, text[one.start : one.end], one.looks) for one in evasions(text)]
    assert found == [
        ("invisible", "pla\u200bgiarist", "plagiarist"),
        ("lookalike", "c\u043epied", "copied"),
        ("lookalike", "\u0440apers", "papers"),
    ]


@pytest.mark.parametrize(
    "text", ["Plain text, nothing more.", "Всё по-русски.", "Ελληνικά", "日本語", "naïve café", "İstanbul"]
)
def test_ordinary_texts_have_no_evasions(text: str) -> None:
    assert evasions(text) == ()


@pytest.mark.parametrize("letter", sorted(set("aeopcxy")))
def test_each_look_alike_in_a_word_is_noticed(letter: str) -> None:
    for glyph in GLYPHS[letter]:
        if unicodedata.name(glyph).startswith(("CYRILLIC", "GREEK")):
            assert [one.kind for one in evasions(f"work{glyph}ng")] == ["lookalike"]
