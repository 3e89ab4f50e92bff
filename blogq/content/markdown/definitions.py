"""Definition lists: lines of terms, then lines that begin with `: `, as PHP Markdown Extra and Pandoc have them."""

from __future__ import annotations

from typing import Any

from blogq.pattern import Pattern

_MARK = Pattern(r":([ \t]++)(?=[^\s])")


def definition(state: Any, start_line: int, end_line: int, silent: bool) -> bool:
    """The block rule for `: what a term means`. The paragraph before it turns out to be the terms, one on each line."""
    begin = state.bMarks[start_line] + state.tShift[start_line]
    mark = _MARK.match(state.src, begin, state.eMarks[start_line])
    if not mark or state.is_code_block(start_line):
        return False
    column = state.sCount[start_line]
    if silent:
        # Only within a paragraph, whose first line can't be a definition itself; or it is one more of the list around.
        first = state.line
        more = 0 <= state.ddIndent <= column < state.blkIndent
        started = state.src[state.bMarks[first] + state.tShift[first]]
        return bool(more or (column >= state.blkIndent and started != ":"))
    if column < state.blkIndent:
        return False
    spaced = _terms(state, start_line)
    if spaced is None:
        return False
    line = start_line
    while True:
        line = _read(state, line, end_line, mark, spaced)
        following = line
        while following < end_line and state.isEmpty(following):
            following += 1
        if following >= end_line or state.sCount[following] < state.blkIndent or state.is_code_block(following):
            break
        begin = state.bMarks[following] + state.tShift[following]
        again = _MARK.match(state.src, begin, state.eMarks[following])
        if not again:
            break
        if following == line:
            _term_of_lazy_line(state, line)
        mark, spaced, line = again, following > line, following
    state.push("dl_close", "dl", -1)
    state.line = line
    return True


def _terms(state: Any, line: int) -> bool | None:
    """Turn the paragraph above `line` into terms and return whether a blank line follows it; None where there is none.

    The list is left open: an earlier one of the same level that ends just above the paragraph goes on.
    """
    tokens = state.tokens
    if len(tokens) < 3 or tokens[-1].type != "paragraph_close" or tokens[-1].level != state.level:
        return None
    opening, inline = tokens[-3:-1]
    first, past = inline.map
    if past not in (line, line - 1) or state.src[state.bMarks[first] + state.tShift[first]] == ":":
        return None
    waits = bool(state.waiting) and state.waiting[-1][0] == len(tokens) - 3
    del tokens[-3:]
    if tokens and tokens[-1].type == "dl_close" and tokens[-1].level == state.level and not waits and not opening.given:
        tokens.pop()
        state.level += 1
    else:
        state.push("dl_open", "dl", 1).given = opening.given
    for number, content in enumerate(inline.content.split("\n")):
        _add_term(state, content, first + number)
    return bool(past < line)


def _add_term(state: Any, content: str, line: int) -> None:
    term = state.push("term", "dt", 0)
    term.content = content.strip()
    term.map = [line, line + 1]


def _term_of_lazy_line(state: Any, line: int) -> None:
    """Make a term of the line above `line`, if it only went on the definition before it and isn't indented like it.

    Lists are written without blank lines between their entries; then each next term looks like more of a definition.
    """
    tokens = state.tokens
    at = len(tokens) - 2
    if at < 2 or tokens[at].type != "paragraph_close":
        return
    inline = tokens[at - 1]
    before, newline, last = inline.content.rpartition("\n")
    if not newline or inline.map[1] != line or state.sCount[line - 1] != state.sCount[line]:
        return
    inline.content = before
    inline.map = [inline.map[0], line - 1]
    _add_term(state, last, line - 1)


def _read(state: Any, line: int, end_line: int, mark: Any, spaced: bool) -> int:
    """Read one definition, whose `mark` stands on `line`, and return the line after it."""
    begins, shifts, columns = state.bMarks, state.tShift, state.sCount
    saved = shifts[line], columns[line], state.blkIndent, state.parentType, state.tight, state.ddIndent
    column = start = columns[line] + 1
    for character in mark[1]:
        column += 4 - column % 4 if character == "\t" else 1
    indent = column if column - start <= 4 else start + 1
    opening = state.push("dd_open", "dd", 1)
    opening.map = [line, line + 1]
    # As list items have it: the line still begins where it did, and its content after the mark.
    shifts[line] = mark.end() - begins[line]
    columns[line] = column
    state.ddIndent = state.blkIndent
    state.blkIndent = indent
    state.parentType = "definition"
    at = len(state.tokens)
    state.md.block.tokenize(state, line, end_line)
    if state.tight and not spaced:
        level = state.level
        for token in state.tokens[at:]:
            if token.level == level and token.type in ("paragraph_open", "paragraph_close"):
                token.hidden = True
    past: int = state.line
    opening.map[1] = past
    shifts[line], columns[line], state.blkIndent, state.parentType, state.tight, state.ddIndent = saved
    state.push("dd_close", "dd", -1)
    return past
