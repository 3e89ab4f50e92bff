"""What a reader sees of HTML, as a list of words: to hold a text that was converted against the one it came from."""

from __future__ import annotations

import re
from typing import Any

from bs4.element import PreformattedString, Tag

from blogq.content.markdown.calls import without_marks
from blogq.corpora.prose import INLINE, tree_of

UNSEEN = frozenset("script style template head title noscript iframe object embed video audio svg math".split())
"""Elements in which nothing is to be read, or only where something can't be shown."""
_PLACEHOLDER = re.compile("\0[^\0]*\0")
_WITHIN = INLINE | {"code", "kbd", "samp", "tt", "var", "span", "bdi", "wbr", "rb", "rtc", "dfn", "summary"}
_RUNS_ON = frozenset(_WITHIN - {"summary"})


def visible_words(html: str) -> list[str]:
    """Return the words that a reader sees in `html`, in order; elements that make a block part words."""
    html = _PLACEHOLDER.sub("", without_marks(html)) if "\0" in html else html
    if "<" not in html and "&" not in html:
        return html.split()
    root, _ = tree_of(f"<div>{html}</div>")
    return [] if root is None else words_of(root)


def words_in(el: Tag) -> list[str]:
    """Return the words that a reader sees in an element of BeautifulSoup."""
    pieces: list[str] = []
    stack: list[Any] = [el]
    while stack:
        top = stack.pop()
        if isinstance(top, Tag):
            if top.name in UNSEEN:
                continue
            if top.name not in _RUNS_ON:
                pieces.append(" ")
                stack.append(" ")
            stack.extend(reversed(top.contents))
        elif not isinstance(top, PreformattedString):
            # Comments and their like are strings there, too.
            pieces.append(top)
    return "".join(pieces).split()


def words_of(root: Any) -> list[str]:
    """Return the words that a reader sees below the lxml element `root`."""
    pieces: list[str] = []
    # A stack of its own: trees may be deeper than calls can be. Texts stand on it as they are.
    stack: list[Any] = [root]
    while stack:
        top = stack.pop()
        if isinstance(top, str):
            pieces.append(top)
            continue
        if top.tail and top is not root:
            stack.append(top.tail)
        if not isinstance(top.tag, str):
            continue
        if top.tag in UNSEEN:
            continue
        if top.tag not in _RUNS_ON:
            pieces.append(" ")
            stack.append(" ")
        stack.extend(reversed(top))
        if top.text:
            pieces.append(top.text)
    return "".join(pieces).split()


def first_difference(one: list[str], other: list[str]) -> str:
    """Return in a few words where two texts part; empty where they don't."""
    for at, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return f"“{' '.join(one[at : at + 6])[:80]}” became “{' '.join(other[at : at + 6])[:80]}”"
    if len(one) > len(other):
        return f"“{' '.join(one[len(other) : len(other) + 8])[:80]}” is missing"
    return f"“{' '.join(other[len(one) : len(one) + 8])[:80]}” is new" if len(other) > len(one) else ""
