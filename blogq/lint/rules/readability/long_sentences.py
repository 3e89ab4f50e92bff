"""Many long sentences.

**What it does.** Counts the sentences of more than `words` words in the author's own prose, and speaks when they are
more than `share` of all, in a post of at least `sentences` sentences. It shows the longest.

**Why.** A reader keeps the beginning of a sentence in mind until its end. One long sentence among short ones is style;
a text of long ones is work.

**Where the limits are from.** A quarter over 30 words fires on 4.5% of 959 posts on respected personal blogs; the usual
20 words would fire on 49% of them.

**What to do.** Split the longest ones where a new thought begins.
"""

from __future__ import annotations

from blogq.lint.rule import Options, Rule
from blogq.lint.subject import Found, Subject


def check(post: Subject, options: Options) -> Found:
    """Yield one finding, at the longest sentence."""
    from blogq.measure.words import words

    lengths = [(len(words(each.text[start:end])), each, start, end) for each, start, end in post.sentences]
    long = [found for found in lengths if found[0] > options["words"]]
    if len(lengths) < options["sentences"] or len(long) <= options["share"] * len(lengths):
        return
    length, passage, start, end = max(long, key=lambda found: found[0])
    told = f"{len(long)} of {len(lengths)} sentences have more than {options['words']} words"
    yield post.finding(
        "RD003",
        "warning",
        post.within(passage, start, end),
        f"{told}; the longest, here, has {length}",
        "split the longest ones where a new thought begins",
        "long sentences",
    )


RULE = Rule("RD003", "long-sentences", "warning", check, options={"share": 0.25, "words": 30, "sentences": 8})
