"""A description that is missing, very short or too long.

**What it does.** Speaks when a post has no `description` (nor a `summary`, which is used in its place), and when a
description has fewer than `least` or more than `most` characters. Chinese, Japanese and Korean characters count as two,
for they are twice as wide. A page need not have one, nor a post with `kind: note`.

**Why.** Search results and cards show the description below the title. Without one they show how the text begins, which
seldom says what it is about.

**Where the limits are from.** Results of web search show about 160 characters; fewer than 50 hardly make a sentence.
Half of 959 posts on respected personal blogs have no description, so this is a note.

**What to do.** Write one or two sentences that say what a reader will find.
"""

from __future__ import annotations

from blogq.lint.rule import Options, Rule
from blogq.lint.rules.metadata.width import width
from blogq.lint.subject import Found, Subject


def check(post: Subject, options: Options) -> Found:
    """Yield one finding at most, at the description or for the file as a whole."""
    if post.is_note:
        return
    least, most = options["least"], options["most"]
    size = width(" ".join(post.description.split()))
    if not size:
        if post.kind != "post" or "summary" in post.keys:
            return
        message = "there is no description: search results and cards will show how the text begins"
        hint = (
            f"write `description:` in the front matter, {least} to {most} characters that say what a reader will find"
        )
        yield post.finding("FM003", "note", post.key("description"), message, hint, "no description")
    elif size < least:
        message = f"the description has only {size} characters; {least} to {most} are shown well"
        hint = "say in a sentence or two what a reader will find"
        yield post.finding("FM003", "note", post.key("description"), message, hint, "length of the description")
    elif size > most:
        message = f"the description has {size} characters; search results and cards cut it after about {most}"
        hint = "shorten it, or say the main thing first"
        yield post.finding("FM003", "note", post.key("description"), message, hint, "length of the description")


RULE = Rule("FM003", "description-length", "note", check, options={"least": 50, "most": 160})
