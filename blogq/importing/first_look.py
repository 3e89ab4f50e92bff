"""The first look at a site that has just moved in: the gate runs once, and all that it finds is known from then on."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from blogq.gate import Ask, run_gate
from blogq.importing.outlook import MOST, MOST_EDITS, Outlook, Weak
from blogq.judging import Progress
from blogq.lint.baseline import Baseline, baseline_file, save_baseline
from blogq.lint.knowing import known_after
from blogq.lint.registry import MODULES
from blogq.lint.verdict import Verdict
from blogq.mending import edits_of
from blogq.report.overview.material import to_mend
from blogq.report.overview.ranking import weakest_part
from blogq.report.verdict_json import rfc3339


def first_look(site: Path, now: int, progress: Progress | None = None) -> Outlook | None:
    """Judge the site, write its baseline, and return what there is to say.

    None where there is a baseline already, which is left alone, or where the site can't be judged at all: nothing is
    written then.
    """
    from blogq.config.load import load_config

    file = baseline_file(site, load_config(site).config)
    if file.exists():
        return None
    verdict = run_gate(Ask(site, now, figures=False, progress=progress))
    if verdict.unread and not verdict.posts:
        return None
    held = known_after(verdict, Baseline({}))
    save_baseline(file, held)
    return outlook_of(verdict, held, site)


def outlook_of(verdict: Verdict, held: Baseline, site: Path) -> Outlook:
    """Return what there is to say of a verdict after which the baseline `held` was written."""
    levels = Counter(each.severity for each in verdict.findings if each.code in MODULES)
    by_post = Counter(each.span.path for each in verdict.findings)
    mend = to_mend(verdict, MOST)
    edits = {
        path: sorted(found, key=lambda edit: (-edit.points, edit.what))[:MOST_EDITS]
        for path, found in edits_of(site, verdict, mend).items()
    }
    return Outlook(
        judged=rfc3339(verdict.now),
        posts=len(verdict.posts),
        score=verdict.pace.score,
        known=sum(held.counts.values()),
        files=len({place for place, _, _ in held.counts}),
        errors=levels["error"],
        warnings=levels["warning"],
        notes=levels["note"],
        unread=verdict.unread,
        pace=verdict.pace.message,
        mend=tuple(
            Weak(
                path=post.path,
                title=post.title,
                url=post.url,
                date=post.date,
                score=post.score or 0,
                weakest=weakest_part(post),
                findings=by_post[post.path],
                edits=tuple((edit.what, round(edit.points, 1)) for edit in edits.get(post.path, ())),
            )
            for post in mend
        ),
    )
