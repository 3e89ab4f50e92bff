"""A verdict as JSON, schema `blogq-check/1`: docs/static/check.schema.json has it, docs/check-output.md explains it.

Within a version of the schema keys are added, never removed or given another meaning.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import blogq
from blogq.lint.verdict import PostVerdict, Verdict
from blogq.report.json import finding_objects
from blogq.report.manner import RANKS, Manner

SCHEMA = "blogq-check/1"


def as_json(verdict: Verdict, manner: Manner) -> str:
    """Return `verdict` as a JSON document in ASCII; paths are relative to the site whatever the manner."""
    text = json.dumps(_written(verdict_object(verdict)), indent=1, allow_nan=False)
    # The one control character that JSON needs no escape for.
    return text.replace("\x7f", "\\u007f") + "\n"


def verdict_object(verdict: Verdict) -> dict[str, Any]:
    """Return `verdict` as an object for JSON."""
    findings = zip(verdict.findings, finding_objects(verdict.findings), strict=True)
    return {
        "schema": SCHEMA,
        "blogq": blogq.__version__,
        "now": rfc3339(verdict.now),
        "summary": summary_object(verdict),
        "pace": _finite(asdict(verdict.pace)),
        "posts": [_post(post) for post in verdict.posts],
        "findings": [
            {**shown, "evidence_column": finding.begins, "fingerprint": finding.fingerprint}
            for finding, shown in findings
        ],
    }


def summary_object(verdict: Verdict) -> dict[str, int]:
    """Return the counts: findings by severity, posts judged, findings not shown, sources not read."""
    severities = [finding.severity for finding in verdict.findings]
    return {
        **{f"{name}s": severities.count(name) for name in RANKS},  # type: ignore[arg-type]
        "posts": sum(post.changed for post in verdict.posts),
        "suppressed": verdict.suppressed,
        "known": verdict.known,
        "unread": verdict.unread,
    }


def rfc3339(seconds: int) -> str:
    """Return seconds since 1970 as a date of RFC 3339 in UTC."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _post(post: PostVerdict) -> dict[str, Any]:
    return {
        "path": post.path,
        "url": post.url,
        "title": post.title,
        "date": post.date,
        "draft": post.draft,
        "language": post.language,
        "score": post.score,
        "parts": dict(post.parts),
        "metrics": {name: value for name, value in post.metrics.items() if math.isfinite(value)},
        "changed": post.changed,
    }


def _finite(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return `values` with null for what JSON has no number for."""
    return {
        name: None if isinstance(value, float) and not math.isfinite(value) else value for name, value in values.items()
    }


def _written(value: Any) -> Any:
    """Return `value` with lone surrogates (bytes of a file name that are no UTF-8) written out as `\\udcff`.

    Strict readers of JSON refuse a lone surrogate, escaped or not.
    """
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, dict):
        return {_written(name): _written(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_written(each) for each in value]
    return value
