"""A long section without a subheading.

**What it does.** Counts the words of the author's own prose from one heading to the next, of whatever level, and speaks
where they are more than `words`. A text without headings is one section, and so is what stands before the first.

**Why.** Readers skim before they read. Headings show them what is there and where to go on.

**Where the limits are from.** 800 words are three or four minutes of reading (238 words a minute, Brysbaert 2019). More
fires on 9.5% of 959 posts on respected personal blogs, so this is a note.

**What to do.** Put a heading where the subject turns.
"""

from __future__ import annotations

from blogq.content.markdown.passages import Passage
from blogq.lint.rule import Options, Rule
from blogq.lint.subject import Found, Subject


def check(post: Subject, options: Options) -> Found:
    """Yield one finding for each long section, at its heading or at the beginning of its text."""
    from blogq.measure.words import words

    sections: list[tuple[Passage | None, list[Passage]]] = [(None, [])]
    own = set(map(id, post.prose))
    for each in post.passages:
        if each.kind == "heading" and not each.quoted and not each.note:
            sections.append((each, []))
        elif id(each) in own:
            sections[-1][1].append(each)
    for heading, prose in sections:
        count = sum(len(words(each.text)) for each in prose)
        if count <= options["words"]:
            continue
        first = heading or prose[0]
        what = "this section has" if heading else "the text up to its first heading has"
        if len(sections) == 1:
            what = "the text has no headings, and"
        yield post.finding(
            "ST003",
            "note",
            post.within(first, 0, len(first.text)) if heading else post.at(first.line),
            f"{what} {count} words{' without a subheading' if heading else ''}",
            "put a heading where the subject turns",
            f"long section: {heading.text.strip()}" if heading else "long section at the beginning",
        )


RULE = Rule("ST003", "long-section", "note", check, options={"words": 800})
