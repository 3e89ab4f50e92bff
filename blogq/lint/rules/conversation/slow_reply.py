"""Slow first reply: half of those who write wait longer than they will look back.

**What it does.** Takes how long each comment waited for an answer; for those that still wait, how long they have so
far. Half of the times, by the estimate of Kaplan and Meier (1958), which counts the unanswered for as long as they
have waited, lie above the median. It speaks when that is more than `hours`, and from `fewest` comments on. Which
comments count, and what `days` does, is as with CV001.

**Why.** An answer that comes while somebody still thinks about it makes a conversation. A week later it is a notice.

**Where the limits are from.** 72 hours are a weekend and a day: who writes on a Friday night can be answered on
Monday.

**What to do.** Look into `blogq inbox` twice a week, before you write the next post.
"""

from __future__ import annotations

from collections.abc import Iterator

from blogq.finding import Finding, Span
from blogq.lint.blog import Blog
from blogq.lint.rule import Options, Rule
from blogq.lint.rules.conversation.exchanges import as_evidence, eligible, span_told

HOUR = 3600


def check(blog: Blog, options: Options) -> Iterator[Finding]:
    """Yield at most one finding, at the post whose comment waited longest."""
    asked = eligible(blog, options["days"])
    if len(asked) < max(1, options["fewest"]):
        return
    from blogq.conversation.rates import median_time

    times = [float(blog.now - each.comment.created if each.waited is None else each.waited) for each in asked]
    middle = median_time(times, [each.answered is not None for each in asked])
    if middle is not None and middle <= options["hours"] * HOUR:
        return
    longest = max(range(len(asked)), key=lambda at: (times[at], -at))
    said = (
        f"Half of {len(asked):,} comments waited more than {span_told(middle)} for an answer"
        if middle is not None
        else f"At this pace fewer than half of {len(asked):,} comments get an answer"
    )
    slow = sorted(range(len(asked)), key=lambda at: (-times[at], at))[:10]
    yield Finding(
        "CV002",
        "note",
        Span(asked[longest].path),
        f"{said}; {options['hours']} hours is what people wait for. "
        f"The longest has waited {span_told(times[longest])}.",
        "look into `blogq inbox` before you write the next post",
        as_evidence([asked[at] for at in slow]),
        "slow reply",
    )


RULE = Rule(
    "CV002",
    "slow-first-reply",
    "note",
    check,
    scope="blog",
    whole=True,
    options={"hours": 72, "fewest": 8, "days": 0},
)
