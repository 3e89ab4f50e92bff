"""docs/output.md: keys that it lists of what is printed as JSON are all that there are."""

from __future__ import annotations

import json
import re

import pytest
import scenes
from shown import text_of
from terminal import Terminal


def listed(command: str) -> set[str]:
    """Keys in the first column of the table below a command, or named in its paragraph where there is none."""
    section = text_of("docs/output.md").partition(f"## `{command}`")[2].partition("\n## ")[0]
    rows = re.findall(r"(?m)^\| (`[^|]*) \|", section)
    return set(re.findall(r"`(\w+)`", " ".join(rows) if rows else section)) - {"blogq-doctor/1"}


@pytest.mark.parametrize(
    ("command", "typed"),
    [
        ("blogq deploy --json", "blogq deploy --dry-run --json"),
        ("blogq doctor --json", "blogq doctor --json"),
        ("blogq upgrade --diff --json", "blogq upgrade --diff --json"),
        ("blogq build --json", "blogq build --json"),
    ],
)
def test_keys_are_those_that_are_printed(command: str, typed: str, terminal: Terminal) -> None:
    scenes.deployable(terminal)
    assert terminal.type("blogq build --quiet").code == 0
    printed = json.loads(terminal.type(typed).text)
    findings = {"rule", "severity", "path", "line", "column", "end_line", "end_column", "message", "help", "evidence"}
    assert listed(command) - findings == printed.keys() - findings
