"""How a verdict is to be shown: what the command line says of that, for all formats alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from blogq.finding import CODES

RANKS = {"error": 0, "warning": 1, "note": 2}
"""Severities, the worst first."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How to show a verdict; each format takes of it what it needs."""

    prefix: str = ""
    """Folder of the site within its repository, with `/`; empty where the site is all of it."""
    fail_on: Literal["error", "warning", "note", "never"] = "error"
    """Mildest severity that fails the gate."""
    color: bool = False
    width: int = 80
    """Columns of the terminal."""
    rules: Mapping[str, str] = field(default_factory=lambda: CODES)
    """What each code means, in a line; a code that is missing stands for itself."""

    def fails(self, severity: str) -> bool:
        """Return whether a finding of this severity fails the gate."""
        return self.fail_on != "never" and RANKS[severity] <= RANKS[self.fail_on]

    def meaning(self, code: str) -> str:
        """Return what `code` means, in a line."""
        return self.rules.get(code, code)
