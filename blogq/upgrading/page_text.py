"""What a page says, and how it says it: two pages are told apart by text first, by markup then."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

FINGERPRINT = re.compile(rb"(?<=\.)[0-9a-f]{8}(?=(?:-[0-9]+)?\.[A-Za-z0-9]+)")
"""Digests in names of files: `style.0a1b2c3d.css`, `photo.0a1b2c3d-480.webp`."""
_SILENT = frozenset(("script", "style", "template", "noscript"))
_INLINE = frozenset(
    "a abbr b bdi bdo cite code data del dfn em i img ins kbd label mark q s samp small span strong sub sup time u var"
    " wbr".split()
)


def visible_lines(page: bytes) -> list[str]:
    """Return the text that readers of an HTML page get, a block in a line: its title, texts, alternatives of images."""
    from lxml import etree, html

    try:
        root = html.document_fromstring(page, parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    except etree.ParserError:
        # There is nothing in it, or nothing but a comment.
        return []
    lines: list[list[str]] = [[]]

    def new_line() -> None:
        if lines[-1]:
            lines.append([])

    # Walked without recursion: pages may nest deeper than Python does.
    for event, node in _events(root):
        name = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            if name and name not in _INLINE:
                new_line()
            for told in (node.text if name and name not in _SILENT else "", node.get("alt") if name == "img" else ""):
                lines[-1] += [told] if told else []
        else:
            if name and name not in _INLINE:
                new_line()
            lines[-1] += [node.tail] if node.tail else []
    return [text for text in (" ".join("".join(parts).split()) for parts in lines) if text]


def _events(root: Any) -> Iterator[tuple[str, Any]]:
    from lxml import etree

    yield from etree.iterwalk(root, events=("start", "end", "comment", "pi"))


def without_fingerprints(page: bytes) -> bytes:
    """Return a page without the digests in names of files that it loads."""
    return FINGERPRINT.sub(b"", page)
