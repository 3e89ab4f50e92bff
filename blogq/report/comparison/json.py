"""A comparison as JSON, schema `blogq-compare/1`: offsets count characters of the texts as blogq reads them.

That is UTF-8 without a byte order mark, every line's end as one `\\n`.
"""

from __future__ import annotations

import json
from dataclasses import asdict

import blogq
from blogq.originality import VERSION
from blogq.report.comparison.comparison import Comparison, Side

SCHEMA = "blogq-compare/1"


def as_json(comparison: Comparison) -> str:
    """Return `comparison` as a JSON document."""

    def side(each: Side) -> dict[str, object]:
        return {"path": each.name, "characters": len(each.text)}

    passages = [
        {
            **asdict(passage),
            "words": comparison.words_of(passage),
            "line": comparison.text.line(passage.start),
            "source_line": comparison.source.line(passage.source_start),
            "text": comparison.text.text[passage.start : passage.end],
            "source_text": comparison.source.text[passage.source_start : passage.source_end],
        }
        for passage in comparison.passages
    ]
    told = {
        "schema": SCHEMA,
        "blogq": blogq.__version__,
        "version": VERSION,
        "text": side(comparison.text),
        "source": side(comparison.source),
        "share": round(comparison.share, 4),
        "passages": passages,
    }
    return json.dumps(told, indent=1) + "\n"
