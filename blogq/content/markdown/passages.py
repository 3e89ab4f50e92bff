"""The text of a post as the gate reads it: passages of prose with their places, pictures, and what stands between.

The same reader as for the HTML, with a writer that also notes where each piece of prose stands in the source. Code
spans and bare addresses are no prose: each is one U+FFFC, so that its sentence still has something there.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from typing import Any, NamedTuple

from blogq.config.schema import Markdown
from blogq.content.markdown.attributes import Attributes
from blogq.content.markdown.footnotes import Footnotes
from blogq.content.markdown.inlines import Inlines, _Bracket
from blogq.content.markdown.writer import Writer
from blogq.pattern import Pattern

OBJECT = "\ufffc"
"""What stands in prose for something that is none: a code span, an address."""

_ADDRESS = Pattern(r"(?:[a-z][a-z0-9+.-]*://|www\.|mailto:)\S+", 2)


class Passage(NamedTuple):
    """A piece of prose: a paragraph, a heading, a cell of a table …"""

    kind: str
    """`paragraph`, `heading`, `cell`, `term` or `title` (of an admonition)."""
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
    """A picture in the text, written in Markdown."""

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


class _Tracing(Inlines):
    """Reads inline text and keeps which piece of it was read where."""

    def __init__(self, options: Markdown, env: Mapping[str, Any], notes: Footnotes, language: str, length: int) -> None:
        super().__init__(options, env, notes, language, length)
        self._trace = []
        self.pieces: list[tuple[str, int]] = []
        """Pieces of prose of the text read last, with their offsets in it."""
        self.pictures: list[tuple[int, str, str]] = []
        """Its pictures: offset, target, alternative text."""

    def read(self, source: str, start: int = 0) -> str:
        """Return the HTML of `source`, as ever."""
        self._trace = []
        self.pieces = []
        self.pictures = []
        return super().read(source, start)

    def _note(self, pos: int, at: int) -> None:
        trace = self._trace
        assert trace is not None
        slot = len(self._text)
        while trace and trace[-1][0] >= slot:
            trace.pop()
        trace.append((slot, pos))
        if at > pos:
            trace.append((slot + 1, at))

    def _traced(self) -> None:
        trace = self._trace
        assert trace is not None
        source, html = self._source, self._html
        following = 0
        offset = 0
        for slot, piece in enumerate(self._text):
            while following < len(trace) and trace[following][0] <= slot:
                offset = trace[following][1]
                following += 1
            if not piece:
                continue
            is_code = html[slot].startswith("<code>") and source.startswith("`", offset)
            if is_code or (slot and html[slot - 1].startswith("<a href=") and _ADDRESS.fullmatch(piece)):
                piece = OBJECT
            self.pieces.append((piece, offset))

    def _image(self, opening: _Bracket, target: str, title: str, given: Attributes | None) -> None:
        super()._image(opening, target, title, given)
        self.pictures.append((opening.start, target, self._alternatives[opening.slot]))


class PassageWriter(Writer):
    """Writes one document, and keeps its passages."""

    def __init__(
        self,
        options: Markdown,
        env: Mapping[str, Any],
        source: str,
        path: str,
        first_line: int,
        title_from_heading: bool,
        language: str,
    ) -> None:
        super().__init__(options, env, source, path, first_line, title_from_heading, language)
        self._tracing = _Tracing(options, env, self._notes, language, len(source))
        self._inlines = self._tracing
        self._lists = 0
        self._first_line = first_line
        self.passages: list[Passage] = []
        self.pictures: list[Picture] = []
        self.blocks: list[Block] = []
        """Blocks at the top that are no paragraphs, in order."""

    def document(self, tokens: list[Any]) -> Any:
        """Return the document that `tokens` say, as ever."""
        self.blocks = [
            Block(token.type, self._first_line + token.map[0])
            for token in tokens
            if token.level == 0 and token.nesting >= 0 and token.map is not None
        ]
        found = super().document(tokens)
        headings = [at for at, each in enumerate(self.passages) if each.kind == "heading" and not each.note]
        if headings and len(headings) > len(found.headings):
            # The heading that is the title isn't part of the text.
            del self.passages[headings[0]]
        return found

    def _tag(self, tokens: list[Any], at: int) -> None:
        token = tokens[at]
        if token.type in ("bullet_list_open", "ordered_list_open"):
            self._lists += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self._lists -= 1
        super()._tag(tokens, at)

    def _inline(self, token: Any, start: int = 0) -> str:
        html = super()._inline(token, start)
        tracing = self._tracing
        pieces = tracing.pieces
        if token.map is None:
            return html
        text = ""
        offsets: list[tuple[int, int]] = []
        for piece, offset in pieces:
            offsets.append((len(text), offset))
            if "\n" in piece:
                at = piece.find("\n")
                while at >= 0 and at + 1 < len(piece):
                    offsets.append((len(text) + at + 1, offset + at + 1))
                    at = piece.find("\n", at + 1)
            text += piece
        offsets.sort()
        places = self._places.of([offset for _, offset in offsets], token, self._cell_at)
        if text.strip():
            kind = "heading" if token.type == "heading" else "term" if token.type == "term" else "paragraph"
            if kind == "paragraph" and self._cell_at is not None:
                kind = "cell"
            marks = tuple((at, *place) for (at, _), place in zip(offsets, places, strict=True))
            level = int(token.tag[1]) if kind == "heading" else 0
            quoted = "</blockquote>\n" in self._closings
            self.passages.append(Passage(kind, level, text, quoted, self._lists > 0, self._in_footnotes, marks))
        if tracing.pictures:
            found = sorted(tracing.pictures)
            spots = self._places.of([offset for offset, _, _ in found], token, self._cell_at)
            self.pictures += [Picture(target, alt, *spot) for (_, target, alt), spot in zip(found, spots, strict=True)]
        return html
