"""The text of a post as the gate reads it: passages of prose with their places, pictures, and what stands between.

The same reader as for the HTML, with a writer that also notes where each piece of prose stands in the source. Code
spans, formulas and bare addresses are no prose: each is one U+FFFC, so that its sentence still has something there. So
is a value that a template would put in; its other code is left out (`template_code.py`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from typing import Any

from blogq.config.schema import Markdown
from blogq.content.markdown import template_code
from blogq.content.markdown.attributes import Attributes
from blogq.content.markdown.footnotes import Footnotes
from blogq.content.markdown.formulas import BEGINNINGS
from blogq.content.markdown.inlines import Inlines, _Bracket
from blogq.content.markdown.passage import OBJECT, Block, Passage, Picture, Use
from blogq.content.markdown.passage_kinds import QUOTING, RANKS, is_link, is_roll, role_of
from blogq.content.markdown.prose import count_words, without_tags
from blogq.content.markdown.writer import Writer
from blogq.pattern import Pattern

BREAK = "\u2028"
"""A line that the author ends on purpose, as in verse and signatures; Unicode's line separator."""

_ADDRESS = Pattern(r"(?:[a-z][a-z0-9+.-]*://|www\.|mailto:)\S+", 2)


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
            if html[slot].startswith("<br"):
                self.pieces.append((BREAK, offset))
                continue
            if not piece and not html[slot].startswith(BEGINNINGS):
                continue
            is_code = html[slot].startswith("<code>") and source.startswith("`", offset)
            if is_code or not piece or (slot and html[slot - 1].startswith("<a href=") and _ADDRESS.fullmatch(piece)):
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
        self._whole = source
        self._mdx = path.lower().endswith(".mdx")
        self._called: dict[int, str] = {}
        """What lines within a shortcode are that takes text: index → one of `RANKS`."""
        self._unspoken: list[tuple[int, int]] = []
        """Lines in which code begins and ends that stands between two tags of Liquid's."""
        self._in_title = False
        self.html_words = 0
        """Words in blocks of HTML: nobody's sentences here, but readers have them."""
        self.passages: list[Passage] = []
        self.pictures: list[Picture] = []
        self.blocks: list[Block] = []
        """Blocks at the top that are no paragraphs, in order."""

    @property
    def uses(self) -> list[Use]:
        """Uses of shortcodes, in order."""
        found = [
            Use(call.tag.name, call.tag.args, call.tag.params, call.paired, call.line, call.column)
            for call in self._inlines.calls.made
        ]
        return sorted(found, key=lambda use: use[4:])

    def document(self, tokens: list[Any]) -> Any:
        """Return the document that `tokens` say, as ever."""
        self.blocks = [
            Block(token.type, self._first_line + token.map[0])
            for token in tokens
            if token.level == 0 and token.nesting >= 0 and token.map is not None
        ]
        self._unspoken_lines()
        self._quoted_lines(tokens)
        self.html_words = sum(
            count_words(without_tags(token.content)) for token in tokens if token.type == "html_block"
        )
        found = super().document(tokens)
        headings = [at for at, each in enumerate(self.passages) if each.kind == "heading" and not each.note]
        if headings and len(headings) > len(found.headings):
            # The heading that is the title isn't part of the text.
            del self.passages[headings[0]]
        figures = [_figure(use) for use in self.uses if use.name == "figure"]
        self.pictures += [each for each in figures if each is not None]
        return found

    def _unspoken_lines(self) -> None:
        """Note where code stands between two tags of Liquid's."""
        text = self._whole
        line = done = 0
        for begin, end in template_code.unspoken(text):
            first = line + text.count("\n", done, begin)
            line = first + text.count("\n", begin, end)
            done = end
            self._unspoken.append((first, line))

    def _quoted_lines(self, tokens: list[Any]) -> None:
        """Note the lines between HTML's tags of quotations and captions that are blocks of their own."""
        opened: list[tuple[str, int]] = []
        for token in tokens:
            if token.type != "html_block" or token.map is None or "<" not in token.content:
                continue
            for match in QUOTING.finditer(token.content):
                if not match[1]:
                    opened.append((match[2].lower(), token.map[1]))
                elif opened and opened[-1][0] == match[2].lower():
                    name, first = opened.pop()
                    # The outermost has all lines of those within it.
                    if not opened:
                        role = "quote" if name == "blockquote" else "caption"
                        self._called.update(dict.fromkeys(range(first, token.map[0]), role))

    def _write(self, tokens: list[Any]) -> None:
        opened: list[tuple[int, str]] = []
        for token in tokens:
            if token.type != "shortcode" or token.map is None:
                continue
            if token.meta["role"] == "open":
                opened.append((token.map[1], token.meta["tag"].name))
            elif token.meta["role"] == "close" and opened:
                first, name = opened.pop()
                if role := role_of(name):
                    rank = RANKS.index(role)
                    for line in range(first, token.map[0]):
                        if RANKS.index(self._called.get(line, "caption")) <= rank:
                            self._called[line] = role
        super()._write(tokens)

    def _admonition(self, token: Any, kind: str, title: str, line: int, fold: str) -> None:
        self._in_title = True
        super()._admonition(token, kind, title, line, fold)
        self._in_title = False

    def _tag(self, tokens: list[Any], at: int) -> None:
        token = tokens[at]
        if token.type in ("bullet_list_open", "ordered_list_open"):
            self._lists += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self._lists -= 1
        super()._tag(tokens, at)

    def _inline(self, token: Any, start: int = 0) -> str:
        self._inlines.calls.alone = None
        html = super()._inline(token, start)
        tracing = self._tracing
        if token.map is None:
            return html
        role = self._called.get(token.map[0], "")
        first, past = token.map
        before = bisect_left(self._unspoken, (first, 0)) - 1
        closes = before >= 0 and self._unspoken[before][1] >= first
        if closes and self._unspoken[before][1] >= past:
            role = "code"
        within = bisect_left(self._unspoken, (past, 0)) - 1
        opens = within > before and self._unspoken[within][1] >= past
        pieces = self._spoken(tracing.pieces, closes, opens) if role != "code" else []
        if pieces:
            passage = self._passage(token, pieces, role)
            if passage.kind == "paragraph" and is_link(html, passage.text):
                passage = passage._replace(kind="contents")
            elif passage.kind == "paragraph" and is_roll(passage.text):
                passage = passage._replace(kind="names")
            self.passages.append(passage)
        if tracing.pictures and role != "code":
            found = sorted(tracing.pictures)
            spots = self._places.of([offset for offset, _, _ in found], token, self._cell_at)
            self.pictures += [Picture(target, alt, *spot) for (_, target, alt), spot in zip(found, spots, strict=True)]
        return html

    def _spoken(self, pieces: list[tuple[str, int]], closes: bool, opens: bool) -> list[tuple[str, int]]:
        """Return `pieces` of one text without code of templates; none where they say nothing then."""
        text = "".join(piece for piece, _ in pieces)
        cuts = template_code.cuts(text, self._mdx, closes, opens)
        if not cuts:
            return pieces if text.strip() else []
        found: list[tuple[str, int]] = []
        begin = following = 0
        said = False
        for piece, offset in pieces:
            end = begin + len(piece)
            at = begin
            while at < end:
                while following < len(cuts) and cuts[following].end <= at:
                    following += 1
                cut = cuts[following] if following < len(cuts) else None
                if cut is None or cut.start >= end:
                    found.append((piece[at - begin :], offset + at - begin))
                    said = said or any(map(str.isalnum, found[-1][0]))
                    break
                if cut.start > at:
                    found.append((piece[at - begin : cut.start - begin], offset + at - begin))
                    said = said or any(map(str.isalnum, found[-1][0]))
                if cut.start >= begin and cut.stands_for:
                    found.append((OBJECT, offset + cut.start - begin))
                at = max(at, min(cut.end, end))
            begin = end
        return found if said else []

    def _passage(self, token: Any, pieces: list[tuple[str, int]], role: str) -> Passage:
        """Return what `pieces` of the content of `token` say, with the place of each character."""
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
        alone = self._inlines.calls.alone
        if not role and alone is not None and alone.paired:
            role = role_of(alone.tag.name)
        kind = token.type if token.type in ("heading", "term") else "paragraph"
        if kind == "paragraph" and self._cell_at is not None:
            kind = "cell"
        elif self._in_title:
            kind = "title"
        elif kind == "paragraph" and role == "caption":
            kind = "caption"
        marks = tuple((at, *place) for (at, _), place in zip(offsets, places, strict=True))
        level = int(token.tag[1]) if kind == "heading" else 0
        quoted = role == "quote" or "</blockquote>\n" in self._closings
        return Passage(kind, level, text, quoted, self._lists > 0, self._in_footnotes, marks)


def _figure(use: Use) -> Picture | None:
    """Return the picture that a shortcode shows; None where its author gave it no description on purpose.

    A title or a caption says what it shows; an empty `alt` and a caption between two tags are meant.
    """
    target = use.said("src", at=0)
    alt = use.said("alt", at=1).strip() or use.said("caption").strip() or use.said("title").strip()
    if not target or (not alt and (use.paired or "alt" in use.params)):
        return None
    return Picture(target, alt, use.line, use.column)
