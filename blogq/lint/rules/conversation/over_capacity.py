"""More channels than answers: on a channel more people wait than somebody can answer in a week.

**What it does.** Counts on each channel the comments that count (as with CV001) and that nobody has answered. It
speaks of the channels where they are more than `weeks` times the `capacity` that config declares for them:
`comments.capacity` for the blog itself, `capacity` of each entry of `channels`. Of channels without a capacity it
says nothing.

**Why.** A channel is a promise to answer. One more of them divides the same hours by one more.

**Where the limits are from.** Your own: the capacity is what you said you can answer in a week.

**What to do.** Close a channel, and say where you answer; or answer, the oldest first.
"""

from __future__ import annotations

from collections.abc import Iterator

from blogq.finding import Finding, Span
from blogq.lint.blog import Blog
from blogq.lint.rule import Options, Rule
from blogq.lint.rules.conversation.exchanges import as_evidence, eligible, waiting_told


def check(blog: Blog, options: Options) -> Iterator[Finding]:
    """Yield a finding for each channel with too much to answer, at the post where somebody waits longest."""
    for channel in blog.talk.channels if blog.talk is not None else ():
        waiting = [each for each in eligible(blog) if each.channel == channel.name and each.answered is None]
        if not channel.capacity or len(waiting) <= options["weeks"] * channel.capacity:
            continue
        where = f"On {channel.name}" if channel.name else "On the blog itself"
        wait = "comment waits" if len(waiting) == 1 else "comments wait"
        yield Finding(
            "CV003",
            "warning",
            Span(waiting[0].path),
            f"{where} {len(waiting):,} {wait}, and {channel.capacity:,} a week can be answered there: "
            f"that is {len(waiting) / channel.capacity:.1f} weeks of answers.{waiting_told(waiting)}",
            "answer the oldest first, or close the channel and say where you answer",
            as_evidence(waiting),
            f"capacity of {channel.name or 'the blog'}",
        )


RULE = Rule("CV003", "more-channels-than-answers", "warning", check, scope="blog", whole=True, options={"weeks": 1})
