"""Tables as on GitHub (GFM §4.10): a header row, a row of dashes that sets the columns, and rows.

A table becomes one token, its cells as text: a token per cell would make long tables several times slower.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from blogq.content.markdown.document import TooComplex
from blogq.pattern import Pattern

_DASHES = Pattern(r"[ \t]*+\|?+[ \t]*+:?-++:?[ \t]*+(?>(?:\|[ \t]*+:?-++:?[ \t]*+)*)\|?+[ \t]*+")
_CELL = Pattern(r"(?>(?:[^|\\]|\\.|\\\Z)*)")
_FREE_EMPTY_CELLS = 10_000
"""Cells that may be missing from the ends of rows before that is too complex; one more for every 8 characters."""

Interrupts = Callable[[Any, int, int, bool], bool]


def _cells(line: str) -> list[str]:
    """Return the cells of a row. `\\|` is a bar within a cell."""
    line = line.strip(" \t")
    if "\\" not in line:
        cells = line.split("|")
    else:
        cells = []
        pos = 0
        while match := _CELL.match(line, pos):
            cells.append(match[0].replace("\\|", "|"))
            pos = match.end() + 1
            if pos > len(line):
                break
    if cells and not cells[0].strip(" \t") and line.startswith("|"):
        del cells[0]
    if cells and not cells[-1].strip(" \t") and line.endswith("|"):
        del cells[-1]
    return [cell.strip(" \t") for cell in cells]


def _alignments(dashes: str) -> list[str]:
    return [
        ("center" if cell[0] == ":" else "right") if cell[-1] == ":" else "left" if cell[0] == ":" else ""
        for cell in _cells(dashes)
    ]


def table(state: Any, start_line: int, end_line: int, silent: bool, interrupts: Interrupts) -> bool:
    """The block rule for tables. `interrupts` tells whether another block starts on a line and ends the table."""
    second = start_line + 1
    if second >= end_line:
        return False
    source = state.src
    begins, ends, shifts, columns = state.bMarks, state.eMarks, state.tShift, state.sCount
    begin = begins[second] + shifts[second]
    if begin >= ends[second] or source[begin] not in "|-:":
        return False
    indent = state.blkIndent
    if columns[second] < indent or columns[second] - indent > 3 or columns[start_line] - indent > 3:
        return False
    if not _DASHES.fullmatch(source, begin, ends[second]):
        return False
    header = source[begins[start_line] + shifts[start_line] : ends[start_line]]
    dashes = source[begin : ends[second]]
    if "|" not in header or source[begin : begin + 2] in ("- ", "-\t"):
        return False
    titles = _cells(header)
    alignments = _alignments(dashes)
    if not titles or len(titles) != len(alignments):
        return False
    if silent:
        return True
    outer = state.parentType
    state.parentType = "table"
    rows = [(start_line, titles)]
    line = second + 1
    empty = 0
    width = len(titles)
    while line < end_line:
        begin = begins[line] + shifts[line]
        if begin >= ends[line] or columns[line] < indent or columns[line] - indent > 3:
            break
        if interrupts(state, line, end_line, True):
            break
        cells = _cells(source[begin : ends[line]])
        empty += max(0, width - len(cells))
        if empty > _FREE_EMPTY_CELLS + len(source) // 8:
            raise TooComplex(line, "most rows of a wide table lack most of their cells")
        rows.append((line, cells[:width]))
        line += 1
    state.parentType = outer
    state.line = line
    token = state.push("table", "table", 0)
    token.map = [start_line, line]
    token.info = alignments
    token.children = rows
    return True
