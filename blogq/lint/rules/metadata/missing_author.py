"""A post without an author.

**What it does.** Speaks when a post names no author and the site's config names none either. Pages need none.

**Why.** Readers trust, quote and answer a person. Feeds and search results show the author, too.

**Where the limits are from.** There are none, and no options.

**What to do.** Name the author once in the site's config, or in the post's front matter where several people write.
"""

from __future__ import annotations

from blogq.lint.rule import Options, Rule
from blogq.lint.subject import Found, Subject


def check(post: Subject, options: Options) -> Found:
    """Yield one finding, for the file as a whole."""
    if post.kind != "post" or post.author.strip():
        return
    yield post.finding(
        "FM005",
        "note",
        post.key("authors"),
        "nobody is named as the author of this post",
        "name the author in the site's config, or write `author:` in the front matter",
        "author",
    )


RULE = Rule("FM005", "missing-author", "note", check)
