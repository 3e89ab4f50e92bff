"""The blocks of a post that are set as quotations, and what stands right before and after each."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from blogq.content.markdown.passage import Passage, Use
from blogq.content.markdown.passage_kinds import QUOTES
from blogq.lint.subject import Subject
from blogq.pattern import Pattern

CLOSED = Pattern(r"</blockquote|\{\{[<%]\s*/|\{%-?\s*end", 2)
"""What ends a block."""
_HTML = Pattern(r"<blockquote\b([^<>]*)>(.*?)(?:</blockquote\s*>|\Z)", 18)
_TAG = Pattern(r"<[^<>]*>")
_BLANK = Pattern(r"[ \t]+")
_LIST = Pattern(
    r"(?:sources?|references|bibliography|works cited|literature|credits|quellen|literatur|fuentes|bibliografía|"
    r"bibliographie|fonti)\s*(?::|\Z)",
    2,
)
_NOTE = Pattern(r"\s*\[\^([^\]\s]+)\]:")
_LINKS = frozenset(("a", "x"))


class Block(NamedTuple):
    """A block that is set as a quotation."""

    passages: tuple[int, ...]
    """Indexes in `Subject.passages`; none where all of it stands in a block of HTML."""
    line: int
    """First and last line in the file, from 1."""
    last_line: int
    text: str
    """Its paragraphs, with blank lines between them."""


class Layout:
    """Where in a post its passages and links stand; made once, asked for each block."""

    def __init__(self, post: Subject) -> None:
        self.post = post
        self.is_code = post.is_code
        self._passages = sorted((each for each in post.passages if not each.note and each.line), key=_first_line)
        self._lines = [each.line for each in self._passages]
        self._calls = sorted((call for call in post.calls if call.paired and call.name in QUOTES), key=_line_of_call)
        self._call_lines = [call.line for call in self._calls]
        self._links = sorted((link.line, link.column) for link in post.links if link.kind in _LINKS)

    def before(self, block: Block) -> tuple[Passage | None, int]:
        """Return the passage right before a block, unless it's a heading or quoted, and the line that it begins at.

        Where there is none, the line is the first one below what stands there instead.
        """
        if block.passages and self.post.passages[block.passages[0]].note:
            return None, block.line
        at = bisect_left(self._lines, block.line) - 1
        if at < 0:
            return None, self.post.body_line
        found = self._passages[at]
        if found.kind == "heading" or found.quoted:
            return None, last_line(found) + 1
        return found, found.line

    def after(self, block: Block) -> Passage | None:
        """Return the passage right after a block, unless it's a heading or quoted."""
        at = bisect_right(self._lines, block.last_line)
        found = self._passages[at] if at < len(self._passages) else None
        return None if found is None or found.kind == "heading" or found.quoted else found

    def has_link(self, begin: tuple[int, int], past: tuple[int, int]) -> bool:
        """Return whether a link stands between two places of the file, line and column each."""
        at = bisect_left(self._links, begin)
        return at < len(self._links) and self._links[at] < past

    def call(self, block: Block) -> Use | None:
        """Return the shortcode that a block stands in."""
        at = bisect_right(self._call_lines, block.line) - 1
        if at < 0 or any(map(CLOSED.search, self.post.lines[self._call_lines[at] : block.line - 1])):
            return None
        return self._calls[at]

    @cached_property
    def lists_sources(self) -> bool:
        """Whether a section or a paragraph of the post lists what it is made from."""
        return any(_LIST.match(each.text) for each in self._passages if not each.quoted)

    @cached_property
    def notes(self) -> dict[str, str]:
        """The first line of each footnote, by its label."""
        found: dict[str, str] = {}
        for line in self.post.lines:
            if match := _NOTE.match(line):
                found.setdefault(match[1], line[match.end() :])
        return found

    def touch(self, before: Block, after: Block) -> bool:
        """Return whether no prose stands between two blocks; code and pictures may."""
        if before.passages and after.passages:
            return after.passages[0] == before.passages[-1] + 1
        between = self.post.lines[before.last_line : after.line - 1]
        return all(not line.strip(" \t>") or line.lstrip().startswith(("<", "{")) for line in between)


def blocks_of(post: Subject) -> list[Block]:
    """Return the blocks of a post that are set as quotations, in the order of its lines."""
    return sorted((*_in_passages(post), *_in_html(post)), key=lambda each: each.line)


def _line_of_call(call: Use) -> int:
    return call.line


def _first_line(passage: Passage) -> int:
    return passage.line


def last_line(passage: Passage) -> int:
    """Return the line of the file in which a passage ends."""
    return passage.place(max(0, len(passage.text.rstrip()) - 1))[0]


def _in_passages(post: Subject) -> Iterator[Block]:
    """Yield the blocks whose text is in passages."""
    group: list[int] = []
    for index, passage in enumerate((*post.passages, None)):
        if group and (passage is None or not passage.quoted or _are_apart(post, post.passages[group[-1]], passage)):
            texts = [post.passages[each].text for each in group]
            first, last = post.passages[group[0]], post.passages[group[-1]]
            yield Block(tuple(group), first.line, last_line(last), "\n\n".join(texts))
            group = []
        if passage is not None and passage.quoted:
            group.append(index)


def _are_apart(post: Subject, before: Passage, after: Passage) -> bool:
    """Return whether one block ends between two passages, and another one begins."""
    if before.note != after.note or after.line < before.line:
        return True
    between = post.lines[last_line(before) : after.line - 1]
    if any(map(CLOSED.search, (*post.lines[last_line(before) - 1 : last_line(before)], *between))):
        return True
    marked = post.lines[after.line - 1].lstrip(" \t0123456789.)*+-").startswith(">")
    return marked and any(not line.strip() for line in between)


def _in_html(post: Subject) -> Iterator[Block]:
    """Yield the blockquotes that stand in blocks of HTML as a whole, which are in no passage."""
    for block in post.blocks:
        if block.kind != "html_block":
            continue
        last = block.line - 1
        while last < len(post.lines) and post.lines[last].strip():
            last += 1
        html = "\n".join(post.lines[block.line - 1 : last])
        for match in _HTML.finditer(html) if "<blockquote" in html.lower() else ():
            text = _BLANK.sub(" ", _TAG.sub("\n", " ".join(match[2].split()))).strip()
            # What isn't closed goes on in passages.
            if text and match[0].endswith(">"):
                line = block.line + html.count("\n", 0, match.start())
                yield Block((), line, line + match[0].count("\n"), text)
