"""Words written so that they aren't recognised: look-alike letters, characters that can't be seen.

**What it does.** Looks for words with a letter of another script in them that passes for one of their own (a Cyrillic
а in a Latin word), and for words with a character inside that has no width, such as U+200B. It looks at the text, at
title, headings and description, says which characters they are, and what the word is read as. Words of one paragraph
are told of together, and the same word once.

It is silent about what honest texts have: soft hyphens, the joiners of emoji and of Persian or Hindi, marks of
direction beside letters that need them, breaks in scripts written without blanks and in words of twenty letters or
more, blanks of no width between words or beside emphasis, words of one script, symbols and maths (Δt, µm, σmax),
Latin names with endings of another script. Code isn't looked at.

**Why.** Search, spelling checkers, screen readers and feeds don't know such a word; and it is how a copied text is
made to look like a new one.

**Where the limits are from.** It is exact, so there are no options; what looks alike is in Unicode's own table (UTS
#39). The 1,392 posts of the three real blogs that blogq is tried on have none.

**What to do.** Type the word anew. Where it came with a paste, the rest of what was pasted is worth a look.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, pairwise
from typing import NamedTuple
from unicodedata import name

from blogq.content.markdown.passage import Passage
from blogq.finding import Span
from blogq.lint.rule import Options, Rule
from blogq.lint.subject import Found, Subject
from blogq.originality.fold import INVISIBLE, evasions, script
from blogq.pattern import Pattern

_SUSPECT = Pattern(f"[{INVISIBLE}\u0370-\u058f\u13a0-\u13ff\u1f00-\u1fff\u2c80-\u2cff\ua4d0-\ua4ff\uab70-\uabbf]")
"""Characters without which no word is of this kind: what can't be seen, and letters that pass for Latin ones."""
_HIDDEN = Pattern(f"[{INVISIBLE}]+")
_WITH_CASES = frozenset(("LATIN", "CYRILLIC", "GREEK", "ARMENIAN"))
"""Scripts that have nothing invisible within words."""
_LONG = 20
"""Letters from which a word may need a place at which it can be broken."""
_MATHS = frozenset("αβγδεζηθκλμνξπρστφχψωΓΔΘΛΞΠΣΦΨΩ")
"""Greek letters that stand for quantities; not ο, ι and υ, which nobody tells from Latin ones."""
_FEW = 4
"""Different words from which Greek letters at the edge of Latin words are no formulas any more."""
_MARKUP = frozenset("*_`~<>[]")
_SOME = 50
"""Words of a title that are looked for in the file."""
_NAMED = 3
"""Words, and characters, that a message names."""


class _Word(NamedTuple):
    looks: str
    odd: str
    """Its characters that aren't what they seem."""
    span: Span


def check(post: Subject, options: Options) -> Found:
    """Yield a finding for each paragraph that has such words, and for title and description."""
    told: dict[str, int] = {}
    groups = [group for group in _groups(post) if group]
    for group in groups:
        for each in group:
            told[each.looks.lower()] = told.get(each.looks.lower(), 0) + 1
    for group in groups:
        new = [each for each in group if each.looks.lower() in told]
        count = sum(told.pop(each.looks.lower(), 0) for each in new)
        if not new:
            continue
        first, last = new[0].span, new[-1].span
        looks = list(dict.fromkeys(f"“{each.looks}”" for each in new))
        odd = sorted({character for each in new for character in each.odd})
        characters = ", ".join(f"U+{ord(each):04X} {name(each, 'without a name')}" for each in odd[:_NAMED])
        more = "" if len(odd) <= _NAMED else f" and {len(odd) - _NAMED} more"
        shown = ", ".join(looks[:_NAMED]) + (" …" if len(looks) > _NAMED else "")
        yield post.finding(
            "OR007",
            "warning",
            first._replace(end_line=last.end_line, end_column=last.end_column),
            f"{'a word reads' if count == 1 else f'{count} words read'} as {shown} but "
            f"{'is' if count == 1 else 'are'} spelt with {characters}{more}",
            f"type {'it' if count == 1 else 'them'} anew: neither search nor screen readers know such a word",
            f"evasion {new[0].looks}",
        )


def _groups(post: Subject) -> Iterator[list[_Word]]:
    """Yield such words of title, description and each passage."""
    yield _in_line(post, post.title, post.keys.get("title", post.body_line))
    yield _in_line(post, post.description, post.keys.get("description", 1))
    suspects = [each for each in post.passages if not each.text.isascii() and _SUSPECT.search(each.text)]
    if not suspects:
        return
    found = [(each, list(_words(each.text))) for each in suspects]
    formulas = {word for _, words in found for _, _, word, _ in words if _is_formula(word)}
    for passage, words in found:
        yield [
            _Word(looks, _odd(word, looks), post.within(passage, start, end))
            for start, end, word, looks in words
            if (len(formulas) >= _FEW or word not in formulas) and not _beside_markup(post, passage, start, end)
        ]


def _in_line(post: Subject, text: str, line: int) -> list[_Word]:
    """Return such words of a text that stands somewhere from `line` on."""
    if text.isascii() or not _SUSPECT.search(text):
        return []
    found = []
    for _, _, word, looks in islice(_words(text), _SOME):
        if _is_formula(word):
            continue
        at = next((at for at in range(max(line, 1), len(post.lines) + 1) if word in post.lines[at - 1]), 0)
        column = post.lines[at - 1].index(word) + 1 if at else 0
        found.append(_Word(looks, _odd(word, looks), post.at(at, column, len(word)) if at else post.at(line)))
    return found


def _words(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield begin, end, word and what it's read as, of words that no honest text has."""
    letters: dict[str, int] = {}
    for each in evasions(text):
        word = text[each.start : each.end]
        if each.kind == "invisible":
            if _hides(word):
                yield each.start, each.end, word, each.looks
            continue
        if not letters:
            for one in text:
                letters[script(one)] = letters.get(script(one), 0) + 1
        if not _is_inflected(word) or letters.get("LATIN", 0) > sum(letters.values()) - letters.get("", 0) >> 1:
            yield each.start, each.end, word, each.looks


def _hides(word: str) -> bool:
    """Return whether something that can't be seen stands between two letters that need nothing there."""
    spots = list(_HIDDEN.finditer(word))
    inner = [each for each in spots if each.start() > 0 and each.end() < len(word)]
    if all(set(each[0]) <= {"\u00ad", "\u200b"} for each in inner) and len(_HIDDEN.sub("", word)) >= _LONG:
        return False
    return any(
        set(each[0]) != {"\u00ad"}
        and all(script(one) in _WITH_CASES or one.isdigit() for one in (word[each.start() - 1], word[each.end()]))
        for each in inner
    )


def _is_formula(word: str) -> bool:
    """Return whether a word is a Greek letter at the edge of Latin ones, a quantity and its index, or in capitals."""
    strange = [one for one in word if not one.isascii()]
    if len(strange) != 1 or strange[0] not in _MATHS:
        return False
    # NFκB and PPARγ2 are names of proteins.
    return strange[0] in (word[0], word[-1]) or word.replace(strange[0], "").isupper()


def _is_inflected(word: str) -> bool:
    """Return whether a word is a Latin name with an ending, or a stem, of another script: one change and no more."""
    scripts = [script(one) for one in word if one.isalpha()]
    return sum(one != other for one, other in pairwise(scripts)) == 1


def _odd(word: str, looks: str) -> str:
    hidden = "".join(each[0] for each in _HIDDEN.finditer(word)).replace("\u00ad", "")
    return hidden or "".join(one for one in word if not one.isascii() and one not in looks)


def _beside_markup(post: Subject, passage: Passage, start: int, end: int) -> bool:
    """Return whether what can't be seen was put there so that emphasis can begin or end within a word."""
    word = passage.text[start:end]
    spots = [(start + each.start(), start + each.end()) for each in _HIDDEN.finditer(word)]
    if not spots:
        return False
    for begin, past in spots:
        (line, column), (_, after) = passage.place(begin), passage.place(past - 1)
        source = post.lines[line - 1] if 0 < line <= len(post.lines) else ""
        if not _MARKUP & {source[column - 2 : column - 1], source[after : after + 1]}:
            return False
    return True


RULE = Rule("OR007", "evasion", "warning", check)
