"""The manual of a rule, for a terminal."""

from __future__ import annotations

from blogq.lint.rule import Rule
from blogq.pattern import Pattern

_STRONG = Pattern(r"\*\*(.+?)\*\*")


def manual_text(rule: Rule, manual: str) -> str:
    """Return the manual of `rule`: its head, what its docstring says, its options."""
    lines = [f"{rule.code}  {rule.name}  ({rule.severity})", "", _STRONG.sub(r"\1", manual).rstrip()]
    if rule.languages:
        lines += ["", f"Languages: {', '.join(rule.languages)}; it is silent in others."]
    lines += ["", "In blogq.yaml:", "", "  check:", "    rules:", f"      {rule.code}:"]
    lines += [f"        {name}: {value}" for name, value in rule.options.items()]
    lines.append(f"        severity: {rule.severity}   # or another, or off")
    return "\n".join(lines) + "\n"
