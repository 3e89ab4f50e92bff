"""Lists of related posts: what they hold, that they stay, and that updating finds what making them anew finds."""

from __future__ import annotations

import random
import struct
from array import array
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blogq.content.post import LABELS, SLOTS, WORDS
from blogq.content.telling import telling
from blogq.library import feature_index
from blogq.library.rarity import LABEL_POINTS, WORD_POINTS, rarity
from blogq.library.related import LEAST, YEAR, Fact, Kinship, Post

SUBJECTS = "sail code bread moss rail cloud stone glass wool paint print clock".split()


def vector(words: Sequence[int], labels: Sequence[int] = ()) -> bytes:
    empty = [0] * (WORDS - len(words))
    return struct.pack(f"<{SLOTS}I", *words, *empty, *labels, *[0] * (LABELS - len(labels)))


def post(path: str, words: Sequence[int], labels: Sequence[int] = (), **fact: int) -> Post:
    return Post(path, vector(words, labels), Fact(**{"date": 0, "group": 1, "series": 0, "open": 1, **fact}))


def filler(count: int) -> list[Post]:
    """Return posts about something else each."""
    return [post(f"z{number:04}", [10_000 + number]) for number in range(count)]


def lists(kinship: Kinship) -> dict[str, list[tuple[str, int]]]:
    """Return for each path the paths of its list with the bits of their reasons."""
    found = kinship.lists(array("q", range(len(kinship.paths))), len(kinship.paths))
    return {
        path: [(kinship.paths[other], reasons) for other, reasons in found.of(number)]
        for number, path in enumerate(kinship.paths)
        if path
    }


def names(posts: list[Post], path: str, size: int = 3) -> list[str]:
    return [name for name, _ in lists(Kinship.of(posts, size))[path]]


def test_the_rarer_word_counts_more() -> None:
    posts = [post("a", [1, 2, 3]), post("rare", [1]), post("common", [2]), post("none", [4])]
    posts += [post(f"y{number:02}", [2]) for number in range(60)] + filler(400)
    assert names(posts, "a")[0] == "rare"
    assert "none" not in names(posts, "a", 20)


def test_rarity_goes_in_steps() -> None:
    """It never rises with use, is 0 for what most have, and has few steps, which many posts more don't move."""
    for posts in (2, 3, 8, 40, 200, 500, 10_000):
        of = posts.bit_length()
        steps = [rarity(uses.bit_length(), of) for uses in range(posts + 1)]
        assert steps == sorted(steps, reverse=True)
        assert steps[-1] == 0
        assert max(steps) < len(WORD_POINTS) == len(LABEL_POINTS)
    assert [rarity(uses.bit_length(), 14) for uses in (2, 4, 16, 64, 255, 256)] == [4, 3, 2, 1, 1, 0]


def test_ties_go_by_date_then_by_path() -> None:
    """Newer first; one that is much older than the post itself comes last."""
    same = [post("b", [1], date=YEAR), post("c", [1], date=YEAR), post("d", [1], date=3 * YEAR)]
    assert names([post("a", [1], date=3 * YEAR), *same, *filler(400)], "a") == ["d", "b", "c"]


def test_who_is_left_out() -> None:
    """Other languages, parts of the same series, and what isn't open to others; which has a list all the same."""
    posts = [
        post("a", [1, 2], series=7),
        post("language", [1, 2], group=2),
        post("part", [1, 2], series=7),
        post("draft", [1, 2], open=0),
        post("other", [1, 2], series=8),
        *filler(400),
    ]
    assert names(posts, "a") == ["other"]
    assert names(posts, "draft") == ["a", "other", "part"]


def test_little_in_common_is_not_enough() -> None:
    """A word that neither uses much, however rare it is."""
    posts = [post("a", [*range(100, 115), 1]), post("b", [*range(200, 215), 1]), *filler(60)]
    assert WORD_POINTS[-1] < LEAST
    assert names(posts, "a") == []


def test_reasons_are_slots_of_the_post_itself() -> None:
    posts = [post("a", [5, 1, 2], [91, 92]), post("b", [1, 9, 2], [92]), *filler(60)]
    found = lists(Kinship.of(posts, 3))
    assert found["a"] == [("b", 1 << 1 | 1 << 2 | 1 << (WORDS + 1))]
    assert found["b"] == [("a", 1 << 0 | 1 << 2 | 1 << WORDS)]


def test_a_post_about_something_else_changes_no_list() -> None:
    """In a blog of two hundred on a few subjects, all with the same everyday words."""
    rng = random.Random(5)
    subjects = [[f"{subject}{word}" for word in "abcdefghijklmnop"] for subject in SUBJECTS]
    daily = ["people", "thing", "work", "day", "new", "time"]

    def made(path: str, words: list[str], date: int) -> Post:
        text = " ".join(rng.choices(words, k=120) + rng.choices(daily, k=20))
        return Post(path, telling("", text, "en")[1], Fact(date, 1, 0, 1))

    posts = [made(f"p{number:03}", rng.choice(subjects), number * 86400) for number in range(200)]
    before = lists(Kinship.of(posts, 3))
    assert sum(map(len, before.values())) == 600
    after = lists(Kinship.of([*posts, made("q", ["volcano", "lava", "ash", "crater"], 10**8)], 3))
    assert after.pop("q") == []
    assert after == before


PATH = st.integers(0, 60).map("p{}".format)
POST = st.fixed_dictionaries(
    {
        "words": st.lists(st.integers(1, 25), max_size=12, unique=True),
        "labels": st.lists(st.integers(90, 94), max_size=2, unique=True),
        "date": st.integers(0, 3).map(lambda years: years * YEAR),
        "group": st.sampled_from([1, 1, 1, 2]),
        "series": st.sampled_from([0, 0, 0, 5]),
        "open": st.sampled_from([1, 1, 1, 1, 0]),
    }
)
EDIT = st.dictionaries(PATH, st.none() | POST, min_size=1, max_size=4)


@settings(max_examples=60, deadline=None)
@given(
    blog=st.dictionaries(PATH, POST, min_size=20, max_size=50),
    edits=st.lists(EDIT, min_size=1, max_size=5),
    size=st.sampled_from([1, 3]),
    many=st.sampled_from([1, 10**6]),
)
def test_updating_finds_what_making_anew_finds(
    blog: dict[str, Any], edits: list[dict[str, Any]], size: int, many: int
) -> None:
    """Whatever was added, changed and removed, however often; also where an edit is one of `many` entries."""
    here = dict(blog)
    kinship = Kinship.of([post(path, **each) for path, each in sorted(here.items())], size)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(feature_index, "MANY", many)
        for edit in edits:
            here = {path: each for path, each in {**here, **edit}.items() if each is not None}
            posts = [post(path, **each) for path, each in sorted(here.items())]
            kinship, _ = kinship.updated(posts)
            assert kinship.index == array("Q", sorted(kinship.index))
            assert lists(kinship) == lists(Kinship.of(posts, size))


def test_updating_looks_at_few(monkeypatch: pytest.MonkeyPatch) -> None:
    """An edit among five hundred posts makes those lists again that may change; no edit makes none."""
    rng = random.Random(3)
    posts = [post(f"p{number:03}", rng.sample(range(1, 2000), 14), date=number) for number in range(500)]
    kinship = Kinship.of(posts, 3)
    made: list[int] = []
    real = Kinship._relate
    monkeypatch.setattr(Kinship, "_relate", lambda self, number: (made.append(number), real(self, number))[1])
    posts[7] = posts[7]._replace(vector=vector(rng.sample(range(1, 2000), 14)))
    kinship, changed = kinship.updated(posts)
    assert changed
    assert 0 < len(made) < 150
    made.clear()
    kinship, changed = kinship.updated(posts)
    assert not changed
    assert not made


def test_numbers_of_removed_posts_are_given_up_in_time() -> None:
    """What is kept doesn't grow with what was once there."""
    posts = filler(100)
    kinship = Kinship.of(posts, 3)
    for turn in range(20):
        posts = [*posts[10:], *[post(f"y{turn}-{number}", [number + 1]) for number in range(10)]]
        kinship, _ = kinship.updated(posts)
    assert len(kinship.paths) < 200
