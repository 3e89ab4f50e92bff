"""The JSON Schema of `import-report.json` and of `blogq import --json`, which docs/static/import.schema.json holds."""

from __future__ import annotations

import json
from typing import Any

from blogq.importing.account import CODES, SCHEMA

_COUNTS = {
    "posts": "Posts of the new site, drafts among them.",
    "pages": "Its pages, drafts among them.",
    "drafts": "Drafts among both.",
    "comments": "Comments that came along.",
    "media": "Pictures and other files that came along.",
    "live": "Items that readers could see in the old blog.",
    "carried": "Those of them that are posts or pages now.",
    "equal": "Texts made into Markdown whose words, as blogq shows them, are those of the export.",
    "as_written": "Texts that were Markdown already.",
    "kept_html": "Texts of which some block stays HTML.",
}
_NOTE: dict[str, tuple[Any, str]] = {
    "level": (
        {"enum": ["lost", "changed", "told"]},
        "lost: it isn't in the new site. changed: it is, in another form. told: good to know.",
    ),
    "code": ({"enum": [*CODES]}, "What it is about."),
    "place": ({"type": "string"}, "File of the export, or address or title in it."),
    "line": ({"type": "integer", "minimum": 0}, "Line of that file; 0 where it isn't known."),
    "message": ({"type": "string"}, "What is the matter."),
    "file": ({"type": "string"}, "File of the new site, relative to it; empty where there is none."),
}
_CHECK: dict[str, tuple[Any, str]] = {
    "judged": ({"type": "string", "format": "date-time"}, "When, in UTC; what is told is told for that moment."),
    "posts": ({"type": "integer", "minimum": 0}, "Posts that were judged, drafts among them."),
    "score": ({"type": ["number", "null"]}, "Median score of the live posts, 0 to 100."),
    "known": ({"type": "integer", "minimum": 0}, "Findings that the baseline knows from then on."),
    "files": ({"type": "integer", "minimum": 0}, "Files that they are in."),
    "errors": ({"type": "integer", "minimum": 0}, "Errors that were found; drafts aside."),
    "warnings": ({"type": "integer", "minimum": 0}, "Warnings."),
    "notes": ({"type": "integer", "minimum": 0}, "Notes."),
    "unread": ({"type": "integer", "minimum": 0}, "Sources that could not be read."),
    "pace": ({"type": "string"}, "The pace, in a sentence or two."),
}
_WEAK: dict[str, tuple[Any, str]] = {
    "path": ({"type": "string"}, "Source of the post, relative to the new site."),
    "title": ({"type": "string"}, "Its title."),
    "url": ({"type": "string"}, "Its URL, root-relative."),
    "date": ({"type": "string"}, "Its date, RFC 3339."),
    "score": ({"type": "integer", "minimum": 0, "maximum": 100}, "Its score."),
    "weakest": ({"type": "string"}, "The lowest part of its score; empty where none is known."),
    "findings": ({"type": "integer", "minimum": 0}, "How much was found of it."),
}


def import_schema() -> str:
    """Return the schema as text."""
    edit = _object({"what": ({"type": "string"}, "What to do."), "points": ({"type": "number"}, "What it brings.")})
    weak = _object(_WEAK, edits={"type": "array", "items": edit, "description": "The most telling things to do."})
    mend = {"type": "array", "items": weak, "description": "Posts most worth mending, the weakest of late first."}
    check = _object(_CHECK, mend=mend)
    urls = _object(
        {"kept": ({"type": "integer", "minimum": 0}, "Old addresses that are addresses of the new site.")},
        redirected={"type": "array", "items": _object(_strings(old="Old address.", new="Where it leads."))},
        lost={"type": "array", "items": _object(_strings(url="Old address.", why="Why it is lost."))},
    )
    counts = {name: ({"type": "integer", "minimum": 0}, text) for name, text in _COUNTS.items()}
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": SCHEMA,
        "description": "What came of an import: `import-report.json`, and what `blogq import --json` prints.",
        **_object(
            {
                "schema": ({"const": SCHEMA}, "This schema; what is added later doesn't change its name."),
                "kind": ({"type": "string"}, "What was imported from: `wordpress`, `jekyll`…"),
                "source": ({"type": "string"}, "Name of the export's file or folder."),
            },
            counts=_object(counts),
            urls=urls,
            absent={
                "type": "array",
                "items": {"type": "string"},
                "description": "Addresses of pictures and files that weren't beside the export.",
            },
            notes={"type": "array", "items": _object(_NOTE), "description": "What couldn't be carried as it was."},
            check={
                "anyOf": [{"type": "null"}, check],
                "description": "What the gate says; null if it wasn't asked.",
            },
        ),
    }
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def _strings(**told: str) -> dict[str, tuple[Any, str]]:
    return {name: ({"type": "string"}, text) for name, text in told.items()}


def _object(told: dict[str, tuple[Any, str]], **more: Any) -> dict[str, Any]:
    properties = {name: {**kind, "description": text} for name, (kind, text) in told.items()} | more
    return {"type": "object", "required": [*properties], "properties": properties}
