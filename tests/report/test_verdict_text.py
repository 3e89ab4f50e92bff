"""What a writer reads in a terminal, kept as goldens; BLOGQ_GOLDENS=write writes them anew."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
import verdicts

from blogq.lint.verdict import Verdict
from blogq.report.verdict_text import verdict_text

GOLDENS = Path(__file__).parent / "golden"
KINDS = {
    "ordinary": verdicts.ORDINARY,
    "passes": verdicts.EMPTY,
    "nothing": verdicts.NOTHING,
    "many": verdicts.many(25),
}


@pytest.mark.parametrize("name", KINDS)
def test_text(name: str) -> None:
    golden = GOLDENS / f"{name}.txt"
    made = verdict_text(KINDS[name])
    if os.environ.get("BLOGQ_GOLDENS") == "write":
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(made, encoding="utf-8")
    assert made == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("verdict", [verdicts.ORDINARY, verdicts.many(25)], ids=["ordinary", "many"])
def test_color_changes_nothing_but_the_color(verdict: Verdict) -> None:
    colored = verdict_text(verdict, color=True)
    assert colored != verdict_text(verdict)
    assert re.sub("\x1b\\[[0-9;]*m", "", colored) == verdict_text(verdict)


def test_errors_are_all_shown_and_hints_once() -> None:
    made = verdict_text(verdicts.many(25, "error"))
    assert made.count("error RD003") == 25
    assert made.count("help: split it") == 1


def test_the_table_keeps_to_the_width() -> None:
    long = replace(verdicts.EMPTY, posts=(replace(verdicts.EMPTY.posts[0], path=f"content/{'x' * 90}/end.md"),))
    made = verdict_text(long, width=60)
    assert max(map(len, made.splitlines())) <= 60
    assert "/end.md" in made


def test_a_table_of_many_shows_the_lowest() -> None:
    made = verdict_text(verdicts.many(21, "error"))
    assert "the 10 lowest of 21 posts; --format json lists them all" in made
    assert made.count("\n    ") and "content/posts/009.md" in made
    assert "lowest" not in verdict_text(verdicts.many(20))


def test_what_was_not_read_is_said() -> None:
    assert verdict_text(verdicts.HOSTILE).endswith("1 error, 1 warning, 1 note in 1 post; 1 source could not be read\n")


@pytest.mark.parametrize(
    "low, high, wanted",
    [(40, 70, ""), (70, 90, ", ease 66 (its audience: 70 to 90)"), (25, 55, ", ease 66 (its audience: 25 to 55)")],
)
def test_ease_is_in_the_line_of_a_post_where_it_is_not_what_its_audience_is_used_to(
    low: int, high: int, wanted: str
) -> None:
    bread = verdicts.ORDINARY.posts[0]
    ranged = replace(bread, metrics={**bread.metrics, "ease_low": low, "ease_high": high})
    made = verdict_text(replace(verdicts.ORDINARY, posts=(ranged,)))
    assert f"content/posts/bread.md  score 71{wanted}\n" in made
