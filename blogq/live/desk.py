"""What the start page for writers shows: what isn't public yet, with what the gate has said of it so far."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from blogq.content.post import Entry
from blogq.library.permalinks import quoted
from blogq.live.conversation import waiting_in
from blogq.live.margin import Margins
from blogq.live.state import State
from blogq.live.verdicts import Unpublished
from blogq.live.whole_gate import DESK
from blogq.preview.source import Desk, Waiting

SECOND = 1_000_000_000
"""Nanoseconds."""


def desk_of(
    state: State,
    margins: Margins | None,
    mark_of: Callable[[Entry], tuple[str, str]],
    first: Collection[str],
) -> Desk:
    """Return what isn't public yet: drafts, those that were edited last first, then what is scheduled, by day.

    `mark_of` returns why a build would leave an entry out, and the day from which it wouldn't; `first` holds the paths
    of what was there when the preview began. Nobody waits for the gate: what it hasn't judged yet has no score.
    """
    plan, read = state.arranged.plan, state.read
    told: Mapping[str, Unpublished] = {}
    if margins is not None:
        margins.whole.want(DESK)
        told = margins.whole.latest.unpublished
    drafts: list[Waiting] = []
    scheduled: list[Waiting] = []
    for entry, url in zip(plan.site.entries, plan.site.urls, strict=True):
        mark, when = mark_of(entry)
        if not mark or entry.kind == "section":
            continue
        path = read.sources.shown + entry.path
        said = told.get(path)
        score = margins.score_of(entry) if margins is not None else None
        if score is None and said is not None:
            score = said.score
        waiting = Waiting(
            entry.title,
            plan.prefix + quoted(url),
            path,
            when,
            score,
            said.found if said is not None else None,
            read.stats[state.rows[entry.path]][1] // SECOND,
            entry.path not in first,
        )
        (drafts if mark == "draft" else scheduled).append(waiting)
    drafts.sort(key=lambda each: (-each.edited, each.path))
    scheduled.sort(key=lambda each: (each.when, each.path))
    answers, more = waiting_in(state, mark_of)
    found = Desk((*drafts, *scheduled), answers=answers, more_answers=more)
    if margins is None:
        return found
    whole = margins.whole
    return found._replace(
        pace=whole.latest.pace, blog=whole.latest.blog, asking=whole.is_asking(DESK), problem=whole.problem
    )
