"""What blogq prints under textstat's names is what textstat makes of the text."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textstat_oracle import differences, oracle

from blogq.measure.textstat_figures import figures, further

PROSE = """\
Writing is thinking. To write well is to think clearly, and that's why it is so hard: one can't hide behind a table of
figures. The unimaginable complexities of parliamentary administration notwithstanding, everybody (even Dr. Smith, who
wasn't there) agreed! Did they? Well... "Nobody's perfect," she'd said; they'll've forgotten by 3.14 p.m. on e-mail day.

- Kubernetes and PostgreSQL don't rhyme. Ok. Fine then.
"""
LANGUAGES = ("en", "en-GB", "de", "es", "fr", "it", "nl", "ru", "pl", "hu", "pt-BR", "sv")
SHAPES = {
    "nothing": "",
    "blanks": " \n\t ",
    "one letter": "a",
    "one word": "Internationalization",
    "short sentences only": "Hi! Yes. No? Go on.",
    "signs only": "... !!! ??? — – -",
    "signs, then words": ". " * 120 + "some few words follow here",
    "apostrophes": "Don't. Won't' 'tis 'Twas it's 'S the dogs' y'all've 'Ve he'LL rock'n'roll ''t '.'t",
    "curly apostrophes": "Don’t say that it’s nobody’s fault. They’ll say so.",
    "exactly 100 words": "seven words are in this sentence now. " * 14 + "and two",
    "over 100 words, signs between": "one, - two; - three … four! - five six seven. " * 40,
    "no stop in 150 words": "word " * 150,
    "numbers": "In 1999 there were 1,234,567 of 3.5 kinds; 42% of them at -5 °C.",
    "Turkish": "İstanbul IİI. Iğdır ve İzmir büyük şehirlerdir.",
    "Greek": "ΟΔΟΣ ΣΑΣ. Η γλώσσα είναι όμορφη. Ναι, πολύ ωραία.",
    "accents in parts": "cafe\u0301 nai\u0308ve re\u0301sume\u0301 were here. a\u200bb c\u00a0d",
    "underscores": "some_long_name and other_name are names_of_things in code_bases.",
    "hyphens": "A well-known, state-of-the-art, easy-to-use tool-box is here.",
    "Spanish": "¿Qué tal? ¡Muy bien, gracias! Él vivía en la ciudad de México con extraordinariamente pocos amigos.",
    "German": "Die Donaudampfschifffahrtsgesellschaft fährt über Österreich. Straßen sind länger geworden.",
    "French": "L'été dernier, nous étions en vacances. Qu'est-ce que c'est ? C'est l'administration centrale.",
    "Russian": "Это предложение написано по-русски. Достопримечательности города очень интересны! Правда?",
    "code": "Call `foo.bar(x, y)` in C:\\path\\to and https://example.com/a.b?c=d&e=f#g. Then return None.",
    "prose": PROSE,
    "prose twice": PROSE * 2,
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shape", SHAPES)
def test_equals_textstat(shape: str, language: str) -> None:
    assert differences(SHAPES[shape], language) == {}


def test_equals_textstat_on_its_own_example() -> None:
    spec = find_spec("textstat")
    assert spec and spec.submodule_search_locations
    text = (Path(spec.submodule_search_locations[0]) / "resources" / "example.txt").read_text(encoding="utf-8")
    assert differences(text, "en") == {}


PIECES = [
    "the",
    "Cat",
    "internationally",
    "don't",
    "'",
    "’",
    ".",
    "!",
    "? ",
    " ",
    "\n",
    "-",
    "3.5",
    "qux",
    "é",
    "İ",
    "_",
    ",",
]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.sampled_from([*PIECES, " ", " ", " "]), max_size=60).map("".join), st.sampled_from(["en", "de", "pl"])
)
def test_equals_textstat_on_anything(text: str, language: str) -> None:
    assert differences(text, language) == {}


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=200))
def test_equals_textstat_on_any_characters(text: str) -> None:
    assert differences(text, "en") == {}


@pytest.mark.parametrize("language", ["ja", "ar", "zh-Hans", "xx"])
def test_without_a_hyphenation_dictionary_syllables_are_left_out(language: str) -> None:
    assert differences("One two three four. Five six seven eight!", language) == {}
    assert "flesch_reading_ease" not in figures("One two three.", language)


def test_no_import_of_textstat() -> None:
    """textstat, nltk and Pyphen take half a second to import; none is needed."""
    code = (
        "import sys; from blogq.measure import measure; measure(['Some unknowable qwxyzzes are here.'], 'en');"
        "sys.exit(str([name for name in ('textstat', 'nltk', 'pyphen') if name in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.strip() == "[]"


def test_further_figures_are_arabic() -> None:
    text = "اللغة العربية جميلة. هذا نص قصير للتجربة."
    assert further("Some text.", "en") == {}
    assert further(text, "ar")["osman"] == oracle("en").osman(text)
