"""What readers can't read yet: drafts, scheduled posts and those that the gate holds back, with their scores."""

from __future__ import annotations

from blogq.lint.verdict import PostVerdict
from blogq.report.overview.markup import Section, day, listed, named, number, table
from blogq.report.overview.material import Material, moment_of
from blogq.report.text import counted

MOST = 100
"""Posts that the table has."""


def waiting_section(given: Material) -> Section | None:
    """Return the section; None where nothing waits."""
    if not given.waiting:
        return None
    scheduled = [post for post in given.waiting if not _is_draft(post) and post.status != "held"]
    held = [post for post in given.waiting if not _is_draft(post) and post.status == "held"]
    drafts = [post for post in given.waiting if _is_draft(post)]
    scheduled.sort(key=lambda post: (post.date, post.path))
    held.sort(key=lambda post: (post.date, post.path))
    drafts.sort(key=lambda post: (-(post.score or -1), post.path))
    told = listed(
        [
            *([f"{len(scheduled):,} scheduled"] if scheduled else []),
            *([f"{len(held):,} held back by the gate"] if held else []),
            *([counted(len(drafts), "draft")] if drafts else []),
        ]
    )
    rows = [
        (named(post), _state(post), number(post.score), number(post.metrics.get("words")))
        for post in (*scheduled, *held, *drafts)
    ]
    more = f" The first {MOST} are shown." if len(rows) > MOST else ""
    usual = given.verdict.pace.score
    beside = f" The blog’s usual score is {number(usual, 1)}." if usual is not None else ""
    return Section(
        "waiting",
        "Not published yet",
        f"<p>{told}; none of the figures above counts them.{beside}{more}</p>"
        + table("Drafts, scheduled and held posts", ("Post", "Goes live", "Score", "Words"), rows[:MOST]),
    )


def _is_draft(post: PostVerdict) -> bool:
    return post.draft or post.status == "draft"


def _state(post: PostVerdict) -> str:
    if post.status == "held" and not post.draft:
        return "held until mended"
    moment = moment_of(post)
    return "draft" if _is_draft(post) or moment is None else day(moment.date())
