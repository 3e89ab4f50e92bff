"""The other side of a finding, in a line: where it stands and what is written there."""

from __future__ import annotations

from blogq.finding import Finding, Related
from blogq.report.text import place, safe


def related_lines(finding: Finding, width: int = 0) -> list[str]:
    """Return a line for each other place that a finding is about; `width` in characters, 0 for as many as it takes."""
    return [related_line(each, width) for each in finding.related]


def related_line(each: Related, width: int = 0) -> str:
    """Return where a passage stands, and its beginning: `content/old.md:14: “What it says …”`."""
    where = address(each)
    return f"{where}: {quoted(each, width - len(where) - 2 if width else 0)}" if each.text else where


def quoted(each: Related, width: int = 0) -> str:
    """Return what stands there in quotation marks, cut to `width`, but never to less than a few words."""
    text = safe(each.text)
    room = max(24, width - 2) if width else len(text)
    return f"“{text[: room - 1].rstrip()}…”" if len(text) > room else f"“{text}”"


def address(each: Related) -> str:
    """Return the place of a passage: its address on the web where it's of a corpus and has one, else path and line."""
    return safe(each.url) if each.corpus and each.url else place(each.span._replace(column=0))
