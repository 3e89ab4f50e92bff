"""What a rule of scope `post` may see: one post, read once. A pure function of its bytes and the parse options."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from blogq.content.audience import Audience
from blogq.content.markdown import template_code
from blogq.content.markdown.passage_kinds import CAPTIONS, QUOTES
from blogq.finding import Finding, Severity, Span

if TYPE_CHECKING:
    from blogq.content.markdown.document import Heading, Link
    from blogq.content.markdown.passage import Block, Passage, Picture, Use
    from blogq.measure import Measures

_EXCERPT, _BEFORE = 200, 60
"""Characters of a line that are kept as evidence, and how many of them stand before what it is evidence of."""

_TEXT_ONLY = QUOTES | frozenset("details note tip hint info warning caution danger alert callout notice".split())
"""Shortcodes that show nothing but their text."""
_REFERENCES = frozenset(("ref", "relref"))

_ELSEWHERE = {
    "youtube": "https://www.youtube.com/watch?v=",
    "vimeo": "https://vimeo.com/",
    "instagram": "https://www.instagram.com/p/",
    "x": "https://x.com/i/status/",
    "tweet": "https://x.com/i/status/",
    "gist": "https://gist.github.com/",
}
"""Shortcodes that lead to another site without an address being written: what comes before its name for the thing."""


def cut(text: str, column: int) -> tuple[str, int]:
    """Return a line as evidence, cut around `column`, and the column at which what is kept begins."""
    start = 0 if column <= _EXCERPT - _BEFORE else column - 1 - _BEFORE
    start = min(start, max(0, len(text) - _EXCERPT))
    kept = text[start : start + _EXCERPT]
    if start + _EXCERPT < len(text):
        kept = f"{kept[:-1]}…"
    return (f"…{kept[1:]}" if start else kept), start + 1


@dataclass(frozen=True)
class Subject:
    """One post or page, as the gate reads it."""

    path: str
    """Relative to the site, with `/`."""
    kind: str
    """`post` or `page`."""
    language: str
    """Language tag of the text."""
    title: str
    """Of the front matter or the first heading; empty where there is none."""
    description: str
    """As front matter says it; empty where it says none."""
    author: str
    """Its first author, the site's own where it names none; empty where nobody is named."""
    terms: Mapping[str, tuple[str, ...]]
    """Labels that the post is grouped by, by taxonomy."""
    replaces: tuple[str, ...]
    """Posts whose text it takes up on purpose, as front matter names them."""
    extra: Mapping[str, object]
    """Front matter that isn't blogq's."""
    keys: Mapping[str, int]
    """Lines of the front matter's keys, by what they mean."""
    lines: tuple[str, ...]
    """Lines of the file."""
    body_line: int
    """Line at which the text begins, from 1."""
    passages: tuple[Passage, ...]
    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    pictures: tuple[Picture, ...]
    blocks: tuple[Block, ...]
    calls: tuple[Use, ...]
    """Shortcodes, in order."""
    html_words: int
    """Words in its blocks of HTML, which are in no passage."""
    is_draft: bool
    """Whether its author says so, or the folder that it is in."""
    redirects: bool
    """Whether its page only sends readers on, so that nobody reads it."""
    measures: Measures
    """Of its prose, without speech in quotation marks."""
    audience: Audience | None = None
    """Whom it is written for: what it says itself, its folder or config; None where nothing does."""

    @property
    def is_note(self) -> bool:
        """Whether its author calls it a note: a few lines that need neither title nor description."""
        return str(self.extra.get("kind", "")).strip().lower() == "note"

    @cached_property
    def prose(self) -> tuple[Passage, ...]:
        """The author's own running text: paragraphs and items, no headings, cells, quotations or notes."""
        return tuple(each for each in self.passages if each.kind == "paragraph" and not each.quoted and not each.note)

    @cached_property
    def sentences(self) -> tuple[tuple[Passage, int, int], ...]:
        """Its sentences: passage, begin and end in it. What is mostly somebody else's, in quotation marks, is none."""
        from blogq.measure.quoted import spoken
        from blogq.measure.sentences import sentences

        found = []
        for each in self.prose:
            others = spoken(each.text)
            for start, end in sentences(each.text, self.language):
                quoted = sum(max(0, min(end, past) - max(start, begin)) for begin, past in others)
                if 2 * quoted <= end - start:
                    found.append((each, start, end))
        return tuple(found)

    @cached_property
    def outward(self) -> tuple[str, ...]:
        """Addresses on other sites that it leads to, those of pictures in Markdown included; shortcodes', too."""
        found = [link.target for link in self.links if link.kind == "x"]
        for call in self.calls:
            given = [str(value) for value in (*call.args, *call.params.values())]
            addresses = [value for value in given if value.startswith(("https://", "http://"))]
            if not addresses and call.name in _ELSEWHERE and given:
                addresses = [_ELSEWHERE[call.name] + call.said("id", at=0)]
            found += addresses
        return tuple(found)

    @cached_property
    def shows(self) -> bool:
        """Whether there is something besides text to see: code, a formula, a picture, a film, an embed.

        A template's tag that has a line for itself may stand for any of these.
        """
        return (
            self.is_code
            or bool(self.pictures)
            or any(link.kind in ("i", "m") for link in self.links)
            or any(block.kind in ("formula", "math_block") for block in self.blocks)
            or any(map(template_code.shows, self.lines[self.body_line - 1 :]))
            or any(
                not call.paired or call.name in CAPTIONS
                for call in self.calls
                if call.name not in _TEXT_ONLY | _REFERENCES
            )
        )

    @property
    def is_code(self) -> bool:
        """Whether it shows code as a block."""
        return any(block.kind in ("fence", "code_block") for block in self.blocks)

    def at(self, line: int, column: int = 0, length: int = 0) -> Span:
        """Return a place in the file; `length` in characters."""
        return Span(self.path, line, column, line if length else 0, column + length if length else 0)

    def within(self, passage: Passage, start: int, end: int) -> Span:
        """Return the place of `passage.text[start:end]`."""
        line, column = passage.place(start)
        last, past = passage.place(max(start, end - 1))
        return Span(self.path, line, column, last, past + 1)

    def excerpt(self, span: Span) -> tuple[str, int]:
        """Return the line of `span` as evidence, cut around the place, and the column at which what is kept begins.

        A … stands for each part that is cut off, in the column of one of its characters: so a column of the line, less
        that at which the excerpt begins, is the offset in it.
        """
        return cut(self.lines[span.line - 1], span.column) if 0 < span.line <= len(self.lines) else ("", 1)

    def key(self, name: str) -> Span:
        """Return the place of a front matter key; the file as a whole where it isn't there."""
        return self.at(self.keys.get(name, 0))

    def finding(self, code: str, severity: Severity, span: Span, message: str, hint: str, about: str = "") -> Finding:
        """Return a finding in this post, with the line that it is about."""
        evidence, begins = self.excerpt(span)
        return Finding(code, severity, span, message, hint, evidence, about, begins)


Found = Iterator[Finding]
"""What a rule yields."""
