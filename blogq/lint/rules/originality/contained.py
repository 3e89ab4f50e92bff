"""Said before: a large part of the post stands in one earlier post, or in one text of a corpus.

**What it does.** Compares each post with all earlier posts of the blog and with the corpora that `corpora` names, and
adds up which share of its words stands in one of them: word for word, with a few words changed (similarity of .75 or
more), or with its sentences in another order. More than `note` of the post is a note, more than `warning` a warning,
more than `error` an error; less than `words` words is never more than a note. What is reworded further counts in texts
of corpora, for a warning at most. It shows both passages, and which came first.

It doesn't count quotations that name their source, code, what `boilerplate` in blogq.yaml lists, passages that stand in
three or more earlier posts of the blog (its own way of speaking by then), posts of one series, and posts that the
post's `replaces:` names. Instalments of one thing, whose titles differ in a version only (“Announcing 1.2”), repeat
each other by design and are passed over; where they differ in a date, it's a note at most. A post that links to the
earlier one has told its readers: what were a warning is a note then, and an error a warning.

**Why.** Readers who have read it before learn that a new post need not be new. Who copies others loses their trust as
well. It says that texts match, and nothing about who copied whom.

**Where the limits are from.** None of 1,009 posts on respected personal blogs has more than a fifth of its words from
an earlier one, as counted before these rules were written; docs/originality.md has figures of three blogs.

**What to do.** Quote it and link to it; say what is new and link for the rest; where the repetition is meant, declare
`series:` in both posts or `replaces:` in the newer one. `blogq echo POST` shows the whole post beside its sources.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from blogq.finding import Finding, Severity
from blogq.lint.echoes import Compared, Echo, Texts
from blogq.lint.rule import Options, Rule
from blogq.originality.evidence import Stretch

CODE = "OR001"
_SAME = 0.8
"""Share of the words of one source that another one has as well, from which on they are told of together."""
_SHOWN = 3
"""Findings about one post; what is left matches less."""
_ALL = 0.95
"""Share from which on a passage is all of its paragraphs."""
_REWORDED = 0.5
"""Similarity from which on a reworded passage counts."""


class _Share(NamedTuple):
    copied: float
    all: float
    """With what is reworded."""
    words: int


def check(texts: Texts, options: Options) -> Iterator[Finding]:
    """Yield a finding for each source of each post, at the longest passage that stands in both."""
    for post in texts.posts:
        told: list[_Told] = []
        for echo in sorted(post.echoes, key=lambda echo: -_share(echo).all):
            severity = _severity(echo, options)
            if severity is None:
                continue
            words = {word for each in echo.evidence.stretches for word in range(each.first, each.last)}
            same = next((each for each in told if len(words & each.words) >= _SAME * len(words)), None)
            if same is not None:
                same.others.append(echo)
            elif len(told) < _SHOWN:
                told.append(_Told(echo, severity, words, []))
        for each in told:
            yield _finding(texts, post, each)


class _Told(NamedTuple):
    """A source that is told of, and others from which the same words might be."""

    echo: Echo
    severity: Severity
    words: set[int]
    others: list[Echo]


def _share(echo: Echo) -> _Share:
    total = max(echo.evidence.words, 1)
    copied = len(echo.copied)
    reworded = 0
    if echo.source.corpus:
        clear = (each for each in echo.evidence.stretches if each.kind == "reworded" and each.similarity >= _REWORDED)
        reworded = len({word for each in clear for word in range(each.first, each.last)} - echo.copied)
    return _Share(copied / total, (copied + reworded) / total, copied + reworded)


def _severity(echo: Echo, options: Options) -> Severity | None:
    if echo.namesake == "version":
        return None
    share = _share(echo)
    if share.all <= options["note"]:
        return None
    if echo.namesake or share.words < options["words"] or share.all <= options["warning"]:
        return "note"
    if share.copied > options["error"]:
        return "warning" if echo.linked else "error"
    return "note" if echo.linked else "warning"


def _finding(texts: Texts, post: Compared, told: _Told) -> Finding:
    echo, severity = told.echo, told.severity
    share = _share(echo)
    stretch = _longest(echo)
    span = texts.span(post, stretch.start, stretch.end)
    passages = sum(each.words > 0 for each in echo.evidence.stretches)
    more = f", in {passages} passages" if passages > 1 else ""
    kind = "stands" if share.copied >= share.all / 2 else "stands, reworded,"
    there = texts.related(echo.source, stretch)
    when = f" of {there.date}" if there.date else ""
    message = f"{share.all:.0%} of this post ({share.words} words{more}) {kind} in {echo.source.called}{when}"
    if told.others:
        message += f", and in {len(told.others)} other text{'s' if len(told.others) > 1 else ''}"
    parts, share_of_parts = texts.in_parts(post, stretch)
    where = "its paragraph" if parts == 1 else f"{parts} paragraphs"
    whole = f"all of {where}" if share_of_parts > _ALL else f"{share_of_parts:.0%} of {where}"
    hint = (
        f"the longest passage here is {stretch.words} words, {whole}; quote it and link to it, or say what is new; "
        + (
            "where it's meant, declare `series:` or `replaces:`"
            if not echo.source.corpus
            else "`blogq echo` shows both"
        )
    )
    line, begins = texts.evidence(span)
    return Finding(CODE, severity, span, message, hint, line, _about(echo), begins, (there,))


def _longest(echo: Echo) -> Stretch:
    """Return the passage that counts most."""
    return max(
        echo.evidence.stretches,
        key=lambda each: (len(echo.copied.intersection(range(each.first, each.last))), each.words, -each.start),
    )


def _about(echo: Echo) -> str:
    return f"{echo.source.corpus}:{echo.source.url if echo.source.corpus and echo.source.url else echo.source.place}"


RULE = Rule(
    CODE,
    "said-before",
    "error",
    check,
    "texts",
    {"note": 0.10, "warning": 0.20, "error": 0.50, "words": 50},
)
