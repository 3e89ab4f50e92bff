"""What is left of a text without names and numbers: the form of a form letter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher

from blogq.originality.fold import fold
from blogq.originality.words import plain, spans

ALIKE = 0.95
"""Share of words, names and numbers left out, that stand in both texts in the same order."""


def alike(text: str, other: str) -> bool:
    """Whether two texts differ in names and numbers only.

    A word is a name where it has a capital and no sentence begins, or where it's changed for one that is. Texts that
    don't differ at all are alike as well. Texts in which the same words come again and again are held against each
    other a stretch at a time, so that time is bounded by their length.
    """
    one, two = _keys(text), _keys(other)
    same = differing = 0
    for start, end, other_start, other_end, equal in _steps([key for key, _ in one], [key for key, _ in two]):
        if equal:
            same += 2 * (end - start)
            continue
        changed = [*one[start:end], *two[other_start:other_end]]
        if not any(named for _, named in changed):
            differing += len(changed)
        else:
            # What a name brings along counts: the endings of a short phrase, not whole sentences.
            differing += max(0, sum(not named for _, named in changed) - _BESIDE)
    return same + differing > 0 and same >= ALIKE * (same + differing)


_BESIDE = 2
"""Words beside names that may change with them, such as an article."""


_PAIRS = 500_000
"""Pairs of the same word, one of either text, up to which these are held against each other as a whole."""
_STRETCH = 300
"""Words of each that are looked at together otherwise."""


def _steps(one: list[str], two: list[str]) -> Iterator[tuple[int, int, int, int, bool]]:
    """Yield what is equal in both, and what is changed between, in order: words of the one, of the other."""
    counts = Counter(two)
    stretch = _STRETCH if sum(counts[key] for key in one) > _PAIRS else max(len(one), len(two))
    at = other_at = 0
    while at < len(one) or other_at < len(two):
        here, there = one[at : at + stretch], two[other_at : other_at + stretch]
        whole = at + stretch >= len(one) and other_at + stretch >= len(two)
        steps = SequenceMatcher(None, here, there, False).get_opcodes()
        if not whole and len(steps) > 1 and steps[-1][0] != "equal":
            # What follows may say better what was changed there.
            steps.pop()
        for kind, start, end, other_start, other_end in steps:
            yield at + start, at + end, other_at + other_start, other_at + other_end, kind == "equal"
        at, other_at = at + steps[-1][2], other_at + steps[-1][4]


def _keys(text: str) -> list[tuple[str, bool]]:
    """Return the words of a text, folded, and whether each is a name or a number."""
    found = []
    even = plain(text)
    for start, end in spans(text):
        word = text[start:end]
        before = even[:start].rstrip(" \"'(")[-1:] if start < 200 else even[start - 200 : start].rstrip(" \"'(")[-1:]
        begins = before in ("", ".", "!", "?", ":", "\n", "-")
        named = any(character.isdigit() for character in word) or (word[0].isupper() and not begins)
        key = fold(word)
        if key:
            found.append((key, named))
    return found
