"""What is left of a text without names and numbers: the form of a form letter."""

from __future__ import annotations

from difflib import SequenceMatcher

from blogq.originality.fold import fold
from blogq.originality.words import plain, spans

ALIKE = 0.95
"""Share of words, names and numbers left out, that stand in both texts in the same order."""


def alike(text: str, other: str) -> bool:
    """Whether two texts differ in names and numbers only.

    A word is a name where it has a capital and no sentence begins, or where it's changed for one that is. Texts that
    don't differ at all are alike as well. Time: quadratic in the words at worst, for texts that are hardly alike.
    """
    one, two = _keys(text), _keys(other)
    matcher = SequenceMatcher(None, [key for key, _ in one], [key for key, _ in two], False)
    same = differing = 0
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        if kind == "equal":
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
