"""Footnotes: `[^label]` in the text, `[^label]: the note` anywhere, all notes at the end, numbered by first use.

The syntax is GitHub's and PHP Markdown Extra's; the roles are those of the W3C's DPUB-ARIA.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from markdown_it.rules_block import StateBlock

from blogq.pattern import Pattern

REFERENCE = Pattern(r"\[\^([^\]\s\[]{1,200}+)\]")
_DEFINITION = Pattern(r"\[\^([^\]\s\[]{1,200}+)\]:[ \t]*+")
_MEANT_AS_ONE = Pattern(r"\d+|(?:fn|note|footnote|ref)[\w-]*", re.IGNORECASE)
_LABEL_AS_OTHERS = Pattern(r"[\w-]+")

_BACK = {
    "de": "Zurück zu Verweis {}",
    "en": "Back to reference {}",
    "es": "Volver a la referencia {}",
    "fr": "Retour à la référence {}",
    "it": "Torna al riferimento {}",
    "ja": "参照 {} に戻る",
    "nl": "Terug naar verwijzing {}",
    "pl": "Wróć do odnośnika {}",
    "pt": "Voltar à referência {}",
    "ru": "Назад к сноске {}",
    "zh": "返回引用 {}",
}
"""What a screen reader says for ↩, by language."""


class Reference(NamedTuple):
    """A mark in the text that leads to a note."""

    html: str
    target: str


class Footnotes:
    """The footnotes of one document: which are defined, and which are used, in what order and how often."""

    def __init__(self, enabled: bool, labels: frozenset[str]) -> None:
        self.enabled = enabled
        self._labels = labels
        self._uses: list[str] = []
        self._numbers: dict[str, int] = {}
        self._counts: dict[str, int] = {}

    def mark(self) -> int:
        """Return a point to `rewind` to."""
        return len(self._uses)

    def rewind(self, mark: int) -> None:
        """Forget the references made since `mark`."""
        while len(self._uses) > mark:
            label = self._uses.pop()
            self._counts[label] -= 1
            if not self._counts[label]:
                del self._numbers[label], self._counts[label]

    def refer(self, label: str) -> Reference | None:
        """Note a reference to `label` and return its mark; None where no such note is defined."""
        label = label.casefold()
        if label not in self._labels:
            return None
        number = self._numbers.setdefault(label, len(self._numbers) + 1)
        count = self._counts[label] = self._counts.get(label, 0) + 1
        self._uses.append(label)
        target = f"#fn{number}"
        return Reference(
            f'<sup class="footnote-ref"><a href="\0f{target}\0" id="{_id(number, count)}" role="doc-noteref">'
            f"[{number}]</a></sup>",
            target,
        )

    def used(self) -> list[str]:
        """Return the labels of the notes referred to so far, by number."""
        return list(self._numbers)

    def back(self, label: str, language: str) -> str:
        """Return the links back from the note `label` to where it is referred to."""
        number = self._numbers[label]
        says = _BACK.get(language.partition("-")[0].lower(), _BACK["en"])
        return "".join(
            f' <a href="\0f#{_id(number, count)}\0" class="footnote-backref" role="doc-backlink"'
            f' aria-label="{says.format(number if count == 1 else f"{number}-{count}")}">↩︎</a>'
            for count in range(1, self._counts[label] + 1)
        )

    def back_targets(self, label: str) -> list[str]:
        """Return where the links of `back` lead."""
        return [f"#{_id(self._numbers[label], count)}" for count in range(1, self._counts[label] + 1)]

    def ids(self) -> list[str]:
        """Return the ids of all marks and notes."""
        marks = [
            _id(number, count) for label, number in self._numbers.items() for count in range(1, self._counts[label] + 1)
        ]
        return marks + [f"fn{number}" for number in self._numbers.values()]

    def surely_missing(self, label: str) -> bool:
        """Tell whether the undefined `label` was clearly meant as a footnote, and not, say, as a pattern."""
        return bool((_LABEL_AS_OTHERS if self._labels else _MEANT_AS_ONE).fullmatch(label))


def _id(number: int, count: int) -> str:
    return f"fnref{number}" if count == 1 else f"fnref{number}-{count}"


def definition(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """The block rule for `[^label]: …`: its content is what follows, and lines indented by four."""
    if state.is_code_block(start_line):
        return False
    begin = state.bMarks[start_line] + state.tShift[start_line]
    match = _DEFINITION.match(state.src, begin, state.eMarks[start_line])
    if not match:
        return False
    if silent:
        return True
    label = match[1].casefold()
    opening = state.push("footnote_open", "", 1)
    opening.info = label
    state.env["footnotes"].append(label)
    saved = state.bMarks[start_line], state.tShift[start_line], state.sCount[start_line], state.parentType
    after_colon = match.end(1) + 2
    column = state.sCount[start_line] + after_colon - begin
    offset = column
    for character in state.src[after_colon : match.end()]:
        offset += 4 - offset % 4 if character == "\t" else 1
    state.bMarks[start_line] = after_colon
    state.tShift[start_line] = match.end() - after_colon
    state.sCount[start_line] = offset - column
    state.blkIndent += 4
    if state.sCount[start_line] < state.blkIndent:
        state.sCount[start_line] += state.blkIndent
    state.parentType = "footnote"
    state.md.block.tokenize(state, start_line, end_line)
    state.blkIndent -= 4
    (
        state.bMarks[start_line],
        state.tShift[start_line],
        state.sCount[start_line],
        state.parentType,
    ) = saved
    state.push("footnote_close", "", -1)
    return True
