"""Patterns and words of the house style made to be slow, or to crash: refused with their place, or bounded in time.

Each case goes the whole way: config, gate, verdict. The number in a test's name is that of README.md beside this file.
"""

from __future__ import annotations

import json
import os
import random
import time
from pathlib import Path

import pytest
from attack_sites import CONFIG, NOW, make_site

from blogq.gate import Ask, run_gate
from blogq.lint.verdict import Verdict

BOUND = 20.0
"""Seconds for a gate with one hostile pattern and 20 KB of text; it takes less than one where nothing else runs."""
TRIES = int(os.environ.get("BLOGQ_FUZZ", "60"))

TEXTS = (
    "a" * 20_000,
    "é" * 10_000,
    "aé " * 5_000,
    "a" * 10_000 + "!",
    "\\" * 5_000 + "“a " * 4_000,
    "x" * 20_000 + "y",
)


def judged(folder: Path, entry: dict[str, object], *texts: str) -> Verdict:
    """Return the verdict on `texts` by `entry`, which comes in time."""
    posts = {f"content/{at}.md": f"---\ntitle: T\ndate: 2026-01-01\n---\n{text}\n" for at, text in enumerate(texts)}
    site = make_site(folder, posts | {"blogq.yaml": f"{CONFIG}style: [{json.dumps(entry)}]\n"})
    started = time.monotonic()
    verdict = run_gate(Ask(site, NOW, ("HS001",), jobs=1))
    assert time.monotonic() - started < BOUND, entry
    return verdict


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+$",
        r"(\w+\s?)+\.$",
        "(a|a)*b",
        "(a|aa)+$",
        r"(.*)(.*)(.*)(.*)(.*)[^aé]z",
        "(x+x+)+y",
        "([a-zA-Zé]+)*!{2}",
        r"^(([a-z])+.)+[A-Z]([a-z])+$",
        "a.*b|a",
        ".{0,300}y",
        "(a?){300}a{300}",
        r"\b(é|é)*\b(a|é)*\bz",
        "(?:(?:(?:(?:a*)*)*)*)*b",
    ],
)
def test_attack_61_a_pattern_that_backtracks_elsewhere(tmp_path: Path, pattern: str) -> None:
    """Not one of them is refused: that they are slow is the fault of other engines."""
    verdict = judged(tmp_path, {"pattern": pattern}, *TEXTS)
    assert verdict.unread == 0, verdict.findings


@pytest.mark.parametrize(
    "pattern",
    [
        "(" * 400 + "a" + ")" * 400 + "(",
        "((a{100}){100}){100}",
        r"(\w{100}){9}",
        r"\w{500}",
        "(?=(a+))b",
        r"(a+)\1",
        "[" * 1_000,
        "[[:a" * 250,
        "\\",
        "(?" * 300,
        "a" * 1_001,
    ],
)
def test_attack_61_a_pattern_that_cannot_be_bounded_is_refused(tmp_path: Path, pattern: str) -> None:
    verdict = judged(tmp_path, {"pattern": pattern, "name": "mine"}, "a" * 20_000)
    (finding,) = verdict.findings
    assert (finding.code, finding.severity, finding.span.path) == ("CF103", "error", "blogq.yaml")
    assert "of “mine”" in finding.message
    assert verdict.unread


PIECES = (
    *"abé.^$|()[]{}*+?\\-,:<>=!#P1",
    *(r"\b", r"\w", r"\s", r"\d", r"\W", r"\B", r"\p{L}", r"\x{e9}", r"\u00e9", r"\1", r"\Z", r"\Q", r"\C"),
    *(
        "(?:",
        "(?i)",
        "(?P<a>",
        "(?=",
        "(?<!",
        "(?-s:",
        "{2,}",
        "{,3}",
        "{0,40}",
        "[^",
        "[[:alpha:]]",
        "+?",
        "**",
        "\x7f",
    ),
)


def test_attack_61_patterns_at_random(tmp_path: Path) -> None:
    """Each is either refused as a mistake in the config, or judged by; `BLOGQ_FUZZ=5000` tries more of them."""
    chance = random.Random(61)
    outcomes = set()
    for at in range(TRIES):
        pattern = "".join(chance.choices(PIECES, k=chance.randint(1, 14)))
        entry = {"pattern": pattern, "replacement": chance.choice(["", r"\1", r"\0-", "x"])}
        verdict = judged(tmp_path / str(at), entry, "ab é, “a1b” aaa" * 40, "é\n\n# b\n\n- é a-b\n")
        assert {finding.code for finding in verdict.findings} <= {"CF103", "HS001"}, entry
        outcomes.add(bool(verdict.unread))
    assert outcomes == {True, False}


def test_attack_61_words_at_random_in_a_large_text(tmp_path: Path) -> None:
    """Many words, many of them everywhere, many quotations, many exceptions: linear all the same."""
    chance = random.Random(61)
    words = ["".join(chance.choices("aé-'. %", k=chance.randint(1, 9))).strip() or "a" for _ in range(400)]
    entry = {"words": words, "exceptions": words[:50], "swap": {"a": "é a", "b": ""}, "case": True}
    texts = ("a é " * 25_000, '"a" ' * 25_000, "“a " * 25_000, "a-a'a." * 15_000, "a\n" * 40_000)
    assert judged(tmp_path, entry, *texts).unread == 0
