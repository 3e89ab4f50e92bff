"""The JSON Schema of `blogq check --format json`, which docs/static/check.schema.json holds.

The descriptions of posts and of the pace are those of the types they are made from; what JSON adds is described here.
"""

from __future__ import annotations

import json
from typing import Any

from blogq.report.verdict_json import SCHEMA

_COUNTS = {
    "errors": "Findings that are errors.",
    "warnings": "Findings that are warnings.",
    "notes": "Findings that are notes.",
    "posts": "Posts that were judged.",
    "suppressed": "Findings that the author silenced, with a reason; they are not among the findings.",
    "known": "Findings that the baseline holds; they are not among the findings.",
    "unread": "Sources that could not be read; with any, the exit code is 2.",
}
_FINDING: dict[str, tuple[str, str]] = {
    "rule": ("string", "Code of the rule."),
    "severity": ("string", "How bad it is."),
    "path": ("string", "File, relative to the site, with `/`."),
    "line": ("integer", "Line, from 1; 0 stands for the file as a whole."),
    "column": ("integer", "Column in characters, from 1; 0 stands for the line as a whole."),
    "end_line": ("integer", "Line of the end; 0 where it is not known."),
    "end_column": ("integer", "Column of the end, exclusive; 0 where it is not known."),
    "message": ("string", "What is the matter."),
    "help": ("string", "What to do about it; may be empty."),
    "evidence": (
        "string",
        "The source line, cut around the place where it is long, or what else shows it; may be empty.",
    ),
    "evidence_column": ("integer", "Column of the line at which the evidence begins; a … stands for what was cut off."),
    "fingerprint": ("string", "What it is known by from run to run; two findings alike have the same."),
}
_RELATED: dict[str, tuple[str, str]] = {
    "path": ("string", "File, relative to the site, with `/`; it may lie outside the site."),
    "line": ("integer", "Line, from 1; 0 where it is not known."),
    "column": ("integer", "Column in characters, from 1; 0 where it is not known."),
    "end_line": ("integer", "Line of the end; 0 where it is not known."),
    "end_column": ("integer", "Column of the end, exclusive; 0 where it is not known."),
    "url": ("string", "Address of the text; empty where it is not known."),
    "title": ("string", "Title of the text; may be empty."),
    "date": ("string", "Day of the text, such as 2026-01-31; empty where it is not known."),
    "corpus": ("string", "Name of the corpus that the text is in; empty for posts of the site."),
    "text": ("string", "What stands there, cut where it is long."),
}
_POST: dict[str, tuple[str, str]] = {
    "path": ("string", "File, relative to the site, with `/`."),
    "url": ("string", "Root-relative URL; empty where there is none."),
    "title": ("string", "Title; empty where there is none."),
    "date": ("string", "Date, RFC 3339; empty where there is none."),
    "draft": ("boolean", "Whether it is a draft."),
    "language": ("string", "Language, such as `en`."),
}
_PACE = {
    "posts": "Live posts with a date.",
    "newest": "Date of the newest of them, RFC 3339; empty where there is none.",
    "days_since": "Days from the newest to `now`.",
    "gap": "Usual gap between posts: the median of all gaps, in days.",
    "recent_gap": "Median gap of the last 12 posts, in days.",
    "score": "Median score of all live posts.",
    "recent_score": "Median score of the last 12.",
    "message": "The pace in one sentence.",
    "asked": "Comments that count, as CV001 counts them; null where config names no sources of comments.",
    "answered": "How many of them were answered.",
    "waiting": "Comments that nobody has answered, younger ones among them.",
    "reply_rate": "Share of the comments that count that were answered, 0 to 1; null where none counts.",
    "reply_rate_low": "Lower end of its 95% interval (Wilson); CV001 warns where the upper end is under a half.",
    "reply_rate_high": "Upper end of it.",
}


def check_schema() -> dict[str, Any]:
    """Return the schema (JSON Schema 2020-12); unknown keys are allowed, for later versions add some."""
    count = {"type": "integer", "minimum": 0}
    number_or_null = {"type": ["number", "null"]}
    pace: dict[str, Any] = {name: {**number_or_null, "description": text} for name, text in _PACE.items()}
    pace["posts"].update(count)
    for name in ("newest", "message"):
        pace[name]["type"] = "string"
    post: dict[str, Any] = {name: {"type": kind, "description": text} for name, (kind, text) in _POST.items()}
    hundred = {"minimum": 0, "maximum": 100}
    post |= {
        "score": {"type": ["integer", "null"], **hundred, "description": "The score; null for what can't be scored."},
        "parts": {
            "type": "object",
            "additionalProperties": {"type": "integer", **hundred},
            "description": "The score's parts, by name.",
        },
        "metrics": {
            "type": "object",
            "additionalProperties": {"type": "number"},
            "description": "`words`, `sentences`, `ease` and more; what a language lacks is missing. `ease_low` and "
            "`ease_high` are the range of the audience that is declared.",
        },
        "changed": {"type": "boolean", "description": "Whether it was to be judged; all are, where nothing was named."},
    }
    finding: dict[str, Any] = {
        name: {"type": kind, **({"minimum": 0} if kind == "integer" else {}), "description": text}
        for name, (kind, text) in _FINDING.items()
    }
    related: dict[str, Any] = {
        name: {"type": kind, **({"minimum": 0} if kind == "integer" else {}), "description": text}
        for name, (kind, text) in _RELATED.items()
    }
    finding["severity"]["enum"] = ["error", "warning", "note"]
    finding["fingerprint"]["pattern"] = "^[0-9a-f]{16}$"
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What `blogq check --format json` prints",
        **_object(
            {
                "schema": {"const": SCHEMA, "description": "This schema; another number means other meanings."},
                "blogq": {"type": "string", "description": "Version of blogq."},
                "now": {"type": "string", "format": "date-time", "description": "Moment of judgement, in UTC."},
                "summary": _object({name: {**count, "description": text} for name, text in _COUNTS.items()}),
                "pace": _object(pace),
                "posts": {"type": "array", "items": _object(post), "description": "All posts, by path."},
                "findings": {
                    "type": "array",
                    "items": _with(_object(finding), "related", _related_places(related)),
                    "description": "By path and place.",
                },
            }
        ),
    }


def schema_text() -> str:
    """Return the schema as docs/static/check.schema.json holds it."""
    return json.dumps(check_schema(), indent=2, ensure_ascii=False) + "\n"


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": properties}


def _related_places(properties: dict[str, Any]) -> dict[str, Any]:
    description = "Other places that it is about, such as the passage that one matches; missing where there are none."
    return {"type": "array", "items": _object(properties), "description": description}


def _with(schema: dict[str, Any], name: str, more: dict[str, Any]) -> dict[str, Any]:
    """Return an object's schema with one property that may be missing."""
    return {**schema, "properties": {**schema["properties"], name: more}}
