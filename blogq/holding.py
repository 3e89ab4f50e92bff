"""Posts that the gate keeps out of the site, where config says `publish: gate`: those in which a rule finds an error.

Only rules of scope `post` count, so that whether a post is published never depends on other posts.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from blogq.config.schema import Config
from blogq.content.cascade import Cascade
from blogq.content.name import read_name
from blogq.content.post import BROKEN, HELD, Entry, language_folders
from blogq.finding import Finding
from blogq.sources import Sources
from blogq.store.digest import digest


class Held(NamedTuple):
    """The sources of a site, with the gate's decision."""

    entries: list[Entry]
    findings: list[Finding]
    fresh: tuple[str, ...]
    """Paths, below the content folder, of the posts that were judged just now."""


def gated(config: Config, site: Path, now: int) -> bytes:
    """Return the digest of what decides, besides the sources, which posts are kept out; nothing where none can be."""
    if config.publish != "gate":
        return b""
    from blogq.lint.baseline import baseline_file
    from blogq.lint.day import day_of
    from blogq.store.digest import compose, of_value

    try:
        known = baseline_file(site, config).read_bytes()
    except OSError:
        known = b""
    return compose((of_value((config.check, config.style)), digest(known)), day_of(now))


def hold(
    entries: Sequence[Entry],
    config: Config,
    site: Path,
    store: Path,
    sources: Sources,
    cascade: Cascade,
    now: int,
    jobs: int = 0,
    origins: Sequence[tuple[str, str]] = (),
) -> Held:
    """Return `entries`, those that are kept out of the site marked so, and a finding for each of these.

    What is wrong with what the gate judges by is an error: no post can be told to be sound then. `origins` are the
    places of the config's keys.
    """
    from blogq.config.origins import place_of
    from blogq.judging import Item, Judging, findings_of
    from blogq.lint.baseline import Unusable, baseline_of_site, sort_by
    from blogq.lint.registry import wholes
    from blogq.lint.selection import mistakes, select
    from blogq.lint.silence import Silences, silence_mistakes
    from blogq.lint.suppression import silenced

    wrong = mistakes(config.check.rules, place_of(origins, "check.rules"), config.style)
    wrong += silence_mistakes(config.check.silence, place_of(origins, "check.silence"))
    baseline = None
    try:
        baseline = baseline_of_site(site, config)
    except Unusable as error:
        hint = "take it from Git, or make it anew with `blogq check --write-baseline`"
        wrong.append(Finding("CF103", "error", place_of(origins, "check.baseline"), f"the baseline: {error}", hint))
    if wrong:
        return Held(list(entries), wrong, ())
    selected = [
        each
        for each in select(config.check.select, config.check.ignore, config.check.rules, config.style)
        if each.rule.scope == "post"
    ]
    judging = Judging(store, config, sources, cascade, selected)
    folders = language_folders(config)
    items = [
        Item(
            entry.path,
            entry.kind,
            entry.language or read_name(entry.path, folders).language or config.language.lower(),
            entry.source if entry.kind == "post" and not entry.flags & BROKEN else b"",
        )
        for entry in entries
    ]
    judged = judging.judge(items, jobs, keep=True)
    silences = Silences(config.check.silence, sources.shown, now)
    found: list[Finding] = []
    for entry, kept, findings in zip(entries, judged, findings_of(judged), strict=True):
        if kept is not None and kept.brief.counts[0]:
            path = sources.shown + entry.path
            loud, _ = silenced(path, findings, kept.brief.suppressions, now, ())
            found += [each for each in loud if each.severity == "error" and not silences.silences(each)]
    if found and baseline is not None:
        paths = frozenset(sources.shown + entry.path for entry in entries)
        found = sort_by(baseline, found, paths, frozenset(), wholes()).new
    worst: dict[str, Finding] = {}
    counts: dict[str, int] = {}
    for finding in found:
        worst.setdefault(finding.span.path, finding)
        counts[finding.span.path] = counts.get(finding.span.path, 0) + 1
    marked = [
        entry._replace(flags=entry.flags | HELD) if sources.shown + entry.path in worst else entry for entry in entries
    ]
    told = [_told(finding, counts[path] - 1) for path, finding in worst.items()]
    return Held(marked, told, tuple(entries[at].path for at in judging.fresh))


def _told(finding: Finding, more: int) -> Finding:
    others = f", and {more} more" if more else ""
    return Finding(
        "CK101",
        "warning",
        finding.span,
        f"this post is kept out of the site: {finding.code}, {finding.message}{others}",
        finding.hint,
        finding.evidence,
    )
