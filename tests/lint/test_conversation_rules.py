"""CV001 to CV004: when they speak, when they don't, and what they say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from blogq.conversation.comment import Comment
from blogq.conversation.replies import Channel, Exchange, Talk
from blogq.finding import Finding
from blogq.lint.blog import Blog, Judged
from blogq.lint.pace import pace_of
from blogq.lint.rules.conversation import over_capacity, reply_rate, slow_reply, unattended

HOUR = 3600
DAY = 24 * HOUR
NOW = 1_780_000_000


def asked(days: float, after: float | None = None, channel: str = "", at: str = "one", **more: Any) -> Exchange:
    """Something that was asked so many days ago, and answered so many hours after that."""
    created = NOW - int(days * DAY)
    said = Comment("1", at, "", "Ann", False, "Why?", "text", created, True, "comment", "", "comments", **more)
    answered = None if after is None else created + int(after * HOUR)
    return Exchange(said, f"content/{at}.md", at.title(), answered, channel, f"/{at}/")


def found(rule: Any, *exchanges: Exchange, channels: tuple[Channel, ...] = (), **options: Any) -> list[Finding]:
    ordered = sorted(exchanges, key=lambda each: each.comment.created)
    blog = Blog((), NOW, talk=Talk(tuple(ordered), channels))
    return list(rule.check(blog, {**rule.options, **options}))


@pytest.mark.parametrize("rule", [reply_rate.RULE, slow_reply.RULE, over_capacity.RULE, unattended.RULE])
def test_nothing_is_said_without_a_conversation(rule: Any) -> None:
    assert list(rule.check(Blog((), NOW), rule.options)) == []
    assert found(rule) == []


@pytest.mark.parametrize(
    ("answered", "waiting", "speaks"), [(0, 8, True), (1, 7, True), (2, 6, False), (0, 7, False), (20, 60, True)]
)
def test_reply_rate(answered: int, waiting: int, speaks: bool) -> None:
    """From eight on, when chance doesn't explain it."""
    given = [asked(10 + at, 5) for at in range(answered)] + [asked(10 + at) for at in range(waiting)]
    assert bool(found(reply_rate.RULE, *given)) == speaks


def test_what_is_younger_than_three_days_does_not_count() -> None:
    assert not found(reply_rate.RULE, *[asked(10)] * 7, asked(2.9))
    assert found(reply_rate.RULE, *[asked(10)] * 7, asked(3.1))


def test_reply_rate_names_the_posts_where_people_wait_longest() -> None:
    (said,) = found(reply_rate.RULE, *[asked(10, at="two")] * 8, asked(30, at="one"), asked(20, 1, at="three"))
    assert said.message == ("Of 10 comments 1 were answered: 10%, 40% at most. People wait at “One”, “Two”.")
    assert (said.severity, said.span.path) == ("warning", "content/one.md")


def test_a_window_leaves_out_what_is_long_ago() -> None:
    given = [*[asked(800)] * 20, *[asked(10, 1)] * 8]
    assert found(reply_rate.RULE, *given)
    assert not found(reply_rate.RULE, *given, days=365)


@pytest.mark.parametrize(
    ("hours", "waiting", "speaks"),
    [
        ([1] * 5 + [100] * 4, 0, False),
        ([1] * 4 + [100] * 5, 0, True),
        ([72] * 8, 0, False),
        ([73] * 8, 0, True),
        ([1] * 5, 4, False),
        ([1] * 4, 5, True),
        ([100] * 7, 0, False),
    ],
)
def test_slow_reply(hours: list[float], waiting: int, speaks: bool) -> None:
    """The unanswered count for as long as they have waited."""
    given = [asked(20, after) for after in hours] + [asked(20)] * waiting
    told = found(slow_reply.RULE, *given)
    assert bool(told) == speaks
    assert all(each.severity == "note" for each in told)


BLOG, MASTODON = Channel("", "/", 3, None), Channel("Mastodon", "https://m.example/@n", 1, None)


def test_more_waits_on_a_channel_than_can_be_answered() -> None:
    given = [asked(5)] * 3 + [asked(6, channel="Mastodon")] * 2
    (said,) = found(over_capacity.RULE, *given, channels=(BLOG, MASTODON))
    assert said.message.startswith("On Mastodon 2 comments wait, and 1 a week can be answered there: that is 2.0 weeks")
    (said,) = found(over_capacity.RULE, *given, asked(5), channels=(BLOG, MASTODON._replace(capacity=2)))
    assert said.message.startswith("On the blog itself 4 comments wait")
    assert not found(over_capacity.RULE, *given * 9, channels=(BLOG._replace(capacity=0),))


@pytest.mark.parametrize(("last", "speaks"), [(None, True), (91, True), (89, False)])
def test_a_profile_that_nobody_attends(last: int | None, speaks: bool) -> None:
    channel = MASTODON._replace(last_reply=None if last is None else NOW - last * DAY)
    assert bool(found(unattended.RULE, asked(5, channel="Mastodon"), channels=(channel,))) == speaks


def test_a_profile_where_nobody_waits_is_left_alone_and_the_blog_is_none() -> None:
    assert not found(unattended.RULE, asked(5, 1, channel="Mastodon"), channels=(MASTODON,))
    assert not found(unattended.RULE, asked(2, channel="Mastodon"), channels=(MASTODON,))
    assert not found(unattended.RULE, asked(5), channels=(BLOG, MASTODON))


def posts(*days: float) -> tuple[Judged, ...]:
    make: Callable[..., Judged] = Judged
    return tuple(
        make("a", "/", "A", "", NOW - int(day * DAY), 0, "live", "post", "en", "", None, {}, 0, None, {})
        for day in days
    )


def test_a_blog_that_posts_faster_than_it_answers_is_told_so() -> None:
    talk = Talk((asked(40, at="two"), asked(20, 24), asked(10)), ())
    told = pace_of(Blog(posts(20, 5), NOW, talk=talk))
    assert (told.asked, told.answered, told.waiting) == (3, 1, 2)
    assert told.message.endswith(
        " Comments: 1 of 3 answered, 33% (95% interval 6% to 79%)."
        " In the last 28 days it has published 2 posts and answered 1 comment: "
        "it posts faster than it answers. People wait at “Two”, “One”."
    )
    calm = pace_of(Blog(posts(50, 5), NOW, talk=talk)).message
    assert calm.endswith(" answered, 33% (95% interval 6% to 79%). People wait at “Two”, “One”.")
    assert (told.reply_rate, told.reply_rate_low, told.reply_rate_high) == (0.3333, 0.0615, 0.7923)


def test_where_all_are_answered_or_nobody_has_asked_the_pace_names_no_post() -> None:
    all_of_them = pace_of(Blog(posts(5), NOW, talk=Talk((asked(40, 5), asked(20, 24)), ())))
    assert all_of_them.message.endswith(" Comments: 2 of 2 answered, 100% (95% interval 34% to 100%).")
    nobody = pace_of(Blog(posts(5), NOW, talk=Talk((), ())))
    assert (nobody.asked, nobody.reply_rate, "omment" in nobody.message) == (0, None, False)


def test_the_pace_without_comments_says_nothing_of_them() -> None:
    told = pace_of(Blog(posts(5), NOW))
    assert (told.asked, "omment" in told.message) == (None, False)
