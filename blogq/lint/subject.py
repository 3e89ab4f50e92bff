"""What a rule of scope `post` may see: one post, read once. A pure function of its bytes and the parse options."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from blogq.content.markdown.document import Call, Heading, Link
from blogq.content.markdown.passages import Block, Passage, Picture
from blogq.finding import Finding, Severity, Span
from blogq.measure import Measures


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
    calls: tuple[Call, ...]
    """Uses of shortcodes."""
    blocks: tuple[Block, ...]
    measures: Measures
    """Of its prose."""

    @cached_property
    def prose(self) -> tuple[Passage, ...]:
        """The author's own running text: paragraphs and items, no headings, cells, quotations or notes."""
        return tuple(each for each in self.passages if each.kind == "paragraph" and not each.quoted and not each.note)

    @cached_property
    def sentences(self) -> tuple[tuple[Passage, int, int], ...]:
        """Its sentences: passage, begin and end in it."""
        from blogq.measure.sentences import sentences

        return tuple((each, *span) for each in self.prose for span in sentences(each.text, self.language))

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

    def excerpt(self, line: int) -> str:
        """Return a line of the file, cut to what a report can show."""
        return self.lines[line - 1][:200] if 0 < line <= len(self.lines) else ""

    def key(self, name: str) -> Span:
        """Return the place of a front matter key; the file as a whole where it isn't there."""
        return self.at(self.keys.get(name, 0))

    def finding(self, code: str, severity: Severity, span: Span, message: str, hint: str, about: str = "") -> Finding:
        """Return a finding in this post, with the line that it is about."""
        return Finding(code, severity, span, message, hint, self.excerpt(span.line), about)


Found = Iterator[Finding]
"""What a rule yields."""
