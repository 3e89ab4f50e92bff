"""What readers can't read yet: drafts and scheduled posts, with their scores."""

from __future__ import annotations

from blogq.lint.verdict import PostVerdict
from blogq.report.overview.markup import Section, day, named, number, table
from blogq.report.overview.material import Material, moment_of
from blogq.report.text import counted

MOST = 100
"""Posts that the table has."""


def waiting_section(given: Material) -> Section | None:
    """Return the section; None where nothing waits."""
    if not given.waiting:
        return None
    scheduled = [post for post in given.waiting if not _is_draft(post)]
    drafts = [post for post in given.waiting if _is_draft(post)]
    scheduled.sort(key=lambda post: (post.date, post.path))
    drafts.sort(key=lambda post: (-(post.score or -1), post.path))
    told = " and ".join(
        filter(
            None,
            (
                f"{len(scheduled):,} scheduled" if scheduled else "",
                counted(len(drafts), "draft") if drafts else "",
            ),
        )
    )
    rows = [(named(post), _state(post), number(post.score), number(post.metrics.get("words"))) for post in scheduled]
    rows += [(named(post), _state(post), number(post.score), number(post.metrics.get("words"))) for post in drafts]
    more = f" The first {MOST} are shown." if len(rows) > MOST else ""
    usual = given.verdict.pace.score
    beside = f" The blog’s usual score is {number(usual, 1)}." if usual is not None else ""
    return Section(
        "waiting",
        "Not published yet",
        f"<p>{told}; none of the figures above counts them.{beside}{more}</p>"
        + table("Drafts and scheduled posts", ("Post", "Goes live", "Score", "Words"), rows[:MOST]),
    )


def _is_draft(post: PostVerdict) -> bool:
    return post.draft or post.status == "draft"


def _state(post: PostVerdict) -> str:
    moment = moment_of(post)
    return "draft" if _is_draft(post) or moment is None else day(moment.date())
