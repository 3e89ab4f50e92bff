"""Typographic quotes, apostrophes, dashes and ellipses, as the text's language has them. Only running text is touched:
never code, raw HTML, addresses, or what a backslash or an entity spells out.

Quotes by language are those of the Unicode CLDR (`delimiters`), with the narrow no-break spaces that French sets.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from blogq.content.markdown.addresses import escape
from blogq.pattern import Pattern

_NARROW = "\u202f"
_QUOTES: dict[str, tuple[str, str, str, str]] = {
    "ar": ("”", "“", "’", "‘"),
    "bg": ("„", "“", "„", "“"),
    "ca": ("«", "»", "“", "”"),
    "cs": ("„", "“", "‚", "‘"),
    "da": ("“", "”", "‘", "’"),
    "de": ("„", "“", "‚", "‘"),
    "de-ch": ("«", "»", "‹", "›"),
    "el": ("«", "»", "“", "”"),
    "en": ("“", "”", "‘", "’"),
    "es": ("«", "»", "“", "”"),
    "et": ("„", "“", "‚", "‘"),
    "fa": ("«", "»", "‹", "›"),
    "fi": ("”", "”", "’", "’"),
    "fr": (f"«{_NARROW}", f"{_NARROW}»", "“", "”"),
    "fr-ch": (f"«{_NARROW}", f"{_NARROW}»", f"‹{_NARROW}", f"{_NARROW}›"),
    "he": ("”", "”", "’", "’"),
    "hr": ("„", "“", "‚", "‘"),
    "hu": ("„", "”", "»", "«"),
    "it": ("«", "»", "“", "”"),
    "ja": ("「", "」", "『", "』"),
    "lt": ("„", "“", "„", "“"),
    "nb": ("«", "»", "‘", "’"),
    "nl": ("“", "”", "‘", "’"),
    "nn": ("«", "»", "‘", "’"),
    "no": ("«", "»", "‘", "’"),
    "pl": ("„", "”", "«", "»"),
    "pt": ("“", "”", "‘", "’"),
    "pt-pt": ("«", "»", "“", "”"),
    "ro": ("„", "”", "«", "»"),
    "ru": ("«", "»", "„", "“"),
    "sk": ("„", "“", "‚", "‘"),
    "sl": ("„", "“", "‚", "‘"),
    "sv": ("”", "”", "’", "’"),
    "uk": ("«", "»", "„", "“"),
    "zh": ("“", "”", "‘", "’"),
    "zh-hant": ("「", "」", "『", "』"),
    "zh-hk": ("「", "」", "『", "』"),
    "zh-tw": ("「", "」", "『", "』"),
}
"""Outer and inner quotes, opening and closing, by language."""

_MARK = Pattern(
    r"[\"']"
    r"|(?<!-)-{2,3}(?![->])"
    r"|(?<![./\\])\.\.\.(?![./\\])"
    r"|[ ](?=[;:!?]+(?:\s|\Z))"
)
_ADDRESS = Pattern(r"\S++")
_OPENS_AFTER = frozenset("\"'([{<-–—/“‘„‚«‹「『¿¡=*_~")
_CJK = "\u2e80"
"""The first character of the scripts of China, Japan and Korea, which need no space before a quote."""


class _Quote(NamedTuple):
    """An opening quote that waits for its other half."""

    slot: int
    piece: int
    character: str


class Typography:
    """How one language sets running text."""

    def __init__(self, language: str) -> None:
        tag = language.lower().replace("_", "-")
        primary = tag.partition("-")[0]
        self._quotes = _QUOTES.get(tag) or _QUOTES.get(primary) or _QUOTES["en"]
        if tag.startswith("zh-hant"):
            self._quotes = _QUOTES["zh-hant"]
        self._french = tag in ("fr", "fr-fr", "fr-be")

    def set(self, html: list[str], text: list[str]) -> None:
        """Set the running text among the pieces of a text: those that are the same in `html` and in `text`."""
        opened: list[_Quote] = []
        pieces: dict[int, list[str]] = {}
        before = ""
        following = self._following(text)
        for slot, plain in enumerate(text):
            if not plain:
                continue
            if html[slot] == escape(plain) and _MARK.search(plain):
                pieces[slot] = []
                self._split(plain, before, following[slot], slot, pieces, opened)
            before = plain[-1]
        for slot, parts in pieces.items():
            html[slot] = escape("".join(parts))

    @staticmethod
    def _following(text: list[str]) -> list[str]:
        """Return the first character after each piece, "" after the last."""
        following = [""] * len(text)
        character = ""
        for slot in range(len(text) - 1, -1, -1):
            following[slot] = character
            if text[slot]:
                character = text[slot][0]
        return following

    def _split(
        self, plain: str, before: str, after: str, slot: int, pieces: dict[int, list[str]], opened: list[_Quote]
    ) -> None:
        """Put `plain` into `pieces[slot]`, its marks replaced; halves of quotes are replaced in pairs."""
        out = pieces[slot]
        done = 0
        kept = _addresses(plain)
        address = next(kept, None)
        for match in _MARK.finditer(plain):
            start, end = match.span()
            while address and address[1] <= start:
                address = next(kept, None)
            if address and address[0] <= start:
                continue
            previous = plain[start - 1] if start else before
            next_ = plain[end] if end < len(plain) else after
            mark = match[0]
            out.append(plain[done:start])
            done = end
            if mark in "\"'":
                self._quote(mark, previous, next_, slot, pieces, opened)
            elif mark == "...":
                out.append("…")
            elif mark == " ":
                out.append(self._space(next_))
            elif previous in ("<", "!") or ((not previous or previous.isspace()) and next_.isalnum()):
                # Part of an arrow, or a flag of a command, as in “use --force”.
                out.append(mark)
            else:
                out.append("–" if mark == "--" else "—")
        out.append(plain[done:])

    def _space(self, next_: str) -> str:
        if not self._french:
            return " "
        return "\u00a0" if next_ == ":" else _NARROW

    def _quote(
        self, mark: str, previous: str, next_: str, slot: int, pieces: dict[int, list[str]], opened: list[_Quote]
    ) -> None:
        out = pieces[slot]
        can_open = bool(next_) and not next_.isspace()
        can_open = can_open and (not previous or previous.isspace() or previous in _OPENS_AFTER or previous >= _CJK)
        can_close = bool(previous) and not previous.isspace() and not _in_word(next_)
        if mark == "'" and _in_word(previous) and _in_word(next_):
            out.append("’")
            return
        if can_close and any(q.character == mark for q in opened[-2:]):
            while opened[-1].character != mark:
                opened.pop()
            opening = opened.pop()
            first, last = self._quotes[:2] if mark == '"' else self._quotes[2:]
            pieces[opening.slot][opening.piece] = first
            out.append(last)
            return
        if can_open and not (mark == "'" and next_.isdigit()):
            opened.append(_Quote(slot, len(out), mark))
            # An apostrophe that opens nothing in the end (“'tis”) is still an apostrophe.
            out.append("’" if mark == "'" and next_.isalpha() else mark)
            return
        out.append("’" if mark == "'" and (previous.isalpha() or next_.isdigit()) else mark)


def _in_word(character: str) -> bool:
    """Tell whether `character` is a letter or digit of a script that sets spaces between words."""
    return character.isalnum() and character < _CJK


def _addresses(plain: str) -> Iterator[tuple[int, int]]:
    """Return the spans of `plain` that hold an address of the web or of mail."""
    if "://" not in plain and "www." not in plain and "@" not in plain:
        return iter(())
    return (
        match.span() for match in _ADDRESS.finditer(plain) if "://" in match[0] or "www." in match[0] or "@" in match[0]
    )
