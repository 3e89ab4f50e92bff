"""Verdicts with a history, for the tests of `blogq report`: steady blogs and floods."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from blogq.finding import Finding, Span
from blogq.gate import pace_of
from blogq.lint.blog import Blog, Judged
from blogq.lint.rules.cadence import outpaced
from blogq.lint.verdict import PostVerdict, Verdict
from blogq.report.overview.material import moment_of

START = datetime(2025, 1, 6, 9, tzinfo=UTC)


def post(number: int, when: datetime | None, score: int | None = 70, **more: object) -> PostVerdict:
    """A live post of the author Ada, in English."""
    made = PostVerdict(
        path=f"content/posts/{number:05}.md",
        url=f"/posts/{number:05}/",
        title=f"Post {number}",
        date=when.isoformat() if when else "",
        draft=False,
        language="en",
        score=score,
        parts={} if score is None else {"substance": score, "structure": 90, "care": 80},
        metrics={
            "words": 600, "sentences": 40, "ease": 60.0 + number % 5, "long_sentence_share": 0.05,
            "avg_letter_per_word": 4.5, "avg_syllables_per_word": 1.5, "difficult_words": 60, "lexicon_count": 600,
        },
        author="Ada",
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def verdict(posts: list[PostVerdict], findings: tuple[Finding, ...] = (), now: datetime | None = None) -> Verdict:
    """The verdict on posts, with the pace that the gate itself would tell, an hour after the newest live one."""
    dated = [(moment, each) for each in posts if (moment := moment_of(each)) and each.status == "live"]
    until = now or max((moment for moment, _ in dated), default=START) + timedelta(hours=1)
    return Verdict(
        int(until.timestamp()), tuple(posts), findings, pace_of(Blog(tuple(judged(posts)), int(until.timestamp())))
    )


def judged(posts: list[PostVerdict]) -> list[Judged]:
    """The posts as rules of scope `blog` see them."""
    found = []
    for each in posts:
        if (moment := moment_of(each)) is None:
            continue
        found.append(
            Judged(each.path, each.url, each.title, "", int(moment.timestamp()), 0, each.status, "post", each.language,
                   each.author, each.score, each.parts, 500, None, {})
        )  # fmt: skip
    return sorted(found, key=lambda each: (each.date, each.path))


def steady(count: int, days: float = 7) -> Verdict:
    """A blog that keeps its pace, with scores from 66 to 74."""
    return verdict([post(each, START + timedelta(days=days * each), 66 + each * 7 % 9) for each in range(count)])


def flood(weekly: int = 45, daily: int = 12) -> Verdict:
    """A blog that wrote weekly and well, and now daily and badly; CD002 says so."""
    posts = [post(each, START + timedelta(days=7 * each), 66 + each * 7 % 9) for each in range(weekly)]
    last = START + timedelta(days=7 * (weekly - 1))
    posts += [post(weekly + each, last + timedelta(days=1 + each), 30 + each % 3) for each in range(daily)]
    made = verdict(posts)
    found = outpaced.check(Blog(tuple(judged(posts)), made.now), outpaced.RULE.options)
    return replace(made, findings=tuple(found))


def noted(made: Verdict, *codes: str, severity: str = "warning") -> Verdict:
    """The same verdict with a finding of each code at its newest post."""
    path = made.posts[-1].path if made.posts else "blogq.yaml"
    findings = [Finding(code, severity, Span(path), f"told by {code}", "mend it") for code in codes]  # type: ignore[arg-type]
    return replace(made, findings=(*made.findings, *findings))
