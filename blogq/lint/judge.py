"""Judge one post: the findings of all rules of scope `post`, its score, and what the blog's judgement needs of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from blogq.finding import Finding, in_order
from blogq.lint.facts import facts_of
from blogq.lint.score import score
from blogq.lint.selection import Selected
from blogq.lint.subject import Subject
from blogq.lint.suppression import Suppression, suppressions


class Brief(NamedTuple):
    """What the blog's judgement, and the standing of the whole site, need of one post's."""

    score: int | None
    parts: dict[str, int]
    words: int
    ease: float | None
    counts: tuple[int, int, int]
    """Errors, warnings and notes, the silenced ones among them."""
    facts: dict[str, Any]
    """What rules of scope `blog` need, among it `title`, `description`, `author` and `language`."""
    suppressions: tuple[Suppression, ...]
    """What the author silences; whether that still counts depends on the day."""


class Judgement(NamedTuple):
    """What came of judging one post; can be written as JSON."""

    brief: Brief
    findings: tuple[Finding, ...]
    """In the order of their places."""
    figures: dict[str, float | int]


def judge(post: Subject, selected: Sequence[Selected]) -> Judgement:
    """Return the judgement of `post` by the rules `selected`; those of scope `blog` are passed over.

    Nobody reads a page that only sends readers on: nothing is found there, and it has no score and no figures.
    """
    if post.redirects:
        return Judgement(Brief(None, {}, 0, None, (0, 0, 0), facts_of(post), ()), (), {})
    findings: list[Finding] = []
    for each in selected:
        if each.rule.scope != "post" or not each.rule.speaks(post.language):
            continue
        for found in each.rule.check(post, each.options):
            findings.append(found._replace(severity=each.severity) if each.severity else found)
    findings = in_order(findings)
    severities = [finding.severity for finding in findings]
    scored = score(post)
    figures = metrics_of(post)
    brief = Brief(
        scored.total if scored else None,
        dict(scored.parts) if scored else {},
        post.measures.words,
        figures.get("ease"),
        (severities.count("error"), severities.count("warning"), severities.count("note")),
        facts_of(post),
        suppressions(post)[0],
    )
    return Judgement(brief, tuple(findings), figures)


def metrics_of(post: Subject) -> dict[str, float | int]:
    """Return the figures that reports show: blogq's own, then textstat's by their names there."""
    counted = post.measures
    found: dict[str, float | int] = {"words": counted.words, "sentences": counted.sentences}
    if counted.ease is not None:
        found["ease"] = round(counted.ease, 1)
        if post.audience is not None:
            found |= {"ease_low": post.audience.low, "ease_high": post.audience.high}
    if counted.mtld is not None:
        found["mtld"] = round(counted.mtld, 1)
    found["long_sentence_share"] = round(counted.long_sentence_share, 3)
    found["repeated_share"] = round(counted.repeated_share, 3)
    return found | {name: round(value, 3) for name, value in counted.figures.items()}
