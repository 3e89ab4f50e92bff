"""Emphasis and strikethrough: which runs of `*`, `_` and `~` open, close and pair (CommonMark §6.2, GFM §6.5)."""

from __future__ import annotations

import unicodedata
from typing import Final

_PUNCTUATION: Final = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_SPACES: Final = frozenset(" \t\n\f\r\xa0")


def _kind(character: str) -> int:
    """Return 0 for whitespace, 1 for punctuation and symbols, 2 for anything else."""
    if character in _SPACES:
        return 0
    if character in _PUNCTUATION:
        return 1
    if character < "\x80":
        return 2
    category = unicodedata.category(character)
    return 0 if category == "Zs" else 1 if category[0] in "PS" else 2


class Run:
    """One run of delimiters, and the tags that it turns into."""

    __slots__ = ("after", "before", "can_close", "can_open", "character", "left", "length", "slot")

    def __init__(self, character: str, length: int, slot: int, can_open: bool, can_close: bool) -> None:
        self.character = character
        self.length = length
        self.left = length
        self.slot = slot
        self.can_open = can_open
        self.can_close = can_close
        self.before = ""
        self.after = ""


def flanking(text: str, start: int, end: int) -> tuple[bool, bool]:
    """Tell whether the run `text[start:end]` can open and can close emphasis."""
    before = _kind(text[start - 1]) if start else 0
    after = _kind(text[end]) if end < len(text) else 0
    left = after == 2 or (after == 1 and before != 2)
    right = before == 2 or (before == 1 and after != 2)
    if text[start] == "_":
        return left and (not right or before == 1), right and (not left or after == 1)
    return left, right


def resolve(runs: list[Run], bottom: int, html: list[str], text: list[str]) -> None:
    """Pair the runs from index `bottom` on, write their tags into their slots, and take them off `runs`.

    Linear in the number of runs: for each kind of closer, openers that were searched in vain aren't searched again.
    """
    openers: list[Run] = []
    floors: dict[tuple[str, int, bool], int] = {}
    for run in runs[bottom:]:
        if run.can_close:
            strike = run.character == "~"
            key = (run.character, run.length if strike else run.length % 3, run.can_open)
            while run.left:
                at = len(openers) - 1
                floor = floors.get(key, -1)
                while at >= 0:
                    opener = openers[at]
                    if opener.slot <= floor:
                        at = -1
                        break
                    if opener.character == run.character and (
                        opener.length == run.length
                        if strike
                        else not (
                            (opener.can_close or run.can_open)
                            and (opener.length + run.length) % 3 == 0
                            and (opener.length % 3 or run.length % 3)
                        )
                    ):
                        break
                    at -= 1
                if at < 0:
                    floors[key] = openers[-1].slot if openers else -1
                    break
                opener = openers[at]
                del openers[at + 1 :]
                if strike:
                    used, tag = run.length, "del"
                elif opener.left >= 2 and run.left >= 2:
                    used, tag = 2, "strong"
                else:
                    used, tag = 1, "em"
                opener.left -= used
                run.left -= used
                opener.after = f"<{tag}>{opener.after}"
                run.before = f"{run.before}</{tag}>"
                if not opener.left:
                    openers.pop()
        if run.can_open and run.left:
            openers.append(run)
    for run in runs[bottom:]:
        rest = run.character * run.left
        html[run.slot] = run.before + rest + run.after
        text[run.slot] = rest
    del runs[bottom:]
