"""Terms of posts that are probably another term misspelt: which are near to each other, and where they stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import NamedTuple

from blogq.lint.subject import Subject

PEOPLE = "authors"
"""The taxonomy that isn't looked at: two people may well have nearly the same name."""
LEAST = 5
"""Letters of a term below which a letter more or less makes another word: `test` and `text`."""
_SQUEEZED = str.maketrans("", "", "-_ ")


class Near(NamedTuple):
    """A rare term, and the common one that it is near to."""

    label: str
    """The rare one, as written."""
    posts: tuple[int, ...]
    """Numbers of the posts that have it."""
    usual: str
    """The common one, as most posts write it."""
    live: int
    """How many live posts have the common one."""


def placed_terms(post: Subject) -> list[tuple[str, str, int, int]]:
    """Return the terms of `post` with their places: taxonomy, label, line, column; 0 where it takes them over."""
    found = []
    for taxonomy, labels in post.terms.items():
        first = post.keys.get(taxonomy, 0)
        if taxonomy != PEOPLE:
            found += [(taxonomy, label, *_place(post, first, label)) for label in labels]
    return found


def _place(post: Subject, first: int, label: str) -> tuple[int, int]:
    if first:
        for number in range(first, min(post.body_line, len(post.lines) + 1)):
            line = post.lines[number - 1]
            at = line.find(label, line.find(":") + 1 if number == first else 0)
            while at >= 0:
                end = at + len(label)
                if not (line[at - 1 : at].isalnum() or line[end : end + 1].isalnum()):
                    return number, at + 1
                at = line.find(label, end)
    return first, 0


def near_terms(uses: Mapping[str, Sequence[int]], live: Container[int], rare: int, times: int) -> Iterator[Near]:
    """Yield the terms of at most `rare` posts near to one of at least `times` as many live ones.

    `uses` are the numbers of the posts that have a label, by label; `live` are the numbers of live posts. Two terms
    that a post has both aren't near: who wrote it tells them apart. Costs a look-up for each letter of each term,
    however many terms there are.
    """
    spellings: defaultdict[str, list[str]] = defaultdict(list)
    for label in sorted(uses):
        spellings[label.casefold()].append(label)
    posts = {term: [each for label in labels for each in uses[label]] for term, labels in spellings.items()}
    counts = {term: sum(each in live for each in found) for term, found in posts.items() if len(found) >= times}
    # Two words differ by one letter at most only if they become the same by leaving out one letter of each, or none.
    shortened: defaultdict[str, list[str]] = defaultdict(list)
    for term, count in counts.items():
        if count >= times:
            for each in _shortened(term.translate(_SQUEEZED)):
                shortened[each].append(term)
    for term, found in posts.items():
        if len(found) > rare:
            continue
        candidates = {
            each
            for key in _shortened(term.translate(_SQUEEZED))
            for each in shortened.get(key, ())
            if each != term and counts[each] >= times * len(found) and is_near(term, each)
        }
        candidates = {each for each in candidates if not set(found).intersection(posts[each])}
        if candidates:
            usual = max(sorted(candidates), key=lambda each: counts[each])
            written = max(spellings[usual], key=lambda label: len(uses[label]))
            for label in spellings[term]:
                yield Near(label, tuple(uses[label]), written, counts[usual])


def _shortened(word: str) -> set[str]:
    return {word} | {word[:at] + word[at + 1 :] for at in range(len(word))}


def is_near(one: str, other: str) -> bool:
    """Return whether two terms, casefolded, are probably meant to be one.

    They differ only in hyphens and spaces, in a plural's `s`, or by a slip of one letter in a word long enough that
    the slip seldom makes another word. Numbers are never slips, nor is another beginning: `react` and `preact`.
    """
    one, other = sorted((one.translate(_SQUEEZED), other.translate(_SQUEEZED)), key=lambda word: (len(word), word))
    if one == other:
        return len(one) >= LEAST
    if len(one) < LEAST or one[0] != other[0] or len(other) - len(one) > 1:
        return False
    if other == one + "s":
        return one[-1] != "s"
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    left, right = one[start:], other[start:]
    # Numbers and versions are meant as they stand.
    if not all(character.isalpha() for character in left[:1] + right[:1]):
        return False
    if len(one) < len(other):
        return len(one) >= LEAST + 2 and left == right[1:]
    if left[:2] == right[1::-1]:
        return len(one) >= LEAST + 1 and left[2:] == right[2:]
    return len(one) >= LEAST + 3 and left[1:] == right[1:]
