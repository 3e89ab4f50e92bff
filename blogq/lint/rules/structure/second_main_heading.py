"""A second main heading.

**What it does.** Counts headings of level 1 (`# …`) in the text, quotations aside, and speaks at the second. A
heading of level 1 beside a title in the front matter is taken for the title said again, and doesn't count. Where the
title is the heading that opens the text, any further heading of level 1 is a second one.

**Why.** The main heading says what the whole page is about. Screen readers and search engines look for one; with
several, sections look like pages of their own.

**Where the limits are from.** There are none, and no options. One `<h1>` for a page is what WebAIM and MDN advise.

**What to do.** Begin sections with `##`.
"""

from __future__ import annotations

from blogq.lint.rule import Options, Rule
from blogq.lint.subject import Found, Subject


def check(post: Subject, options: Options) -> Found:
    """Yield one finding, at the second main heading."""
    main = [each for each in post.passages if each.level == 1 and not each.quoted and not each.note]
    if "title" in post.keys or not post.title:
        main = main[1:]
    if not main:
        return
    many = f"{len(main) + 1} headings of level 1" if len(main) > 1 else "a second heading of level 1"
    yield post.finding(
        "ST001",
        "warning",
        post.within(main[0], 0, len(main[0].text)),
        f"the text has {many}; a page has one main heading" + (", and the second is here" if len(main) > 1 else ""),
        "begin sections with `##`",
        "second main heading",
    )


RULE = Rule("ST001", "second-main-heading", "warning", check)
