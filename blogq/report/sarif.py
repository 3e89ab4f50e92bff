"""A verdict as SARIF 2.1.0 (OASIS), for code scanning on GitHub and for editors.

Specification: https://docs.oasis-open.org/sarif/sarif/v2.1.0/. What GitHub asks for besides: a region with a first
line in every location. `primaryLocationLineHash` is left out: its upload step computes it from the sources.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import blogq
from blogq.finding import Finding
from blogq.lint.verdict import Verdict
from blogq.report.location import excerpt, fingerprints, plain, uri
from blogq.report.manner import RANKS, Manner
from blogq.report.related import address
from blogq.report.text import safe


def as_sarif(verdict: Verdict, manner: Manner) -> str:
    """Return the findings of `verdict` as a SARIF log with one run."""
    codes = sorted({finding.code for finding in verdict.findings})
    severities = {
        code: min((f.severity for f in verdict.findings if f.code == code), key=RANKS.__getitem__) for code in codes
    }
    rules = [
        {
            "id": code,
            "shortDescription": {"text": safe(manner.meaning(code))},
            "defaultConfiguration": {"level": severities[code]},
        }
        for code in codes
    ]
    results = [
        {
            "ruleId": finding.code,
            "ruleIndex": codes.index(finding.code),
            "level": finding.severity,
            "message": {"text": _message(plain(finding))},
            "locations": [{"physicalLocation": _place(finding, manner.prefix)}],
            **_related(finding, manner.prefix),
            "partialFingerprints": {"blogqFinding/v1": fingerprint},
        }
        for finding, fingerprint in zip(verdict.findings, fingerprints(verdict.findings), strict=True)
    ]
    run = {
        "tool": {"driver": {"name": "blogq", "version": blogq.__version__, "rules": rules}},
        "invocations": [{"executionSuccessful": not verdict.unread}],
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return json.dumps(log, indent=1) + "\n"


def _place(finding: Finding, prefix: str) -> dict[str, Any]:
    span = finding.span
    region: dict[str, Any] = {"startLine": max(1, span.line)}
    if span.line and span.column:
        region["startColumn"] = span.column
        if span.end_line > span.line or span.end_column > span.column:
            region["endLine"] = max(span.line, span.end_line)
            region["endColumn"] = max(1, span.end_column)
    if span.line and finding.evidence:
        region["snippet"] = {"text": excerpt(finding)}
    return {"artifactLocation": {"uri": uri(span.path, prefix), "uriBaseId": "%SRCROOT%"}, "region": region}


_IN_ADDRESS = ":/?#[]@!$&'()*+,;=%~"
"""What stands in an address as it is (RFC 3986, reserved)."""


def _related(finding: Finding, prefix: str) -> dict[str, Any]:
    """Return the other places of a finding; those on the web by their addresses."""
    places = []
    for number, each in enumerate(finding.related, 1):
        if each.corpus and each.url:
            where: dict[str, Any] = {"artifactLocation": {"uri": quote(each.url, safe=_IN_ADDRESS)}}
        else:
            where = _place(finding._replace(span=each.span, evidence=""), prefix)
        message = {"text": _message(safe(each.text) or address(each))}
        places.append({"id": number, "physicalLocation": where, "message": message})
    return {"relatedLocations": places} if places else {}


def _message(text: str) -> str:
    """Return `text` with nothing in it that is an embedded link by SARIF's rules (3.11.6)."""
    return text.replace("[", "\\[").replace("]", "\\]") if "](" in text else text
