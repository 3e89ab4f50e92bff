"""Nothing that anybody can write takes long to compare. Times are the processor's: machines have other things to do."""

from __future__ import annotations

import random
import time

import pytest
from originality_texts import posts

from blogq.originality import compare
from blogq.originality.words import words

SIZE = 65_536
LIMIT = 0.25
SLACK = 2
"""What a busy machine is allowed beyond the limit; the figures of an idle one are in docs/originality.md."""


def seconds(text: str, source: str) -> float:
    best = 99.0
    for _ in range(3):
        words.cache_clear()
        begin = time.process_time()
        compare(text, source)
        best = min(best, time.process_time() - begin)
    return best


def drawn(seed: int, size: int, ending: str = " ") -> str:
    source = random.Random(seed)
    return "".join(
        source.choice(["alpha", "beta", "gamma", "delta", "eps", "zeta", "eta"]) + ending for _ in range(size)
    )


SHAPES = {
    "one word": ("word " * SIZE, "word " * SIZE),
    "one word, less of it": ("word " * SIZE, "word " * (SIZE // 10)),
    "sentences of one word": ("Word. " * 10_000, "Word. " * 10_000),
    "sentences of seven words": (drawn(1, 10_000, ". "), drawn(2, 10_000, ". ")),
    "seven words": (drawn(3, 12_000), drawn(4, 12_000)),
    "a period": ("a b c d e f g h i j k. " * 3_000, "c d e f g h i j k. a b " * 3_000),
    "no blanks": ("x" * SIZE, "x" * SIZE),
    "invisible": ("a\u200b" * SIZE, "a\u200b" * SIZE),
    "marks": ("a" + "\u0301" * SIZE, "a\u0301" * SIZE),
    "ideographs": ("猫" * SIZE, "猫犬" * SIZE),
    "apostrophes": ("a'" * SIZE, "a'b|" * SIZE),
    "stops": (". ? ! " * SIZE, "a. " * SIZE),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_64_kilobytes_of_anything(shape: str) -> None:
    text, source = SHAPES[shape]
    assert seconds(text[:SIZE], source[:SIZE]) < LIMIT * SLACK


def test_posts_of_a_thousand_words() -> None:
    """15 ms on an idle machine."""
    one, other = (" ".join(" ".join(part).split()[:1000]) for part in (posts()[:4], posts()[4:]))
    assert seconds(one, other) < 0.015 * SLACK


def test_time_grows_little_faster_than_length() -> None:
    text, source = " ".join(posts()[:4]), " ".join(posts()[4:])
    assert seconds(text * 12, source * 12) < 40 * seconds(text, source) + 0.1


def test_a_megabyte_takes_seconds() -> None:
    text = " ".join(random.Random(5).sample(" ".join(posts() * 40).split(), 120_000))
    text = (text + ". ") * 2
    assert len(text) > 1_000_000
    begin = time.process_time()
    compare(text[:1_000_000], text[100_000:1_100_000])
    assert time.process_time() - begin < 10
