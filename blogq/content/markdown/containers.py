"""Containers: `::: note Title`, blocks, `:::`. A longer row of colons holds shorter ones; closed as code fences are."""

from __future__ import annotations

from typing import Any, NamedTuple

from blogq.content.markdown.attributes import Attributes, read
from blogq.content.markdown.places import Notice
from blogq.pattern import Pattern

_FENCE = Pattern(r"(:{3,}+)[ \t]*+([^\n]*+)")
_NAME = Pattern(r"[A-Za-z][\w-]*+")
_BRACKETED = Pattern(r"\[([^\[\]\n]*+)\]")


class Opening(NamedTuple):
    """What the first line of a container says."""

    name: str
    """In lower case; empty where the line has attributes only."""
    title: str
    """As Markdown."""
    given: Attributes | None


def _opening(text: str) -> Opening | None:
    """Read what follows the colons of a first line; None where that is none."""
    text = text.rstrip(" \t:")
    named = _NAME.match(text)
    pos = named.end() if named else 0
    title = ""
    given = None
    if bracketed := _BRACKETED.match(text, pos):
        title, pos = bracketed[1], bracketed.end()
    while text[pos : pos + 1] in (" ", "\t"):
        pos += 1
    if text.startswith("{", pos) and (found := read(text, pos)):
        given, pos = found
    elif not named:
        return None
    if named and pos == named.end() and pos < len(text):
        # `:::a:b` and the like name nothing.
        return None
    return Opening(named[0].lower() if named else "", title.strip() or text[pos:].strip(), given)


def container(state: Any, start_line: int, end_line: int, silent: bool) -> bool:
    """The block rule for containers, both for their first and for their last lines."""
    begin = state.bMarks[start_line] + state.tShift[start_line]
    match = _FENCE.fullmatch(state.src, begin, state.eMarks[start_line])
    if not match or state.is_code_block(start_line):
        return False
    fence = len(match[1])
    open_fences: list[tuple[int, int]] = state.fences
    if not match[2].rstrip():
        if silent:
            return any(length <= fence for length, _ in open_fences)
        if open_fences and open_fences[-1][1] == state.depth and open_fences[-1][0] <= fence:
            open_fences.pop()
            state.closed = start_line
            # Ends the loop that reads this container's blocks.
            state.line = end_line
            return True
        column = begin - state.src.rfind("\n", 0, begin) - 1
        state.env["noticed"].append(
            (
                start_line,
                Notice(
                    column, fence, "MD107", "this row of colons closes a container, and none is open here",
                    "Take the line out, or open the container above it, for example with “::: note”.",
                ),
            )
        )  # fmt: skip
        return False
    opening = _opening(match[2])
    if opening is None:
        return False
    if silent:
        return True
    token = state.push("container_open", "", 1)
    token.info = opening
    token.map = [start_line, start_line + 1]
    token.given = opening.given
    open_fences.append((fence, state.depth + 1))
    before = len(open_fences)
    outer, state.parentType = state.parentType, "container"
    state.line = start_line + 1
    state.closed = -1
    state.md.block.tokenize(state, start_line + 1, end_line)
    state.parentType = outer
    if state.closed >= 0:
        state.line = state.closed + 1
        state.closed = -1
    else:
        del open_fences[before - 1 :]
        column = begin - state.src.rfind("\n", 0, begin) - 1
        state.env["noticed"].append(
            (
                start_line,
                Notice(
                    column, fence, "MD107", "this container is opened and never closed",
                    f"Write a line “{match[1]}” where it ends.",
                ),
            )
        )  # fmt: skip
    state.push("container_close", "", -1)
    return True
