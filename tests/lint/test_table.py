"""The table of rules and what is said of it: codes, names, manuals, and what the docs promise."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from blogq.finding import CODES
from blogq.lint.registry import MODULES, manual, meaning, rule, rules
from blogq.lint.selection import SEVERITIES

ROOT = Path(__file__).resolve().parents[2]
DOCS = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").glob("*.md")),
    *sorted((ROOT / "docs/decisions").glob("*.md")),
]
TO_COME = {"CV"}
"""Families that the docs may speak of before they are there."""


@pytest.mark.parametrize("code", MODULES)
def test_a_code_leads_to_its_rule_and_back(code: str) -> None:
    found = rule(code)
    assert found.code == code
    assert re.fullmatch(r"[A-Z]{2}\d{3}", code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", found.name), "names are words with hyphens"
    assert found.severity in SEVERITIES
    assert found.scope in ("post", "blog", "site", "texts")
    assert (
        MODULES[code].rpartition(".")[2] in Path(__import__(found.check.__module__, fromlist=["_"]).__file__ or "").stem
    )


def test_no_two_rules_have_one_name_and_codes_are_in_order() -> None:
    names = [each.name for each in rules()]
    assert len(set(names)) == len(names)
    assert list(MODULES) == sorted(MODULES)


def test_builds_and_rules_share_no_code_but_where_they_say_the_same() -> None:
    assert MODULES.keys() & CODES.keys() <= {"LK001"}


@pytest.mark.parametrize("code", MODULES)
def test_a_manual_has_its_parts(code: str) -> None:
    text = manual(code)
    first, blank, _ = text.split("\n", 2)
    assert first.endswith(".") and not blank
    parts = ["**What it does.**", "**Why.**", "**Where the limits are from.**", "**What to do.**"]
    places = [text.find(part) for part in parts]
    assert -1 not in places and places == sorted(places)
    assert 5 < len(meaning(code)) < 100
    assert [name for name in rule(code).options if name != "entries" and f"`{name}`" not in text] == []


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_docs_name_only_codes_and_options_that_there_are(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    codes = set(re.findall(r"\b((?:CD|CK|CV|FM|HS|LK|LN|MD|OR|RD|ST|SU|SY)\d{3})\b", text))
    known = MODULES.keys() | CODES.keys()
    assert {code for code in codes if code not in known and code[:2] not in TO_COME} == set()
    for code, given in re.findall(r"\b([A-Z]{2}\d{3}): (\{[^{}\n]*\})", text):
        options = yaml.safe_load(given)
        assert options.keys() <= {*rule(code).options, "severity"}, (code, given)
