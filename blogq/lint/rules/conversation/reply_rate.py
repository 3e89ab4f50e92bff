"""Reply rate: most of those who write get no answer.

**What it does.** Counts the comments that could be answered: approved, not by one of the authors, not sent by a
machine, older than 72 hours. One is answered when an author wrote anything later in its thread. It speaks when the
upper end of the 95% interval of the rate (Wilson 1927) is under `rate`, and from `fewest` comments on. `days` makes
it look at the comments of so many days only; 0, at all.

**Why.** A conversation in which one side never says a word is none. Who got no answer doesn't write again.

**Where the limits are from.** Under a half, even if chance was against you: of 8 comments none answered is 32% at
most, one 47%, two 59%.

**What to do.** Answer the oldest first: `blogq inbox` lists them. A line is enough.
"""

from __future__ import annotations

from collections.abc import Iterator

from blogq.finding import Finding, Span
from blogq.lint.blog import Blog
from blogq.lint.rule import Options, Rule
from blogq.lint.rules.conversation.exchanges import as_evidence, eligible, waiting_told


def check(blog: Blog, options: Options) -> Iterator[Finding]:
    """Yield at most one finding, at the post where somebody waits longest."""
    asked = eligible(blog, options["days"])
    if len(asked) < max(1, options["fewest"]):
        return
    from blogq.conversation.rates import wilson

    waiting = [each for each in asked if each.answered is None]
    rate = wilson(len(asked) - len(waiting), len(asked))
    if rate.high >= options["rate"]:
        return
    yield Finding(
        "CV001",
        "warning",
        Span(waiting[0].path),
        f"Of {len(asked):,} comments {len(asked) - len(waiting):,} were answered: {rate.share:.0%}, "
        f"{rate.high:.0%} at most.{waiting_told(waiting)}",
        "answer the oldest first: `blogq inbox` lists them",
        as_evidence(waiting),
        "reply rate",
    )


RULE = Rule(
    "CV001",
    "reply-rate",
    "warning",
    check,
    scope="blog",
    whole=True,
    options={"rate": 0.5, "fewest": 8, "days": 0},
)
