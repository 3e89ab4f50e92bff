"""A long paragraph.

**What it does.** Counts the words of each paragraph and each item of a list in the author's own prose, and speaks
where they are more than `words`.

**Why.** A paragraph is one thought. On a screen 200 words are a wall of twenty lines or more, in which readers lose
their place.

**Where the limits are from.** More than 200 words in any paragraph fires on 1.3% of 959 posts on respected personal
blogs.

**What to do.** Leave a blank line where a new thought begins.
"""

from __future__ import annotations

from blogq.lint.rule import Options, Rule
from blogq.lint.subject import Found, Subject


def check(post: Subject, options: Options) -> Found:
    """Yield one finding for each long paragraph, at the line where it begins."""
    from blogq.measure.words import words

    for passage in post.prose:
        said = words(passage.text)
        if len(said) <= options["words"]:
            continue
        yield post.finding(
            "ST004",
            "warning",
            post.at(passage.line),
            f"this {'item' if passage.listed else 'paragraph'} has {len(said)} words; one thought seldom needs"
            f" more than {options['words']}",
            "leave a blank line where a new thought begins",
            f"long paragraph: {' '.join(said[:8])}",
        )


RULE = Rule("ST004", "long-paragraph", "warning", check, options={"words": 200})
