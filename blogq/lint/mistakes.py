"""Everything that is wrong with what a config lets the gate judge by."""

from __future__ import annotations

from collections.abc import Sequence

from blogq.config.origins import place_of
from blogq.config.schema import Config
from blogq.finding import Finding
from blogq.lint.selection import choice_mistakes, mistakes
from blogq.lint.silence import silence_mistakes


def config_mistakes(config: Config, origins: Sequence[tuple[str, str]]) -> list[Finding]:
    """Return what is wrong with `check` and `style`; `origins` are the places of the config's keys."""
    check = config.check
    return [
        *mistakes(check.rules, place_of(origins, "check.rules"), config.style),
        *choice_mistakes(check, origins),
        *silence_mistakes(check.silence, place_of(origins, "check.silence")),
    ]
