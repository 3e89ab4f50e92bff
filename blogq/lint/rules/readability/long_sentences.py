"""Many long sentences.

**What it does.** Counts the sentences of more than `words` words in the author's own prose, in a post of at least
`sentences` sentences: a note when they are more than `share` of all, a warning when they are more than `much`. For
experts (`audience: expert`, or a range that goes down as far) both shares are larger by `expert`. It shows the longest.

**Why.** A reader keeps the beginning of a sentence in mind until its end. One long sentence among short ones is style;
a text of long ones is work.

**Where the limits are from.** A quarter over 30 words fires on 4.5% of 959 posts on respected personal blogs; the usual
20 words would fire on 49% of them. More than 45% of the sentences are as long in one of 25 newspaper articles and one
of 100 posts on the blogs that blogq was tried on, but in a third of an official memorandum's chapters. Texts for
experts have no longer sentences as a rule, but those who read papers and formal proposals stand them: an eighth of
papers, and up to one in forty proposals, have more than 40%. docs/audience.md has the figures.

**What to do.** Split the longest ones where a new thought begins.
"""

from __future__ import annotations

from blogq.finding import Severity
from blogq.lint.rule import Options, Rule
from blogq.lint.subject import Found, Subject


def check(post: Subject, options: Options) -> Found:
    """Yield one finding, at the longest sentence."""
    from blogq.measure.words import words

    more = options["expert"] if post.audience is not None and post.audience.is_expert else 0
    lengths = [(len(words(each.text[start:end])), each, start, end) for each, start, end in post.sentences]
    long = [found for found in lengths if found[0] > options["words"]]
    if len(lengths) < options["sentences"] or not long:
        return
    share = len(long) / len(lengths) - more
    if share <= min(options["share"], options["much"]):
        return
    severity: Severity = "warning" if share > options["much"] else "note"
    length, passage, start, end = max(long, key=lambda found: found[0])
    told = f"{len(long)} of {len(lengths)} sentences have more than {options['words']} words"
    yield post.finding(
        "RD003",
        severity,
        post.within(passage, start, end),
        f"{told}{', many even for experts' if more else ''}; the longest, here, has {length}",
        "split the longest ones where a new thought begins",
        "long sentences",
    )


RULE = Rule(
    "RD003",
    "long-sentences",
    "warning",
    check,
    options={"share": 0.25, "much": 0.45, "words": 30, "sentences": 8, "expert": 0.15},
)
