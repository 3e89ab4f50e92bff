"""A heading level skipped.

**What it does.** Compares each heading with the one before, and speaks when it lies more than one level deeper, such
as `####` right under `##`. It counts them and shows the first. The level at which a text begins is its own choice.
Headings in quotations, lists and notes aren't looked at.

**Why.** Levels are an outline: people who listen to a page walk through it, and tables of contents are made of it. A
level that isn't there looks like a section that was lost.

**Where the limits are from.** There are none, and no options. It is what WCAG's technique H42 and WebAIM advise.

**What to do.** Use the next level; how large a heading looks is the theme's affair.
"""

from __future__ import annotations

from itertools import pairwise

from blogq.lint.rule import Options, Rule
from blogq.lint.subject import Found, Subject


def check(post: Subject, options: Options) -> Found:
    """Yield one finding, at the first heading that skips a level."""
    headings = [
        each
        for each in post.passages
        if each.kind == "heading" and not each.quoted and not each.listed and not each.note
    ]
    skips = [(over, under) for over, under in pairwise(headings) if under.level > over.level + 1]
    if not skips:
        return
    over, under = skips[0]
    what = f"level {under.level} comes right after one of level {over.level}"
    yield post.finding(
        "ST002",
        "note",
        post.within(under, 0, len(under.text)),
        f"{len(skips)} headings skip a level; the first, here, of {what}"
        if len(skips) > 1
        else f"this heading of {what}",
        f"make it `{'#' * (over.level + 1)}`",
        "skipped level",
    )


RULE = Rule("ST002", "skipped-level", "note", check)
