"""How wide a text is shown: characters of Chinese, Japanese and Korean are as wide as two others."""

from __future__ import annotations

from html import unescape


def width(text: str) -> int:
    """Return the width of `text` in characters of ordinary width (Unicode's East Asian Width W and F count twice).

    A character that is written as an entity (`&ldquo;`) counts as one.
    """
    text = unescape(text)
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(each) else 2 if east_asian_width(each) in "WF" else 1 for each in text)
