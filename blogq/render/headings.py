"""Headings that link to themselves, so that readers can take the address of a part of a text."""

from __future__ import annotations

import re

from markupsafe import Markup

_HEADING = re.compile(r'^(<h([2-6])(?: [^<>]*)? id="([^"<>]+)"[^<>]*>)(.+?)(</h\2>)', re.MULTILINE)
"""A heading with an id on one line, which is how the Markdown reader writes them."""


def linked_headings(html: str) -> Markup:
    """Return `html` with the words of each heading made a link to it; those that hold a link stay as they are.

    The words are the link, rather than a sign beside them: so the heading keeps its name for screen readers.
    """
    return Markup(_HEADING.sub(_linked, html))


def _linked(match: re.Match[str]) -> str:
    opening, _level, name, words, closing = match.groups()
    if "<a" in words:
        return match[0]
    return f'{opening}<a class="here" href="#{name}">{words}</a>{closing}'
