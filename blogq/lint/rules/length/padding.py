"""Padding: passages that stand in the post twice.

**What it does.** Takes all runs of eight words in the author's own prose, and speaks when more than `share` of them
have stood in the post before, in a post of at least `words` words. It shows the longest passage that is repeated, and
where it stood first.

**Why.** What is said twice in the same words was pasted, or is there to fill. Readers skip it, and miss what comes
after.

**Where the limits are from.** A run of eight words seldom comes twice by chance; a share of .15 is a repeated paragraph
in every seven.

**What to do.** Delete one of the two, or say in the second place only what is new there.
"""

from __future__ import annotations

from typing import NamedTuple

from blogq.content.markdown.passage import Passage
from blogq.lint.rule import Options, Rule
from blogq.lint.subject import Found, Subject


class _Word(NamedTuple):
    word: str
    passage: Passage
    start: int
    end: int


class _Repeated(NamedTuple):
    first: int
    """Places among the words: where it stood first, where it stands again, and of how many words it is."""
    again: int
    length: int


def check(post: Subject, options: Options) -> Found:
    """Yield one finding, at the longest repeated passage."""
    measures = post.measures
    if measures.repeated_share <= options["share"] or measures.words < options["words"]:
        return
    words = _words(post)
    found = _longest([each.word for each in words])
    if found is None:
        return
    first, again = words[found.first], words[found.again]
    # A finding stands in one passage, even where what is repeated goes on in the next.
    last = found.again + found.length - 1
    while words[last].passage is not again.passage:
        last -= 1
    yield post.finding(
        "LN005",
        "warning",
        post.within(again.passage, again.start, words[last].end),
        f"{measures.repeated_share:.0%} of the text stands in it a second time; these {found.length} words "
        f"stand in line {first.passage.place(first.start)[0]} already",
        "delete one of the two, or say here only what is new",
        "padding",
    )


def _words(post: Subject) -> list[_Word]:
    from blogq.measure.words import CODE, word_spans

    found = [
        _Word(passage.text[start:end].lower().replace("’", "'"), passage, start, end)
        for passage in post.prose
        for start, end in word_spans(passage.text)
    ]
    return [each for each in found if each.word != CODE]


def _longest(words: list[str]) -> _Repeated | None:
    """Return the longest passage that has stood before, the earliest of several; runs are held against their first."""
    from blogq.measure.lexis import RUN

    places: dict[tuple[str, ...], int] = {}
    best: _Repeated | None = None
    begun: tuple[int, int] | None = None
    for at in range(len(words) - RUN + 1):
        first = places.setdefault(tuple(words[at : at + RUN]), at)
        if first == at:
            begun = None
            continue
        if begun is None or first - begun[0] != at - begun[1]:
            begun = first, at
        length = at - begun[1] + RUN
        if best is None or length > best.length:
            best = _Repeated(*begun, length)
    return best


RULE = Rule("LN005", "padding", "warning", check, options={"share": 0.15, "words": 100})
