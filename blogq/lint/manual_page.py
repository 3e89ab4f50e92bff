"""The page of all rules, docs/rules.md, made of their docstrings."""

from __future__ import annotations

from blogq.lint.registry import manual, meaning, rules


def rules_page() -> str:
    """Return the page as Markdown."""
    every = rules()
    lines = ["# Rules", "", "<!-- Made from the code by `python -m blogq.reference`: change it there. -->", ""]
    lines += ["What `blogq check` judges by. [Checking](checking.md) says how to set options, and how to silence one."]
    lines += ["", "| Code | Severity | Checks |", "|---|---|---|"]
    lines += [f"| [{each.code}](#{each.code.lower()}) | {each.severity} | {meaning(each.code)} |" for each in every]
    for each in every:
        lines += ["", f"## {each.code}", "", f"`{each.name}`", "", manual(each.code).rstrip(), ""]
        judged = {
            "post": "each post by itself",
            "blog": "the whole blog",
            "site": "the whole site",
            "texts": "the post beside earlier texts",
        }[each.scope]
        known = f"; it knows {', '.join(each.languages)}, and is silent in other languages" if each.languages else ""
        lines.append(f"Severity: {each.severity}. Looks at {judged}{known}.")
        if each.options:
            told = ", ".join(f"`{name}: {value}`" for name, value in each.options.items())
            lines.append(f"Options: {told}.")
    return "\n".join(lines) + "\n"
