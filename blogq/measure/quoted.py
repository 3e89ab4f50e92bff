"""What of a passage stands in quotation marks at such a length that it is somebody else's speech."""

from __future__ import annotations

from blogq.pattern import Pattern

LEAST = 40
"""Characters from which words in quotation marks are speech: a title, a term or a word meant otherwise is shorter."""

_CURLY = Pattern(r"“[^“”]*(?:”|\Z)|«[^«»]*»|„[^„“”]*[“”]")
_STRAIGHT = Pattern(r"\"[^\"]*\"")


def own_words(text: str) -> str:
    """Return a passage with U+FFFC in place of each quotation of speech: its sentence still has something there."""
    found = text
    for begin, past in reversed(spoken(text)):
        found = f"{found[:begin]}\ufffc{found[past:]}"
    return found


def spoken(text: str) -> list[tuple[int, int]]:
    """Return where a passage quotes speech, as character offsets, in order.

    A quotation that isn't closed goes on in the next paragraph, as is the custom in English. Straight marks count only
    in pairs: an odd one may stand for inches.
    """
    found = [match.span() for match in _CURLY.finditer(text)] if not text.isascii() else []
    if not found and '"' in text and text.count('"') % 2 == 0:
        found = [match.span() for match in _STRAIGHT.finditer(text)]
    return [span for span in found if span[1] - span[0] >= LEAST]
