"""Speech in quotation marks."""

from __future__ import annotations

import pytest

from blogq.measure.quoted import spoken

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
