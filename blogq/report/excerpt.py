"""Excerpts as they are shown: the part of a line that a finding is about, marked where it stands, in the room there is.

Terminals count cells: an ideograph takes two, an accent none. What could steer a terminal is written out, a tab becomes
blanks. All of that moves what stands behind it, so the mark is placed by what is shown, not by columns of the file.
"""

from __future__ import annotations

from typing import NamedTuple
from unicodedata import bidirectional, category, east_asian_width

from blogq.finding import Finding
from blogq.report.text import safe

TAB = "    "
"""What a tab is shown as."""
_BEFORE = 3
"""Where a line has to be cut, a third of the room is kept for what stands before the mark."""
_BAR = 40
"""Cells from which carets under a whole line are nothing but a bar."""
_FROM_RIGHT = frozenset(("R", "AL", "AN"))
"""Classes of characters (Unicode, annex 9) that run from right to left: terminals differ in where they show them."""


class Excerpt(NamedTuple):
    """A line of a source in three parts, the middle one being what a finding is about."""

    before: str
    marked: str
    """Empty where the finding is about the line as a whole."""
    after: str

    @property
    def text(self) -> str:
        """All of it."""
        return self.before + self.marked + self.after

    @property
    def marks(self) -> str:
        """Carets under the marked part, blanks before them; empty where nobody could say where it will stand."""
        if not self.marked or (cells(self.marked) > _BAR and not (self.before.strip() or self.after.strip())):
            # What is all of a long line needs no mark.
            return ""
        if any(bidirectional(letter) in _FROM_RIGHT for letter in self.text):
            return ""
        return " " * cells(self.before) + "^" * max(1, cells(self.marked))


def cells(text: str) -> int:
    """Return how many cells of a terminal `text` takes."""
    if text.isascii():
        return len(text)
    return sum(map(_cells, text))


def _cells(letter: str) -> int:
    if category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(letter) in "WF" else 1


def parts(finding: Finding) -> tuple[str, str, str]:
    """Return the first line of the evidence as it is: before the place, the place, and after it.

    A place that goes on in the next line goes to the end of this one. Without columns, or with such as the evidence
    hasn't, all of it stands before.
    """
    source = finding.evidence.partition("\n")[0]
    span = finding.span
    start = span.column - finding.begins
    if not span.line or not span.column or not 0 <= start < len(source):
        return source, "", ""
    end = len(source)
    if span.end_line in (0, span.line):
        end = min(end, max(start + 1, span.end_column - finding.begins))
    return source[:start], source[start:end], source[end:]


def excerpt_of(finding: Finding, room: int = 0) -> Excerpt:
    """Return what is shown of the evidence of `finding`, in `room` cells; 0 for as many as it takes."""
    before, marked, after = (safe(part.replace("\t", TAB)) for part in parts(finding))
    if not room or cells(before) + cells(marked) + cells(after) <= room:
        return Excerpt(before, marked, after)
    # Whatever of the room one part doesn't need is the others'.
    middle = min(cells(marked), room)
    left = min(cells(before), max(room // _BEFORE if marked else room, room - middle - cells(after)), room)
    middle = min(middle, room - left)
    before = _end(before, left) if marked else _beginning(before, room)
    marked = _beginning(marked, middle) if cells(marked) > middle or not after else marked
    return Excerpt(before, marked, _beginning(after, room - left - middle))


def _beginning(text: str, room: int) -> str:
    """Return as much of the beginning of `text` as there is room for, with a … where the rest is left out."""
    if cells(text) <= room:
        return text
    kept = 0
    at = 0
    while at < len(text) and kept + _cells(text[at]) < room:
        kept += _cells(text[at])
        at += 1
    return f"{text[:at]}…" if room > 0 else ""


def _end(text: str, room: int) -> str:
    """Return as much of the end of `text` as there is room for, with a … where the rest is left out."""
    if cells(text) <= room:
        return text
    kept = 0
    at = len(text)
    while at and kept + _cells(text[at - 1]) < room:
        at -= 1
        kept += _cells(text[at])
    # An accent belongs to the letter that was left out.
    while at < len(text) and not _cells(text[at]):
        at += 1
    return f"…{text[at:]}" if room > 0 else ""
