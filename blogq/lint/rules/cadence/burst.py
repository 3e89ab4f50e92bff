"""A burst: the latest posts come much faster than usual.

**What it does.** Holds the time between the latest 12 posts against that between up to 60 before. It speaks when they
came at `ratio` times the usual rate or more, and chance would seldom have it so (`p`). It needs 25 posts, and is silent
where CD002 speaks, which says more.

**Why.** More is not worse by itself. It is told because a blog seldom keeps such a pace, and because scores often
follow.

**Where the limits are from.** Twice the rate is what people would call a burst. On simulated blogs that keep their
rhythm it speaks in 1.2% of checks, and finds 68% of bursts of three times the rate: docs/cadence.md.

**What to do.** Ask whether each of them was worth a post; hold some back for the weeks after.
"""

from __future__ import annotations

from collections.abc import Iterator

from blogq.cadence.burst import RATIO, P, burst
from blogq.cadence.outpaced import is_outpaced
from blogq.finding import Finding, Span
from blogq.lint.blog import Blog
from blogq.lint.rule import Options, Rule
from blogq.lint.rules.cadence.publications import as_evidence, pace_told, publications


def check(blog: Blog, options: Options) -> Iterator[Finding]:
    """Yield at most one finding, at the newest post."""
    history = publications(blog)
    found = burst(history, options["ratio"], options["p"])
    if found is None or is_outpaced(history):
        return
    yield Finding(
        "CD001",
        "note",
        Span(history[-1].path),
        f"Your last {len(found.posts)} posts came at {found.ratio:.1f} times the usual rate: "
        f"{pace_told(found.days, found.usual_days)}.",
        "ask whether each was worth a post; some can wait",
        as_evidence(found.posts),
        "burst",
    )


RULE = Rule("CD001", "burst", "note", check, scope="blog", whole=True, options={"ratio": RATIO, "p": P})
