"""No links at all.

**What it does.** Counts the words of the author's own prose, and speaks when a post of at least `words` words links
to nothing: no page, no address, no footnote. Pictures are no links. Pages aren't looked at.

**Why.** Links are how readers check what is said, and how they go on. Posts of quality stand on what others wrote.

**Where the limits are from.** From 300 words on it fires on 7.7% of 959 posts on respected personal blogs, so this is
a note.

**What to do.** Link what you talk about: the source of a figure, the thing itself, an earlier post.
"""

from __future__ import annotations

from blogq.lint.rule import Options, Rule
from blogq.lint.subject import Found, Subject


def check(post: Subject, options: Options) -> Found:
    """Yield one finding, for the text as a whole."""
    if post.kind != "post" or post.measures.words < options["words"]:
        return
    shown = {each.target for each in post.pictures}
    if any(target not in shown for target in post.outward):
        return
    # The links back from footnotes have no line; a shortcode's argument may become a link.
    if any(link.kind in "afc" and link.line for link in post.links):
        return
    # What a template would have made a link of is one, too.
    if any("mailto:" in line or "]({" in line for line in post.lines[post.body_line - 1 :]):
        return
    yield post.finding(
        "LK003",
        "note",
        post.at(0),
        f"there isn't a single link in {post.measures.words} words",
        "link what you talk about: a source, the thing itself, an earlier post",
        "links",
    )


RULE = Rule("LK003", "no-links", "note", check, options={"words": 300})
