"""Findings as people read them in a terminal: place, cause, excerpt, next step."""

from __future__ import annotations

import re
from collections.abc import Sequence

from blogq.finding import Finding, Span

ALIKE = 10
"""Warnings or notes of one code that are shown; errors are all shown."""

_COLORS = {"error": "31", "warning": "33", "note": "36"}
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ud800-\udfff]"
)


def safe(text: str) -> str:
    """Return `text` with everything that could steer a terminal, or a reader's eye, written out."""
    return _UNPRINTABLE.sub(lambda match: match[0].encode("unicode_escape", "surrogatepass").decode(), text)


def place(span: Span) -> str:
    """Return a place as `path:line:column`."""
    return ":".join([safe(span.path), *(str(number) for number in span[1:3] if number)])


def finding_lines(finding: Finding, color: bool = False) -> list[str]:
    """Return one finding as lines."""

    def paint(code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if color else text

    span = finding.span
    label = paint(_COLORS[finding.severity], finding.severity)
    lines = [f"{paint('1', place(span))}: {label} {finding.code}: {safe(finding.message)}"]
    if finding.evidence and span.line:
        number = str(span.line)
        source = finding.evidence.partition("\n")[0]
        lines.append(f"  {number} | {safe(source)}")
        if span.column and span.column <= len(source):
            width = span.end_column - span.column if span.end_line in (0, span.line) else 0
            marks = "^" * max(1, min(width, len(source) - span.column + 1))
            lines.append(f"  {' ' * len(number)} | {' ' * (span.column - 1)}{marks}")
    if finding.hint:
        lines.append(f"  {paint('2', 'help:')} {safe(finding.hint)}")
    return lines


def findings_text(findings: Sequence[Finding], color: bool = False, alike: int = ALIKE) -> str:
    """Return `findings`, errors last so that they end up in sight; of many alike only the first `alike`."""
    shown: list[str] = []
    order = {"note": 0, "warning": 1, "error": 2}
    counts: dict[str, int] = {}
    held: dict[str, int] = {}
    for finding in sorted(findings, key=lambda each: order[each.severity]):
        counts[finding.code] = counts.get(finding.code, 0) + 1
        if finding.severity != "error" and counts[finding.code] > alike:
            held[finding.code] = held.get(finding.code, 0) + 1
            continue
        shown += finding_lines(finding, color)
    for code, number in held.items():
        shown.append(f"… and {number} more {code}; --json lists them all")
    return "\n".join(shown) + "\n" if shown else ""


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: `1 post`, `12 posts`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
