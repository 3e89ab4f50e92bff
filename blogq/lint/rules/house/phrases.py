"""Words and phrases, many of them, found in a text in one pass: whole words, in capitals or not, over line ends too.

A text is cut into runs of letters and digits, Chinese and Japanese characters, and other characters one by one. A
phrase is a sequence of these. Where it begins is looked up by the first of them, so that a text in which none of the
phrases can begin costs next to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple
from unicodedata import normalize

from blogq.measure.words import IDEOGRAPH, MARK
from blogq.pattern import Pattern

_ENDINGS = frozenset(("s", "t", "d", "m", "ll", "re", "ve"))
"""What stands after an apostrophe in English and is no word: “it's”, “we're”."""
_ALIKE = {
    **dict.fromkeys("’ʼ＇", "'"),
    **dict.fromkeys("‐‑", "-"),
    **dict.fromkeys("\t\n\r\u00a0\u2007\u2009\u202f\u3000", " "),
    "ς": "σ",
}
"""Characters that are the same to a reader. One stands for one, so that places stay."""
_ODD = Pattern(f"[{''.join(_ALIKE)}]")
_UNUSUAL = Pattern(f"[{IDEOGRAPH}{MARK}]")


class Phrase(NamedTuple):
    """A word or phrase to look for."""

    tokens: tuple[str, ...]
    """Its pieces, in lower case."""
    exact: tuple[str, ...]
    """Its pieces as they have to be written, where capitals count; else none."""
    entry: int
    """Index of the entry that it belongs to."""
    replacement: str | None
    """What to write instead; None where nothing is said."""
    fine: bool
    """Whether it is an exception: within it nothing is found."""


class Spot(NamedTuple):
    """Where a phrase stands: offsets in the text."""

    start: int
    end: int
    phrase: Phrase


def phrases_of(words: str, entry: int, case: bool, replacement: str | None, fine: bool = False) -> list[Phrase]:
    """Return what to look for where `words` is wanted: two phrases where letters can be decomposed."""
    text = " ".join(words.split())
    found: dict[tuple[str, ...], Phrase] = {}
    for form in (normalize("NFC", text), normalize("NFD", text)):
        tokens = tuple(_tokens(_folded(form)))
        if tokens:
            exact = tuple(_tokens(_evened(form))) if case else ()
            found[tokens] = Phrase(tokens, exact, entry, replacement, fine)
    return list(found.values())


class _Node:
    """What may come after the same beginning, and the phrases that end here."""

    __slots__ = ("following", "phrases")

    def __init__(self) -> None:
        self.following: dict[str, _Node] = {}
        self.phrases: list[Phrase] = []


class Phrases:
    """Phrases as a tree of their pieces, so that a hundred with the same beginning cost no more than one."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._root = _Node()
        for phrase in phrases:
            node = self._root
            for token in phrase.tokens:
                node = node.following.setdefault(token, _Node())
            node.phrases.append(phrase)
        self._begin = frozenset(self._root.following)

    def spots(self, text: str) -> list[Spot]:
        """Return where phrases stand in `text`, exceptions among them, in the order of places.

        Of phrases of one entry none stands over another: the first counts, and of two that begin there the longer.
        """
        tokens = _tokens(_folded(text))
        if self._begin.isdisjoint(tokens):
            return []
        begins = self._root.following
        offsets = [0, *accumulate(map(len, tokens))]
        found: list[Spot] = []
        free: dict[tuple[int, bool], int] = {}
        for at, token in enumerate(tokens):
            node = begins.get(token)
            if node is None:
                continue
            for after, ending in _phrases_at(node, tokens, at):
                start, end = offsets[at], offsets[after]
                for phrase in ending:
                    if free.get((phrase.entry, phrase.fine), 0) > at:
                        continue
                    if phrase.exact and not _is_written(phrase.exact, text[start:end]):
                        continue
                    free[phrase.entry, phrase.fine] = after
                    found.append(Spot(start, end, phrase))
        return found


def _phrases_at(node: _Node, tokens: Sequence[str], at: int) -> list[tuple[int, list[Phrase]]]:
    """Return the phrases that stand at `at`, whose token is `node`, and where they end, the longest first."""
    found = []
    after = at + 1
    while True:
        if node.phrases and _is_whole(node.phrases[0].tokens, tokens, at, after):
            found.append((after, node.phrases))
        if after == len(tokens) or not node.following:
            break
        token = tokens[after]
        following = node.following.get(" " if token[0] == " " else token)
        if following is None:
            break
        node = following
        after += 1
    found.reverse()
    return found


_TOKEN = Pattern(rf"[{IDEOGRAPH}]|(?>(?:[^\W{IDEOGRAPH}][{MARK}]*+)+)| +|.", re.DOTALL)
_SIMPLE_TOKEN = Pattern(r"\w+| +|.", re.DOTALL)
"""The same for most texts, and twice as fast."""


def _tokens(text: str) -> list[str]:
    return (_SIMPLE_TOKEN if text.isascii() or not _UNUSUAL.search(text) else _TOKEN).findall(text)


def _folded(text: str) -> str:
    """Return `text` in lower case, with one character for each of its own."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(small if len(small := each.lower()) == 1 else each for each in text)
    return _evened(lower)


def _evened(text: str) -> str:
    return _ODD.sub(lambda odd: _ALIKE[odd[0]], text)


def _is_written(wanted: Sequence[str], text: str) -> bool:
    """Return whether `text` says `wanted` with the same capitals."""
    return [" " if token[0] == " " else token for token in _tokens(_evened(text))] == list(wanted)


def _is_whole(wanted: tuple[str, ...], tokens: Sequence[str], at: int, after: int) -> bool:
    """Return whether the phrase `wanted`, which stands in `tokens` from `at` to `after`, begins and ends with words."""
    before, behind = tokens[at - 1] if at else " ", tokens[after] if after < len(tokens) else " "
    if _is_word(wanted[0]):
        # The end of “it's” is no word.
        if before == "'" and wanted[0] in _ENDINGS and at > 1 and _is_word(tokens[at - 2]):
            return False
    elif _is_word(before) and any(map(_is_word, wanted)):
        return False
    if _is_word(wanted[-1]):
        # “can” isn't meant where “can't” is said.
        return not (behind == "'" and after + 1 < len(tokens) and tokens[after + 1] == "t")
    return not (_is_word(behind) and any(map(_is_word, wanted)))


def _is_word(token: str) -> bool:
    return token[0].isalnum() or token[0] == "_"
