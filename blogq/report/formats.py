"""The formats of `blogq check --format`, by name. A format's module is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from blogq.lint.verdict import Verdict
from blogq.report.manner import Manner

Format = Callable[[Verdict, Manner], str]
"""A pure function: a verdict, and how to show it, to the text that is printed or written, with its last newline."""


def _format(module: str, function: str) -> Format:
    def show(verdict: Verdict, manner: Manner) -> str:
        shown: str = getattr(import_module(f"blogq.report.{module}"), function)(verdict, manner)
        return shown

    return show


FORMATS: dict[str, Format] = {
    "text": _format("verdict_text", "as_text"),
    "json": _format("verdict_json", "as_json"),
    "github": _format("github", "as_annotations"),
    "sarif": _format("sarif", "as_sarif"),
    "junit": _format("junit", "as_junit"),
    "gitlab": _format("gitlab", "as_code_quality"),
    "rdjson": _format("rdjson", "as_rdjson"),
    "html": _format("html", "as_page"),
}
"""Every format, in the order in which help lists them."""
