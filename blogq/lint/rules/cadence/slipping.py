"""Quality slipping: the latest posts score lower than those before.

**What it does.** Holds the scores of the latest 12 posts that have one against up to 60 before. It speaks when they
have fallen by `drop` points or more, and chance would seldom have it so (`p`). It needs 24 scored posts, and is silent
where CD002 speaks, which says more.

**Why.** A single weak post is nothing; a dozen is a direction, and one that is hard to see from within.

**Where the limits are from.** Five points are hard to see when reading. On simulated blogs whose quality stays the same
it speaks in 4% of checks, and finds 70% of falls by a standard deviation: docs/cadence.md.

**What to do.** Read the lowest ones again, and begin with the part of the score that fell most.
"""

from __future__ import annotations

from collections.abc import Iterator

from blogq.cadence.outpaced import is_outpaced
from blogq.cadence.slipping import DROP, P, slipping
from blogq.finding import Finding, Span
from blogq.lint.blog import Blog
from blogq.lint.rule import Options, Rule
from blogq.lint.rules.cadence.publications import (
    as_evidence,
    drivers_told,
    lowest_told,
    publications,
    titles,
)


def check(blog: Blog, options: Options) -> Iterator[Finding]:
    """Yield at most one finding, at the newest post."""
    history = publications(blog)
    found = slipping(history, options["drop"], options["p"])
    if found is None or is_outpaced(history):
        return
    yield Finding(
        "CD003",
        "note",
        Span(history[-1].path),
        f"Your last {len(found.posts)} posts are weaker than those before: score {found.score:.0f} (was "
        f"{found.usual_score:.0f}).{lowest_told(found.lowest, titles(blog))}{drivers_told(found.drivers)}",
        "read the lowest again, and begin with what fell most",
        as_evidence(found.lowest),
        "quality slipping",
    )


RULE = Rule("CD003", "quality-slipping", "note", check, scope="blog", whole=True, options={"drop": DROP, "p": P})
