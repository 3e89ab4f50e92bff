"""A long title.

**What it does.** Counts the characters of the title, and speaks when they are more than `characters`. Chinese,
Japanese and Korean characters count as two, for they are twice as wide.

**Why.** Search results, tabs and cards cut a title that is too wide for them, and its end is lost.

**Where the limits are from.** Results of web search show about 60 to 70 characters. More than 70 fires on 1.9% of 959
posts on respected personal blogs.

**What to do.** Say the main thing first and in fewer words; the description has room for the rest.
"""

from __future__ import annotations

from blogq.lint.rule import Options, Rule
from blogq.lint.rules.metadata.title_place import title_place
from blogq.lint.rules.metadata.width import width
from blogq.lint.subject import Found, Subject


def check(post: Subject, options: Options) -> Found:
    """Yield one finding, at the title."""
    size = width(post.title)
    if size <= options["characters"]:
        return
    yield post.finding(
        "FM002",
        "note",
        title_place(post),
        f"the title has {size} characters; search results show about {options['characters']} and cut the rest",
        "say the main thing first, and in fewer words",
        "length of the title",
    )


RULE = Rule("FM002", "long-title", "note", check, options={"characters": 70})
