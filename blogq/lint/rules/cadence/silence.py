"""Silence: the time since the newest post has outgrown the blog's own rhythm.

**What it does.** Holds the time since the newest post against the gaps before, up to 60. It speaks when it is more than
`times` the usual one, and longer than 95% of them. It needs 8 gaps. It is silent where a post is scheduled, and after
`ended` days: that blog isn't late but ended.

**Why.** Readers who came back twice for nothing don't come a third time. A line that says so keeps them.

**Where the limits are from.** Where posts come by chance, every eighth gap is over three times the usual; the second
condition leaves one in twenty: docs/cadence.md. After a year nobody waits.

**What to do.** Publish what is nearly done, or say when you will be back.
"""

from __future__ import annotations

from collections.abc import Iterator

from blogq.cadence.silence import TIMES, silence
from blogq.finding import Finding, Span
from blogq.lint.blog import Blog
from blogq.lint.rule import Options, Rule
from blogq.lint.rules.cadence.publications import days_told, publications


def check(blog: Blog, options: Options) -> Iterator[Finding]:
    """Yield at most one finding, at the newest post."""
    if any(post.status == "scheduled" and post.kind == "post" for post in blog.posts):
        return
    history = publications(blog)
    found = silence(history, blog.now, options["times"])
    if found is None or found.days > options["ended"]:
        return
    yield Finding(
        "CD005",
        "note",
        Span(found.newest.path),
        f"Nothing has been published for {days_told(found.days)}; there is usually a post every "
        f"{days_told(found.usual_days)}, and the longest pause lately was {days_told(found.longest_days)}.",
        "publish what is nearly done, or say when you will be back",
        "",
        "silence",
    )


RULE = Rule("CD005", "silence", "note", check, scope="blog", whole=True, options={"times": TIMES, "ended": 365})
