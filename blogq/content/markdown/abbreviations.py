"""Abbreviations: `*[HTML]: HyperText Markup Language` anywhere, and each HTML in running text says what that is.

The syntax is PHP Markdown Extra's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from blogq.content.markdown.addresses import escape, unescape
from blogq.content.markdown.document import TooComplex
from blogq.pattern import Pattern

_DEFINITION = Pattern(r"\*\[([^\]\[\n]{1,100}+)\]:[ \t]*+([^\n]*+)")
_CJK = "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
_WORD = Pattern(rf"[^\W{_CJK}]++|[{_CJK}]")
_LETTER = Pattern(rf"[^\W{_CJK}]")
_FREE_TRIES = 50_000
"""Comparisons with abbreviations that begin with the same word; two more for each character of the text."""


def abbreviation(state: Any, start_line: int, end_line: int, silent: bool) -> bool:
    """The block rule for `*[label]: what it stands for`."""
    begin = state.bMarks[start_line] + state.tShift[start_line]
    match = _DEFINITION.fullmatch(state.src, begin, state.eMarks[start_line])
    if not match or state.is_code_block(start_line):
        return False
    if not silent:
        label = match[1].strip()
        if label:
            state.env["abbreviations"].setdefault(label, unescape(match[2].strip()))
        state.line = start_line + 1
    return True


class Abbreviations:
    """The abbreviations of one document."""

    def __init__(self, defined: Mapping[str, str], size: int) -> None:
        self._defined = defined
        self._tries = _FREE_TRIES + 2 * size
        self._starts: dict[str, list[tuple[int, int]]] = {}
        """Of each label's first word: where in the label it stands, and how long the labels are, longest first."""
        for label in sorted(defined, key=len, reverse=True):
            first = _WORD.search(label)
            if first:
                shapes = self._starts.setdefault(first[0], [])
                if (shape := (first.start(), len(label))) not in shapes[-1:]:
                    shapes.append(shape)

    def mark(self, html: list[str], text: list[str]) -> tuple[list[str], list[str]]:
        """Return the pieces of a text, as HTML and plain, with abbreviations marked up.

        Running text is what is the same in `html` and in `text`; pieces of it that hold abbreviations are divided.
        """
        marked: list[str] = []
        plain: list[str] = []
        for written, said in zip(html, text, strict=True):
            if said and written == escape(said) and "://" not in said:
                self._divide(said, marked, plain)
            else:
                marked.append(written)
                plain.append(said)
        return marked, plain

    def _divide(self, said: str, marked: list[str], plain: list[str]) -> None:
        done = 0
        for word in _WORD.finditer(said):
            for before, length in self._starts.get(word[0], ()):
                self._tries -= 1
                start = word.start() - before
                label = said[start : start + length] if start >= done else ""
                if label in self._defined and _stands_alone(said, start, start + length):
                    stands_for = self._defined[label]
                    title = f' title="{escape(stands_for)}"' if stands_for else ""
                    marked += escape(said[done:start]), f"<abbr{title}>", escape(label), "</abbr>"
                    plain += said[done:start], "", label, ""
                    done = start + length
                    break
            if self._tries < 0:
                raise TooComplex(0, "too many abbreviations begin with the same word")
        marked.append(escape(said[done:]))
        plain.append(said[done:])


def _stands_alone(plain: str, start: int, end: int) -> bool:
    """Tell whether `plain[start:end]` isn't part of a longer word."""
    if start and _LETTER.match(plain[start]) and _LETTER.match(plain[start - 1]):
        return False
    return not (end < len(plain) and _LETTER.match(plain[end]) and _LETTER.match(plain[end - 1]))
