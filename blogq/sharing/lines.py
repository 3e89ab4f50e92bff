"""A text broken into lines that fit, by the widths of its characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from blogq.plan.head_views import FittedText
from blogq.sharing.typeface import Typeface

_CLOSING = frozenset("、。，．：；！？）」』】〉》〕］｝ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ…,.!?:;)]}»”’")
"""What no line begins with (JIS X 4051, in short)."""
_OPENING = frozenset("（「『【〈《〔［｛([{«“‘")
"""What no line ends with."""


def readable(text: str, typeface: Typeface) -> str:
    """Return `text` with what the fonts can show of it: without emoji and other signs that they don't have.

    Nothing where they lack a letter or a digit: a title with holes is worse than none.
    """
    kept: list[str] = []
    for character in unicodedata.normalize("NFC", text):
        if character.isspace() or typeface.advance(character) >= 0:
            kept.append(character)
        elif unicodedata.category(character)[0] in "LNM" and not _is_of_emoji(character):
            return ""
    return " ".join("".join(kept).split())


def _is_of_emoji(character: str) -> bool:
    """Return whether a character only says how the one before it looks: a variation selector, or a key around it."""
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef" or character == "\u20e3"


def fitted(text: str, typeface: Typeface, width: float, sizes: Sequence[float], most: int) -> FittedText:
    """Return `text` in at most `most` lines of at most `width` pixels, in the first of `sizes` in which it fits.

    Lines are made about equally long. In the last size what is too much is left out, with an ellipsis in its place.
    """
    text = readable(text, typeface)
    pieces = _pieces(text)
    if not pieces:
        return FittedText(float(sizes[-1]), ())
    lines: list[str] = []
    size = float(sizes[-1])
    for size in map(float, sizes):
        lines = _broken(pieces, typeface, width / size)
        if len(lines) <= most:
            narrow, wide = 0.0, width / size
            for _ in range(10):
                middle = (narrow + wide) / 2
                tried = _broken(pieces, typeface, middle)
                if len(tried) <= len(lines) and all(typeface.width(line) <= middle for line in tried):
                    wide, lines = middle, tried
                else:
                    narrow = middle
            return FittedText(size, tuple(lines))
    last = lines[most - 1]
    while last and typeface.width(last + "…") > width / size:
        last = last[:-1]
    return FittedText(size, (*lines[: most - 1], last.rstrip(" ,.;:–—-") + "…"))


def _pieces(text: str) -> list[str]:
    """Return the pieces of a text between which a line may end; a space belongs to the piece before it."""
    pieces: list[str] = []
    for character in text:
        before = pieces[-1][-1] if pieces else ""
        wide = _is_wide(character) or (before and _is_wide(before))
        joined = (
            before
            and not before.isspace()
            and (not wide or character in _CLOSING or before in _OPENING or character.isspace())
        )
        if before and (joined or character.isspace()):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _is_wide(character: str) -> bool:
    """Return whether lines may be broken beside a character: Chinese, Japanese, and Korean ones that aren't spaced."""
    return unicodedata.east_asian_width(character) in "WF" and not "\uac00" <= character <= "\ud7af"


def _broken(pieces: Sequence[str], typeface: Typeface, width: float) -> list[str]:
    """Return the lines of `pieces`, as long as they can be; a piece that is too long by itself is cut."""
    lines: list[str] = []
    line = ""
    for piece in pieces:
        if line and typeface.width((line + piece).rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
        while typeface.width(line.rstrip()) > width and len(line.rstrip()) > 1:
            end = len(line.rstrip())
            while end > 1 and typeface.width(line[:end]) > width:
                end -= 1
            lines.append(line[:end])
            line = line[end:]
    return [*lines, line.rstrip()] if line.strip() else lines
