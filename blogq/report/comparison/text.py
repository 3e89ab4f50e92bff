"""A comparison for a terminal: each passage, the text on the left, what it matches on the right."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from blogq.report.comparison.comparison import Comparison, sum_told, told
from blogq.report.excerpt import cells
from blogq.report.text import safe

LEAST = 24
"""Cells of a column; where there is less room the two stand one below the other."""
LONGEST = 1200
"""Characters of a passage that are shown; of longer ones beginning and end."""


def as_text(comparison: Comparison, color: bool = False, width: int = 80) -> str:
    """Return `comparison` as text, `width` in cells."""
    blocks = []
    room = (width - 3) // 2
    for number, passage in enumerate(comparison.passages, 1):
        left = comparison.text.text[passage.start : passage.end]
        right = comparison.source.text[passage.source_start : passage.source_end]
        heads = [
            f"{safe(side.name)}:{side.lines(start, end)}"
            for side, start, end in (
                (comparison.text, passage.start, passage.end),
                (comparison.source, passage.source_start, passage.source_end),
            )
        ]
        lines = [_paint("1", f"{number}. {told(comparison, passage)}", color)]
        if room < LEAST:
            lines += [_paint("2", heads[0], color), *wrapped(left, width), _paint("2", heads[1], color)]
            lines += wrapped(right, width)
        else:
            lines.append(_paint("2", _beside(_cut(heads[0], room), _cut(heads[1], room), room), color))
            lines += [
                _beside(*pair, room) for pair in zip_longest(wrapped(left, room), wrapped(right, room), fillvalue="")
            ]
        blocks.append("\n".join(lines))
    return "\n\n".join([*blocks, _paint("1", safe(sum_told(comparison)), color)]) + "\n"


def wrapped(text: str, width: int) -> list[str]:
    """Return `text` in lines of at most `width` cells, broken between words where that is possible."""
    if len(text) > LONGEST:
        text = f"{text[: LONGEST // 2]} … {text[-LONGEST // 2 :]}"
    lines: list[str] = []
    line = ""
    for word in _pieces(text, width):
        if line and cells(line) + 1 + cells(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line] if line else lines


def _pieces(text: str, width: int) -> Iterator[str]:
    """Yield words, those that are wider than a line in parts."""
    for word in text.split():
        shown = safe(word)
        while cells(shown) > width:
            end = width
            while cells(shown[:end]) > width:
                end -= 1
            yield shown[:end]
            shown = shown[end:]
        if shown:
            yield shown


def _beside(left: str, right: str, room: int) -> str:
    return f"{left}{' ' * (room - cells(left))} │ {right}".rstrip()


def _cut(text: str, room: int) -> str:
    return text if cells(text) <= room else f"…{text[-room + 1 :]}"


def _paint(code: str, text: str, color: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if color else text
