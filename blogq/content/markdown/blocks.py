"""The block part of the reader: markdown-it's block rules, chosen by a line's first character, within bounds.

markdown-it tries every rule on every line. Here the first character says which rules can match at all, paragraphs and
setext headings are read by one rule in one pass, and what would take too long or nest too deep is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock
from markdown_it.rules_block import StateBlock, blockquote, code, fence, html_block, list_block, reference

from blogq.config.schema import Markdown
from blogq.content.markdown import definitions, footnotes
from blogq.content.markdown.abbreviations import abbreviation
from blogq.content.markdown.attributes import Attributes, attribute_line, settle
from blogq.content.markdown.call_blocks import tags_alone
from blogq.content.markdown.containers import container
from blogq.content.markdown.document import TooComplex
from blogq.content.markdown.formulas import displayed
from blogq.content.markdown.tables import table
from blogq.pattern import Pattern

Rule = Callable[[StateBlock, int, int, bool], bool]

MAX_DEPTH = 100
"""How deep quotes, lists and notes may nest in one another. Each level costs two or three frames of Python's stack."""
_FREE_LINES = 30_000
"""Lines that nested quotes may read again before that counts as too complex; one more for each character."""
_USUAL_DEPTH = 20
_DEEP_CONTAINER = 16
"""What each container below the usual depth costs, in such lines."""

_RULE = Pattern(r"([-*_])[ \t]*+(?>(?:\1[ \t]*+){2,})")
_UNDERLINE = Pattern(r"(?:=++|-++)[ \t]*+")
_HEADING = Pattern(r"(#{1,6}+)(?:[ \t]++(.*))?", re.DOTALL)
_INDENTATION = Pattern(r"[ \t]++")


class Token:
    """What markdown-it's rules emit, without the cost of a dataclass: defaults live in the class."""

    attrs: dict[str, Any] = {}  # noqa: RUF012 - never changed in place: the rules assign a new one
    map: list[int] | None = None
    children: list[Any] | None = None
    content = ""
    markup = ""
    info = ""
    meta: dict[str, Any] = {}  # noqa: RUF012
    given: Attributes | None = None
    """What the author gave it on a line of its own."""
    hidden = False
    block = True

    def __init__(self, kind: str, tag: str, nesting: int, level: int) -> None:
        self.type = kind
        self.tag = tag
        self.nesting = nesting
        self.level = level


class Lines(StateBlock):
    """The lines of a text, with what the containers around the current block have used up of each."""

    def __init__(self, source: str, md: MarkdownIt, env: dict[str, Any]) -> None:
        # Not super().__init__: this is the same table of lines, made in a third of the time.
        self.src = source
        self.md = md
        self.env = env
        self.tokens: list[Any] = []
        self.bMarks = begins = []
        self.eMarks = ends = []
        self.tShift = shifts = []
        self.sCount = columns = []
        self.blkIndent = 0
        self.line = 0
        self.tight = False
        self.ddIndent = -1
        self.listIndent = -1
        self.parentType = "root"
        self.level = 0
        self.result = ""
        self._code_enabled = True
        self.depth = 0
        self.quoted = False
        self.allowance = _FREE_LINES + len(source)
        self.piped = "|" in source
        self.fences: list[tuple[int, int]] = []
        """Open containers: how many colons, and how deep their blocks are."""
        self.closed = -1
        """Line that closed the container whose blocks were just read."""
        self.waiting: list[tuple[int, Attributes, int]] = []
        """Attributes for blocks to come: index of the block's token, attributes, line."""
        self.attributed: tuple[int, int, Any] | None = None
        """Line after attributes, their level, and the token that got them."""
        self.formulas_without_end: dict[str, int] = {}
        """Up to which line there is no end of a formula, by how it would end."""
        start = 0
        lines = source.split("\n")
        if lines[-1].strip(" \t") == "":
            lines.pop()
        for line in lines:
            begins.append(start)
            end = start + len(line)
            ends.append(end)
            if line and line[0] in " \t":
                margin = _INDENTATION.match(line)
                indentation = margin[0] if margin else ""
                shifts.append(len(indentation))
                columns.append(len(indentation.expandtabs(4)))
            else:
                shifts.append(0)
                columns.append(0)
            start = end + 1
        self.lineMax = len(begins)
        self.bsCount = [0] * (self.lineMax + 1)
        begins.append(len(source))
        ends.append(len(source))
        shifts.append(0)
        columns.append(0)

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Any:
        """Add a token, as markdown-it's rules do."""
        if nesting < 0:
            self.level -= 1
        token = Token(ttype, tag, nesting, self.level)
        if nesting > 0:
            self.level += 1
        self.tokens.append(token)
        return token


def rule(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """The block rule for thematic breaks."""
    begin = state.bMarks[start_line] + state.tShift[start_line]
    if state.is_code_block(start_line) or not _RULE.fullmatch(state.src, begin, state.eMarks[start_line]):
        return False
    if not silent:
        state.line = start_line + 1
        state.push("hr", "hr", 0).map = [start_line, state.line]
    return True


def heading(state: Any, start_line: int, end_line: int, silent: bool) -> bool:
    """The block rule for headings that start with `#`."""
    begin = state.bMarks[start_line] + state.tShift[start_line]
    match = _HEADING.fullmatch(state.src, begin, state.eMarks[start_line])
    if not match or state.is_code_block(start_line):
        return False
    if not silent:
        content = (match[2] or "").strip(" \t")
        if content.endswith("#"):
            stem = content.rstrip("#")
            if not stem or stem[-1] in " \t":
                content = stem.rstrip(" \t")
        state.line = start_line + 1
        token = Token("heading", f"h{len(match[1])}", 0, state.level)
        token.content = content
        token.map = [start_line, state.line]
        state.tokens.append(token)
    return True


def quote(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """The block rule for quotes; what is in them is charged for, because every level reads all its lines."""
    if not silent and isinstance(state, Lines):
        state.quoted = True
        found = blockquote(state, start_line, end_line, False)
        state.quoted = False
        return found
    return blockquote(state, start_line, end_line, silent)


class _Chains:
    """Stands in for markdown-it's ruler: each chain of rules is one function that looks at the first character."""

    def __init__(self, chains: dict[str, list[Rule]]) -> None:
        self._chains = chains

    def getRules(self, name: str = "") -> list[Rule]:
        return self._chains[name]

    def get_active_rules(self) -> list[str]:
        return ["code"]


class Blocks(ParserBlock):
    """Splits a text into blocks. Holds nothing of a text; one serves a whole process."""

    def __init__(self, options: Markdown) -> None:
        self._tables = options.tables
        by_first: dict[str, list[Rule]] = {
            "`": [fence],
            "~": [fence],
            ">": [quote],
            "-": [rule, list_block],
            "*": [rule, list_block],
            "_": [rule],
            "+": [list_block],
            "#": [heading],
            "<": [html_block],
        }
        by_first.update((digit, [list_block]) for digit in "0123456789")
        if options.admonitions:
            by_first[":"] = [container]
        if options.abbreviations:
            by_first["*"] = [rule, list_block, abbreviation]
        braced: list[Rule] = [tags_alone] if options.shortcodes else []
        if options.attributes:
            braced.append(attribute_line)
        by_first["{"] = braced
        if options.math:
            by_first["$"] = by_first["\\"] = [displayed]
        notes: dict[str, list[Rule]] = {"[": [footnotes.definition]} if options.footnotes else {}
        defined: list[Rule] = [definitions.definition] if options.definition_lists else []
        interrupting = by_first | notes
        self._interrupting = interrupting | {":": [*by_first.get(":", []), *defined]}
        self._starting = self._interrupting | {"[": [*notes.get("[", []), reference]}
        self._ends_quote = _chain(by_first, None)
        ends_list: dict[str, list[Rule]] = {
            c: [r for r in rules if r not in (list_block, heading, html_block)] for c, rules in by_first.items()
        }
        self.ruler: Any = _Chains(
            {
                "reference": [_chain(interrupting, self._ends_quote if options.tables else None)],
                "blockquote": [self._ends_quote],
                "list": [_chain(ends_list, None)],
            }
        )

    def read(self, source: str, md: MarkdownIt, env: dict[str, Any]) -> list[Any]:
        """Return the block tokens of `source`. Raises TooComplex where it takes out of all proportion to read."""
        state = Lines(source, md, env)
        self.tokenize(state, 0, state.lineMax)
        if state.waiting:
            settle(state.tokens, state.waiting)
        return state.tokens

    def tokenize(self, state: Any, startLine: int, endLine: int) -> None:
        """Read the blocks of a container's lines; markdown-it's container rules call this for what they hold."""
        state.depth += 1
        if state.depth > MAX_DEPTH:
            raise TooComplex(startLine, f"quotes and lists are nested more than {MAX_DEPTH} deep")
        if state.depth > _USUAL_DEPTH:
            state.allowance -= _DEEP_CONTAINER
            if state.allowance < 0:
                raise TooComplex(startLine, f"too many quotes and lists nest more than {_USUAL_DEPTH} deep")
        if state.quoted:
            state.quoted = False
            if state.depth > 2:
                state.allowance -= endLine - startLine
                if state.allowance < 0:
                    raise TooComplex(startLine, "nested quotes run on over too many lines")
        source = state.src
        begins, ends, shifts, columns = state.bMarks, state.eMarks, state.tShift, state.sCount
        starting = self._starting
        tables = self._tables and state.piped
        seen_empty = False
        line = startLine
        while line < endLine:
            while line < endLine and begins[line] + shifts[line] >= ends[line]:
                line += 1
            state.line = line
            if line >= endLine or columns[line] < state.blkIndent:
                break
            if columns[line] - state.blkIndent >= 4 and code(state, line, endLine, False):
                pass
            else:
                for attempt in starting.get(source[begins[line] + shifts[line]], ()):
                    if attempt(state, line, endLine, False):
                        break
                else:
                    if not (tables and table(state, line, endLine, False, self._ends_quote)):
                        self._paragraph(state, line, endLine, tables)
            state.tight = not seen_empty
            line = state.line
            if line - 1 < endLine and begins[line - 1] + shifts[line - 1] >= ends[line - 1]:
                seen_empty = True
            if line < endLine and begins[line] + shifts[line] >= ends[line]:
                seen_empty = True
                line += 1
                state.line = line
        state.depth -= 1

    def _paragraph(self, state: Any, first: int, end_line: int, tables: bool) -> None:
        """Read a paragraph, or the setext heading that it turns out to be."""
        source = state.src
        begins, ends, shifts, columns = state.bMarks, state.eMarks, state.tShift, state.sCount
        interrupting = self._interrupting
        indent = state.blkIndent
        outer = state.parentType
        state.parentType = "paragraph"
        level = 0
        line = first + 1
        last = state.lineMax
        while line < last:
            begin = begins[line] + shifts[line]
            if begin >= ends[line]:
                break
            column = columns[line]
            if column - indent <= 3:
                character = source[begin]
                if (
                    character in "-="
                    and column >= indent
                    and line < end_line
                    and _UNDERLINE.fullmatch(source, begin, ends[line])
                ):
                    level = 1 if character == "=" else 2
                    break
                if column >= 0:
                    rules = interrupting.get(character)
                    if rules and any(attempt(state, line, last, True) for attempt in rules):
                        break
                    if tables and table(state, line, last, True, self._ends_quote):
                        break
            line += 1
        state.parentType = outer
        if line == first + 1:
            content = source[begins[first] + shifts[first] : ends[first]].rstrip(" \t")
        else:
            content = "\n".join([source[begins[at] + shifts[at] : ends[at]] for at in range(first, line)]).rstrip(" \t")
        place = [first, line]
        state.line = line + 1 if level else line
        if level:
            token = Token("heading", f"h{level}", 0, state.level)
            token.content = content
            token.map = place
            state.tokens.append(token)
            return
        inline = Token("inline", "", 0, state.level + 1)
        inline.content = content
        inline.map = place
        state.tokens += (
            Token("paragraph_open", "p", 1, state.level),
            inline,
            Token("paragraph_close", "p", -1, state.level),
        )


def _chain(by_first: dict[str, list[Rule]], ends_table: Rule | None) -> Rule:
    """Return one rule that tells whether any of `by_first`, or a table if `ends_table` is given, starts on a line."""

    def interrupts(state: StateBlock, line: int, end_line: int, silent: bool) -> bool:
        begin = state.bMarks[line] + state.tShift[line]
        if begin < state.eMarks[line]:
            for attempt in by_first.get(state.src[begin], ()):
                if attempt(state, line, end_line, True):
                    return True
        return ends_table is not None and table(state, line, end_line, True, ends_table)

    return interrupts
