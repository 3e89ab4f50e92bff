"""Patterns of a site's own: they mean what Python's mean, in any alphabet, and say where they are wrong."""

from __future__ import annotations

import contextlib
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
        (r"(?:\bvery)?", "The café is très good.", []),
        (r"\bvery\b|s*", "The café is très good.", ["s", "s"]),
        (r"x?", "é x", ["x"]),
        (r"foo$\b", "thé foo", ["foo"]),
        (r"foo\Z\b", "the foo", ["foo"]),
        (r".$\b", "b1é", ["é"]),
        (r"\b^the", "the café", ["the"]),
        (r"\b\Aa", "a é", ["a"]),
        (r"\b\Aa", "a e", ["a"]),
        (r"\b\b\bfoo\b", "é foo", ["foo"]),
        (r"(?:\b\w+\b ?)+\b", "é foo", ["é foo"]),
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
        (r"(foo$)\b", r"has \b behind the end of the text", None),
        (r"foo(?:$|\s)\b", r"has \b behind the end of the text", None),
        (r"(?:x|(?i)foo\Z)-?\bfoo", r"has \b behind the end of the text", None),
        (r"\b(?:^|\s)a", r"has \b before the beginning of the text", None),
        (r"\b-?(?:\Aa|b)", r"has \b before the beginning of the text", None),
        (r"\b-?\b-?\bfoo", r"may ask for \b three times at one place", None),
        (r"\b(?:\b-?(?:\bfoo))", r"may ask for \b three times at one place", None),
        (r"\b{3}foo", r"may ask for \b three times at one place", None),
        (r"(?:\b-?\b)+foo", r"may ask for \b three times at one place", None),
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
            pieces.append(chance.choice(["({})", "(?:{})", "(?:{})?"]).format(inner))
        else:
            pieces.append(chance.choice(atoms) + chance.choice(["", "", "", "?", "*", "+", "{1,2}", "+?"]))
        if chance.random() < 0.25:
            pieces.append(r"\b")
    if chance.random() < 0.3:
        pieces.insert(0, chance.choice([r"\b", "^", r"\b^", r"^\b", r"\b\A"]))
    if chance.random() < 0.1:
        pieces.append(chance.choice(["$", r"$\b", r"\b\Z", r"\Z\b"]))
    if chance.random() < 0.1:
        pieces = ["(?:", *pieces, ")", chance.choice(["?", "|a*"])]
    return "".join(pieces)


def random_text(chance: random.Random) -> str:
    return "".join(chance.choices("aB1 -.é" if chance.random() < 0.7 else "aB1 -.", k=chance.randint(0, 12)))


def test_the_first_match_is_that_of_python() -> None:
    """In random texts, with and without foreign letters; a pattern that may not find what Python does is refused."""
    chance = random.Random(61)
    compared = refused = 0
    for _ in range(5_000):
        pattern, text = _random_pattern(chance), random_text(chance)
        theirs = re.search(pattern, text, re.IGNORECASE)
        try:
            expression = Expression(pattern)
        except Wrong as wrong:
            assert r"\b" in wrong.what, pattern
            refused += 1
            continue
        every = [*expression.matches(text)]
        assert all(each.start < each.end for each in every), (pattern, text)
        if theirs and not theirs[0]:
            continue
        ours = every[0] if every else None
        assert (ours and (ours.start, ours.end)) == (theirs and theirs.span()), (pattern, text)
        if ours and theirs:
            assert ours.groups[1:] == tuple(group or "" for group in theirs.groups()), (pattern, text)
            assert expression.may_be_in(f"x\n{text}\n\nx"), (pattern, text)
        compared += 1
    assert compared > 3_000 and refused < 1_000, (compared, refused)


def test_what_is_found_line_by_line_may_be_in_the_lines() -> None:
    """Also where other lines have foreign letters and this one has none."""
    chance = random.Random(67)
    count = 0
    for _ in range(1_000):
        pattern, text = _random_pattern(chance), random_text(chance)
        with contextlib.suppress(Wrong):
            expression = Expression(pattern)
            if any(expression.matches(text)):
                count += 1
                assert expression.may_be_in(f"{text}\ntrès"), (pattern, text)
    assert count > 200


def test_the_engine_is_loaded_for_patterns_only() -> None:
    code = "import sys, blogq.expression; assert 're2' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
