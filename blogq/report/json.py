"""Findings as JSON, for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from blogq.finding import Finding


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
        }
        for finding in findings
    ]
