"""What stands in quotation marks within a paragraph: words of somebody else, or words that are spoken of."""

from __future__ import annotations

from blogq.pattern import Pattern

_MARK = Pattern('["“”„«»‹›「」『』‘’‚]')
_CLOSED_BY = {
    '"': '"',
    "“": "”",
    "”": "”",
    "„": "“”",
    "«": "»",
    "»": "«»",
    "‹": "›",
    "›": "‹",
    "「": "」",
    "『": "』",
    "‘": "’",
    "‚": "‘’",
}
"""Marks that open a quotation, with those that close it. The same mark does both in some languages."""
_ALWAYS_OPEN = frozenset("“„«‹「『‚")
_DOUBTFUL = frozenset('"‘’')
"""Marks that are apostrophes or inches as well, and close nothing before a letter or after a space."""


def quotations(text: str) -> list[tuple[int, int]]:
    """Return what stands between quotation marks in `text`, as offsets without the marks, in order.

    One pass: a mark that is opened and never closed opens nothing. A quotation within another isn't told apart.
    """
    found: list[tuple[int, int]] = []
    opened, closing = -1, ""
    for mark in _MARK.finditer(text):
        at, character = mark.start(), mark[0]
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        closes = character not in _DOUBTFUL or not (after.isalnum() or before.isspace())
        if opened >= 0 and character in closing and closes:
            found.append((opened + 1, at))
            opened, closing = -1, ""
        elif character in _CLOSED_BY and (opened < 0 or character == text[opened]):
            can_open = not before.isalnum() and bool(after) and not after.isspace()
            if character in _ALWAYS_OPEN or can_open:
                opened, closing = at, _CLOSED_BY[character]
    return found
