"""The words that posts are found by: what tells, what doesn't, and what stays as it is when little is edited."""

from __future__ import annotations

import struct

import pytest

from blogq.content.post import LABELS, SLOTS, VECTOR, WORDS
from blogq.content.telling import labels_of, telling


def slots(vector: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{SLOTS}I", vector)


def test_the_most_used_words_come_first_and_grammar_does_not_count() -> None:
    words, vector = telling("On boats", "The boat and the sea. A sea is wide, and the boat's sea is cold.", "en")
    assert words[:2] == ["boats", "sea"]
    assert not {"the", "and", "is", "on", "a"} & set(words)
    assert len(vector) == VECTOR
    assert [bool(slot) for slot in slots(vector)[:WORDS]] == [True] * len(words) + [False] * (WORDS - len(words))


@pytest.mark.parametrize(("one", "other"), [("container", "containers"), ("Container’s", "CONTAINER"), ("C++", "c++.")])
def test_forms_of_a_word_are_one(one: str, other: str) -> None:
    assert telling("", one, "en")[1] == telling("", other, "en")[1] != telling("", "", "en")[1]


def test_languages_are_kept_apart() -> None:
    """An English word that is a German article counts in English."""
    assert telling("", "die", "de")[0] == []
    assert telling("", "die", "en")[0] == ["die"]
    assert telling("", "golf", "de")[1] != telling("", "golf", "en")[1]


def test_without_stop_words_all_words_count() -> None:
    """How common they are is for the whole blog to say."""
    assert set(telling("", "jeg har en båd og et hus", "da")[0]) >= {"jeg", "har", "båd", "hus"}


def test_chinese_and_japanese_are_found_by_pairs_that_nobody_is_shown() -> None:
    words, vector = telling("", "東京タワーは東京都港区にある。東京タワーの歴史は長い。港区の歴史", "ja")
    assert set(words) == {"", "タワー"}
    other = telling("", "昨日は港区と港区の歴史を見た。東京の歴史。", "ja")[1]
    assert len(set(slots(vector)) & set(slots(other)) - {0}) >= 2


def test_korean_endings_do_not_part_words() -> None:
    one, other = (telling("", f"{text} {text}", "ko")[1] for text in ("한국어를 배운다", "한국어는 어렵다"))
    assert set(slots(one)) & set(slots(other)) - {0}


def test_labels_stand_behind_the_words() -> None:
    """In any case of letters; authors are none, for their pages list their posts."""
    terms = [("tags", ["Red", "red", "blue"]), ("authors", ["ann"]), ("series", ["Saga"])]
    assert labels_of(terms) == [("tags", "Red"), ("tags", "blue"), ("series", "Saga")]
    one, other = (slots(telling("", "", "en", [("tags", [label])])[1]) for label in ("Red", "RED"))
    assert one == other
    assert one[WORDS] and not any(one[:WORDS])
    assert len(labels_of([("tags", map(str, range(20)))])) == LABELS


def test_a_small_edit_seldom_changes_a_vector() -> None:
    """A word that is used once doesn't come among those that are used often."""
    text = " ".join(f"{letter}word " * (30 - at) for at, letter in enumerate("abcdefghijklmnopqrstuvwx"))
    assert telling("", text, "en")[1] == telling("", f"{text} A sentence that says little.", "en")[1]


@pytest.mark.parametrize(
    "text", ["", "\ud800 \udfff", "'''+++###", "1234 5678", "\x00", "É" * 70_000, "a-" * 40_000, "_a 'b #c 9d"]
)
def test_any_text_has_a_vector(text: str) -> None:
    words, vector = telling(text, text, "xx")
    assert len(vector) == VECTOR
    assert len(words) <= WORDS
