"""What the server adds to a page: the client's script, what is wrong, and why a build would leave the page out.

Everything from a source is escaped: a mistake is shown as it was written, and is never markup.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from typing import Any

from blogq.finding import Finding
from blogq.preview.opening import Places
from blogq.preview.source import Answer, Judged
from blogq.report.excerpt import excerpt_of, parts
from blogq.report.text import safe

OWN = "/_blogq/"
"""Where the server's own files are."""
MOST = 50
"""Findings that a panel shows."""
NO_PLACES = Places()
"""Places as text."""
_WORDS = {"error": "Error", "warning": "Warning", "note": "Note"}


def place_of(finding: Finding) -> str:
    """Return `path:line:column`, as far as it is known."""
    span = finding.span
    numbers = [str(number) for number in (span.line, span.column) if number]
    return ":".join([safe(span.path), *numbers[: 1 if not span.line else 2]]) if span.line else safe(span.path)


def _opened(finding: Finding, places: Places, is_own: bool) -> str:
    span = finding.span
    # A path that can't be chosen is there to be copied.
    is_short = is_own and span.line and places.told(span.path) is not None
    text = f"Line {span.line}" if is_short else place_of(finding)
    return places.html(text, span.path, span.line, span.column)


def panel(findings: Sequence[Finding], places: Places = NO_PLACES, is_own: bool = False) -> str:
    """Return `findings` as HTML; their places are links or buttons as `places` has them.

    With `is_own` all are about the page that they stand beside, so that the line says where.
    """
    items = []
    for finding in findings[:MOST]:
        shown = excerpt_of(finding)
        lines = f"{shown.text}\n{shown.marks}".rstrip()
        excerpt = f"<pre>{escape(lines)}</pre>" if lines else ""
        hint = f"<p class=help>{escape(safe(finding.hint))}</p>" if finding.hint else ""
        items.append(
            f'<li class="{finding.severity}"><p><b>{_opened(finding, places, is_own)}</b>'
            f" <i>{_WORDS[finding.severity]} {escape(finding.code)}</i></p>"
            f"<p>{escape(safe(finding.message))}</p>{excerpt}{hint}</li>"
        )
    more = f"<p>and {len(findings) - MOST} more</p>" if len(findings) > MOST else ""
    return f"<ol>{''.join(items)}</ol>{more}" if items else ""


def margin(judged: Judged, places: Places = NO_PLACES) -> dict[str, Any]:
    """Return what the client shows of the gate's judgement: findings as HTML, and the words that each is about.

    The most severe come first. Words are given with what stands around them in the source, to find them in the page.
    """
    findings = sorted(judged.findings, key=_severity)[:MOST]
    return {
        "score": judged.score,
        "before": judged.before,
        "count": len(judged.findings),
        "html": panel(findings, places, is_own=True),
        "marks": [[each.severity, *parts(each)] for each in findings],
        "parts": [[name, points] for name, points in judged.parts.items()],
        "pace": safe(judged.pace),
        "blog": panel(sorted(judged.blog, key=_severity), places),
        "notes": notes(judged.known, judged.asking, judged.problem),
    }


def notes(known: int, asking: bool, problem: str) -> list[str]:
    """Return what there is to say of a judgement itself, in sentences."""
    said = []
    if known:
        said.append(f"{known} known finding{'s' * (known != 1)} left out.")
    if asking:
        said.append("What needs the whole blog is as of the last save.")
    if problem:
        said.append(safe(problem))
    return said


def _severity(finding: Finding) -> int:
    return tuple(_WORDS).index(finding.severity)


def with_client(answer: Answer, version: int, places: Places = NO_PLACES) -> bytes:
    """Return the page of `answer` with the client in it; `version` says which state of the site it shows."""
    told = {
        "version": version,
        "mark": answer.mark,
        "when": answer.when,
        "source": answer.source,
        "broken": answer.status == 500,
        "edit": places.told(answer.source),
        "unpublished": dict(answer.unpublished),
    }
    data = escape(json.dumps(told, separators=(",", ":")), quote=True)
    own = (
        f'<template id="blogq-preview" data-told="{data}">{panel(answer.findings, places)}</template>'
        f'<script src="{OWN}client.js"></script>'
    ).encode("utf-8", "replace")
    body = answer.body or instead(answer.findings, places)
    at = body.rfind(b"</body>")
    return body[:at] + own + body[at:] if at >= 0 else body + own


def instead(findings: Sequence[Finding], places: Places = NO_PLACES) -> bytes:
    """Return a page to be shown where there is none, and never was."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>This page can’t be made</title>'
        "<style>:root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:50rem;"
        "margin:2rem auto;padding:0 1rem}pre{overflow:auto}</style></head><body><h1>This page can’t be made yet</h1>"
        f"{panel(findings, places)}<p>It appears here as soon as that is mended.</p></body></html>\n"
    ).encode("utf-8", "replace")
