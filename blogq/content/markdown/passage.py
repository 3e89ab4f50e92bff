"""What the gate sees of a text: passages of prose, pictures, blocks and uses of shortcodes, each with its place.

`passages.py` makes them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from blogq.content.shortcodes import Value

OBJECT = "\ufffc"
"""What stands in prose for something that is none: a code span, an address."""


class Passage(NamedTuple):
    """A piece of prose: a paragraph, a heading, a cell of a table …"""

    kind: str
    """`paragraph`, `heading`, `cell`, `term`, `title` (of an admonition), `caption` (the text of a figure) or
    `contents` (nothing but a link, as in tables of contents) or `names` (a roll of names)."""
    level: int
    """Of a heading, 1 to 6; else 0."""
    text: str
    """What it says, without markup; lines as in the source."""
    quoted: bool
    """Whether it stands in a quotation."""
    listed: bool
    """Whether it stands in a list."""
    note: bool
    """Whether it stands in a footnote."""
    marks: tuple[tuple[int, int, int], ...]
    """Offset in the text, line and column in the file, ascending: from there on text and source run side by side."""

    @property
    def line(self) -> int:
        """Line of the file at which it begins, from 1."""
        return self.marks[0][1] if self.marks else 0

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column in the file, from 1, of the character at `offset` of the text."""
        if not self.marks:
            return 0, 0
        at, line, column = self.marks[max(0, bisect_right(self.marks, (offset, 1 << 60, 0)) - 1)]
        return line, column + max(0, offset - at)


class Picture(NamedTuple):
    """A picture in the text, written in Markdown or by the shortcode `figure`."""

    target: str
    alt: str
    line: int
    column: int


class Block(NamedTuple):
    """A block of the text that is no paragraph and doesn't stand within another."""

    kind: str
    """As the reader's tokens are called: `heading`, `fence`, `table`, `html_block` …"""
    line: int
    """Line of the file, from 1."""


class Use(NamedTuple):
    """A use of a shortcode, with what it is told."""

    name: str
    args: tuple[Value, ...]
    params: Mapping[str, Value]
    paired: bool
    """Whether text stands between two tags of it."""
    line: int
    column: int

    def said(self, *names: str, at: int = -1) -> str:
        """Return the first of the arguments `names` that there is, else the one at position `at`; else nothing."""
        for name in names:
            if name in self.params:
                return str(self.params[name])
        return str(self.args[at]) if 0 <= at < len(self.args) else ""
