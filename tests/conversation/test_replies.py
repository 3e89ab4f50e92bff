"""Which comments are there to be answered, and what answers them."""

from __future__ import annotations

from talking_sites import DAY, HOUR, JANUARY, comment

from blogq.content.post import MISSING
from blogq.conversation.comment import Comment
from blogq.conversation.replies import Exchange, answers


def waits(*said: Comment) -> list[str]:
    return [each.id for each, answered in answers(said) if answered is None]


def test_a_later_comment_of_an_author_in_the_thread_answers() -> None:
    assert waits(comment("a"), comment("b", "a", 1, is_owner=True), comment("c", "b", 2)) == ["c"]
    assert answers([comment("a"), comment("b", "a", 1, is_owner=True)])[0][1] == JANUARY + DAY


def test_one_answer_answers_everybody_before_it_in_the_thread() -> None:
    assert waits(comment("a"), comment("b", "a", 1), comment("c", "a", 2, is_owner=True)) == []


def test_an_answer_elsewhere_or_before_is_none() -> None:
    assert waits(comment("o", day=0, is_owner=True), comment("a", "o", 1), comment("x", "", 2, is_owner=True)) == ["a"]


def test_the_first_answer_counts() -> None:
    said = [comment("a"), comment("b", "a", 1, is_owner=True), comment("c", "a", 9, is_owner=True)]
    assert answers(said)[0][1] == JANUARY + DAY


def test_a_like_waits_for_nobody_and_answers_nobody() -> None:
    """Not even the author's own."""
    liked = [comment("2", "1", 1, kind="like", is_owner=True), comment("3", "", 2, kind="repost")]
    assert [(each.id, answered) for each, answered in answers([comment("1"), *liked])] == [("1", None)]


def test_pingbacks_mentions_and_what_is_not_approved_wait_for_nobody() -> None:
    assert waits(comment("a", kind="pingback"), comment("b", kind="mention"), comment("c", approved=False)) == []
    assert waits(comment("d", kind="webmention"), comment("e", kind="mastodon")) == ["d", "e"]


def test_an_answer_that_is_not_approved_answers_nobody() -> None:
    assert waits(comment("a"), comment("b", "a", 1, is_owner=True, approved=False)) == ["a"]


def test_a_comment_counts_when_it_is_older_than_three_days() -> None:
    asked = Exchange(comment("a"), "p", "t", None, "", "")
    assert not asked.eligible(JANUARY + 72 * HOUR)
    assert asked.eligible(JANUARY + 72 * HOUR + 1)
    assert not asked._replace(comment=comment("a", created=MISSING)).eligible(JANUARY)
