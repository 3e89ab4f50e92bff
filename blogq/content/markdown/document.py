"""What reading a Markdown text yields: its HTML and everything that the rest of blogq asks about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from blogq.finding import Finding


class Link(NamedTuple):
    """An address that the text leads to or shows."""

    target: str
    """The address, percent-encoded, not escaped for HTML."""
    kind: str
    """`a` link, `i` image, `m` media in raw HTML (src, srcset, poster), `f` a fragment of the same page, `x` an
    absolute http(s) address. Image files that a shortcode's arguments name are `i`, too.

    All but `x` stand in the HTML as placeholders: NUL, kind, target, NUL. `c` is what may be a path in an argument of
    a shortcode; those and other addresses there stand in the shortcode's own placeholder."""
    line: int
    """Line in the source file, from 1."""
    column: int
    """Column in that line, in characters, from 1."""


class Call(NamedTuple):
    """A use of a shortcode in the text."""

    name: str
    line: int
    """Line and column in the source file, from 1."""
    column: int
    closed: bool
    """Whether it has a closing tag, or needs none because it is written `{{< name />}}`."""


class Heading(NamedTuple):
    """A heading, for tables of contents and for checks of structure."""

    level: int
    """1 to 6."""
    id: str
    """Its id in the HTML; empty where heading ids are turned off."""
    html: str
    """What it says, as inline HTML without links, so that it can stand inside one."""
    text: str
    """What it says, as plain text."""


@dataclass(frozen=True, slots=True)
class Document:
    """One text, read."""

    html: str
    """The whole text; relative addresses are placeholders (see `Link.kind`)."""
    summary: str
    """What stands before `<!-- more -->`, or the first paragraphs; HTML like `html`, without footnote references."""
    has_more: bool
    """Whether the text goes on after its summary."""
    is_cut: bool
    """Whether the author has cut it, with `<!-- more -->`."""
    title: str
    """Plain text of the first heading, empty where there is none."""
    headings: tuple[Heading, ...]
    """All headings in the HTML, in order."""
    links: tuple[Link, ...]
    """Links and media in the order in which they stand in the HTML."""
    calls: tuple[Call, ...]
    """Uses of shortcodes in the order in which they stand in the HTML, as placeholders (see `markdown/calls.py`)."""
    ids: tuple[str, ...]
    """Every anchor in the HTML that a fragment can name: ids, and names of `<a>`, raw HTML included."""
    text: str
    """The prose: no code blocks, no markup; paragraphs are separated by blank lines."""
    words: int
    """Words in `text`; a Chinese or Japanese character and a Korean syllable count as one each."""
    findings: tuple[Finding, ...]
    """What is wrong with it."""


class TooComplex(Exception):
    """The text would take out of all proportion to read. Raised and caught within this package."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(why)
        self.line = line
        """Index of the line where reading stopped, from 0."""
        self.why = why
