"""Every rule, by its code: one explicit table. A rule's module is imported when the rule is asked for."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from blogq.lint.rule import Rule

MODULES: dict[str, str] = {
    "RD003": "readability.long_sentences",
    "SU001": "suppression.unused",
}
"""Code → module under `rules/`."""


@cache
def rule(code: str) -> Rule:
    """Return the rule called `code`, which the table has."""
    found: Rule = import_module(f"blogq.lint.rules.{MODULES[code]}").RULE
    return found


def rules(scope: str = "") -> list[Rule]:
    """Return all rules, those of one scope where one is named, in the order of the table."""
    return [each for each in map(rule, MODULES) if not scope or each.scope == scope]


def manual(code: str) -> str:
    """Return what the manual of a rule says: its module's docstring."""
    return (import_module(f"blogq.lint.rules.{MODULES[code]}").__doc__ or "").strip() + "\n"


def meaning(code: str) -> str:
    """Return what a rule checks, in a line."""
    return manual(code).partition("\n")[0].rstrip(".").strip()
