"""What of a post was said before as JSON, schema `blogq-echo/1`: see docs/output.md."""

from __future__ import annotations

import json
from typing import Any

import blogq
from blogq.originality import VERSION
from blogq.report.echo.account import Account, Cited, Paragraph, Passage

SCHEMA = "blogq-echo/1"


def as_json(account: Account) -> str:
    """Return `account` as a JSON document."""
    copied, reworded, own = account.shares
    told = {
        "schema": SCHEMA,
        "blogq": blogq.__version__,
        "version": VERSION,
        "post": {
            "path": account.path,
            "url": account.url,
            "title": account.title,
            "date": account.day,
            "language": account.language,
            "draft": account.draft,
        },
        "words": account.words,
        "shares": {"copied": round(copied, 4), "reworded": round(reworded, 4), "own": round(own, 4)},
        "left_out": {
            "series": account.series,
            "replaces": list(account.replaces),
            "boilerplate": account.boilerplate,
            "recurring": account.recurring,
            "quotations": [
                {"line": line, "words": words, "source": source} for line, words, source in account.quotations
            ],
        },
        "paragraphs": [_paragraph(each) for each in account.paragraphs],
        "sources": [_source(each) for each in account.sources],
    }
    return json.dumps(told, indent=1) + "\n"


def _paragraph(paragraph: Paragraph) -> dict[str, Any]:
    return {
        "line": paragraph.line,
        "text": paragraph.text,
        "words": paragraph.words,
        "share": round(paragraph.share, 4),
        "copied": paragraph.copied,
        "reworded": paragraph.reworded,
        "passages": [_passage(each) for each in paragraph.passages],
    }


def _passage(passage: Passage) -> dict[str, Any]:
    excerpt = passage.excerpt
    return {
        "kind": passage.kind,
        "copied": passage.copied,
        "similarity": round(passage.similarity, 4),
        "start": passage.start,
        "end": passage.end,
        "words": passage.words,
        "line": passage.line,
        "column": passage.column,
        "source": passage.source,
        "also": list(passage.also),
        "source_excerpt": excerpt.text,
        "source_line": excerpt.line,
        "source_column": excerpt.column,
    }


def _source(source: Cited) -> dict[str, Any]:
    return {
        "corpus": source.corpus,
        "path": source.path,
        "url": source.address or source.url,
        "title": source.title,
        "date": source.day,
        "first": source.first,
        "share": round(source.share, 4),
        "words": source.copied + source.reworded,
        "copied": source.copied,
        "reworded": source.reworded,
        "longest_run": source.longest_run,
        "linked": source.linked,
        "instalment": source.instalment,
    }
