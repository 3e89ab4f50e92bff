"""No title.

**What it does.** Speaks when front matter gives no title and no heading opens the text. Posts with `kind: note` in
their front matter need none.

**Why.** Lists, feeds, search results and browser tabs show the title. Without one they show a name made of the file's.

**Where the limits are from.** There are none, and no options.

**What to do.** Write `title:` in the front matter, or open the text with a heading.
"""

from __future__ import annotations

from blogq.lint.rule import Options, Rule
from blogq.lint.subject import Found, Subject


def check(post: Subject, options: Options) -> Found:
    """Yield one finding, at the empty key or for the file as a whole."""
    if post.title.strip() or post.is_note:
        return
    yield post.finding(
        "FM001",
        "error",
        post.key("title"),
        f"this {post.kind} has no title",
        "write `title:` in the front matter, or open the text with a heading",
        "title",
    )


RULE = Rule("FM001", "missing-title", "error", check)
