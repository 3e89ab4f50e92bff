"""A post that is mostly other people's words.

**What it does.** Counts the words that stand in quotations, with a source or without one, and warns when they are
more than `share` of the words of a post that has `words` words or more. Headings and tables count as the post's;
notes, alerts and examples that are written as blockquotes count as the author's own.

Voices that an author has gathered are a note: at least eight quotations with a source, none of them more than a third
of what is quoted, and four fifths of it with a source.

A post whose front matter says `kind: link`, `kind: quote` or `kind: note` is let alone: a quotation with a line of
comment is a form of its own, and says what it is. So is one whose front matter says what it links to (`link`,
`external_url`, `source` or `via`).

**Why.** Readers come for what the author has to say. A post that only hands on what stands elsewhere gives them no
reason to read it here.

**Where the limits are from.** Half is where the post is more theirs than the author's. Below sixty words a quotation
of two sentences would be half of it. It warns of 5 of the 1,392 posts of the three real blogs that blogq is tried on,
and notes 14.

**What to do.** Keep the sentences that matter, and say what you make of them; or say in front matter what kind of
post it is.
"""

from __future__ import annotations

from blogq.lint.quotations import OWN_KINDS, linked_by, quotations_of
from blogq.lint.rule import Options, Rule
from blogq.lint.subject import Found, Subject

_FORMS = frozenset(("link", "quote", "quotation", "note"))
"""What a post may call itself that is meant to be a quotation or a few lines."""

_VOICES = 8
_NAMED = 0.8
"""Voices gathered: so many quotations with a source, and so much of what is quoted has a source."""


def check(post: Subject, options: Options) -> Found:
    """Yield one finding, at the longest quotation."""
    if str(post.extra.get("kind", "")).strip().lower() in _FORMS or linked_by(post):
        return
    quotations = quotations_of(post)
    quoted = sum(each.words for each in quotations)
    if not quoted:
        return
    from blogq.measure.words import word_spans

    words = post.html_words + sum(len(word_spans(each.text)) for each in post.passages if each.kind in OWN_KINDS)
    if words < options["words"] or quoted <= options["share"] * words:
        return
    longest = max(quotations, key=lambda each: each.words)
    voices = sum(each.attributed for each in quotations)
    named = sum(each.words for each in quotations if each.attributed)
    gathered = voices >= _VOICES and named >= _NAMED * quoted and longest.words * 3 <= quoted
    yield post.finding(
        "OR005",
        "note" if gathered else "warning",
        post.at(longest.line),
        f"{quoted / words:.0%} of this post's {words} words are quoted",
        "keep what matters of the quotations and say what you make of it, or write `kind: link` or `kind: quote` in "
        "front matter",
        "mostly quotation",
    )


RULE = Rule("OR005", "mostly-quotation", "warning", check, options={"share": 0.5, "words": 60})
