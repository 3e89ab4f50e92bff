"""A verdict as reviewdog's diagnostics, `reviewdog -f=rdjson`.

Format: https://github.com/reviewdog/reviewdog/tree/master/proto/rdf. Its columns count bytes of UTF-8, its ends are
exclusive.
"""

from __future__ import annotations

import json
from typing import Any

from blogq.finding import Finding
from blogq.lint.verdict import Verdict
from blogq.report.location import plain, shown_path
from blogq.report.manner import Manner
from blogq.report.related import address
from blogq.report.text import safe

_SEVERITIES = {"error": "ERROR", "warning": "WARNING", "note": "INFO"}


def as_rdjson(verdict: Verdict, manner: Manner) -> str:
    """Return the findings of `verdict` as one diagnostic result."""
    diagnostics = []
    for finding in verdict.findings:
        location: dict[str, Any] = {"path": shown_path(finding.span.path, manner.prefix)}
        if finding.span.line:
            location["range"] = _range(finding)
        diagnostics.append(
            {
                "message": plain(finding),
                "location": location,
                "severity": _SEVERITIES[finding.severity],
                "code": {"value": finding.code},
                **_related(finding, manner),
            }
        )
    return json.dumps({"source": {"name": "blogq"}, "diagnostics": diagnostics}, indent=1) + "\n"


def _related(finding: Finding, manner: Manner) -> dict[str, object]:
    """Return the other places of a finding that are files."""
    places = [
        {
            "message": safe(each.text) or address(each),
            "location": {
                "path": shown_path(each.span.path, manner.prefix),
                "range": {"start": {"line": max(1, each.span.line)}},
            },
        }
        for each in finding.related
    ]
    return {"relatedLocations": places} if places else {}


def _range(finding: Finding) -> dict[str, dict[str, int]]:
    """Return where the finding is: with columns where the line is at hand to count its bytes, else by lines.

    Of a line that was cut at its beginning the bytes left out aren't known, and a … at the end is no byte of it.
    """
    span = finding.span
    source = finding.evidence.partition("\n")[0]
    last = max(span.line, span.end_line)
    known = len(source) - source.endswith("…")
    if not span.column or last > span.line or finding.begins > 1 or max(span.column, span.end_column) > known + 1:
        return {"start": {"line": span.line}, "end": {"line": last}}
    start = {"line": span.line, "column": _bytes(source, span.column)}
    if span.end_column <= span.column:
        return {"start": start}
    return {"start": start, "end": {"line": span.line, "column": _bytes(source, span.end_column)}}


def _bytes(line: str, column: int) -> int:
    """Return a column of characters as one of bytes, both from 1."""
    return len(line[: column - 1].encode("utf-8", "replace")) + 1
