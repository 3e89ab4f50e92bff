"""Findings as JSON, for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from blogq.finding import Finding, Related


def finding_objects(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """Return `findings` as objects: rule, severity, path, place, message, help, evidence."""
    return [
        {
            "rule": finding.code,
            "severity": finding.severity,
            "path": finding.span.path,
            "line": finding.span.line,
            "column": finding.span.column,
            "end_line": finding.span.end_line,
            "end_column": finding.span.end_column,
            "message": finding.message,
            "help": finding.hint,
            "evidence": finding.evidence,
            **({"related": [related_object(each) for each in finding.related]} if finding.related else {}),
        }
        for finding in findings
    ]


def related_object(each: Related) -> dict[str, Any]:
    """Return another place that a finding is about as an object."""
    span = each.span
    return {
        "path": span.path,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
        "url": each.url,
        "title": each.title,
        "date": each.date,
        "corpus": each.corpus,
        "text": each.text,
    }
