"""With which severities the build reports its codes, read from the calls in the source, for docs/findings.md."""

from __future__ import annotations

import ast
from pathlib import Path

from blogq.finding import CODES

SEVERITIES = ("error", "warning", "note")
"""The worst first."""


def severities(package: Path) -> dict[str, set[str]]:
    """Return the severities with which each code is reported, as far as the calls in the source say it.

    A call states it beside the code, or calls a function that reports with one severity unless told otherwise.
    """
    found: dict[str, set[str]] = {}
    # A rule of the gate may have a code of the build's, with a severity of its own.
    for path in sorted({*package.rglob("*.py")} - {*(package / "lint").rglob("*.py")}):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        usual = {"Codes": "error"}
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                usual[node.name] = _usual_severity(node)
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            stated = [
                each.value for each in [*node.args, *(k.value for k in node.keywords)] if isinstance(each, ast.Constant)
            ]
            name = ast.unparse(node.func).rpartition(".")[2]
            severity = next((each for each in stated if each in SEVERITIES), usual.get(name, ""))
            for code in stated:
                if isinstance(code, str) and code in CODES and severity:
                    found.setdefault(code, set()).add(str(severity))
    return found


def _usual_severity(function: ast.FunctionDef) -> str:
    """Return the severity with which a function reports what it is given a code for, or nothing."""
    names = [each.arg for each in function.args.args]
    defaults = dict(zip(reversed(names), reversed(function.args.defaults), strict=False))
    default = defaults.get("severity")
    if isinstance(default, ast.Constant):
        return str(default.value)
    made = [node for node in ast.walk(function) if isinstance(node, ast.Call) and ast.unparse(node.func) == "Finding"]
    fixed = {str(each.args[1].value) for each in made if len(each.args) > 1 and isinstance(each.args[1], ast.Constant)}
    return fixed.pop() if len(fixed) == 1 else ""
