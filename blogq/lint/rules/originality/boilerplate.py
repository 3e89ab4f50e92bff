"""Boilerplate: much of the post is what many posts of the blog say in the same words.

**What it does.** Counts the words in phrases that stand in many documents (in more than ten; in more than 1 % of them
from a thousand on; copies of one text count as one), and those of the texts that `boilerplate` in blogq.yaml declares.
It speaks when they are more than `share` of a post of at least `words` words. It is about the post as a whole.

**Why.** A closing line does no harm. Where half a post is the same as in all others, there is little in it that a
reader has come for, and search engines see the same page again and again.

**Where the limits are from.** Judgement: two fifths. docs/originality.md says on how many posts of three blogs it
speaks.

**What to do.** Put what all posts say into the theme, where it isn't part of any, and write more of what this one is
about.
"""

from __future__ import annotations

from collections.abc import Iterator

from blogq.finding import Finding, Span
from blogq.lint.echoes import Texts
from blogq.lint.rule import Options, Rule

CODE = "OR003"


def check(texts: Texts, options: Options) -> Iterator[Finding]:
    """Yield a finding for each post that is mostly boilerplate."""
    for post in texts.posts:
        if post.words >= options["words"] and post.boilerplate > options["share"] * post.words:
            share = post.boilerplate / post.words
            message = f"{share:.0%} of this post ({post.boilerplate} words) is what many posts of the blog say"
            hint = "put it into the theme, or write more of what this post is about"
            yield Finding(CODE, "note", Span(post.path), message, hint, about="boilerplate")


RULE = Rule(CODE, "boilerplate", "note", check, "texts", {"share": 0.4, "words": 50})
