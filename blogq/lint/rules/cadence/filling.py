"""Posting to fill the day: something every day, and most of it weak.

**What it does.** Looks for a streak of `days` days or more, without a gap of over 36 hours, that goes on to the newest
post. It speaks when three quarters of its posts (of its latest 12, if it is longer) score under the blog's own quantile
`share` before. It needs 12 scored posts before.

**Why.** A post a day is a fine habit while there is something to say. When most of them are among the blog's weakest,
the calendar writes.

**Where the limits are from.** Five days are a working week. A quarter of posts is always under the 25th percentile;
three quarters of a streak are by chance in 1 to 2% of streaks: docs/cadence.md.

**What to do.** Skip a day. Make one post of three.
"""

from __future__ import annotations

from collections.abc import Iterator

from blogq.cadence.filling import DAYS, QUARTILE, filling
from blogq.finding import Finding, Span
from blogq.lint.blog import Blog
from blogq.lint.rule import Options, Rule
from blogq.lint.rules.cadence.publications import as_evidence, drivers_told, lowest_told, publications, titles


def check(blog: Blog, options: Options) -> Iterator[Finding]:
    """Yield at most one finding, at the newest post."""
    history = publications(blog)
    found = filling(history, options["days"], options["share"])
    if found is None:
        return
    rated = sum(post.score is not None for post in found.posts)
    yield Finding(
        "CD004",
        "warning",
        Span(history[-1].path),
        f"You have posted on {found.days} days in a row, and {len(found.weak)} of the last {rated} posts score under "
        f"{found.limit:.0f}, as only {options['share']:.0%} of those before do: {found.score:.0f} on average (was "
        f"{found.usual_score:.0f}).{lowest_told(found.lowest, titles(blog))}{drivers_told(found.drivers)}",
        "skip a day, or make one post of several",
        as_evidence(found.lowest),
        "filling the day",
    )


RULE = Rule(
    "CD004", "filling-the-day", "warning", check, scope="blog", whole=True, options={"days": DAYS, "share": QUARTILE}
)
