"""JSON Feed (https://jsonfeed.org/version/1.1)."""

from __future__ import annotations

import json
from typing import Any

from blogq.corpora.document import Document, Paragraph, Place
from blogq.corpora.moment import seconds_of
from blogq.corpora.plain_text import decoded, read_text
from blogq.corpora.prose import paragraphs_in
from blogq.finding import Finding, Span


def read_json_feed(data: bytes, place: Place) -> tuple[tuple[Document, ...], list[Finding]]:
    """Return the documents of the feed `data`."""

    def wrong(message: str, line: int = 0) -> tuple[tuple[Document, ...], list[Finding]]:
        hint = "Save the feed anew, or take the file out of the corpus."
        return (), [Finding("CO103", "warning", Span(place.shown, line), message, hint)]

    try:
        found: Any = json.loads(decoded(data) or "")
    except json.JSONDecodeError as error:
        return wrong(f"this is not JSON: {error.msg}", error.lineno)
    except RecursionError:
        return wrong("this is no JSON Feed: lists and objects are nested too deep")
    if not isinstance(found, dict) or not isinstance(found.get("items"), list):
        return wrong("this is JSON, but no JSON Feed: it has no `items`")
    documents = []
    for item in found["items"]:
        if isinstance(item, dict) and (paragraphs := _paragraphs(item)):
            date = seconds_of(_text(item, "date_published"), _text(item, "date_modified"))
            language = _text(item, "language") or _text(found, "language")
            url = _text(item, "url") or _text(item, "external_url")
            title = " ".join(_text(item, "title").split())
            documents.append(Document(place.corpus, place.shown, url, title, date, language, paragraphs))
    return tuple(documents), []


def _text(item: dict[str, Any], key: str) -> str:
    value = item.get(key)
    # JSON can escape halves of characters, which no text can hold.
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""


def _paragraphs(item: dict[str, Any]) -> tuple[Paragraph, ...]:
    """Return the text of an item. Its line isn't known: JSON keeps a text in one line."""
    if html := _text(item, "content_html"):
        return tuple(paragraphs_in(html))
    text = _text(item, "content_text") or _text(item, "summary")
    found = read_text(text.encode("utf-8", "replace"), Place("", ""))
    return tuple(each._replace(line=0) for document in found for each in document.paragraphs)
