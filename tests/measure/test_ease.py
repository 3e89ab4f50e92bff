"""Ease: the right way round, within its bounds, and the weights that the evaluation gives."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogq.measure.ease import CENTRE, ENGLISH, SPREAD, ease
from blogq.measure.ease_features import UNLISTED, features, level
from blogq.measure.sentences import sentences
from blogq.measure.words import words

EASY = {
    "en": "The cat sat on the mat. It was warm there. The cat liked it and went to sleep. Then the dog came in.",
    "de": "Der Hund ist groß. Er läuft schnell. Die Katze schläft. Es ist warm.",
    "es": "El perro es grande. Corre mucho. El gato duerme. Hace sol hoy.",
    "fr": "Le chien est grand. Il court vite. Le chat dort. Il fait beau.",
    "it": "Il cane è grande. Corre molto. Il gatto dorme. Oggi fa caldo.",
    "nl": "De hond is groot. Hij loopt snel. De kat slaapt. Het is warm.",
    "ru": "Кот спит. Он мал. Пёс ест. Дом был тут.",
    "sv": "Hunden är stor. Den går fort. Katten sover. Det är varmt.",
}
HARD = {
    "en": "Notwithstanding the considerable heterogeneity of methodological approaches, epistemological implications of"
    " institutional fragmentation necessitate a comprehensive reconsideration of prevailing administrative paradigms.",
    "de": "Die Berücksichtigung verwaltungsrechtlicher Rahmenbedingungen erfordert eine außerordentlich umfangreiche"
    " Auseinandersetzung mit unterschiedlichsten wissenschaftlichen Veröffentlichungen verschiedener Fachrichtungen.",
    "es": "La consideración de las implicaciones administrativas institucionales requiere una extraordinariamente"
    " exhaustiva investigación de las publicaciones científicas internacionales correspondientes a la disciplina.",
    "fr": "La considération des implications administratives institutionnelles nécessite une investigation"
    " extraordinairement approfondie des publications scientifiques internationales correspondant à la discipline.",
    "it": "La considerazione delle implicazioni amministrative istituzionali richiede un'investigazione"
    " straordinariamente approfondita delle pubblicazioni scientifiche internazionali corrispondenti alla disciplina.",
    "nl": "De overweging van bestuursrechtelijke verantwoordelijkheden veronderstelt buitengewoon omvangrijke"
    " wetenschappelijke onderzoekswerkzaamheden betreffende uiteenlopende internationale publicatiemogelijkheden.",
    "ru": "Рассмотрение административно-правовых ответственностей предполагает исключительно обстоятельное исследование"
    " разнообразнейших международных научно-исследовательских публикаций соответствующей направленности.",
    "sv": "Övervägandet av förvaltningsrättsliga ansvarsområden förutsätter utomordentligt omfattande vetenskapliga"
    " undersökningar beträffande mångfasetterade internationella publiceringsmöjligheter inom ämnesområdet.",
}


def split(text: str, language: str) -> list[list[str]]:
    return [words(text[start:end]) for start, end in sentences(text, language)]


@pytest.mark.parametrize("language", EASY)
def test_easy_is_above_hard(language: str) -> None:
    easy, hard = (ease(split(text[language], language), language) for text in (EASY, HARD))
    assert easy is not None
    assert hard is not None
    assert easy > 70 > 40 > hard


@pytest.mark.parametrize("language", ["zh", "ja", "ko", "th", "ar", "he", "hi", "zh-Hant-TW"])
def test_languages_that_no_formula_suits(language: str) -> None:
    assert ease([["one", "two"]], language) is None


def test_nothing_has_no_ease() -> None:
    assert ease([], "en") is None
    assert ease([[]], "en") is None


@given(
    st.lists(
        st.lists(st.sampled_from(["the", "cat", "Zqx", "unbelievable", "I", "3.5", "x-y", "'", "É"]), max_size=40),
        max_size=6,
    ),
    st.sampled_from([*EASY, "xx"]),
)
def test_ease_stays_within_its_bounds(split: list[list[str]], language: str) -> None:
    value = ease(split, language)
    assert value is None or 0 <= value <= 100


def test_every_weight_has_a_feature() -> None:
    assert set(ENGLISH) == set(features([["a", "word"]]))


def test_features_do_not_depend_on_length() -> None:
    once = split(EASY["en"], "en")
    assert features(once * 3) == pytest.approx(features(once))


def test_names_say_nothing_of_ease() -> None:
    """A capital inside a sentence is a name; at its beginning it isn't."""
    plain = features([["we", "met", "him"]])
    named = features([["we", "met", "him", "Xzyqwv"]])
    assert named["zipf"] == plain["zipf"]
    assert features([["Cats", "sleep"]])["zipf"] == features([["cats", "sleep"]])["zipf"]


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("cities", "city"),
        ("stopped", "stop"),
        ("making", "make"),
        ("nicest", "nice"),
        ("softest", "soft"),
        ("cat's", "cat"),
    ],
)
def test_forms_have_the_level_of_their_base(form: str, base: str) -> None:
    assert level(form) == level(base) < UNLISTED


@pytest.mark.skipif("BLOGQ_ONESTOP" not in os.environ, reason="BLOGQ_ONESTOP names no copy of OneStopEnglish")
def test_weights_and_agreement_are_those_of_the_evaluation() -> None:
    from evaluations.ease import agreement, corpus, cross_validated, fitted, scale

    articles = corpus(Path(os.environ["BLOGQ_ONESTOP"]))
    for name, part in fitted(list(articles.values())).items():
        assert tuple(part) == pytest.approx(tuple(ENGLISH[name]), abs=0.0001), name
    assert scale(articles) == pytest.approx((CENTRE, SPREAD), abs=0.01)
    assert agreement(cross_validated(articles)).spearman > 0.66
