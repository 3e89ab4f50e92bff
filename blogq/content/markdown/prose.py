"""Prose: how many words a text has, and what raw HTML says once its markup is gone."""

from __future__ import annotations

import html as html_standard
import re

from blogq.pattern import Pattern

CJK = Pattern(
    "[\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Han, kana and Hangul syllables."""
_NO_WORD = Pattern(r"\s[^\w\s]++(?=\s|\Z)")
_HIDDEN = Pattern(
    r"<!--.*?(?:-->|\Z)|<(script|style|pre|textarea|svg|math|template)\b.*?(?:</\1\s*>|\Z)|<[^<>]*>",
    re.DOTALL | re.IGNORECASE,
)


def count_words(text: str) -> int:
    """Return how many words `text` has.

    Words are what stands between spaces and holds a letter or digit. Characters of scripts that are written without
    spaces (Han, kana) count as a word each, and so do Hangul syllables, as in word processors' CJK counts.
    """
    characters = 0
    if not text.isascii():
        characters = len(CJK.findall(text))
        if characters:
            text = CJK.sub(" ", text)
    opens_with_none = 1 if _NO_WORD.match(" " + text[:80].split("\n", 1)[0].split(" ", 1)[0]) else 0
    return characters + len(text.split()) - len(_NO_WORD.findall(text)) - opens_with_none


def without_tags(html: str) -> str:
    """Return the readable text of raw HTML, its paragraphs separated by blank lines."""
    text = _HIDDEN.sub(" ", html)
    if "&" in text:
        text = html_standard.unescape(text).replace("\0", "\ufffd")
    return "\n".join(line for line in map(str.strip, text.split("\n")) if line)
