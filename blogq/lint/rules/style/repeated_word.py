"""A word written twice.

**What it does.** Looks in the author's own prose for a word of grammar (an article, a preposition, a pronoun …) that
stands twice in a row, over the end of a line too: “the the”, “of of”. What can be meant is left alone: “that that”,
“had had”, “very very”, a word said three times, names, and what stands in quotation marks.

**Why.** Eyes pass over such a slip, the author's above all. Readers who notice it wonder what else nobody read again.

**Where the limits are from.** There are none, and no options: any counts. The words are those that can hardly stand
twice on purpose; there are lists for English, German, French, Spanish, Portuguese, Italian and Dutch.

**What to do.** Take one of the two out.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from blogq.content.markdown.passage import Passage
from blogq.lint.rule import Options, Rule
from blogq.lint.subject import Found, Subject

_QUOTES = "\"'“”„‘’«»‹›"


@cache
def _doubtful(language: str) -> frozenset[str]:
    from blogq.lint.rules.style.words_of_repetition import REPEATED

    return frozenset(REPEATED[language].split())


def check(post: Subject, options: Options) -> Found:
    """Yield a finding at each second word."""
    from blogq.measure.words import word_spans

    doubtful = _doubtful(post.language.partition("-")[0].lower())
    for passage in post.prose:
        text = passage.text
        spans = word_spans(text)
        said = [text[start:end] for start, end in spans]
        for at, ((start, end), (again, past)) in enumerate(pairwise(spans)):
            word = said[at + 1]
            if word.replace("’", "'") not in doubtful or said[at].lower() != word or not text[end:again].isspace():
                continue
            around = {said[other] for other in (at - 1, at + 2) if 0 <= other < len(said)}
            if word in around or said[at] in around:
                continue
            if text[start - 1 : start] in _QUOTES and text[past : past + 1] in _QUOTES and start and past < len(text):
                continue
            if _is_parted(post, passage, end, again) or _is_marked(post, passage, start, past):
                continue
            yield post.finding(
                "SY003",
                "warning",
                post.within(passage, again, past),
                f"“{word}” stands here twice in a row",
                "take one of the two out",
                f"“{word} {word}” after “{' '.join(said[max(0, at - 4) : at])}”",
            )


def _is_parted(post: Subject, passage: Passage, end: int, again: int) -> bool:
    """Return whether something stands between the two that is no text: a picture, a formula, a tag."""
    line, column = passage.place(end - 1)
    last, past = passage.place(again)
    return line == last and bool(post.lines[line - 1][column : past - 1].strip(" \t*_~"))


def _is_marked(post: Subject, passage: Passage, start: int, past: int) -> bool:
    """Return whether exactly these words stand in emphasis, as words do that are spoken of."""
    line, column = passage.place(start)
    last, end = passage.place(past - 1)
    before, after = post.lines[line - 1][column - 2 : column - 1], post.lines[last - 1][end : end + 1]
    return column > 1 and before in ("*", "_") and after in ("*", "_")


RULE = Rule("SY003", "repeated-word", "warning", check, languages=("en", "de", "fr", "es", "pt", "it", "nl"))
