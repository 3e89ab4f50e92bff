"""Entries that a feed no longer shows: kept, so that a corpus doesn't forget what it once had."""

from __future__ import annotations

import json
from typing import Any

from blogq.corpora.document import Place
from blogq.corpora.feed import FEEDS
from blogq.corpora.files import LARGEST
from blogq.corpora.xml_stream import Root, XmlStream, child_texts

EARLIER = "earlier.xml"
"""File in which they are kept, as a feed of their own."""
_HEAD = (
    b'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>Entries of earlier updates</title>\n'
)
_FOOT = b"</channel></rss>\n"


def kept_entries(new: bytes, old: bytes, earlier: bytes) -> bytes:
    """Return `earlier`, a feed, with the entries of the feed `old` that aren't in `new`; those that are, taken out.

    Where that would be more than a file of a corpus may have, the oldest are let go.
    """
    shown = set(_entries(new))
    kept = _entries(earlier) | _entries(old)
    left = [text for key, text in kept.items() if key not in shown]
    if not left:
        return earlier if not kept and earlier else (_HEAD + _FOOT if earlier else b"")
    size, at = len(_HEAD) + len(_FOOT), len(left)
    while at and size + len(left[at - 1]) + 1 <= LARGEST:
        at -= 1
        size += len(left[at]) + 1
    return _HEAD + b"".join(text + b"\n" for text in left[at:]) + _FOOT


def _entries(data: bytes) -> dict[str, bytes]:
    """Return the entries of a feed as XML, by what each is known by."""
    from lxml import etree

    found: dict[str, bytes] = {}

    def take(element: Any) -> bool:
        told: dict[str, str] = {}
        for name, text, child in child_texts(element):
            told.setdefault(name, text.strip() or child.get("href") or "")
        text = etree.tostring(element, encoding="utf-8", with_tail=False)
        text = text.removeprefix(b"<?xml version='1.0' encoding='utf-8'?>\n")
        found[told.get("guid") or told.get("id") or told.get("link") or told.get("title") or repr(text)] = text
        return True

    def begin(root: Root) -> bool:
        return root.name in FEEDS

    stream = XmlStream(("{*}item", "item", "{*}entry", "entry"), take, Place("", ""), begin)
    stream.feed(data)
    stream.close()
    return found


def kept_items(new: bytes, old: bytes) -> bytes:
    """Return the JSON Feed `new` with those items of `old` behind its own that it no longer has."""
    try:
        feed, before = json.loads(new), json.loads(old or b"{}")
        items = feed["items"]
        known = {str(each.get("id") or each.get("url")) for each in items}
        more = [each for each in before.get("items", ()) if str(each.get("id") or each.get("url")) not in known]
        if not more:
            return new
        feed["items"] = [*items, *more]
        made = json.dumps(feed, ensure_ascii=False, indent=1).encode("utf-8", "replace")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return new
    return made if len(made) <= LARGEST else new
