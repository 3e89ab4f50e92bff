"""Runs of words that stand in both texts."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from blogq.originality.passage import Box, clusters
from blogq.originality.verbatim import EVERY, SEED, chosen, extended, runs
from blogq.originality.vocabulary import pair

FEW = st.lists(st.sampled_from("a b c d e f g h".split()), max_size=60).map(" ".join)


def plainly(text: list[str], source: list[str]) -> set[Box]:
    """All runs that can't be made longer, the slow way."""
    found = set()
    for at, other in product(range(len(text)), range(len(source))):
        if at and other and text[at - 1] == source[other - 1]:
            continue
        size = 0
        while at + size < len(text) and other + size < len(source) and text[at + size] == source[other + size]:
            size += 1
        if size >= SEED:
            found.add(Box(at, at + size, other, other + size))
    return found


@given(FEW, FEW)
def test_runs_are_all_runs(text: str, source: str) -> None:
    """As long as no seed is so frequent that it isn't tried everywhere."""
    found = runs(pair(text, source))
    boxes = {
        Box(one, one + size, other, other + size)
        for one, other, size in zip(*(column.tolist() for column in found), strict=True)
    }
    one, other = text.split(), source.split()
    grams = [tuple(one[at : at + SEED]) for at in range(len(one) - SEED + 1)]
    source_grams = [tuple(other[at : at + SEED]) for at in range(len(other) - SEED + 1)]
    if all(grams.count(gram) * source_grams.count(gram) <= EVERY for gram in set(grams)):
        assert boxes == plainly(one, other)
    for box in boxes:
        assert one[box.start : box.end] == other[box.source_start : box.source_end]
    assert found.lengths.tolist() == sorted(found.lengths.tolist(), reverse=True)


@given(FEW, FEW)
def test_each_word_is_in_one_run_at_most(text: str, source: str) -> None:
    read = pair(text, source)
    kept = chosen(runs(read), len(read.text.keys))
    taken = [word for box in kept for word in range(box.start, box.end)]
    assert len(taken) == len(set(taken))
    for box, grown in extended(read, kept).items():
        assert grown.longest <= grown.same <= min(box.end - box.start, box.source_end - box.source_start)
        assert 0 <= box.start < box.end <= len(read.text.keys)
        assert 0 <= box.source_start < box.source_end <= len(read.source.keys)


def test_the_longest_run_wins() -> None:
    text = "zero one two three four five six seven"
    read = pair(text, "x one two three four five y z zero one two three four five six seven w")
    assert chosen(runs(read), 8) == [Box(0, 8, 8, 16)]


def test_runs_grow_over_a_changed_a_missing_and_an_added_word() -> None:
    source = "a b c d e f g h i j k l m n o p q r s t u v w x y z"
    text = "a b c d e f g XX i j k l n o p YY q r s t"
    read = pair(text, source)
    ((box, grown),) = extended(read, [Box(0, 7, 0, 7)]).items()
    assert box == Box(0, 20, 0, 20)
    assert grown.same == 18
    assert grown.longest == 7


def test_runs_do_not_grow_into_other_words() -> None:
    read = pair("a b c d e p q r s t u f", "a b c d e 1 2 3 4 5 6 f")
    assert list(extended(read, [Box(0, 5, 0, 5)])) == [Box(0, 5, 0, 5)]


def test_clusters_are_parted_at_holes_of_either_text() -> None:
    near, far_here, far_there = Box(0, 5, 0, 5), Box(30, 35, 6, 10), Box(6, 10, 50, 55)
    assert clusters([near, Box(7, 9, 7, 9)], 2) == [[near, Box(7, 9, 7, 9)]]
    assert clusters([near, far_here], 2) == [[near], [far_here]]
    assert clusters([far_there, near], 2) == [[near], [far_there]]
    assert clusters([], 2) == []


@given(st.lists(st.builds(lambda a, b, c, d: Box(a, a + b, c, c + d), *[st.integers(0, 40), st.integers(1, 5)] * 2)))
def test_clusters_hold_each_box_once(boxes: list[Box]) -> None:
    assert sorted(box for cluster in clusters(boxes, 3) for box in cluster) == sorted(boxes)
