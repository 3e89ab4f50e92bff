"""A saved web page: its text without what surrounds it, and what it says of itself."""

from __future__ import annotations

import codecs
import json
from collections import deque
from collections.abc import Iterator
from typing import Any

from blogq.corpora.document import Document, Paragraph, Place
from blogq.corpora.moment import seconds_of
from blogq.corpora.prose import paragraphs_of, tree_of
from blogq.finding import Finding, Span
from blogq.pattern import Pattern

_CHARSET = Pattern(r"<meta[^<>]*?\bcharset\s*=\s*[\"']?\s*([\w:.-]{1,40})", 2)
_HEAD = 4096
"""Bytes in which a page may say its encoding; HTML allows the first 1,024, and people need more."""
_JSON = 1 << 20
"""Bytes of structured data that are looked at."""
MOST_ARTICLES = 50
"""Articles on one page among which the longest is looked for; more are a list."""
_DATES = (
    "article:published_time",
    "date",
    "dc.date",
    "dcterms.date",
    "dcterms.created",
    "pubdate",
    "og:published_time",
)


def decoded_page(data: bytes) -> str | None:
    """Return the text of a page by its byte order mark, by what it says in `<meta>`, as UTF-8, or as Windows-1252.

    None where it is no text.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if b"\0" in data[:_HEAD]:
        return None
    if not data.startswith(codecs.BOM_UTF8) and (said := _CHARSET.search(data[:_HEAD].decode("latin-1"))):
        try:
            # A page that can say so in ASCII isn't UTF-16, whatever it says (HTML Standard, 13.2.3.2).
            name = codecs.lookup(said[1]).name
            if not name.startswith(("utf-16", "utf-32", "utf-7")) and name != "utf-8":
                return data.decode(name, "replace")
        except (LookupError, ValueError):
            pass
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def read_page(data: bytes, place: Place) -> tuple[tuple[Document, ...], list[Finding]]:
    """Return the document in the page `data`; none where it says nothing."""
    text = decoded_page(data)
    if text is None:
        return (), []
    root, is_cut = tree_of(text)
    findings = []
    if is_cut:
        message = "elements are nested more than 2,048 deep: what comes after that is left out"
        findings.append(Finding("CO103", "warning", Span(place.shown), message, "Save the page anew."))
    if root is None:
        return (), findings
    holder = text_of_page(root)
    paragraphs: list[Paragraph] = paragraphs_of(holder)
    if not paragraphs:
        return (), findings
    told = _metas(root)
    data_of = [*_structured(root)]
    title = told.get("og:title") or _first(root, "h1") or _first(root, "title")
    date = seconds_of(
        *(told.get(name, "") for name in _DATES[:1]),
        *(each["datePublished"] for each in data_of if isinstance(each.get("datePublished"), str)),
        *(told.get(name, "") for name in _DATES[1:]),
        *(time.get("datetime") or "" for time in holder.iter("time")),
        *(time.get("datetime") or "" for time in root.iter("time")),
    )
    links = (each.get("href") or "" for each in root.iter("link") if "canonical" in (each.get("rel") or "").lower())
    url = next((each.strip() for each in (*links, told.get("og:url", "")) if _is_address(each)), "")
    language = (root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip()
    return (Document(place.corpus, place.shown, url, title, date, language, tuple(paragraphs)),), findings


def text_of_page(root: Any) -> Any:
    """Return the element that holds a page's text: its only article or `<main>`, else the body.

    Of several articles one is the text that has more than half of what they all say: the others are teasers.
    """
    articles = [*root.iter("article")]
    if len(articles) > MOST_ARTICLES:
        articles = []
    if len(articles) > 1:
        lengths = [len("".join(each.itertext())) for each in articles]
        longest = max(range(len(articles)), key=lengths.__getitem__)
        articles = [articles[longest]] if 2 * lengths[longest] > sum(lengths) else []
    if articles:
        return articles[0]
    mains = [*root.iter("main")]
    if len(mains) == 1:
        return mains[0]
    body = root.find("body")
    return root if body is None else body


def _metas(root: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in root.iter("meta"):
        name = (each.get("property") or each.get("name") or each.get("itemprop") or "").lower()
        if name and each.get("content"):
            found.setdefault(name, " ".join(each.get("content").split()))
    return found


def _first(root: Any, tag: str) -> str:
    element = next(root.iter(tag), None)
    return "" if element is None else " ".join("".join(element.itertext()).split())


def _is_address(text: str) -> bool:
    return text.strip().lower().startswith(("http://", "https://"))


def _structured(root: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects of a page's JSON-LD, those of its lists among them."""
    for script in root.iter("script"):
        if (script.get("type") or "").lower() != "application/ld+json" or len(script.text or "") > _JSON:
            continue
        try:
            waiting = deque([json.loads(script.text or "")])
        except (ValueError, RecursionError):
            continue
        while waiting:
            value = waiting.popleft()
            if isinstance(value, dict):
                yield value
                value = value.get("@graph")
            if isinstance(value, list):
                waiting += value
