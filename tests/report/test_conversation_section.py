"""Asked and answered in the report: what is drawn, what is said, and that nothing of it can run."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from blogq.conversation.comment import Comment
from blogq.conversation.replies import Exchange, Talk
from blogq.lint.verdict import Pace, Verdict
from blogq.report.overview.conversation import WEEKS, conversation_section
from blogq.report.overview.material import material

DAY = 86_400
NOW = int(datetime(2026, 3, 4, 12, tzinfo=UTC).timestamp())
"""A Wednesday."""


def asked(days: float, after: float | None = None, title: str = "One", author: str = "Ann") -> Exchange:
    created = NOW - int(days * DAY)
    said = Comment("1", "one", "", author, False, "Why?", "text", created, True, "comment", "", "comments")
    answered = None if after is None else created + int(after * DAY)
    return Exchange(said, "one.md", title, answered, "", "https://example.org/one/#comment-1")


def section(*exchanges: Exchange) -> str:
    ordered = tuple(sorted(exchanges, key=lambda each: each.comment.created))
    made = conversation_section(material(Verdict(NOW, (), (), Pace(0), talk=Talk(ordered))))
    assert made is not None
    return made.body


def test_nothing_is_shown_where_nobody_asks() -> None:
    assert conversation_section(material(Verdict(NOW, (), (), Pace(0)))) is None
    assert conversation_section(material(Verdict(NOW, (), (), Pace(0), talk=Talk()))) is None


def test_weeks_are_counted_where_they_were_asked_and_answered() -> None:
    body = section(asked(10, 7), asked(9, 1), asked(1))
    rows = re.findall(r"(week of [^<]*)</th><td>(\d+)</td><td>(\d+)</td>", body)
    assert rows == [
        ("week of 16 Feb 2026", "1", "0"),
        ("week of 23 Feb 2026", "1", "2"),
        ("week of 2 Mar 2026", "1", "0"),
    ]


def test_rate_interval_and_median_are_told() -> None:
    body = section(*[asked(10, 1)] * 3, asked(10), asked(1))
    assert "Of 4 comments older than 72 hours 3 were answered: 75% (95% interval 30% to 95%)." in body
    assert "Half of those who ask have an answer within 1 day." in body
    assert "2 comments waiting" in body
    assert "no median time" in section(asked(10), asked(10))
    assert "No comment is older" in section(asked(1))


def test_a_year_is_shown_at_most_and_odd_dates_do_no_harm() -> None:
    odd = asked(10)._replace(answered=10**14)
    body = section(asked(4000, 1), asked(3), asked(-4000), odd)
    assert body.count("<title>week of") <= 2 * WEEKS
    assert "week of" in body


def test_titles_and_names_are_inert() -> None:
    body = section(asked(5, title="<script>alert(1)</script>", author='"><img src=x>\x1b'))
    assert "<script" not in body
    assert "<img" not in body
