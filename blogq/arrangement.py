"""From sources that were read to a plan that stands: what is published where, and what is wrong with that."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from blogq.collect import Stat
from blogq.config.load import Loaded
from blogq.config.schema import Config
from blogq.content.post import Cold, Entry
from blogq.finding import Finding, Span
from blogq.library.links import Targets, targets_of
from blogq.library.site import LineOf, assemble
from blogq.library.status import Choice
from blogq.outputs import copy_jobs
from blogq.plan.claims import settle
from blogq.plan.companions import icon_of, offered
from blogq.plan.jobs import CopyJob, Plan, make_plan
from blogq.sources import STORE, Sources


class Arrangement(NamedTuple):
    """A site with its plan: all outputs that there will be."""

    plan: Plan
    """Its jobs are those that stand."""
    copies: tuple[CopyJob, ...]
    places: list[str]
    """URLs of all outputs."""
    targets: Targets
    line_of: LineOf
    findings: list[Finding]


def arrange(
    config: Config,
    choice: Choice,
    sources: Sources,
    files: Mapping[str, tuple[Stat, bytes]],
    entries: list[Entry],
    read: Callable[[int], Cold],
) -> Arrangement:
    """Return the site of `entries` and `files` as it is planned.

    `read` loads the record of one of `entries` by index; it is asked only where a finding needs a line.
    """
    config = offered(config, {path for layer in sources.layers for path in layer.templates.paths})
    posts = set(sources.posts)
    others = [path for at, path in enumerate(sources.content.paths) if at not in posts]

    def line_of(entry: Entry, key: str) -> int:
        index = next((at for at, each in enumerate(entries) if each.path == entry.path), -1)
        return int(read(index).page["lines"].get(key, 0)) if index >= 0 and key else 0

    site, findings = assemble(entries, others, config, choice, sources.shown, line_of)
    site = site._replace(files={**site.files, **sources.asset_urls()})
    static = {path for layer in sources.layers for path in layer.static.paths}
    plan = make_plan(site, icon_of(config.icon, static))
    jobs, copies, noticed = settle(plan, copy_jobs(sources, plan, files), sources.shown, line_of)
    findings += noticed
    if config.comment_sources:
        plan, noticed = with_comments(plan, sources, files)
        findings += noticed
    places = ["/" + copy.path for copy in copies] + [job.url for job in jobs]
    targets = targets_of(site, frozenset(places).union(site.urls))
    return Arrangement(plan._replace(jobs=tuple(jobs)), tuple(copies), places, targets, line_of, findings)


def with_comments(plan: Plan, sources: Sources, files: Mapping[str, tuple[Stat, bytes]]) -> tuple[Plan, list[Finding]]:
    """Return `plan` with the conversation that its pages show, and what is wrong with the sources of it."""
    from blogq.conversation.gathering import gather, unmatched
    from blogq.conversation.matching import Place, matched
    from blogq.library.site import aliases_of

    site = plan.site
    # The first folder that may be read is the site's own.
    gathered = gather(site.config, sources.comments, files, Path(sources.bounds[0]) / STORE)
    places = [Place(url, aliases_of(entry), entry.path) for url, entry in zip(site.urls, site.entries, strict=True)]
    found = matched(gathered.comments, places, plan.prefix)
    shown = {index: tuple(each for each in all if each.approved) for index, all in found.of.items()}
    plan = plan._replace(talk={index: some for index, some in shown.items() if some})
    return plan, [*gathered.findings, *unmatched(found.lost)]


def taken_urls(plan: Plan, shown: str) -> list[Finding]:
    """Return a note for each list that blogq would make, in whose place a source stands.

    `shown` is the content folder's path relative to the site, with a slash at its end unless it is empty.
    """
    findings: list[Finding] = []
    owners = dict(zip(plan.site.urls, plan.site.entries, strict=True)) if plan.taken else {}
    for url, what in plan.taken:
        entry = owners[url]
        if entry.kind != "section":
            message = f"this page takes the URL {url}, where {what} would be"
            hint = "give it another `slug` or `permalink` if the list is wanted"
            findings.append(Finding("UR104", "note", Span(shown + entry.path), message, hint))
    return findings


def missing_settings(loaded: Loaded) -> list[Finding]:
    """Return notes on what the config should say before the site goes online."""
    if any(key == "base_url" and origin != "default" for key, origin in loaded.origins):
        return []
    message = f"base_url is not set: feeds, sitemap and canonical links say {loaded.config.base_url}"
    hint = "set base_url to the address at which the site will be read"
    return [Finding("CF105", "note", Span("blogq.yaml"), message, hint)]
