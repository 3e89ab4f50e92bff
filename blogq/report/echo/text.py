"""What of a post was said before, for a terminal: a bar for each paragraph, and below it where its words stand."""

from __future__ import annotations

from collections.abc import Iterator

from blogq.report.comparison.text import wrapped
from blogq.report.echo.account import Account, Paragraph, Passage
from blogq.report.echo.wording import (
    ALSO,
    SHOWN,
    about,
    left_out,
    name_of,
    of_passage,
    percent,
    place_of,
    title_of,
    totals,
    verdict,
    visible,
    when,
)
from blogq.report.excerpt import cells
from blogq.report.text import counted, safe

BAR = 4
"""Cells of a bar."""
INDENT = 10
"""Cells before what a paragraph is: its bar and its share."""
LINES = 3
"""Lines of an excerpt."""
SOURCES = 10
"""Sources that are listed; the others match less."""
_QUIET, _STRONG, _COPIED, _REWORDED = "2", "1", "33", "36"


def as_text(account: Account, color: bool = False, width: int = 80) -> str:
    """Return `account` as text, `width` in cells."""
    return "\n".join(_Writer(account, color, max(40, width)).lines()) + "\n"


class _Writer:
    def __init__(self, account: Account, color: bool, width: int) -> None:
        self.account, self.color, self.width = account, color, width
        self.met: set[int] = set()
        """Sources that were named before."""

    def lines(self) -> Iterator[str]:
        account = self.account
        yield from self._wrapped(title_of(account), 0, _STRONG)
        where = " · ".join(filter(None, (account.path, account.day, "draft" if account.draft else "")))
        yield from self._wrapped(where, 0, _QUIET)
        own = 0
        detailed = True
        for paragraph in account.paragraphs:
            if not paragraph.passages:
                own += 1
                continue
            if detailed or own:
                yield ""
            detailed = any(each.words >= SHOWN for each in paragraph.passages)
            if own:
                yield from (self._own(own), "")
                own = 0
            yield from self._paragraph(paragraph)
        yield ""
        if own:
            yield from (self._own(own), "")
        sums = totals(account) if account.sources else counted(account.words, "word")
        yield from self._wrapped(f"{verdict(account)}: {sums}.", 0, _STRONG)
        for sentence in left_out(account):
            yield from self._wrapped(sentence, 0, _QUIET)
        if account.sources:
            yield from ("", self._paint(_STRONG, "Sources"))
        for number, source in enumerate(account.sources[:SOURCES], 1):
            first, *rest = wrapped(f"[{number}] {name_of(source)}", self.width - INDENT)
            yield f"{percent(source.share):>{INDENT - 1}} {first}"
            yield from (" " * INDENT + line for line in rest)
            run = f"{counted(source.longest_run, 'word')} in a row at most" if source.longest_run else ""
            told = [place_of(source), when(source), run, *about(source)]
            yield from self._placed([each for each in told if each])
        if len(account.sources) > SOURCES:
            yield f"{' ' * INDENT}… and {len(account.sources) - SOURCES} more; --format json lists them all"

    def _own(self, count: int) -> str:
        return self._paint(_QUIET, f"{' ' * INDENT}{counted(count, 'paragraph')} of its own")

    def _paragraph(self, paragraph: Paragraph) -> Iterator[str]:
        filled = min(BAR, max(1, round(paragraph.share * BAR)))
        bar = self._paint(
            _COPIED if paragraph.copied >= paragraph.reworded else _REWORDED, "▇" * filled + "▁" * (BAR - filled)
        )
        place = f"{paragraph.line}: " if paragraph.line else ""
        first = _first(f"{place}{visible(paragraph.text)}", self.width - INDENT)
        yield f"{bar} {percent(paragraph.share):>4} {self._paint(_STRONG, first)}"
        by_source: dict[int, list[Passage]] = {}
        for each in paragraph.passages:
            by_source.setdefault(each.source, []).append(each)
        for number, passages in by_source.items():
            longest = max(passages, key=lambda each: (each.words, -each.start))
            if longest.words >= SHOWN:
                yield from self._source(number, longest, len(passages) - 1)

    def _source(self, number: int, longest: Passage, others: int) -> Iterator[str]:
        """Yield what the longest passage of a paragraph from a source is; the source in full where it's met first."""
        source = self.account.sources[number]
        more = f" and {counted(others, 'shorter passage')}" if others else ""
        line = f" line {longest.excerpt.line}" if longest.excerpt.line else ""
        where = line if number in self.met else f" {name_of(source)}"
        yield from self._wrapped(f"{of_passage(longest)}{more}: [{number + 1}]{where}", INDENT)
        told = []
        if longest.also:
            named = " ".join(f"[{each + 1}]" for each in longest.also[:ALSO])
            rest = len(longest.also) - ALSO
            told = [f"also in {named}" + (f" and {rest} more" if rest > 0 else "")]
        if number not in self.met:
            told = [place_of(source, longest.excerpt.line), source.day or "no date", *about(source), *told]
        self.met.add(number)
        yield from self._placed(told)
        yield from self._excerpt(longest)

    def _excerpt(self, passage: Passage) -> Iterator[str]:
        room = self.width - INDENT - 2
        text = visible(passage.excerpt.text)
        lines = wrapped(text, room)
        if len(lines) > LINES:
            lines = [*lines[: LINES - 1], _first(" ".join(lines[LINES - 1 :]), room)]
        for line in lines:
            yield f"{' ' * INDENT}{self._paint(_QUIET, '│')} {line}"

    def _placed(self, told: list[str]) -> Iterator[str]:
        """Yield a place and what is told of it. A path is never broken: people copy it, and terminals wrap it."""
        told = [safe(each) for each in told]
        if told and cells(" · ".join(told)) > self.width - INDENT:
            yield " " * INDENT + self._paint(_QUIET, told[0])
            told = told[1:]
        if told:
            yield from self._wrapped(" · ".join(told), INDENT, _QUIET)

    def _wrapped(self, text: str, indent: int, code: str = "") -> Iterator[str]:
        for line in wrapped(text, self.width - indent):
            yield " " * indent + (self._paint(code, line) if code else line)

    def _paint(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.color else text


def _first(text: str, room: int) -> str:
    """Return the first words of `text`, in `room` cells; with … where there are more."""
    told = safe(" ".join(text.split()))
    if cells(told) <= room:
        return told
    shown = ""
    for letter in told:
        if cells(shown) + cells(letter) >= room:
            break
        shown += letter
    head = shown.rpartition(" ")[0]
    # Without blanks, or behind a long word, letters are parted.
    return f"{head if cells(head) > room // 2 else shown.rstrip()}…"
