"""A profile linked but unattended: the blog sends people to a channel where nobody answers.

**What it does.** For each entry of `channels` in config with a source of comments: speaks when somebody waits there
(as with CV001) and none of the authors has written anything there in `days`. Of a channel whose conversation isn't
among the sources nothing is known, and nothing said.

**Why.** A link to a profile says: talk to us there. Who does, and hears nothing for a quarter, has been sent to an
empty room by the blog itself.

**Where the limits are from.** 90 days are a quarter: longer than any holiday, and long enough to be forgotten.

**What to do.** Answer there, or take the link away.
"""

from __future__ import annotations

from collections.abc import Iterator

from blogq.finding import Finding, Span
from blogq.lint.blog import Blog
from blogq.lint.rule import Options, Rule
from blogq.lint.rules.conversation.exchanges import DAY, as_evidence, eligible, span_told, waiting_told


def check(blog: Blog, options: Options) -> Iterator[Finding]:
    """Yield a finding for each channel that nobody attends, at the post where somebody waits longest."""
    for channel in blog.talk.channels if blog.talk is not None else ():
        if not channel.name:
            continue
        last = channel.last_reply
        if last is not None and blog.now - last <= options["days"] * DAY:
            continue
        waiting = [each for each in eligible(blog) if each.channel == channel.name and each.answered is None]
        if not waiting:
            continue
        since = f"for {span_told(blog.now - last)}" if last is not None else "at all"
        yield Finding(
            "CV004",
            "note",
            Span(waiting[0].path),
            f"The blog links to {channel.name} ({channel.url}), and nobody has answered there {since}."
            f"{waiting_told(waiting)}",
            "answer there, or take the link away",
            as_evidence(waiting),
            f"unattended {channel.name}",
        )


RULE = Rule("CV004", "unattended-profile", "note", check, scope="blog", whole=True, options={"days": 90})
