"""Quantity outpaces quality: more and more posts, and weaker ones.

**What it does.** Ranks the latest 12 posts among all runs of 12 posts in a row in the latest 72. It speaks when their
mean score is in the lowest `lowest` of them and their pace in the fastest `fastest`, a rank test of the scores agrees
(`agreed`), the time between posts is shorter than usual by `ratio` or more, and scores have fallen by `drop` points.
With 24 to 33 posts tests decide instead (`p_pace`, `p_score`); with fewer it is silent. Once it has spoken it goes on
while the latest 12 are weaker and faster than every run before the stretch began (`lasting`). CD001 and CD003, which
see a half of this, are silent when it speaks.

**Why.** Publishing more isn't the fault, and a weak post isn't either. Both at once over a dozen posts say that the
pace is paid for with what readers come for.

**Where the limits are from.** Simulated blogs whose truth is known: at most 0.60% false alarms in a check, and 74 to
87% of real changes told within 12 posts. docs/cadence.md has the tables, and what other limits would do.

**What to do.** Publish less often for a while, and begin with what fell most.
"""

from __future__ import annotations

from collections.abc import Iterator

from blogq.cadence.outpaced import LIMITS, Limits, Outpaced, outpaced
from blogq.finding import Finding, Span
from blogq.lint.blog import Blog
from blogq.lint.rule import Options, Rule
from blogq.lint.rules.cadence.publications import (
    as_evidence,
    drivers_told,
    lowest_told,
    ordinal,
    pace_told,
    publications,
    titles,
)


def check(blog: Blog, options: Options) -> Iterator[Finding]:
    """Yield at most one finding, at the newest post; it is about the alarm, known by the post that first raised it."""
    history = publications(blog)
    found = outpaced(history, Limits(**options))
    if found is None:
        return
    pace = pace_told(found.days, found.usual_days)
    score = f"score {found.score:.0f} (was {found.usual_score:.0f})"
    yield Finding(
        "CD002",
        "warning",
        Span(history[-1].path),
        f"{_told(found)}: {pace}, {score}.{lowest_told(found.lowest, titles(blog))}{drivers_told(found.drivers)}",
        "publish less often for a while, and begin with what fell most",
        as_evidence(found.lowest),
        f"since {found.since.path}",
    )


def _told(found: Outpaced) -> str:
    posts = len(found.posts)
    if not found.runs:
        return f"Your last {posts} posts are weaker than those before, and came faster"
    if found.goes_on:
        return f"Your last {posts} posts are weaker and came faster than any {posts} in a row before this stretch"
    among = "the fastest" if found.fastest == 1 else "among the fastest"
    weakest = f"{ordinal(found.weakest)}weakest run of {posts}"
    return f"Your last {posts} posts are the {weakest} in your last {found.of}, and {among}"


RULE = Rule("CD002", "quantity-outpaces-quality", "warning", check, scope="blog", whole=True, options=LIMITS._asdict())
