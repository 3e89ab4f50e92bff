"""A picture without alternative text.

**What it does.** Speaks at each picture written in Markdown whose square brackets are empty, and at each `figure` that
has neither `alt` nor a caption nor a title. An empty `alt=""` is meant, so it is left alone there; pictures in raw HTML
and other shortcodes aren't looked at. It is a note, and a warning in what is new: in posts that `--changed` finds
added, and in whatever the baseline doesn't know.

**Why.** People who can't see the picture hear its alternative text, and everyone reads it when the picture doesn't
load.

**Where the limits are from.** There are none, and no options. It fires on 5.1% of 959 posts on respected personal
blogs.

**What to do.** Say between the brackets what the picture shows and why it is there. A picture that only decorates is
better put into the theme, or written as `<img src="…" alt="">`.
"""

from __future__ import annotations

from blogq.lint.rule import Options, Rule
from blogq.lint.subject import Found, Subject


def check(post: Subject, options: Options) -> Found:
    """Yield one finding for each picture."""
    for picture in post.pictures:
        if picture.alt.strip():
            continue
        target = picture.target if len(picture.target) <= 60 else f"{picture.target[:59]}…"
        tag = post.lines[picture.line - 1].startswith("{{", picture.column - 1)
        yield post.finding(
            "MD001",
            "note",
            post.at(picture.line, picture.column, 2),
            f"the picture {target} has no alternative text",
            'say in `alt="…"` what it shows' if tag else "say between the brackets of `![…]` what it shows",
            f"alternative text of {picture.target}",
        )


RULE = Rule("MD001", "missing-alt-text", "note", check, when_new="warning")
