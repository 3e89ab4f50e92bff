"""Who answers whom, whatever a comment claims; and in time that grows with the number of comments alone."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from talking_sites import comment

from blogq.conversation.comment import Comment
from blogq.conversation.threads import DEEPEST, Node, ordered, parents_of, roots_of, threads_of


def shape(nodes: list[Node]) -> list[object]:
    return [(node.comment.id, shape(node.answers)) if node.answers else node.comment.id for node in nodes]


def test_answers_stand_below_what_they_answer() -> None:
    said = [comment("a"), comment("b", "a"), comment("c"), comment("d", "b")]
    assert shape(threads_of(said)) == [("a", [("b", ["d"])]), "c"]
    assert roots_of(said) == [0, 0, 2, 0]


def test_a_parent_that_is_not_there_opens_a_thread() -> None:
    assert shape(threads_of([comment("a", "gone"), comment("b", "a"), comment("c", "c")])) == [("a", ["b"]), "c"]


def test_a_parent_in_another_source_is_none() -> None:
    assert roots_of([comment("1"), comment("2", "1", source="isso.db")]) == [0, 1]


def test_a_circle_is_cut_at_its_oldest() -> None:
    said = [comment("a", "c"), comment("b", "a"), comment("c", "b"), comment("d", "c")]
    assert shape(threads_of(said)) == [("a", [("b", [("c", ["d"])])])]
    assert parents_of([comment("x", "a"), *said])[0] == 1


def test_what_stands_too_deep_stands_on_the_last_level() -> None:
    chain = [comment(str(at), str(at - 1) if at else "") for at in range(DEEPEST + 3)]
    level, nodes = 0, threads_of(chain)
    while nodes:
        level, last, nodes = level + 1, nodes, [each for node in nodes for each in node.answers]
    assert level == DEEPEST
    assert len(last) == 4


def test_two_comments_of_one_name_are_both_shown() -> None:
    assert shape(threads_of([comment("a"), comment("a"), comment("b", "a")])) == [("a", ["b"]), "a"]


@pytest.mark.parametrize("parent", [lambda at: at - 1, lambda at: at // 2, lambda at: (at + 1) % 10_000, lambda at: 7])
def test_ten_thousand_comments_take_a_moment(parent: object) -> None:
    """Measured at 0.02 to 0.1 s; the limit leaves room for a machine that does something else."""
    said = [comment(str(at), str(parent(at)) if at else "") for at in range(10_000)]  # type: ignore[operator]
    began = time.process_time()
    nodes = threads_of(said)
    roots_of(said)
    assert time.process_time() - began < 2
    assert len(list(walked(nodes))) == 10_000


def walked(nodes: list[Node]) -> list[Comment]:
    found: list[Comment] = []
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        found.append(node.comment)
        waiting += node.answers
    return found


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(-1, 9), st.integers(0, 3)), max_size=12))
def test_nobody_is_lost_and_nobody_is_doubled(claims: list[tuple[int, int, int]]) -> None:
    said = ordered(comment(str(id), str(parent) if parent >= 0 else "", day) for id, parent, day in claims)
    assert sorted(walked(threads_of(said)), key=str) == sorted(said, key=str)
    parents = parents_of(said)
    for at in range(len(said)):
        way = set()
        while at >= 0:
            assert at not in way
            way.add(at)
            at = parents[at]
