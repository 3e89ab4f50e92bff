"""The sample of findings that people judge: the same for a seed, fair to all, of no rule too many."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from evaluations.findings import excerpt, sampled


def finding(number: int, rule: str) -> dict[str, Any]:
    place = {"line": 1, "column": 3, "end_line": 1, "end_column": 7}
    return {"rule": rule, "folder": 0, "path": f"{number:03}.md", "severity": "note", "message": "", **place}


MANY = [finding(number, "FM003") for number in range(90)] + [finding(number, "SY003") for number in range(10)]


def test_a_seed_gives_the_same_sample() -> None:
    assert sampled(MANY, 12, 8, 1) == sampled(MANY, 12, 8, 1)
    assert sampled(MANY, 12, 8, 1) != sampled(MANY, 12, 8, 2)


def test_of_no_rule_are_there_too_many() -> None:
    rules = [each["rule"] for each in sampled(MANY, 12, 8, 1)]
    assert (rules.count("FM003"), len(rules)) == (8, 12)
    assert len(sampled(MANY, 100, 8, 1)) == 16


def test_the_place_is_marked_in_the_source(tmp_path: Path) -> None:
    (tmp_path / "001.md").write_text("a word here\nand more\n", encoding="utf-8")
    assert excerpt(tmp_path, finding(1, "SY003")).strip() == "> a ⟦word⟧ here"
    assert excerpt(tmp_path, finding(1, "SY003") | {"end_line": 2}).strip() == "> a ⟦word here ⏎ and mo⟧re"
    assert excerpt(tmp_path, finding(1, "SY003") | {"line": 0}) == ""
