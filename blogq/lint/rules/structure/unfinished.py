"""An empty section, or a placeholder left in the text.

**What it does.** Warns of a heading with nothing below it: the next thing is a heading of the same or a higher level,
or the end of the text. A deeper heading right below it is fine. Reports as an error a placeholder that stands alone
in its paragraph or heading: TODO, TBD, FIXME, XXX or TKTK in capitals, and “lorem ipsum”. Warns of one that begins a
paragraph, an item or a heading, and of TK too: with a colon behind it (“TODO: write the intro”), or in a line of at
most 80 characters with what is still to be done (“FIXME check the figures”, “TBD later”; a list of English words). A
heading “TODO” above a list is taken for a list of things to do, and “XXX” among other Roman numerals for thirty. With a
colon nothing is said of an item where another in capitals stands likewise (“DONE:”), nor of TK and XXX where that may
be somebody who is interviewed. Code and quotations aren't looked at, nor “TODO” in languages where that is a word.

**Why.** Both are signs of a text that isn't finished. Readers take them for carelessness.

**Where the limits are from.** There are no options: any counts. A line of more than 80 characters is prose. By words
such as *list*, *app* or *is* behind it a text talks of TODOs, so only words that ask for something count. The
1,329 posts of the three real blogs that blogq is tried on have none.

**What to do.** Write what was to stand there, or take the heading or placeholder out.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from re import Match

from blogq.content.markdown.passage import Passage
from blogq.lint.rule import Options, Rule
from blogq.lint.subject import Found, Subject
from blogq.pattern import Pattern

_PLACEHOLDER = Pattern(r"[\W_]*(?:(TODO|TBD|FIXME|XXX|TKTK)|(?i:lorem ipsum(?:[\s,]+dolor\b.*)?))[\W_]*", 16)
_ASKING = (
    "add|ask|attach|change|check|cite|clarify|complete|confirm|correct|decide|define|delete|describe|double-check|draw|"
    "edit|elaborate|embed|expand|explain|extend|figure out|fill|find|finish|fix|flesh|insert|link to|look up|mention|"
    "move|polish|proofread|provide|put|remove|rename|rephrase|replace|research|revise|rewrite|shorten|split|summari[sz]e|"
    "tidy|translate|upload|verify|write"
)
"""Words that ask for something to be done to a text, as they begin a line."""
_MISSING = "later|soon|caption|citation|conclusion|diagram|image|intro|introduction|photo|picture|screenshot|source"
"""What is still to come, at a line's end."""
_UNFINISHED = Pattern(
    r"[\s\[({<*_☐]*(TODO|TBD|FIXME|XXX|TKTK|TK)"
    rf"(?:(?:\s?\([^()\n]{{1,30}}\))?(:)(?!//).*|\s+(?i:(?:{_ASKING})(?![\w-]).*|(?:{_MISSING})[\W_]*))"
)
_ALONE = Pattern(r"[\s\[(*_]*(TK)()[\])*_.…\s]*")
"""No dash before it, as before the initials of an author; and still no error, since initials it can be."""
_LABEL = Pattern(r"[\s*_]*([A-Z][A-Z0-9]*)\s?:")
"""A word in capitals and a colon, as speakers in an interview and columns of a board are named."""
_WORDS = frozenset(("TODO", "TBD", "FIXME", "XXX", "TKTK", "TK"))
_SHORT = 80
_WORD_THERE = ("es", "pt", "gl", "ast")
"""Languages in which *todo* is a word, `everything`."""
_ROMAN = Pattern(r"[\W_]*[IVXLCDM]+[\W_]*")
_UNDERLINE = Pattern(r"\s*(?:=+|-+)\s*")


def check(post: Subject, options: Options) -> Found:
    """Yield a finding for each empty section and each placeholder."""
    yield from _placeholders(post)
    yield from _beginnings(post)
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


def _beginnings(post: Subject) -> Found:
    """Yield a finding for each placeholder with words behind it."""
    own = [each for each in post.passages if each.kind in ("heading", "paragraph") and not (each.quoted or each.note)]
    labels = Counter((each.listed, found[1]) for each in own if (found := _LABEL.match(each.text)))
    for passage in own:
        found = _unfinished(passage, post.language)
        if found is None or (found[2] and _is_label(found[1], passage.listed, labels)):
            continue
        line = passage.text.strip().split("\n")[0]
        yield post.finding(
            "ST005",
            "warning",
            post.within(passage, 0, len(passage.text.rstrip())),
            f"it seems that something is still to be done here: “{line[:40]}{'…' * (len(line) > 40)}”",
            "do it, or take this out",
            f"placeholder {line[:60]}",
        )


def _unfinished(passage: Passage, language: str) -> Match[str] | None:
    """Return where a passage begins with a placeholder that doesn't stand alone, if it does; group 2 is a colon."""
    line = passage.text.strip().split("\n")[0]
    found = _UNFINISHED.fullmatch(line) or (None if passage.listed else _ALONE.fullmatch(passage.text))
    if not found or _PLACEHOLDER.fullmatch(passage.text) or (not found[2] and len(line) > _SHORT):
        return None
    if found[1] == "TODO" and language.partition("-")[0].lower() in _WORD_THERE:
        return None
    return found


def _is_label(word: str, listed: bool, labels: Counter[tuple[bool, str]]) -> bool:
    """Return whether `word` and its colon name a column of a board, in a list, or a speaker, outside."""
    others = any(there == listed and label not in _WORDS for there, label in labels)
    return others if listed else word in ("TK", "XXX") and (others or labels[listed, word] > 1)


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
        if _PLACEHOLDER.fullmatch(heading.text) or _unfinished(heading, post.language):
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
