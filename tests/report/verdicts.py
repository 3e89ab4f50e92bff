"""Verdicts for the tests of formats: an ordinary one, a hostile one, and one with nothing to say."""

from __future__ import annotations

from dataclasses import replace

from blogq.finding import Finding, Span
from blogq.lint.verdict import Pace, PostVerdict, Verdict

NOW = 1_790_000_000
"""2026-09-21T14:13:20Z."""


def post(path: str, score: int | None, words: int, ease: float, title: str, **more: object) -> PostVerdict:
    made = PostVerdict(
        path=path,
        url=f"/blog/{path.rpartition('/')[2].removesuffix('.md')}/",
        title=title,
        date="2026-09-01T09:00:00+02:00",
        draft=False,
        language="en",
        score=score,
        parts={"substance": 40, "structure": 80},
        metrics={"words": words, "ease": ease},
    )
    return replace(made, **more)  # type: ignore[arg-type]


LONG = "A sentence may be long, but it must not be so long that its reader forgets where it began."

ORDINARY = Verdict(
    now=NOW,
    posts=(
        post("content/posts/bread.md", 71, 1240, 66.4, "Bread without a recipe"),
        post("content/posts/news.md", 38, 96, 48.2, "News"),
        post("content/posts/old.md", 80, 900, 60, "Not looked at", changed=False),
        post("content/posts/über-uns.md", None, 12, 0, "Über uns", metrics={"words": 12}, draft=True, language="de"),
    ),
    findings=(
        Finding("FM101", "error", Span("blogq.yaml"), "the config is not finished", "finish it"),
        Finding(
            "RD003",
            "warning",
            Span("content/posts/bread.md", 12, 3, 12, 11),
            "a sentence of 41 words",
            "split it where you would breathe",
            LONG,
        ),
        Finding(
            "RD003",
            "warning",
            Span("content/posts/bread.md", 30, 1, 30, 11),
            "a sentence of 38 words",
            "split it where you would breathe",
            LONG,
        ),
        Finding("FM001", "error", Span("content/posts/news.md"), "the post has no title", "give it one"),
        Finding("FM003", "note", Span("content/posts/news.md", 2), "no description", "say in a sentence what it is"),
        Finding(
            "ST002",
            "note",
            Span("content/posts/über-uns.md", 7, 7, 7, 10),
            "a level of headings is skipped",
            "",
            "#### Für uns alle",
        ),
    ),
    pace=Pace(
        40,
        "2026-09-01T09:00:00+02:00",
        20.3,
        14,
        7,
        70,
        61.5,
        "A post every 7 days of late, twice as often as usual, and they score 8 points less.",
    ),
    suppressed=4,
    known=2,
)

EVIL = (
    "\x1b[31m::error::x\r\n::set-env name=A::b\n##[error]y 100%25 <script>alert(1)</script>"
    " ]]> ](javascript:x) \x7f\u202e\ufffe,a=b|`c`"
)
EVIL_PATH = "::error::\x1b]0;t\x07\n::warning::<b>%0A,line=1|`\udcff\uffff.md"

HOSTILE = Verdict(
    now=NOW,
    posts=(post(EVIL_PATH, 1, 1, float("nan"), EVIL, url=EVIL, language=EVIL, parts={EVIL: 3}),),
    findings=(
        Finding("MD103", "error", Span(EVIL_PATH, 1, 2, 1, 4), EVIL, EVIL, EVIL),
        Finding("MD103", "warning", Span(EVIL_PATH, 1, 900, 3, 2), EVIL, EVIL, EVIL),
        Finding("MD103", "note", Span(EVIL_PATH), EVIL, EVIL, EVIL, EVIL),
    ),
    pace=Pace(1, message=EVIL, gap=float("inf")),
    unread=1,
)

EMPTY = Verdict(now=NOW, posts=(post("content/posts/bread.md", 71, 1240, 66.4, "Bread"),), findings=(), pace=Pace(1))

NOTHING = Verdict(now=NOW, posts=(), findings=(), pace=Pace(0))


def many(number: int, severity: str = "warning") -> Verdict:
    """A verdict on `number` posts, each with one finding of the same rule."""
    paths = [f"content/posts/{index:03}.md" for index in range(number)]
    return Verdict(
        now=NOW,
        posts=tuple(post(path, index % 100, 300, 60, f"Post {index}") for index, path in enumerate(paths)),
        findings=tuple(
            Finding("RD003", severity, Span(path, 3, 1, 3, 5), "a long sentence", "split it", LONG)  # type: ignore[arg-type]
            for path in paths
        ),
        pace=Pace(number),
    )
