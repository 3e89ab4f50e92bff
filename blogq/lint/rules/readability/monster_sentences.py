"""A sentence too long to follow.

**What it does.** Points at each sentence of more than `words` words. Semicolons, colons and line breaks after a comma
part it: what counts is its longest stretch between them. Enumerations, such as the names of those to thank, are left
out: a stretch with a comma in every `enumeration` words or more often is one. So is what stands in tables, quotations
and notes. For experts (`audience: expert`, or a range that goes down as far) it may have `expert` words more.

**Why.** Nobody holds 60 words in mind; readers go back to the beginning, or on to another page.

**Where the limits are from.** 6.6% of 959 posts on respected personal blogs have a sentence of more than 60 words. Of
technical proposals for experts 7 to 13% have one, and 1 to 4% one of more than 75 (docs/audience.md). A name has two or
three words, so that a list of names has commas far closer than sentences have.

**What to do.** Make two or three sentences of it, or a list.
"""

from __future__ import annotations

from blogq.lint.rule import Options, Rule
from blogq.lint.subject import Found, Subject
from blogq.pattern import Pattern

_PARTING = Pattern(r"[;:；：](?=\s|$)|,[ \t]*\n|\n(?=\s*(?:[-*+•–—]|\d{1,3}[.)])\s)")
"""Where a sentence parts into stretches that can be read one after the other."""


def check(post: Subject, options: Options) -> Found:
    """Yield a finding for each such sentence."""
    from blogq.measure.words import words

    limit = options["words"] + (options["expert"] if post.audience is not None and post.audience.is_expert else 0)
    for passage, start, end in post.sentences:
        sentence = passage.text[start:end]
        # A word takes at least two characters, its space included (ideographs don't, and need no spaces).
        if len(sentence) <= limit:
            continue
        stretches = [(len(words(stretch)), stretch) for stretch in _PARTING.split(sentence)]
        length, stretch = max(stretches, key=lambda found: found[0])
        if length <= limit or stretch.count(",") * options["enumeration"] >= length:
            continue
        opening = " ".join(sentence.split()[:6])
        yield post.finding(
            "RD004",
            "note",
            post.within(passage, start, end),
            f"this sentence has {length} words{' in one stretch' if len(stretches) > 1 else ''}; "
            f"more than {limit} are hard to follow",
            "make two or three sentences of it, or a list",
            opening,
        )


RULE = Rule(
    "RD004",
    "monster-sentence",
    "note",
    check,
    options={"words": 60, "enumeration": 6, "expert": 15},
    languages=("en", "de", "fr", "es", "it", "nl", "pt", "ru", "pl", "sv", "da", "nb", "cs"),
)
