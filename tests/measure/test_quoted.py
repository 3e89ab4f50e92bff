"""Speech in quotation marks."""

from __future__ import annotations

import pytest

from blogq.measure.quoted import own_words, spoken

LONG = "We are glad to have done all of this for you"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (f"“{LONG},” she said.", [f"“{LONG},”"]),
        (f'He said: "{LONG}."', [f'"{LONG}."']),
        (f"« {LONG} », dit-il.", [f"« {LONG} »"]),
        (f"„{LONG}“, sagte er.", [f"„{LONG}“"]),
        (f"“{LONG}. And more.", [f"“{LONG}. And more."]),
        ("“Short words” are a term.", []),
        (f'A 5" tape. {LONG} and so on "ends" here.', []),
        (LONG, []),
    ],
)
def test_spoken(text: str, wanted: list[str]) -> None:
    assert [text[start:end] for start, end in spoken(text)] == wanted


def test_own_words_keep_the_sentence_whole() -> None:
    assert own_words(f"“{LONG},” she said, and “{LONG}.”") == "\ufffc she said, and \ufffc"
    assert own_words("A “short term” stays.") == "A “short term” stays."
