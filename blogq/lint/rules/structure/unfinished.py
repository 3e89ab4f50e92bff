"""An empty section, or a placeholder left in the text.

**What it does.** Warns of a heading with nothing below it: the next thing is a heading of the same or a higher level,
or the end of the text. A deeper heading right below it is fine. Reports as an error a placeholder that stands alone
in its paragraph or heading: TODO, TBD, FIXME or XXX in capitals, and “lorem ipsum”. A heading “TODO” above a list is
taken for a list of things to do, and “XXX” among other Roman numerals for thirty. Code, quotations and lists aren't
looked at.

**Why.** Both are signs of a text that isn't finished. Readers take them for carelessness.

**Where the limits are from.** There are none, and no options: any counts.

**What to do.** Write what was to stand there, or take the heading or placeholder out.
"""

from __future__ import annotations

from itertools import pairwise

from blogq.content.markdown.passages import Passage
from blogq.lint.rule import Options, Rule
from blogq.lint.subject import Found, Subject
from blogq.pattern import Pattern

_PLACEHOLDER = Pattern(r"[\W_]*(?:(TODO|TBD|FIXME|XXX)|(?i:lorem ipsum(?:[\s,]+dolor\b.*)?))[\W_]*", 16)
_ROMAN = Pattern(r"[\W_]*[IVXLCDM]+[\W_]*")
_UNDERLINE = Pattern(r"\s*(?:=+|-+)\s*")


def check(post: Subject, options: Options) -> Found:
    """Yield a finding for each empty section and each placeholder."""
    yield from _placeholders(post)
    yield from _empty_sections(post)


def _placeholders(post: Subject) -> Found:
    numbered = any(_ROMAN.fullmatch(each.text) and "XXX" not in each.text for each in post.headings)
    lists = {block.line for block in post.blocks if block.kind in ("bullet_list_open", "ordered_list_open")}
    for passage in post.passages:
        if passage.kind not in ("heading", "paragraph") or passage.quoted or passage.note:
            continue
        found = _PLACEHOLDER.fullmatch(passage.text)
        if not found or "\ufffc" in passage.text:
            continue
        word = found[1]
        if word and passage.listed:
            continue
        if passage.kind == "heading" and (
            (word == "TODO" and _next_line(post, passage) in lists) or (word == "XXX" and numbered)
        ):
            continue
        yield post.finding(
            "ST005",
            "error",
            post.within(passage, 0, len(passage.text.rstrip())),
            f"a placeholder was left here: “{word or 'lorem ipsum'}”",
            "write what is to stand here, or take it out",
            f"placeholder {word or 'lorem ipsum'}",
        )


def _next_line(post: Subject, heading: Passage) -> int:
    """Return the first line below a heading that isn't blank; 0 where there is none."""
    for line in range(heading.line + 1, len(post.lines) + 1):
        text = post.lines[line - 1]
        if text.strip() and not (line == heading.line + 1 and _UNDERLINE.fullmatch(text)):
            return line
    return 0


def _empty_sections(post: Subject) -> Found:
    # A heading without words, such as a picture, has no passage: then nothing is said of it.
    known = {each.line: each for each in post.passages if each.kind == "heading" and not each.quoted and not each.note}
    lines = [block.line for block in post.blocks if block.kind == "heading"]
    for line, following in pairwise([*lines, 0]):
        heading = known.get(line)
        if heading is None or heading.listed or _next_line(post, heading) != following:
            continue
        below = known.get(following)
        if following and (below is None or below.level > heading.level):
            continue
        if _PLACEHOLDER.fullmatch(heading.text):
            continue
        yield post.finding(
            "ST005",
            "warning",
            post.within(heading, 0, len(heading.text.rstrip())),
            "nothing stands below this heading: "
            + ("another one follows at once" if following else "the text ends here"),
            "write the section, or take the heading out",
            f"empty section: {heading.text.strip()}",
        )


RULE = Rule("ST005", "unfinished", "error", check)
