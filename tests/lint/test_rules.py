"""Each rule on the cases in `rules/<CODE>.md`: posts that should fail, with their findings, and posts that should pass.

A case is a heading, `## should fail: …` or `## should pass: …`, then, where they are needed, options as ```` ```yaml
````, then the post as ````` ````markdown `````, with its path after that word unless it is `content/posts/a.md`.
After it, a line for each finding that is expected, in order: `line:column` and a part of its message.
"""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import NamedTuple

import pytest
import yaml
from subject import subject_of

import blogq.lint.rules
from blogq.lint.registry import MODULES
from blogq.lint.rule import Rule
from blogq.lint.selection import HOUSE_STYLE

CASES = Path(__file__).parent / "rules"

_CASE = re.compile(r"^## should (fail|pass): (.+)$", re.MULTILINE)
_OPTIONS = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_POST = re.compile(r"^````markdown *(\S*)\n(.*?)^````$", re.MULTILINE | re.DOTALL)
_EXPECTED = re.compile(r"^(\d+):(\d+) (.+)$", re.MULTILINE)


class Case(NamedTuple):
    """One post and what a rule is to say of it."""

    code: str
    fails: bool
    title: str
    options: dict[str, object]
    path: str
    post: str
    expected: list[tuple[int, int, str]]


def _rules() -> dict[str, tuple[str, Rule]]:
    """Return all rules of scope `post` with the modules that they are in, by code."""
    found: dict[str, tuple[str, Rule]] = {}
    package = blogq.lint.rules
    for each in walk_packages(package.__path__, f"{package.__name__}."):
        rule = getattr(import_module(each.name), "RULE", None)
        if rule is not None and rule.scope == "post":
            assert rule.code not in found, f"two rules are called {rule.code}"
            found[rule.code] = each.name.removeprefix(f"{package.__name__}."), rule
    return found


def _cases(code: str, text: str) -> list[Case]:
    parts = _CASE.split(text)
    cases = []
    for outcome, title, body in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        post = _POST.search(body)
        assert post, f"{code}: the case “{title}” has no post"
        options = _OPTIONS.search(body[: post.start()])
        expected = [(int(line), int(column), part) for line, column, part in _EXPECTED.findall(body[post.end() :])]
        values = yaml.safe_load(options[1]) if options else {}
        cases.append(Case(code, outcome == "fail", title, values, post[1] or "content/posts/a.md", post[2], expected))
    return cases


RULES = _rules()
ALL = [case for file in sorted(CASES.glob("*.md")) for case in _cases(file.stem, file.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("case", ALL, ids=lambda case: f"{case.code}: {case.title}")
def test_case(case: Case) -> None:
    """A rule finds what it should, where it should, and nothing else."""
    rule = RULES[case.code][1]
    # The house style has its entries from an option of its own.
    known = rule.options.keys() | ({"entries"} if case.code == HOUSE_STYLE else set())
    assert case.options.keys() <= known, "an option that the rule hasn't"
    subject = subject_of(case.post, case.path)
    options = {**rule.options, **case.options}
    found = list(rule.check(subject, options)) if rule.speaks(subject.language) else []
    assert [(each.span.line, each.span.column) for each in found] == [place[:2] for place in case.expected], found
    for finding, (_, _, part) in zip(found, case.expected, strict=True):
        assert part in finding.message
        assert finding.code == case.code
        assert finding.hint
        assert finding.about
    assert bool(case.expected) == case.fails, "what should fail names its findings, what should pass has none"


@pytest.mark.parametrize("code", RULES)
def test_cases_both_ways(code: str) -> None:
    """Every rule has at least two posts that should fail and two that should pass."""
    outcomes = [case.fails for case in ALL if case.code == code]
    assert outcomes.count(True) >= 2
    assert outcomes.count(False) >= 2


def test_table_of_rules() -> None:
    """What the registry says of a code is where the rule is."""
    assert {code: RULES[code][0] for code in MODULES if code in RULES} == {
        code: module for code, module in MODULES.items() if code in RULES
    }
