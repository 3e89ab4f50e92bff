"""Form letters: texts that differ in names and numbers only, and how long it takes to see that they don't."""

from __future__ import annotations

import random
import time

import pytest
from originality_texts import posts

from blogq.originality.skeleton import alike

LETTER = (
    "Looking for a plumber in {city}? Our team in {city} repairs taps, pipes and boilers within {number} hours. We have"
    " served the people of {city} for {number} years, and every one of our {number} plumbers lives nearby. Call us"
    " today and ask for {name}; the first visit costs nothing."
    " Nobody knows the old pipes of {city} as well as {name} does."
)


def letter(city: str, name: str, number: int) -> str:
    return LETTER.format(city=city, name=name, number=number)


def test_names_and_numbers() -> None:
    assert alike(letter("Leeds", "Anna", 3), letter("York", "Tom", 24))
    assert alike(letter("Leeds", "Anna", 3), letter("New York City", "Tom Brown", 24))
    assert alike(letter("Leeds", "Anna", 3), letter("Leeds", "Anna", 3))


def test_case_and_typesetting_are_no_difference() -> None:
    assert alike(letter("Leeds", "Anna", 3).replace(",", " —"), letter("York", "Tom", 24))


def test_other_words() -> None:
    text = letter("Leeds", "Anna", 3)
    assert not alike(text, text.replace("plumber", "painter").replace("pipes", "walls").replace("boilers", "doors"))
    assert not alike(text, text + " In summer we also look after gardens, ponds and the cats of people who are away.")
    assert not alike(text, "")
    assert not alike("", "")


def test_posts_are_not_alike() -> None:
    assert not any(alike(one, other) for one in posts() for other in posts() if one is not other)
    assert all(alike(one, one) for one in posts())


def long_texts() -> dict[str, tuple[str, str, bool | None]]:
    drawn = random.Random(1)
    words = " ".join(posts()).split()
    natural = [drawn.choice(words) for _ in range(10_000)]
    mixed = natural[:]
    drawn.shuffle(mixed)
    cities = ["Leeds", "York", "Hull", "Bath", "Ely"]
    one, two = (" ".join(f"we go to {drawn.choice(cities)} by train." for _ in range(1_700)) for _ in range(2))
    return {
        "the same": (" ".join(natural), " ".join(natural), True),
        "another order": (" ".join(natural), " ".join(mixed), False),
        "one word": ("word " * 10_000, "word " * 9_900 + "other " * 10_000, False),
        "one word, the same": ("word " * 10_000, "word " * 10_000, True),
        "names, again and again": (one, two, None),
        "two words by turns": ("a b " * 5_000, "b a " * 4_000 + "c d " * 1_000, False),
        "nothing of it": ("a " * 10_000, "b " * 10_000, False),
    }


@pytest.mark.parametrize("which", list(long_texts()))
def test_ten_thousand_words(which: str) -> None:
    one, two, expected = long_texts()[which]
    begin = time.process_time()
    found = alike(one, two)
    assert expected is None or found == expected
    assert time.process_time() - begin < 6
