"""Asked and answered, week by week; how likely an answer is and how soon; and who still waits."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from blogq.report.overview.markup import Section, chart, day, figures, number, plain, table
from blogq.report.overview.material import Material
from blogq.report.overview.plot import Scale, bars, grid, months, steps
from blogq.report.overview.timeline import SHORTEST, Bin, Timeline
from blogq.report.text import counted

if TYPE_CHECKING:
    from blogq.conversation.replies import Exchange

WEEKS = 52
"""Weeks that are shown, at most."""
MOST = 50
"""Comments that the table of those who wait has."""
ASKED = (7.0, 46.0)
ANSWERED = (57.0, 91.0)
"""Top and bottom of both panels, in percent."""


def conversation_section(given: Material) -> Section | None:
    """Return the section; None where nobody has asked anything."""
    talk, now = given.verdict.talk, given.verdict.now
    if talk is None or not talk.exchanges:
        return None
    from blogq.content.post import MISSING

    dated = [each for each in talk.exchanges if each.comment.created != MISSING]
    axis = _weeks(given.today, [_day(each.comment.created) for each in dated])
    asked = _by_week(axis, [_day(each.comment.created) for each in dated])
    answered = _by_week(axis, [_day(each.answered) for each in dated if each.answered is not None])
    above = Scale(0, max(1, *asked), ASKED[1], ASKED[0])
    below = Scale(0, max(1, *answered), ANSWERED[1], ANSWERED[0])
    names = [axis.name(each) for each in axis.bins]
    drawn = [*months(axis, 99, ASKED[0], 8)]
    for title, counts, scale, (top, bottom) in (
        ("Asked", asked, above, ASKED),
        ("Answered", answered, below, ANSWERED),
    ):
        drawn.append(f'<text class="panel" x="0" y="{top - 4}%">{title} a week</text>')
        drawn += grid(scale, [value for value in steps(scale, 3) if value and value == int(value)])
        said = [f"{name}: {count:,} {title.lower()}" for name, count in zip(names, counts, strict=True)]
        drawn.append(bars(axis, counts, scale, said))
        drawn.append(f'<line class="base" x1="0" x2="100%" y1="{bottom}%" y2="{bottom}%"/>')
    told = _told(talk.eligible(now), now)
    about = f"Two charts above one axis of weeks, {day(axis.bins[0].first)} to {day(given.today)}. {told}"
    rows = [(name, f"{one:,}", f"{two:,}") for name, one, two in zip(names, asked, answered, strict=True) if one or two]
    waiting = talk.waiting()
    return Section(
        "conversation",
        "Asked and answered",
        f"<p>{plain(told)}</p><figure>"
        + chart("Comments asked and answered, week by week", about, drawn, "pace", "conversation-chart")
        + "</figure>"
        + figures("Comments by week", ("Week", "Asked", "Answered"), rows)
        + _waiting(waiting, now),
    )


def _day(seconds: int) -> date:
    return datetime.fromtimestamp(min(max(seconds, -62_135_596_800), 253_402_300_799), UTC).date()


def _weeks(today: date, asked: Sequence[date]) -> Timeline:
    """Return the weeks up to today, from the first in which something was asked, `WEEKS` at most."""
    first = min([each for each in asked if each <= today], default=today)
    first = max(min(first, today - timedelta(days=SHORTEST)), today - timedelta(weeks=WEEKS - 1))
    first -= timedelta(days=first.weekday())
    starts = [first + timedelta(weeks=count) for count in range((today - first).days // 7 + 2)]
    return Timeline("week", tuple(Bin(begins, past, ()) for begins, past in pairwise(starts)))


def _by_week(axis: Timeline, days: Sequence[date]) -> list[int]:
    """Return how many of `days` lie in each week; those outside aren't counted."""
    starts = [each.first for each in axis.bins]
    counts = [0] * len(starts)
    for each in days:
        if starts[0] <= each < axis.bins[-1].past:
            counts[bisect_right(starts, each) - 1] += 1
    return counts


def _told(asked: Sequence[Exchange], now: int) -> str:
    """Return rate and time of reply in a sentence or two."""
    from blogq.conversation.rates import median_time, wilson
    from blogq.lint.rules.conversation.exchanges import span_told

    if not asked:
        return "No comment is older than 72 hours yet."
    answered = sum(each.answered is not None for each in asked)
    rate = wilson(answered, len(asked))
    told = (
        f"Of {counted(len(asked), 'comment')} older than 72 hours {answered:,} were answered: {rate.share:.0%} "
        f"(95% interval {rate.low:.0%} to {rate.high:.0%}). "
    )
    times = [float(now - each.comment.created if each.waited is None else each.waited) for each in asked]
    middle = median_time(times, [each.answered is not None for each in asked])
    if middle is None:
        return told + "Fewer than half get an answer, so there is no median time to it."
    return told + f"Half of those who ask have an answer within {span_told(middle)}."


def _waiting(waiting: Sequence[Exchange], now: int) -> str:
    if not waiting:
        return "<p>Nobody waits for an answer.</p>"
    from blogq.report.inbox import age

    rows = [
        (
            f"<bdi>{plain(' '.join(each.title.split()) or each.path)}</bdi>",
            f"<bdi>{plain(each.comment.author or 'somebody')}</bdi>",
            age(each, now),
            f'<a href="{plain(each.link)}">answer</a>' if each.link.startswith(("https://", "http://")) else "",
        )
        for each in waiting[:MOST]
    ]
    more = f" The first {number(MOST)} are shown." if len(waiting) > MOST else ""
    return f"<p>{counted(len(waiting), 'comment')} waiting for an answer.{more}</p>" + table(
        "Who waits for an answer", ("Post", "Who", "For", "Where"), rows
    )
