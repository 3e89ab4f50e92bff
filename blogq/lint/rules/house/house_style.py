"""Words and patterns that the house doesn't want.

**What it does.** Looks for what `style` in blogq.yaml names, such as `style: {swap: {utilize: use}}`: words and
phrases, words with what to write instead, and patterns. It looks at titles, headings, paragraphs, lists, cells of
tables and footnotes. Code, quotations (also those in quotation marks within a sentence), addresses and raw HTML are
left alone. So is a word that stands alone in *emphasis*, as words do that are spoken of, and one that is written as
the house wants it. Without `style` it is silent. docs/house-style.md has examples, and every option of an entry.

**Why.** Who writes for the same readers should call the same thing by the same name. A list that is held to by itself
saves an editor from saying so each time.

**Where the limits are from.** The list is the site's own, and says how severe each entry is. Of one entry `shown`
findings in a post are told and the others counted: who has more has to search and replace anyway.

**What to do.** Write what the hint says. Where the word is right for once, silence it with a reason, or add to the
`exceptions` of the entry.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from blogq.content.markdown.passage import Passage
from blogq.finding import Finding, Span
from blogq.lint.rule import Options, Rule
from blogq.lint.rules.house.entries import Entry, House, entry_of, house_of
from blogq.lint.rules.house.quotations import quotations
from blogq.lint.rules.metadata.title_place import title_place
from blogq.lint.subject import Found, Subject

COUNTED = 1_000
"""What is found of one entry in one post beyond this isn't even counted."""
_BEFORE = 3
"""Words before a place that tell it from others; without line numbers, which shift."""
_SHOWN = 60
"""Characters of what was found that a message shows."""
_REFERENCE = re.compile(r"\\(\\|\d+)")


class _Piece(NamedTuple):
    """A text to look at."""

    scope: str
    text: str
    """In one line."""
    passage: Passage | None
    """Where it stands; None for the title."""


class _Hit(NamedTuple):
    """Something found."""

    start: int
    end: int
    entry: int
    replacement: str | None
    piece: _Piece


def check(post: Subject, options: Options) -> Found:
    """Yield a finding at each word, some of many."""
    entries = tuple(each if isinstance(each, Entry) else entry_of(each) for each in options.get("entries", ()))
    if not entries:
        return
    house = house_of(entries, post.language)
    hits: list[list[_Hit]] = [[] for _ in house.entries]
    pieces = tuple(_pieces(post))
    if house.expressions:
        lines = "\n".join(piece.text for piece in pieces)
        house = house._replace(expressions=tuple(each for each in house.expressions if each[1].may_be_in(lines)))
    for piece in pieces:
        for hit in _hits(piece, house, hits):
            if not _is_spoken_of(post, hit):
                hits[hit.entry].append(hit)
    for entry, found in zip(house.entries, hits, strict=True):
        if entry.at_most:
            if len(found) > entry.at_most:
                yield _finding(post, entry, found[entry.at_most], found)
            continue
        shown = min(options["shown"], COUNTED)
        for hit in found[:shown]:
            yield _finding(post, entry, hit, [])
        if len(found) > shown:
            yield _rest(post, entry, found, shown)


def _pieces(post: Subject) -> Iterator[_Piece]:
    if post.title:
        yield _Piece("title", post.title, None)
    for passage in post.passages:
        if not passage.quoted:
            scope = "headings" if passage.kind == "heading" else "text"
            yield _Piece(scope, passage.text.replace("\n", " "), passage)


def _hits(piece: _Piece, house: House, earlier: list[list[_Hit]]) -> Iterator[_Hit]:
    """Yield what is found in `piece` and isn't fine; `earlier` is what was found before it, by entry."""
    text = piece.text
    spots = house.phrases.spots(text)
    found = [
        _Hit(start, end, phrase.entry, phrase.replacement, piece) for start, end, phrase in spots if not phrase.fine
    ]
    for at, expression in house.expressions:
        entry = house.entries[at]
        for count, match in enumerate(expression.matches(text), len(earlier[at])):
            if count > COUNTED:
                break
            instead = _expanded(entry.replacement, match.groups) if entry.replacement else None
            found.append(_Hit(match.start, match.end, at, instead, piece))
    if not found:
        return
    quoted = quotations(text)
    fine: dict[int, list[tuple[int, int]]] = {}
    for spot in spots:
        if spot.phrase.fine:
            fine.setdefault(spot.phrase.entry, []).append(spot[:2])
    for hit in found:
        start, end = hit.start, hit.end
        if piece.scope not in house.entries[hit.entry].scope or len(earlier[hit.entry]) > COUNTED:
            continue
        if _is_within(quoted, start, end) or _is_between_apostrophes(text, start, end):
            continue
        if _is_within(fine.get(hit.entry, ()), start, end):
            continue
        if hit.replacement is None or not _is_written(hit.replacement, text, start, end):
            yield hit


def _is_spoken_of(post: Subject, hit: _Hit) -> bool:
    """Return whether exactly these words stand in emphasis; in bold type they are meant."""
    if hit.piece.passage is None:
        return False
    line, column = hit.piece.passage.place(hit.start)
    last, end = hit.piece.passage.place(hit.end - 1)
    before, after = post.lines[line - 1][: column - 1][-2:], post.lines[last - 1][end : end + 2]
    mark = before[-1:]
    return mark in ("*", "_") and after[:1] == mark and mark * 2 not in (before, after)


def _is_between_apostrophes(text: str, start: int, end: int) -> bool:
    """Return whether exactly this stands between straight single quotation marks."""
    return start > 0 and text[start - 1] == "'" == text[end : end + 1]


def _is_within(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Return whether one of `spans`, which are in order and don't overlap, holds the whole place."""
    at = bisect_right(spans, start, key=itemgetter(0)) - 1
    return at >= 0 and end <= spans[at][1]


def _expanded(replacement: str, groups: tuple[str, ...]) -> str:
    """Return `replacement` with what the groups of a pattern hold."""
    return _REFERENCE.sub(lambda found: "\\" if found[1] == "\\" else groups[int(found[1])], replacement)


def _is_written(replacement: str, text: str, start: int, end: int) -> bool:
    """Return whether the place at `start` in `text` already says what `replacement` does.

    It does as well when it is a part of that: “the Web” where “Web” is to be “the Web”. A capital is right where a
    sentence begins.
    """
    said = text[start:end].lower()
    at = replacement.lower().find(said)
    while at >= 0:
        there = text[max(0, start - at) : start - at + len(replacement)]
        if there == replacement:
            return True
        if there == _capital(replacement) and _opens(text, start - at):
            return True
        at = replacement.lower().find(said, at + 1)
    return False


def _opens(text: str, start: int) -> bool:
    """Return whether a sentence begins at `start`."""
    before = text[:start].rstrip(" \"'“„«(*_")
    return not before or before[-1] in ".!?…:。！？"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _finding(post: Subject, entry: Entry, hit: _Hit, every: list[_Hit]) -> Finding:
    """Return the finding at `hit`; `every` are all of them, where it is their number that matters."""
    said = hit.piece.text[hit.start : hit.end]
    shown = said if len(said) <= _SHOWN else f"{said[: _SHOWN - 1]}…"
    if entry.message:
        message = entry.message if shown in entry.message else f"“{shown}”: {entry.message}"
    elif every:
        many = f"{len(every):,} times" if len(every) <= COUNTED else f"more than {COUNTED:,} times"
        what = entry.name or f"“{shown}”"
        message = f"{what} stands in this post {many}; house style has it at most {_times(entry.at_most)}"
    else:
        message = f"“{shown}” is not house style" + (f" ({entry.name})" if entry.name else "")
    instead = hit.replacement
    if instead and said[:1].isupper() and not instead[:1].isupper() and _opens(hit.piece.text, hit.start):
        instead = _capital(instead)
    hint = "say it in other words" if instead is None else f"write “{instead}” instead" if instead else "leave it out"
    if every and instead is None:
        hint = "leave some out, or say it in other words"
    return post.finding("HS001", entry.severity, _place(post, hit), message, hint, _about(entry, hit))


def _times(number: int) -> str:
    return "once" if number == 1 else "twice" if number == 2 else f"{number:,} times"


def _rest(post: Subject, entry: Entry, every: list[_Hit], shown: int) -> Finding:
    """Return the finding that stands for those of `every` after the first `shown`."""
    hit = every[shown]
    more = f"{len(every) - shown:,}" if len(every) <= COUNTED else f"over {COUNTED - shown:,}"
    said = entry.name or f"“{hit.piece.text[hit.start : hit.end][:_SHOWN]}”"
    message = f"and {more} more of {said} from here on"
    about = f"{entry.known_as or said}: more"
    return post.finding("HS001", entry.severity, _place(post, hit), message, "search for them all at once", about)


def _place(post: Subject, hit: _Hit) -> Span:
    if hit.piece.passage is None:
        return title_place(post, hit.piece.text[hit.start : hit.end])
    return post.within(hit.piece.passage, hit.start, hit.end)


def _about(entry: Entry, hit: _Hit) -> str:
    """Return what the finding is known by: the entry, the word, and the words before it."""
    from blogq.measure.words import words

    said = " ".join(hit.piece.text[hit.start : hit.end].split())
    before = " ".join(words(hit.piece.text[max(0, hit.start - 200) : hit.start])[-_BEFORE:])
    return f"{entry.known_as}: “{said.lower()}” after “{before}”".removeprefix(": ")


RULE = Rule("HS001", "house-style", "error", check, options={"shown": 100})
