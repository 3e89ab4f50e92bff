"""Where sentences begin and end.

Rules, not a model: a sentence ends at a stop that white space follows, unless the word before it or what comes after it
speaks against that, and at a short line that was ended on purpose (U+2028). So nothing inside a URL, a file name, a
version or a decimal can end one. In scripts that set no white space between sentences the stop itself is the end.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from blogq.measure.abbreviations import Abbreviations, abbreviations


class _Patterns(NamedTuple):
    item: re.Pattern[str]
    stop: re.Pattern[str]
    ahead: re.Pattern[str]
    before: re.Pattern[str]


_SHORT = 70
"""Characters of a line that was ended on purpose, up to which its end can be that of a sentence: lines of verse,
signatures and addresses are short. In a text that was wrapped by hand, a blank too many at the end of a line is no
purpose of anybody's."""

_REACH = 40
"""Characters before a stop that are looked at for the word there; longer words are no abbreviations."""

_CODE = "\ufffc"
_GOES_ON = "(),;:–—-"
"""What a sentence goes on with in the next line."""


@cache
def _patterns() -> _Patterns:
    """The patterns, compiled when the first text is measured.

    A stop takes with it the quotes, brackets and footnote marks that close right after it, and a French » after a
    blank. What follows may open with quotes, brackets, a dash, or a Dutch 't.
    """
    closers = r"""(?:["'”’“«»)\]}›」』）】》]|\[\d{1,3}\]|[ \u00a0\u202f]?»(?!\w))*"""
    return _Patterns(
        item=re.compile(r";(?=\s)"),
        stop=re.compile(rf"(?:([。！？｡]+)|([.!?…؟۔।]+)){closers}|(\n[^\S\n]*\n)|(\u2028\s*)"),
        ahead=re.compile(r"""(\s+)((?:['’][tsnk]\s|[-–—"'“‘„«»‹(\[{¿¡*_ \u00a0\u202f]){0,6})(\w*['’]?\w*|\ufffc)"""),
        before=re.compile(r"[^\s(\[{\"“„«»‘/—–]*$"),
    )


def sentences(text: str, language: str) -> list[tuple[int, int]]:
    """Sentences of one passage, as offsets `(start, end)` in characters, without white space around.

    `language` is a language tag; languages without a table of abbreviations share a general one. A passage of nothing
    but white space has none; one without any stop is one sentence. Takes time linear in the length of `text`.
    """
    table = abbreviations(language.partition("-")[0].lower())
    patterns = _patterns()
    found: list[tuple[int, int]] = []
    start = 0
    for stop in patterns.stop.finditer(text):
        end = stop.end()
        if stop.start(4) >= 0:
            begun = max(start, text.rfind("\u2028", 0, stop.start()) + 1)
            following = text[end : end + 1]
            if stop.start() - begun > _SHORT or following.islower() or following in _GOES_ON:
                continue
        elif stop.start(2) >= 0:
            ahead = patterns.ahead.match(text, end)
            if not ahead and _is_joined(text, stop, table, patterns):
                _add(found, text, start, end)
                start = end
                continue
            if not ahead or not _ends(text, start, stop, ahead, table, patterns):
                continue
        _add(found, text, start, end)
        start = end
    _add(found, text, start, len(text))
    return [part for each in found for part in _items(text, *each)] if ";" in text else found


def _items(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the items of a list that is written as one sentence, "We want: this; that; and those", each by itself.

    A list has two semicolons or more after a colon, or three without one; else a semicolon joins two thoughts.
    """
    if text.count(";", start, end) < 2:
        return [(start, end)]
    ends = [match.end() for match in _patterns().item.finditer(text, start, end)]
    colon = text.find(": ", start, end)
    if len(ends) < (2 if 0 <= colon < (ends[0] if ends else 0) else 3):
        return [(start, end)]
    found: list[tuple[int, int]] = []
    for begin, past in pairwise([start, *ends, end]):
        _add(found, text, begin, past)
    return found


def _add(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    """Add what stands between two offsets; when there's no word in it, it belongs to the sentence before."""
    piece = text[start:end]
    bare = piece.strip()
    if not bare:
        return
    begin = start + piece.index(bare[0])
    if any(letter.isalnum() or letter == _CODE for letter in bare):
        found.append((begin, begin + len(bare)))
    elif found:
        found[-1] = (found[-1][0], begin + len(bare))


def _ends(
    text: str, start: int, stop: re.Match[str], ahead: re.Match[str], table: Abbreviations, patterns: _Patterns
) -> bool:
    """Whether the stop ends the sentence that began at `start`, given what follows."""
    marks, opening, following = stop[2], ahead[2].strip(), ahead[3]
    if not following:
        return ahead.end() == len(text) or not (opening or text[ahead.end()] in ".!?…")
    lower = following[0].islower() and not _mixed(following)
    if marks != ".":
        # "Really?" she said. But lines of direct speech, and what comes after three dots, do go on in lower case.
        return not lower
    opener = following.casefold() in table.openers or (
        following[1:2] in ("'", "’") and following[:2].casefold() in table.openers
    )
    closed = stop.end() > stop.end(2)
    word = patterns.before.search(text, max(start, stop.start() - _REACH), stop.start())
    token = word[0].strip("'’”)*_") if word else ""
    bare = token.casefold()
    if closed and not bare.endswith((")", "]")) and bare not in table.inner:
        return not lower
    if bare in table.inner:
        # "No." and "St." may be words of their own; a word that opens sentences tells.
        return bare in {"no", "min", "max", "art", "sat", "sun"} and opener and not lower
    if bare in table.last:
        return not lower
    if len(token) == 1 and token.isalpha():
        initial = len(following) == 1 and text[ahead.end() : ahead.end() + 1] == "."
        return not lower and opener and not initial
    if "." in token and all(len(part) <= 2 for part in token.split(".")) and not token[0].isdigit():
        return not lower and opener
    if token.isdigit():
        at_start = stop.start() - start <= _REACH and not text[start : stop.start() - len(token)].strip()
        ordinal = table.ordinals and len(token) <= 2
        return not (at_start or lower or (ordinal and not opener))
    if lower:
        # Some write no capitals: a stop after an ordinary word of four letters is one all the same.
        return not opening and len(token) >= 4 and token.isalpha() and token.islower() and not closed
    return True


def _is_joined(text: str, stop: re.Match[str], table: Abbreviations, patterns: _Patterns) -> bool:
    """Whether the blank after the end of a sentence was forgotten: "of us.Today we", "it is done.”This is".

    After a closing quotation mark any capital tells; else a word of four small letters or more before it, and after it
    one that opens sentences: names such as Node.Js and System.In have none of both.
    """
    end = stop.end()
    if not text[end : end + 1].isupper():
        return False
    if text[end - 1] in "”»" and end - 1 > stop.start(2):
        return True
    if end > stop.end(2) or stop[2] != ".":
        return False
    before = patterns.before.search(text, max(0, stop.start() - _REACH), stop.start())
    following = re.match(r"\w+['’]?\w*", text[end : end + _REACH])
    return (
        before is not None
        and len(before[0]) >= 4
        and before[0].isalpha()
        and before[0].islower()
        and following is not None
        and (text[end + following.end() :][:1] in ("", " ", "\n", ","))
        and following[0].casefold() in table.openers
    )


def _mixed(word: str) -> bool:
    """Whether a word is a name like iPhone or npm2, which begins sentences as it is."""
    return any(letter.isupper() or letter.isdigit() for letter in word)
