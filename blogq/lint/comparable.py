"""A post as it is compared with other texts: its own prose, without quotations that name their source.

Declared boilerplate is left out as well, wherever its words stand in a row; what is left keeps its places in the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from blogq.content.markdown.passage import Passage
from blogq.lint.quotations import own_text
from blogq.lint.subject import Subject
from blogq.originality.fold import fold
from blogq.originality.material import Mark, Material, Part
from blogq.originality.words import spans

Boilerplate = tuple[tuple[str, ...], ...]
"""Declared texts, each as folded words."""


def boilerplate_of(texts: Sequence[str]) -> Boilerplate:
    """Return declared texts as words; those without any are left out."""
    found = (tuple(key for key in (fold(text[start:end]) for start, end in spans(text)) if key) for text in texts)
    return tuple(sorted({each for each in found if each}, key=lambda words: (-len(words), words)))


def material_of(post: Subject, boilerplate: Boilerplate = ()) -> Material:
    """Return what is compared of `post`."""
    parts: list[Part] = []
    left_out = 0
    for own in own_text(post):
        passage = post.passages[own.passage]
        for start, end, words in _without(passage.text, own.start, own.end, boilerplate):
            left_out += words
            if not words:
                text = passage.text[start:end]
                begin = start + len(text) - len(text.lstrip())
                if text.strip():
                    parts.append(Part(text.strip(), _marks(passage, begin, start + len(text.rstrip()))))
    return Material(tuple(parts), left_out)


def _marks(passage: Passage, start: int, end: int) -> tuple[Mark, ...]:
    """Return the places of a stretch of a passage."""
    if not passage.marks:
        return ()
    within = [(at - start, line, column) for at, line, column in passage.marks if start < at < end]
    return ((0, *passage.place(start)), *within)


def _without(text: str, start: int, end: int, boilerplate: Boilerplate) -> Iterator[tuple[int, int, int]]:
    """Yield the stretches of `text[start:end]`, with how many words of boilerplate each is; 0 where it's none."""
    if not boilerplate:
        yield start, end, 0
        return
    words = [(start + begin, start + stop) for begin, stop in spans(text[start:end])]
    keys = [fold(text[begin:stop]) for begin, stop in words]
    at = done = 0
    since = start
    while at < len(keys):
        length = next((len(each) for each in boilerplate if tuple(keys[at : at + len(each)]) == each), 0)
        if length:
            if since < words[at][0]:
                yield since, words[at][0], 0
            since = words[at + length - 1][1]
            yield words[at][0], since, length
            at = done = at + length
        else:
            at += 1
    if since < end or not done:
        yield since, end, 0
