"""Feeds: RSS 0.9x, 1.0 and 2.0, and Atom; and exports of WordPress, which are RSS with more in it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from blogq.corpora.document import Document, Paragraph, Place
from blogq.corpora.moment import seconds_of
from blogq.corpora.prose import paragraphs_in, paragraphs_of, plain
from blogq.corpora.shortcodes import without_shortcodes
from blogq.corpora.xml_stream import Root, XmlStream, child_texts, name_of
from blogq.finding import Finding, Span

FEEDS = frozenset(("rss", "feed", "rdf"))
"""Names of the root elements of feeds."""
SITEMAPS = frozenset(("urlset", "sitemapindex"))
"""Those of sitemaps."""
_ITEMS = ("{*}item", "item", "{*}entry", "entry")
_CHANNEL = ("{*}language", "language")
_DATES = ("published", "pubDate", "date", "issued", "created", "updated", "modified")
_TYPES = ("post", "page")
"""Types of what WordPress exports that are texts; others are pictures, menus, styles."""


class FeedReader:
    """Reads one feed or export that comes in parts."""

    def __init__(self, place: Place, take: Callable[[Document], None]) -> None:
        """Hand each text to `take`."""
        self.place = place
        self._take = take
        self._language = ""
        self._is_export = False
        self._stream = XmlStream((*_ITEMS, *_CHANNEL), self._item, place, self._begin)
        self._wrong: list[Finding] = []

    @property
    def findings(self) -> list[Finding]:
        """What is wrong with the file."""
        return [*self._wrong, *self._stream.findings]

    @property
    def feed(self) -> Callable[[bytes], None]:
        """What takes the parts."""
        return self._stream.feed

    def close(self) -> None:
        """End the file."""
        self._stream.close()

    def _begin(self, root: Root) -> bool:
        self._language = root.language
        self._is_export = "xmlns:wp" in root.attributes
        if root.name in FEEDS:
            return True
        # Whoever saves a whole site saves its sitemap with it.
        if root.name not in SITEMAPS:
            message = f"this is XML, but no feed and no export: it begins with <{root.name[:40]}>"
            hint = "Save a feed (RSS or Atom) or what WordPress writes under Tools → Export."
            self._wrong.append(Finding("CO103", "warning", Span(self.place.shown, root.line), message, hint))
        return False

    def _item(self, element: Any) -> bool:
        name = name_of(element)
        if name == "language":
            above = element.getparent()
            if above is not None and name_of(above).lower() == "channel" and not self._language:
                self._language = (element.text or "").strip()[:35]
            return False
        document = _exported(element, self) if self._is_export else self._entry(element)
        if document is not None:
            self._take(document)
        return True

    def _entry(self, element: Any) -> Document | None:
        told: dict[str, str] = {}
        bodies: dict[str, Any] = {}
        link = ""
        for name, text, child in child_texts(element):
            if name == "link":
                relation = child.get("rel") or "alternate"
                if relation == "alternate" and not link:
                    link = child.get("href") or text
            elif name in ("encoded", "content", "description", "summary"):
                # Media RSS calls its pictures <media:content>.
                if text.strip() and (name != "content" or child.get("url") is None):
                    bodies.setdefault(name, child)
            else:
                told.setdefault(name, text)
        if not link and (told.get("guid", "") or told.get("id", "")).startswith("http"):
            link = told.get("guid") or told["id"]
        body = next((bodies[name] for name in ("encoded", "content", "description", "summary") if name in bodies), None)
        paragraphs = () if body is None else tuple(_paragraphs(body))
        if not paragraphs:
            return None
        language = element.get("{http://www.w3.org/XML/1998/namespace}lang") or told.get("language") or self._language
        date = seconds_of(*(told.get(name, "") for name in _DATES))
        place = self.place
        return Document(
            place.corpus, place.shown, link.strip(), plain(told.get("title", "")), date, language, paragraphs
        )


def _paragraphs(body: Any) -> list[Paragraph]:
    """Return the paragraphs of the element that holds an entry's text."""
    line = body.sourceline or 0
    if len(body):
        # Elements right in the feed: Atom's XHTML.
        for each in body.iter():
            if isinstance(each.tag, str):
                # What a damaged feed has for a name may be none.
                with suppress(ValueError):
                    each.tag = name_of(each).lower()
        return paragraphs_of(body, 1)
    text = body.text or ""
    if body.get("type") in ("text", "text/plain"):
        # What looks like markup there is meant to be seen.
        text = text.replace("&", "&amp;").replace("<", "&lt;")
    return paragraphs_in(text, line)


def _exported(element: Any, reader: FeedReader) -> Document | None:
    """Return what WordPress exports as one item; None for what isn't published, and for what is no text."""
    told: dict[str, str] = {}
    body = None
    for name, text, child in child_texts(element):
        if name == "encoded":
            if "excerpt" not in child.tag and body is None:
                body = child
        elif name not in ("postmeta", "comment"):
            told.setdefault(name, text)
    kind, status = told.get("post_type", "post").strip(), told.get("status", "publish").strip()
    if body is None or kind not in _TYPES or status != "publish" or not (body.text or "").strip():
        return None
    paragraphs = tuple(paragraphs_in(without_shortcodes(body.text), body.sourceline or 0, blank_lines=True))
    if not paragraphs:
        return None
    date = seconds_of(told.get("post_date_gmt", ""), told.get("pubDate", ""), told.get("post_date", ""))
    place, link = reader.place, told.get("link", "").strip()
    return Document(place.corpus, place.shown, link, plain(told.get("title", "")), date, reader._language, paragraphs)
