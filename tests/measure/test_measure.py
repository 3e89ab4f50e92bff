"""All counts of one text together."""

from __future__ import annotations

import pickle
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blogq.measure import Measures, measure


def test_counts() -> None:
    found = measure(["One two three. Four five \ufffc seven!", "Eight nine ten"], "en")
    assert (found.words, found.sentences, found.longest_sentence) == (10, 3, 4)
    assert found.mean_sentence_length == pytest.approx(10 / 3)
    assert found.types == 9
    assert found.syllables == 10
    assert found.long_sentences == 0
    assert found.figures["lexicon_count"] == 9


def test_long_sentences() -> None:
    found = measure(["Word " * 30 + "end. " + "Word " * 29 + "end."], "en")
    assert (found.sentences, found.long_sentences, found.long_sentence_share) == (2, 1, 0.5)


def test_content_words_are_counted_in_lower_case() -> None:
    found = measure(["The cat saw the Cat. Cats saw it."], "en")
    assert (found.content_words, found.content_types) == (5, 3)


@pytest.mark.parametrize("passages", [[], [""], [" ", "…"], ["\ufffc"]])
def test_nothing_to_count(passages: list[str]) -> None:
    found = measure(passages, "en")
    assert found.ease is None
    assert found.mtld is None
    assert found.types == found.syllables == 0


def test_language_without_blanks() -> None:
    found = measure(["你好。我很好！"], "zh")
    assert (found.words, found.sentences, found.ease) == (5, 2, None)


def test_measures_can_be_kept() -> None:
    found = measure(["Some text. It has words."], "en")
    assert pickle.loads(pickle.dumps(found)) == found


@settings(deadline=None)
@given(
    st.lists(st.text(max_size=60), max_size=4),
    st.sampled_from(["en", "en-GB", "de", "fr", "ja", "ar", "xx", "", "pt-BR"]),
)
def test_any_text_can_be_measured(passages: list[str], language: str) -> None:
    found = measure(passages, language)
    assert isinstance(found, Measures)
    assert 0 <= found.repeated_share <= 1
    assert found.content_types <= found.types <= found.words


def test_tables_are_not_loaded_at_import() -> None:
    code = (
        "import sys, blogq.measure; sys.exit(str([name for name in sys.modules if name.startswith('blogq.measure.')]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.strip() == "['blogq.measure.words']"
