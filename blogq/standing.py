"""The gate after a build: what it says of the posts that were edited, and how the site stands as a whole."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from blogq.build import Material
from blogq.collect import real
from blogq.sources import STORE
from blogq.store.digest import compose, of_value
from blogq.store.versions import code_digest

if TYPE_CHECKING:
    from blogq.lint.verdict import Verdict

MOST = 100
"""Posts that a build judges: more than anyone edits between two builds, and about a second's work. Where more aren't
judged yet, as in a first build, `blogq check` is the one to do it."""


class Standing(NamedTuple):
    """How a site stands after a build."""

    errors: int
    warnings: int
    notes: int
    posts: int
    """Posts, drafts among them."""
    waiting: int
    """Posts and pages that are not judged yet; where there are some, the counts are 0."""
    judged: int
    """Posts and pages that were judged just now."""
    verdict: Verdict | None
    """On these; None where there are none. Its findings are mistakes in config where it has sources unread."""


def stand(site: Path, material: Material, now: int, jobs: int = 0) -> Standing:
    """Judge what a build has read and the gate hasn't judged yet; return that, and how the site stands as a whole.

    Where nothing has changed since the last time, that is remembered.
    """
    from blogq.lint.baseline import Unusable, baseline_file, baseline_of_site
    from blogq.lint.day import day_of

    site = real(site)
    store = site / STORE
    config = material.loaded.config
    known = b""
    with suppress(OSError):
        known = baseline_file(site, config).read_bytes()
    key = compose((code_digest(), material.read, of_value((config, known))), day_of(now)).hex()
    if remembered := _remembered(store, key, now):
        return remembered
    try:
        baseline = baseline_of_site(site, config)
    except Unusable as error:
        return _wrong(str(error), now)

    from blogq.gate import Ask, judge_site
    from blogq.holding import hold
    from blogq.library.status import next_change, status_of
    from blogq.listing import Survey, rows_of

    entries = material.entries()
    if config.publish == "gate":
        entries, _, _ = hold(entries, config, site, store, material.sources, material.cascade, now, jobs)
    rows = rows_of(entries, [status_of(entry, now) for entry in entries], config, material.sources.shown)
    # What is wrong with the site the build has told, and nobody asks for URLs.
    found = Survey(material.loaded, material.sources, material.cascade, entries, rows, [], now)
    also = frozenset(material.sources.shown + path for path in material.judged)
    ask = Ask(site, now, jobs=jobs, figures=False, baseline=baseline, fresh=MOST, also=also)
    verdict = judge_site(ask, found)
    if verdict.unread:
        return Standing(0, 0, 0, 0, 0, 0, verdict)
    posts = sum(row.kind == "post" for row in rows)
    judged = sum(post.changed for post in verdict.posts)
    standing = Standing(*verdict.standing, posts, verdict.waiting, judged, verdict)
    _remember(store, key, standing, next_change(entries, now))
    return standing


def _wrong(message: str, now: int) -> Standing:
    from blogq.finding import Finding, Span
    from blogq.lint.verdict import Pace, Verdict

    hint = "take it from Git, or make it anew with `blogq check --write-baseline`"
    finding = Finding("CF103", "error", Span("blogq.yaml"), f"the baseline: {message}", hint)
    return Standing(0, 0, 0, 0, 0, 0, Verdict(now, (), (finding,), Pace(0), unread=1))


def _remembered(store: Path, key: str, now: int) -> Standing | None:
    with suppress(OSError, ValueError, TypeError, KeyError, RecursionError):
        told = json.loads((store / "standing").read_bytes())
        since, until = told["span"]
        if told["of"] == [key, *_judgements(store)] and since <= now < until:
            errors, warnings, notes, posts, waiting = map(int, told["counts"])
            return Standing(errors, warnings, notes, posts, waiting, 0, None)
    return None


def _remember(store: Path, key: str, standing: Standing, span: tuple[int, int]) -> None:
    beside = store / f"standing.{os.getpid()}"
    with suppress(OSError):
        told = {"of": [key, *_judgements(store)], "counts": standing[:5], "span": span}
        beside.write_text(json.dumps(told), encoding="ascii")
        os.replace(beside, store / "standing")


def _judgements(store: Path) -> tuple[int, int]:
    """Return what tells whether `blogq check` has judged something since."""
    try:
        found = os.stat(store / "gate")
    except OSError:
        return 0, 0
    return found.st_size, found.st_mtime_ns
