"""Feeds as a strict reader takes them: well formed, nothing that feedparser objects to, every address absolute."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lxml import html

NAMES = ("feed.xml", "atom.xml", "feed.json")
ADDRESSES = ("href", "src", "poster", "cite", "data")
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)")
"""RFC 3339, as JSON Feed asks for."""


def feeds_in(folder: Path) -> list[Path]:
    """The feeds of a published site."""
    return sorted(path for name in NAMES for path in folder.rglob(name))


def problems(path: Path) -> list[str]:
    """What is wrong with a feed, a line each."""
    return _json_problems(path) if path.suffix == ".json" else _xml_problems(path)


def _xml_problems(path: Path) -> list[str]:
    import feedparser  # type: ignore[import-untyped]

    # It mends what it can: addresses are to be right in the file itself.
    read: Any = feedparser.parse(path.read_bytes(), resolve_relative_uris=False, sanitize_html=False)
    if read.bozo:
        return [f"not well formed: {read.bozo_exception}"]
    found = [f"the feed lacks {name}" for name in ("title", "link") if not read.feed.get(name)]
    for number, entry in enumerate(read.entries, 1):
        found += [f"entry {number} lacks {name}" for name in ("id", "title", "link") if not entry.get(name)]
        if not (entry.get("published_parsed") or entry.get("updated_parsed")):
            found.append(f"entry {number} has no date that can be read")
        texts = [entry.get("summary", ""), *(each.value for each in entry.get("content", ()))]
        found += [f"entry {number}: {each}" for text in texts for each in _relative(text)]
    return found


def _json_problems(path: Path) -> list[str]:
    read = json.loads(path.read_bytes())
    found = [
        f"the feed lacks {name}" for name in ("version", "title", "home_page_url", "feed_url") if not read.get(name)
    ]
    for number, item in enumerate(read["items"], 1):
        found += [f"item {number} lacks {name}" for name in ("id", "url") if not item.get(name)]
        if not (item.get("content_html") or item.get("content_text")):
            found.append(f"item {number} has no text")
        for name in ("date_published", "date_modified"):
            if name in item and not DATE.fullmatch(item[name]):
                found.append(f"item {number}: {name} is {item[name]!r}")
        found += [f"item {number}: {each}" for each in _relative(item.get("content_html", ""))]
    return found


def _relative(text: str) -> list[str]:
    """Addresses in a feed's HTML that aren't absolute: readers show it far from its page."""
    if "<" not in text:
        return []
    tree = html.fragment_fromstring(text, create_parent="div")
    return [
        f"{name} {value!r} is not absolute"
        for element in tree.iter()
        for name, value in element.attrib.items()
        if name in ADDRESSES and not urlsplit(value).scheme
    ]
