"""Sentence after sentence with the same opening.

**What it does.** Looks for `sentences` or more sentences in a row that begin with the same word. After an article or a
pronoun such as *this* the next word counts, too: five sentences may begin with *the*, but not with *the compiler*.
Items of lists begin alike by design and aren't asked. Headings, code, quotations, tables and pictures end a row, and so
does a sentence that begins with code, with a number, or with a label such as *Q:*.

**Why.** Readers hear it, as a litany. Where that is wanted, it is style; mostly it comes unnoticed.

**Where the limits are from.** Five in a row are found in 4% of 959 posts on respected personal blogs; Yoast SEO marks
three.

**What to do.** Let one of the sentences in the middle begin with something else, or join two.
"""

from __future__ import annotations

from typing import NamedTuple

from blogq.content.markdown.passage import Passage
from blogq.lint.rule import Options, Rule
from blogq.lint.subject import Found, Subject

_SMALL: dict[str, frozenset[str]] = {
    "en": frozenset("the a an this that these those there".split()),
    "de": frozenset("der die das den dem des ein eine einen einem einer dies diese dieser dieses".split()),
    "es": frozenset("el la los las un una unos unas este esta estos estas".split()),
    "fr": frozenset("le la les un une des ce cet cette ces".split()),
    "it": frozenset("il lo la i gli le un uno una questo questa questi queste".split()),
    "nl": frozenset("de het een dit dat deze die".split()),
}
"""Words that say nothing of how a sentence opens, by language."""


class _Opened(NamedTuple):
    opening: str
    """First word, or first two; in lower case. Empty where the sentence ends every row."""
    passage: Passage
    start: int
    end: int


def check(post: Subject, options: Options) -> Found:
    """Yield a finding for each row, at its first sentence."""
    row: list[_Opened] = []
    for each in (*_opened(post), None):
        if each and row and each.opening == row[0].opening:
            row.append(each)
            continue
        if len(row) >= options["sentences"]:
            first = row[0]
            yield post.finding(
                "RD005",
                "note",
                post.within(first.passage, first.start, first.end),
                f"{len(row)} sentences in a row begin with “{first.opening}”, from here to line "
                f"{row[-1].passage.place(row[-1].start)[0]}",
                "let one in the middle begin with something else, or join two",
                f"same opening: {first.opening}",
            )
        row = [each] if each and each.opening else []


def _opened(post: Subject) -> list[_Opened]:
    from blogq.measure.sentences import sentences

    small = _SMALL[post.language.partition("-")[0].lower()]
    breaks = sorted(block.line for block in post.blocks if block.kind != "paragraph_open")
    found: list[_Opened] = []
    passed = 0
    for passage in post.passages:
        before = passed
        while passed < len(breaks) and breaks[passed] <= passage.line:
            passed += 1
        prose = passage.kind == "paragraph" and not (passage.quoted or passage.listed or passage.note)
        if passed > before or not prose:
            found.append(_Opened("", passage, 0, 0))
        if prose:
            found += [
                _Opened(_opening(passage.text[start:end], small), passage, start, end)
                for start, end in sentences(passage.text, post.language)
            ]
    return found


def _opening(sentence: str, small: frozenset[str]) -> str:
    from blogq.measure.words import CODE, word_spans

    # Twelve words' worth of letters hold the first two words.
    head = sentence[:120]
    spans = word_spans(head)[:2]
    if not spans:
        return ""
    first = head[slice(*spans[0])].lower()
    if first == CODE or first.isdigit() or head[spans[0][1] : spans[0][1] + 1] == ":":
        return ""
    if first not in small:
        return first
    return f"{first} {head[slice(*spans[1])].lower()}" if len(spans) > 1 else ""


RULE = Rule("RD005", "same-openings", "note", check, options={"sentences": 5}, languages=tuple(_SMALL))
