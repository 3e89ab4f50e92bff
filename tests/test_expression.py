"""Patterns of a site's own: they mean what Python's mean, in any alphabet, and say where they are wrong."""

from __future__ import annotations

import random
import re
import subprocess
import sys

import pytest

from blogq.expression import Expression, Wrong


def found(pattern: str, text: str, case: bool = False) -> list[tuple[int, int]]:
    return [(match.start, match.end) for match in Expression(pattern, case).matches(text)]


@pytest.mark.parametrize(
    ("pattern", "text", "wanted"),
    [
        (r"\bber\b", "Über ber über BER", ["ber", "BER"]),
        (r"\bÜ\w+\b", "über uns, Über-all", ["über", "Über"]),
        (r"\d+ ?km", "5km ٣km 6 km", ["5km", "٣km", "6 km"]),
        (r"a\sb", "a\u00a0b a b a\u2003b", ["a\u00a0b", "a b", "a\u2003b"]),
        (r"\bна\b", "на наш, на", ["на", "на"]),
        (r"caf\u00e9\b", "café, cafés", ["café"]),
        (r"\bcafe\u0301\b", "cafe\u0301 cafe\u0301s", ["cafe\u0301"]),
        (r"\bcafe\b", "cafe cafe\u0301", ["cafe"]),
        (r"[^\W]", "é", None),
        (r"[\w\W]x", "éx .x", ["éx", ".x"]),
        (r"[\s\S]\b", "é a", ["é", " ", "a"]),
        (r"\b\b\w+\b-?\b\w+", "été-là", ["été-là"]),
        (r"a{,2}b", "aaab", ["aab"]),
        (r"{x}", "{x}", ["{x}"]),
        (r"[]é]+", "a]é", ["]é"]),
        (r"[^]é]+", "a]é", ["a"]),
        (r"^\w+$", "été", ["été"]),
        (r"\A\w+\Z", "ete", ["ete"]),
        (r"\w+\.$", "là. été.", ["été."]),
        (r"[[:alpha:]\d]+", "ab1", ["ab1"]),
        (r"\P{L}+", "é12ü", ["12"]),
        (r"[\D]+\b", "é 1", ["é "]),
        (r"x*", "aé", []),
        (r"(?<word>é)x", "éx", ["éx"]),
    ],
)
def test_what_is_found(pattern: str, text: str, wanted: list[str] | None) -> None:
    if wanted is None:
        with pytest.raises(Wrong, match="in brackets with"):
            Expression(pattern)
        return
    assert [text[start:end] for start, end in found(pattern, text)] == wanted
    assert Expression(pattern).may_be_in(f"\n{text}\n") or not wanted


def test_capitals() -> None:
    assert found("straße", "STRASSE Straße") == [(8, 14)]
    assert found("Straße", "straße Straße", case=True) == [(7, 13)]


def test_groups_are_of_the_text() -> None:
    match = next(Expression(r"\b(\w+)-(x)?(\w+)\b").matches("von Über-Müller an"))
    assert match.groups == ("Über-Müller", "Über", "", "Müller")
    assert (match.start, match.end) == (4, 15)


@pytest.mark.parametrize(
    ("pattern", "what", "at"),
    [
        (r"(a", "has a group that is opened and never closed", 1),
        (r"a)b", "closes a group that was never opened", 2),
        (r"ab[c", "has brackets that are opened and never closed", 3),
        (r"a(?=b)", "looks ahead", 2),
        (r"a(?!b)", "looks ahead", 2),
        (r"(?<=a)b", "looks back", 1),
        (r"x(?<!a)b", "looks back", 2),
        (r"(\w+) \1", "refers back to a group", 7),
        (r"(?P<a>b)(?P=a)", "refers back to a group", 9),
        (r"a**", "bad repetition operator", 2),
        (r"*a", "no argument for repetition operator", 1),
        (r"a{1001}", "invalid repetition size", 2),
        (r"é\p{Foo}", r"invalid character class range (\p{Foo})", 2),
        (r"[b-a]", "invalid character class range", 2),
        ("a\\", "ends in a backslash", 2),
        (r"a\B", r"has \B", 2),
        (r"\x{", r"has \x", 1),
        (r"\q", "invalid escape sequence", 1),
        (r"[^a\W]", r"has \W in brackets with ^", 4),
        ("a" * 1001, "has 1,001 characters", None),
        (r"(a{500}){3}", "invalid repetition size", None),
    ],
)
def test_a_wrong_pattern_says_what_and_where(pattern: str, what: str, at: int | None) -> None:
    with pytest.raises(Wrong) as told:
        Expression(pattern)
    assert what in told.value.what
    assert at is None or f" at character {at}," in f"{told.value.what},"


def test_a_large_pattern_is_refused_before_it_is_used() -> None:
    large = Expression(r"\w{100}")
    with pytest.raises(Wrong, match="too large"):
        large.prepare()
    Expression(r"\b\w{20,}\b").prepare()


def _random_pattern(chance: random.Random, depth: int = 2) -> str:
    atoms = [
        "a",
        "é",
        "B",
        "-",
        r"\w",
        r"\d",
        r"\s",
        r"\W",
        ".",
        "[aé]",
        "[^a]",
        r"[\wé-]",
        r"[^\d]",
        r"[\Da]",
        "1",
        " ",
    ]
    pieces = []
    for _ in range(chance.randint(1, 3)):
        if depth and chance.random() < 0.3:
            inner = "|".join(_random_pattern(chance, depth - 1) for _ in range(chance.randint(1, 2)))
            pieces.append(chance.choice(["({})", "(?:{})"]).format(inner))
        else:
            pieces.append(chance.choice(atoms) + chance.choice(["", "", "", "?", "*", "+", "{1,2}", "+?"]))
        if chance.random() < 0.25:
            pieces.append(r"\b")
    if chance.random() < 0.3:
        pieces.insert(0, chance.choice([r"\b", "^"]))
    if chance.random() < 0.1:
        pieces.append("$")
    return "".join(pieces)


def promised(pattern: str) -> bool:
    """Not three `\\b` at one place, nor one behind the end of the text or before its beginning."""
    return pattern.count(r"\b") < 3 and not re.search(r"\$.*\\b|\\b.*\^", pattern)


def test_the_first_match_is_that_of_python() -> None:
    """In random texts, with and without foreign letters."""
    chance = random.Random(61)
    compared = 0
    for _ in range(4_000):
        pattern = _random_pattern(chance)
        text = "".join(chance.choices("aB1 -.é" if chance.random() < 0.7 else "aB1 -.", k=chance.randint(0, 12)))
        theirs = re.search(pattern, text, re.IGNORECASE)
        if not promised(pattern) or (theirs and not theirs[0]):
            continue
        expression = Expression(pattern)
        ours = next(expression.matches(text), None)
        assert (ours and (ours.start, ours.end)) == (theirs and theirs.span()), (pattern, text)
        if ours and theirs:
            assert ours.groups[1:] == tuple(group or "" for group in theirs.groups()), (pattern, text)
            assert expression.may_be_in(f"x\n{text}\n\nx"), (pattern, text)
        compared += 1
    assert compared > 2_000


def test_the_engine_is_loaded_for_patterns_only() -> None:
    code = "import sys, blogq.expression; assert 're2' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
