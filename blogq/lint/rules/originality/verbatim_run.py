"""Copied word for word: a long run of words that stands in an earlier text, and is no quotation.

**What it does.** Looks for the longest run of words that the post shares with an earlier post or a text of a corpus,
and speaks from `words` words on. Case, punctuation and look-alike letters make no difference. It doesn't count what
OR001 doesn't count, nor a run with which both posts begin or end (the introduction of a column), nor one from an
earlier post of the blog to which the post links.

**Why.** Two people who write about the same thing hardly ever hit upon ten words in the same order, and never upon
fifty. Readers who notice think less of the rest.

**Where the limits are from.** Fifty words are a paragraph: what is shorter may be a definition, a title or a set
phrase.

**What to do.** Set it as a quotation with a link to where it's from, or write it anew from what you know now.
"""

from __future__ import annotations

from collections.abc import Iterator

from blogq.finding import Finding
from blogq.lint.echoes import Echo, Texts
from blogq.lint.rule import Options, Rule

CODE = "OR002"


def check(texts: Texts, options: Options) -> Iterator[Finding]:
    """Yield a finding at each run of a post that is long enough, once, with the source that has most of it."""
    for post in texts.posts:
        seen: set[int] = set()
        for echo in sorted(post.echoes, key=_length, reverse=True):
            run = echo.run
            if run is None or run.words < options["words"] or echo.namesake or echo.linked or echo.edge:
                continue
            words = set(range(run.first, run.last))
            if len(words & seen) * 2 > len(words):
                continue
            seen |= words
            span = texts.span(post, run.start, run.end)
            there = texts.related(echo.source, run)
            when = f" of {there.date}" if there.date else ""
            message = f"{run.words} words in a row stand in {echo.source.called}{when}"
            hint = "set them as a quotation with a link, or write them anew"
            about = f"{echo.source.corpus}:{echo.source.place} {there.text[:60]}"
            line, begins = texts.evidence(span)
            yield Finding(CODE, "warning", span, message, hint, line, about, begins, (there,))


def _length(echo: Echo) -> tuple[int, str]:
    return (echo.run.words if echo.run else 0, echo.source.place)


RULE = Rule(CODE, "copied-word-for-word", "warning", check, "texts", {"words": 50})
