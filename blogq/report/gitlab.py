"""A verdict for GitLab's Code Quality widget: a JSON array of issues.

Format: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format. GitLab shows one issue of those
with the same fingerprint, so each has its own.
"""

from __future__ import annotations

import json

from blogq.lint.verdict import Verdict
from blogq.report.location import fingerprints, plain, shown_path
from blogq.report.manner import Manner

_SEVERITIES = {"error": "major", "warning": "minor", "note": "info"}
"""GitLab's `critical` and `blocker` are for what breaks a service; a post breaks none."""


def as_code_quality(verdict: Verdict, manner: Manner) -> str:
    """Return the findings of `verdict` as a Code Quality report."""
    issues = [
        {
            "description": f"{finding.code}: {plain(finding)}",
            "check_name": finding.code,
            "fingerprint": fingerprint,
            "severity": _SEVERITIES[finding.severity],
            "location": {
                "path": shown_path(finding.span.path, manner.prefix),
                "lines": {"begin": max(1, finding.span.line)},
            },
        }
        for finding, fingerprint in zip(verdict.findings, fingerprints(verdict.findings), strict=True)
    ]
    return json.dumps(issues, indent=1) + "\n"
