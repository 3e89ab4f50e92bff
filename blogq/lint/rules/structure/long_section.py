"""A long section without a subheading.

**What it does.** Counts the words of the author's own prose from one heading to the next, of whatever level, and speaks
where they are more than `words`. A text without headings is one section, and so is what stands before the first. What
readers find their way by as well counts as a heading: a paragraph that begins in bold type, as questions of interviews
do, a heading or `<summary>` in HTML, and a line drawn across (`---`).

**Why.** Readers skim before they read. Headings show them what is there and where to go on.

**Where the limits are from.** 800 words are three or four minutes of reading (238 words a minute, Brysbaert 2019). More
fires on 9.5% of 959 posts on respected personal blogs, so this is a note.

**What to do.** Put a heading where the subject turns.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter

from blogq.content.markdown.passage import Passage
from blogq.lint.rule import Options, Rule
from blogq.lint.subject import Found, Subject
from blogq.pattern import Pattern

_BOLD = Pattern(r"\s*[*_]{0,1}(?:\*\*|__)\w")
_TAG = Pattern(r"<(?:h[1-6]|summary|hr)\b", 2)


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
    guides: list[int] | None = None
    for heading, prose in sections:
        lengths = [len(words(each.text)) for each in prose]
        count = sum(lengths)
        if count <= options["words"]:
            continue
        guides = _guides(post) if guides is None else guides
        stretches: Counter[int] = Counter()
        for each, length in zip(prose, lengths, strict=True):
            stretches[bisect_right(guides, each.line)] += length
        if max(stretches.values()) <= options["words"]:
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


def _guides(post: Subject) -> list[int]:
    """Return the lines of what guides readers as a heading would."""
    rules = {block.line for block in post.blocks if block.kind == "hr"}
    bold = {each.line for each in post.prose if not each.listed and _BOLD.match(post.lines[each.line - 1])}
    tags = {line for line, text in enumerate(post.lines[post.body_line - 1 :], post.body_line) if _TAG.search(text)}
    return sorted(rules | bold | tags)


RULE = Rule("ST003", "long-section", "note", check, options={"words": 800})
