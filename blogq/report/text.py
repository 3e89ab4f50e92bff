"""Findings as people read them in a terminal: place, cause, excerpt, next step."""

from __future__ import annotations

from collections.abc import Sequence

from blogq.finding import Finding, Span
from blogq.pattern import Pattern

ALIKE = 10
"""Warnings or notes of one code that are shown; errors are all shown."""
ALIKE_BESIDE_ERRORS = 3
"""The same, where there are errors to be looked at first."""

_COLORS = {"error": "31", "warning": "33", "note": "36"}
_UNPRINTABLE = Pattern(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ud800-\udfff]"
)


def safe(text: str) -> str:
    """Return `text` with everything that could steer a terminal, or a reader's eye, written out."""
    return _UNPRINTABLE.sub(lambda match: match[0].encode("unicode_escape", "surrogatepass").decode(), text)


def place(span: Span) -> str:
    """Return a place as `path:line:column`."""
    return ":".join([safe(span.path), *(str(number) for number in span[1:3] if number)])


def finding_lines(finding: Finding, color: bool = False, hint: bool = True, width: int = 0) -> list[str]:
    """Return one finding as lines; its hint only where `hint` says so.

    `width` is what there is for the excerpt, in cells, 0 for as many as it takes.
    """
    from blogq.report.excerpt import excerpt_of

    def paint(code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if color else text

    span = finding.span
    label = paint(_COLORS[finding.severity], finding.severity)
    lines = [f"{paint('1', place(span))}: {label} {finding.code}: {safe(finding.message)}"]
    if finding.evidence and span.line:
        number = str(span.line)
        shown = excerpt_of(finding, max(20, width - len(number) - 5) if width else 0)
        marked = paint(_COLORS[finding.severity], shown.marked) if shown.marked else ""
        lines.append(f"  {number} | {shown.before}{marked}{shown.after}".rstrip())
        if shown.marks:
            lines.append(f"  {' ' * len(number)} | {shown.marks}")
    if finding.related:
        from blogq.report.related import address, quoted

        for each in finding.related:
            lines.append(f"  {paint('2', 'there:')} {address(each)}")
            lines += [f"         {quoted(each, width - 9 if width else 0)}"] if each.text else []
    if finding.hint and hint:
        lines.append(f"  {paint('2', 'help:')} {safe(finding.hint)}")
    return lines


def findings_text(findings: Sequence[Finding], color: bool = False) -> str:
    """Return `findings` for a reader in a hurry.

    Errors come last, in sight. Notes and warnings are grouped by code: of many alike the first few stand for all,
    and a hint that several share is given once, after the last of them.
    """
    errors = [finding for finding in findings if finding.severity == "error"]
    groups: dict[tuple[bool, str], list[Finding]] = {}
    for finding in findings:
        if finding.severity != "error":
            groups.setdefault((finding.severity == "warning", finding.code), []).append(finding)
    lines: list[str] = []
    for (_, code), group in sorted(groups.items()):
        shown = group[: ALIKE_BESIDE_ERRORS if errors else ALIKE]
        held = group[len(shown) :]
        if len(held) == 1:
            shown, held = group, []
        for finding, follower in zip(shown, [*shown[1:], None], strict=True):
            lines += finding_lines(finding, color, follower is None or follower.hint != finding.hint)
        if held:
            files = len({finding.span.path for finding in held})
            lines.append(f"  … and {len(held):,} more {code} in {counted(files, 'file')}; --json lists them all")
    for finding in errors:
        lines += finding_lines(finding, color)
    return "\n".join(lines) + "\n" if lines else ""


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: `1 post`, `12 posts`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
