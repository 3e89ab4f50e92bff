"""Makes the parts of a text easy to reach: headings that link to themselves, tables that the keyboard can scroll."""

from __future__ import annotations

import re

from markupsafe import Markup

_HEADING = re.compile(r'(([2-6])(?: [^<>]*)? id="([^"<>]+)"[^<>]*>)(.+?)(</h\2>)')
"""A heading with an id on one line, which is how the Markdown reader writes them, from the figure in its tag on."""


def linked_headings(html: str) -> Markup:
    """Return `html` with the words of each heading made a link to it; those that hold a link stay as they are.

    The words are the link, rather than a sign beside them: so the heading keeps its name for screen readers.
    """
    # Every post goes through this: splitting finds headings several times faster than a search for the pattern.
    pieces = str(html).split("<h")
    for at in range(1, len(pieces)):
        found = _HEADING.match(pieces[at])
        if found is None or pieces[at - 1][-1:] not in ("", "\n"):
            continue
        opening, _level, name, words, closing = found.groups()
        if "<a" not in words:
            linked = f'{opening}<a class="here" href="#{name}">{words}</a>{closing}'
            pieces[at] = linked + pieces[at][found.end() :]
    return Markup("<h".join(pieces))


def reachable_tables(html: str) -> Markup:
    """Return `html` with tables that take the focus, as blocks of code do.

    A style may let wide ones scroll, and what scrolls must do so by the keyboard as well (WCAG 2.2, 2.1.1).
    """
    return Markup(str(html).replace("\n<table>", '\n<table tabindex="0">'))
