"""Places: where in the source file something stands that was found in a block, and findings that point there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from blogq.content.highlight import TIME_LIMIT
from blogq.finding import Finding, Span


class Notice(NamedTuple):
    """Something wrong in a block, before it is known where in the file that is."""

    at: int
    """Offset in the text being read, or column of the line, from 0."""
    length: int
    """How many characters are meant."""
    code: str
    message: str
    hint: str


def close_to(name: str, known: Iterable[str]) -> str:
    """Return which of `known` may be meant by `name`, "" where none is near."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, known, 1, 0.7)), "")


class Places:
    """Finds places in one source. Blocks know their lines; columns are worked out only where they are asked for."""

    def __init__(self, source: str, path: str, first_line: int) -> None:
        self.path = path
        self.first_line = first_line
        """Line of the file at which the source begins, from 1."""
        self._source = source
        self._lines: list[str] | None = None

    def line(self, index: int) -> str:
        """Return a line of the source by its index from 0, "" beyond the end."""
        if self._lines is None:
            self._lines = self._source.split("\n")
        return self._lines[index] if index < len(self._lines) else ""

    def of(self, offsets: list[int], token: Any, cell_at: int | None = None) -> list[tuple[int, int]]:
        """Return line and column in the file, both from 1, of ascending `offsets` in the content of a block's `token`.

        `cell_at` is where in its line the content begins, where that is known (cells of tables).
        """
        content: str = token.content
        line, past = token.map
        begin = 0
        end = content.find("\n")
        shift = cell_at
        places = []
        for offset in offsets:
            while end >= 0 and offset > end and line < past - 1:
                begin = end + 1
                end = content.find("\n", begin)
                line += 1
                shift = None
            if shift is None:
                shift = self._shift(content[begin : end if end >= 0 else len(content)].rstrip(), line)
            places.append((self.first_line + line, shift + offset - begin + 1))
        return places

    def finding(self, notice: Notice, line: int, column: int) -> Finding:
        """Return the finding for `notice` at `line` and `column` of the file."""
        span = Span(self.path, line, column, line, column + notice.length)
        return Finding(
            notice.code, "warning", span, notice.message, notice.hint, self.line(line - self.first_line)[:200]
        )

    def _shift(self, inner: str, line: int) -> int:
        """Return where in line `line` of the source `inner`, a line of a block's content, begins.

        Blocks take indentation and markers off the beginnings of lines, so what is left stands at the end.
        """
        source = self.line(line)
        at = len(source.rstrip()) - len(inner)
        return at if at >= 0 and source.startswith(inner, at) else max(0, source.find(inner))


def missing_footnote(places: Places, line: int, column: int, label: str) -> Finding:
    """The finding for `[^label]` at `line` and `column` of the file, of which there is no definition."""
    return Finding(
        "MD104",
        "warning",
        Span(places.path, line, column, line, column + len(label) + 3),
        f"the footnote [^{label}] is referred to and nowhere defined",
        f"Add a line “[^{label}]: …” with what the footnote says, or write \\[^{label}] if it isn't meant as one.",
        places.line(line - places.first_line),
    )


def unknown_language(places: Places, index: int, language: str) -> Finding:
    """The finding for a code block, opened on line `index` of the source, that names an unknown language."""
    return Finding(
        "MD101",
        "warning",
        _info_string(places, index, language),
        f"code block: the language “{language}” is unknown, so the code is not coloured",
        "Check the spelling, or write “text” for code that needs no colours.",
        places.line(index),
    )


def slow_code(places: Places, index: int, language: str) -> Finding:
    """The finding for a code block, opened on line `index` of the source, that takes too long to highlight."""
    return Finding(
        "MD102",
        "error",
        _info_string(places, index, language),
        f"code block: colouring this “{language}” code takes more than {TIME_LIMIT:g} seconds",
        "Shorten the block, or write “text” in place of the language to leave it plain.",
        places.line(index),
    )


def _info_string(places: Places, index: int, language: str) -> Span:
    column = places.line(index).rfind(language) + 1 or 1
    line = places.first_line + index
    return Span(places.path, line, column, line, column + len(language))
