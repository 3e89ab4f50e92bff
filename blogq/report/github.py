"""A verdict for GitHub: annotations of the changed lines, and the Markdown of the job's summary.

Commands: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands. GitHub shows at most ten
errors, ten warnings and ten notices of a step, so the worst come first and the rest is left to the summary.
"""

from __future__ import annotations

from blogq.finding import Finding
from blogq.lint.verdict import Verdict
from blogq.pattern import Pattern
from blogq.report.location import in_repository, shown_path
from blogq.report.manner import RANKS, Manner
from blogq.report.related import related_lines
from blogq.report.text import counted, safe
from blogq.report.verdict_text import ease, inert, lowest, summary_line, words

OF_A_KIND = 10
"""Annotations of one severity that GitHub shows of a step."""
MOST_BYTES = 900_000
"""Bytes of the summary's list of findings; GitHub drops a summary of more than 1 MiB."""

_KINDS = {"error": "error", "warning": "warning", "note": "notice"}
_MARKDOWN = Pattern(r"[!#$()*+.:=@\[\\\]^_`{|}~-]")


def as_annotations(verdict: Verdict, manner: Manner) -> str:
    """Return workflow commands, the worst first, ten of a kind at most, and the sum as a last line."""
    lines = []
    left = []
    for severity, kind in _KINDS.items():
        found = [finding for finding in verdict.findings if finding.severity == severity]
        lines += [_command(kind, finding, manner) for finding in found[:OF_A_KIND]]
        if len(found) > OF_A_KIND:
            left.append(counted(len(found) - OF_A_KIND, f"more {severity}"))
    told = f"blogq: {summary_line(verdict)}"
    if left:
        told += f" ({', '.join(left)} in the summary of the job)"
    return "\n".join([*lines, inert(told)]) + "\n"


_ROW = 200
"""Characters of the other side of a finding that a row of the table shows."""


def summary_markdown(verdict: Verdict, manner: Manner) -> str:
    """Return what goes to `$GITHUB_STEP_SUMMARY`: the sum, the pace, the posts' scores, every finding."""
    lines = [f"## blogq: {summary_line(verdict)}", ""]
    if verdict.pace.message:
        lines += [_markdown(verdict.pace.message), ""]
    shown, more = lowest(verdict.posts)
    if shown:
        lines += ["| Score | Words | Ease | Post |", "| ---: | ---: | ---: | --- |"]
        for post in shown:
            score = "–" if post.score is None else str(post.score)
            lines.append(f"| {score} | {words(post)} | {ease(post)} | {_markdown(post.title or post.path)} |")
        lines += ["", f"The {len(shown)} lowest of {counted(len(shown) + more, 'post')}.", ""] if more else [""]
    size = 0
    ranked = sorted(verdict.findings, key=lambda finding: RANKS[finding.severity])
    rows = ["| | Rule | Where | What |", "| --- | --- | --- | --- |"] if ranked else []
    for number, finding in enumerate(ranked):
        where = shown_path(finding.span.path, manner.prefix) + (f":{finding.span.line}" if finding.span.line else "")
        told = [finding.message, *related_lines(finding, _ROW), *filter(None, [finding.hint])]
        what = "<br>".join(map(_markdown, told))
        row = f"| {finding.severity} | {finding.code} | {_markdown(where)} | {what} |"
        size += len(row.encode("utf-8", "replace")) + 1
        if size > MOST_BYTES:
            rows += ["", f"… and {counted(len(ranked) - number, 'finding')} more."]
            break
        rows.append(row)
    return "\n".join([*lines, *rows]).rstrip() + "\n"


def _command(kind: str, finding: Finding, manner: Manner) -> str:
    """Return one workflow command; columns only where it begins and ends in one line, as GitHub wants it."""
    span = finding.span
    given = {"file": in_repository(span.path, manner.prefix)}
    if span.line:
        given["line"] = str(span.line)
        if span.end_line > span.line:
            given["endLine"] = str(span.end_line)
        elif span.column:
            given["col"] = str(span.column)
            if span.end_column > span.column:
                given["endColumn"] = str(span.end_column)
    given["title"] = f"{finding.code}: {manner.meaning(finding.code)}" if finding.code in manner.rules else finding.code
    properties = ",".join(f"{name}={_property(safe(value))}" for name, value in given.items())
    said = "\n".join(safe(text) for text in (finding.message, *related_lines(finding), finding.hint) if text)
    return f"::{kind} {properties}::{_data(said)}"


def _data(text: str) -> str:
    """Return `text` escaped as the value of a command: as `escapeData` of GitHub's actions/toolkit has it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Return `text` escaped as a property of a command."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _markdown(text: str) -> str:
    """Return `text` as Markdown that shows just this text, in one line: no markup, no link, no mention."""
    whole = " ".join(safe(text).split())
    escaped = _MARKDOWN.sub(lambda match: f"\\{match[0]}", whole)
    return escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
