"""Quotations in a Markdown text that name their source: they are somebody else's, and said to be."""

from __future__ import annotations

from collections.abc import Sequence

from blogq.content.markdown.document import Link
from blogq.content.markdown.passage import Passage, Use
from blogq.content.markdown.passage_kinds import QUOTES
from blogq.pattern import Pattern

_NAMED = Pattern(r"<cite\b|<(?:blockquote|q)\b[^<>]*\scite\s*=", 2)
_SOURCES = ("source", "cite", "author", "by", "from", "link", "url", "href")
"""Arguments of a quotation's shortcode that say whose it is."""


def attributed(
    passages: Sequence[Passage], links: Sequence[Link], calls: Sequence[Use], lines: Sequence[str]
) -> frozenset[int]:
    """Return which of `passages` stand in a quotation that names its source, by their places in the sequence.

    A quotation is a run of quoted passages. It names its source where a link, `<cite>` or `cite=` stands in its lines,
    or where the shortcode that it is says one. `links` and `calls` are those of the text, `lines` those of the file.
    """
    found: set[int] = set()
    at = 0
    while at < len(passages):
        if not passages[at].quoted:
            at += 1
            continue
        begin = at
        while at < len(passages) and passages[at].quoted:
            at += 1
        # What opens a quotation in HTML, or as a shortcode, stands above its first passage.
        above = _last_line(passages[begin - 1]) + 1 if begin else 1
        first, last = passages[begin].line, _last_line(passages[at - 1])
        below = passages[at].line - 1 if at < len(passages) else min(last + 2, len(lines))
        told = any(link.kind in "axf" and first <= link.line <= last for link in links)
        told = told or any(_NAMED.search(row) for row in lines[above - 1 : max(last, min(below, last + 2))])
        if told or any(_is_told(use) for use in calls if above <= use.line <= last):
            found.update(range(begin, at))
    return frozenset(found)


def _last_line(passage: Passage) -> int:
    return passage.marks[-1][1] if passage.marks else passage.line


def _is_told(use: Use) -> bool:
    if use.name not in QUOTES:
        return False
    return bool(use.said(*_SOURCES)) or any(str(value).startswith(("https://", "http://")) for value in use.args)
