"""Nothing an author can write takes more than linear time to measure."""

from __future__ import annotations

import time

import pytest

from blogq.measure import measure

SHAPES = [
    "a",
    "a ",
    "aeiou",
    "1",
    "1.",
    "1,1",
    "' ",
    "''",
    "'t",
    "-a",
    "a-",
    ". ",
    "! a ",
    "«",
    "\u0301",
    "\ufffc",
    "猫",
    "_",
    "a b c d. ",
]


def seconds(text: str) -> float:
    best = 99.0
    for _ in range(2):
        begin = time.process_time()
        measure([text], "en")
        best = min(best, time.process_time() - begin)
    return best


@pytest.mark.parametrize("shape", SHAPES)
def test_time_is_linear(shape: str) -> None:
    """Eight times the text may take some 8 times as long, never 64 times."""
    assert seconds("Word " + shape * 16_000) < 24 * seconds("Word " + shape * 2_000) + 0.05
