"""What there is in corpora: files, texts, words, dates. Counted once and kept until a file changes."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from blogq.config.schema import Config
from blogq.content.post import MISSING
from blogq.corpora.document import Document
from blogq.corpora.files import Listed, list_corpora
from blogq.corpora.reading import markdown_options, read_corpus_file
from blogq.finding import Finding, from_json, to_json
from blogq.source_names import STORE
from blogq.store.digest import compose, of_value
from blogq.store.versions import code_digest

KEPT = "census"
"""File in the store; it is only a cache."""
MOST_FINDINGS = 1_000
"""Findings of one corpus that are kept."""


class Census(NamedTuple):
    """One corpus, counted."""

    name: str
    type: str
    place: str
    """Relative to the site."""
    url: str
    """Where it is fetched from, or nothing."""
    files: int
    texts: int
    words: int
    languages: Mapping[str, int]
    """Texts by language tag; those that don't say theirs under an empty one."""
    first: int
    """Date of the oldest text, in seconds since 1970, UTC; `MISSING` where none has one."""
    last: int
    unreadable: int
    """Files that nothing could be read of."""
    findings: tuple[Finding, ...]


def census(config: Config, site: Path, names: Sequence[str] = ()) -> list[Census]:
    """Return the corpora of the folder `site` counted, in the order of names; only `names` where some are given."""
    corpora = {name: each for name, each in config.corpora.items() if not names or name in names}
    store = site / STORE
    known = _load(store)
    options = markdown_options(corpora, site)
    found: list[Census] = []
    kept: dict[str, Any] = {}
    for listed in list_corpora(corpora, site, config):
        about = options[listed.name]
        key = compose((code_digest(), of_value(listed.files), of_value(about))).hex()
        counted = _again(known.get(listed.name), key)
        if counted is None:
            counted = _count(listed, about)
        kept[listed.name] = [key, *counted[:-1], json.loads(to_json(counted[-1]))]
        texts, words, languages, first, last, unreadable, noticed = counted
        found.append(
            Census(
                listed.name,
                listed.type,
                listed.shown,
                corpora[listed.name].url,
                len(listed.files),
                texts,
                words,
                languages,
                first,
                last,
                unreadable,
                (*listed.findings, *noticed),
            )
        )
    _save(store, {**{name: value for name, value in known.items() if name in config.corpora}, **kept})
    return found


Counted = tuple[int, int, dict[str, int], int, int, int, list[Finding]]
"""Texts, words, languages, first and last date, unreadable files, findings."""


def _count(listed: Listed, options: Any) -> Counted:
    texts = words = unreadable = 0
    languages: Counter[str] = Counter()
    dates: list[int] = []
    findings: list[Finding] = []

    def take(document: Document) -> None:
        nonlocal texts, words
        texts += 1
        words += document.words
        languages[document.language.lower()] += 1
        if document.date != MISSING:
            dates[:] = [min([*dates, document.date]), max([*dates, document.date])]

    for file in listed.files:
        before = texts
        _, noticed = read_corpus_file(file, options, take)
        findings += noticed[: max(0, MOST_FINDINGS - len(findings))]
        unreadable += bool(noticed) and texts == before
    first, last = dates or (MISSING, MISSING)
    return texts, words, dict(sorted(languages.items())), first, last, unreadable, findings


def _again(value: Any, key: str) -> Counted | None:
    """Return what was counted before, if that was the same files."""
    with suppress(TypeError, ValueError, KeyError, IndexError):
        known, texts, words, languages, first, last, unreadable, findings = value
        if known == key:
            return texts, words, languages, first, last, unreadable, from_json(json.dumps(findings))
    return None


def _load(store: Path) -> dict[str, Any]:
    with suppress(OSError, ValueError, RecursionError):
        found = json.loads((store / KEPT).read_bytes())
        return found if isinstance(found, dict) else {}
    return {}


def _save(store: Path, kept: Mapping[str, Any]) -> None:
    beside = store / f"{KEPT}.{os.getpid()}"
    with suppress(OSError):
        store.mkdir(exist_ok=True)
        try:
            beside.write_text(json.dumps(kept))
            os.replace(beside, store / KEPT)
        finally:
            beside.unlink(missing_ok=True)


def as_object(one: Census) -> dict[str, Any]:
    """Return a corpus as `--json` shows it: docs/output.md says what its keys mean."""
    from blogq.report.json import finding_objects

    return {
        "name": one.name,
        "type": one.type,
        "place": one.place,
        "url": one.url,
        "files": one.files,
        "texts": one.texts,
        "words": one.words,
        "languages": dict(one.languages),
        "from": day(one.first),
        "to": day(one.last),
        "unreadable": one.unreadable,
        "findings": finding_objects(one.findings),
    }


def day(seconds: int) -> str:
    """Return the day of a moment, `YYYY-MM-DD`, in UTC; nothing for none."""
    if seconds == MISSING:
        return ""
    from datetime import UTC, datetime, timedelta

    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)).date().isoformat()
