"""Comments of one post as threads: who answers whom. Linear in their number, whatever they claim to answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from blogq.conversation.comment import Comment

DEEPEST = 6
"""Levels of answers that a page shows within each other; deeper ones stand beside each other on the last."""


class Node(NamedTuple):
    """A comment with its answers."""

    comment: Comment
    answers: list[Node]


def ordered(comments: Iterable[Comment]) -> list[Comment]:
    """Return comments from the oldest to the newest; those of one moment by what they are called."""
    return sorted(comments, key=lambda each: (each.created, each.source, len(each.id), each.id))


def roots_of(comments: Sequence[Comment]) -> list[int]:
    """Return for each of `comments`, all of one post, the index of the comment that opens its thread.

    A comment whose parent isn't among them opens one itself, and so does the first of a circle.
    """
    parents = parents_of(comments)
    found = [-1] * len(comments)
    for index in range(len(comments)):
        way = []
        at = index
        while found[at] < 0 and parents[at] >= 0:
            way.append(at)
            at = parents[at]
        root = found[at] if found[at] >= 0 else at
        found[at] = root
        for each in way:
            found[each] = root
    return found


def parents_of(comments: Sequence[Comment]) -> list[int]:
    """Return for each comment the index of the one that it answers, -1 for none; circles are cut where they close."""
    places = {(each.source, each.id): index for index, each in reversed(list(enumerate(comments)))}
    parents = [
        places.get((each.source, each.parent), -1) if each.parent and each.parent != each.id else -1
        for each in comments
    ]
    state = [0] * len(comments)
    for index in range(len(comments)):
        way = []
        at = index
        while at >= 0 and not state[at]:
            state[at] = 1
            way.append(at)
            at = parents[at]
        if at >= 0 and state[at] == 1:
            # It leads back into the way that led here: the oldest of the circle opens it.
            circle = way[way.index(at) :]
            parents[min(circle)] = -1
        for each in way:
            state[each] = 2
    return parents


def threads_of(comments: Sequence[Comment]) -> list[Node]:
    """Return `comments`, ordered and all of one post, as threads, nested `DEEPEST` levels at most."""
    parents = parents_of(comments)
    depths = [-1] * len(comments)
    for index in range(len(comments)):
        way = []
        at = index
        while depths[at] < 0 and parents[at] >= 0:
            way.append(at)
            at = parents[at]
        depth = max(depths[at], 0)
        depths[at] = depth
        for each in reversed(way):
            depth += 1
            depths[each] = depth
    nodes = [Node(comment, []) for comment in comments]
    # Those that would stand too deep hang on their ancestor on the last level but one.
    above = [-1] * len(comments)
    for index in sorted(range(len(comments)), key=depths.__getitem__):
        parent = parents[index]
        above[index] = above[parent] if parent >= 0 and depths[index] >= DEEPEST else parent
    roots: list[Node] = []
    for index, node in enumerate(nodes):
        (nodes[above[index]].answers if above[index] >= 0 else roots).append(node)
    return roots
