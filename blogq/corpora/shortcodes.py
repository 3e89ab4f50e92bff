"""WordPress's shortcodes: `[gallery ids="1"]` is no prose; what stands between `[caption]` and `[/caption]` may be."""

from __future__ import annotations

from collections import defaultdict

from blogq.pattern import Pattern

_TAG = Pattern(r"\[(/?)([A-Za-z][A-Za-z0-9_-]{0,40})((?:\s[^\[\]<>]{0,2000})?)\]")
_KNOWN = frozenset("gallery caption embed video audio playlist more toc contact-form subscribe".split())
"""Shortcodes that may stand alone and without arguments."""
_CODE = frozenset("code sourcecode source php python css html js javascript bash sql latex".split())
"""Shortcodes whose text is no prose."""


def without_shortcodes(text: str) -> str:
    """Return `text` without tags of shortcodes, and without the code between some; lines stay what they are.

    A word in brackets, such as `[sic]`, is a shortcode only if it has arguments (`name=value`), is closed somewhere, or
    comes with WordPress.
    """
    if "[" not in text:
        return text
    tags = [*_TAG.finditer(text)]
    ends: defaultdict[str, list[int]] = defaultdict(list)
    for tag in reversed(tags):
        if tag[1]:
            ends[tag[2].lower()].append(tag.end())
    pieces: list[str] = []
    at = 0
    for tag in tags:
        name = tag[2].lower()
        is_one = tag[1] or name in ends or name in _KNOWN or "=" in tag[3] or tag[3].endswith("/")
        if tag.start() < at or not is_one:
            continue
        end = tag.end()
        if name in _CODE and not tag[1]:
            left = ends[name]
            while left and left[-1] <= end:
                left.pop()
            end = left[-1] if left else end
        pieces += (text[at : tag.start()], "\n" * text.count("\n", tag.start(), end))
        at = end
    return "".join((*pieces, text[at:]))
