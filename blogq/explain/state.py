"""All that a build knows before it renders: read once, for questions about it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from blogq.collect import real
from blogq.config.schema import Config
from blogq.content.post import BROKEN, DRAFT, HELD, MISSING, Entry
from blogq.finding import Finding, from_json, in_order
from blogq.library.site import Site, assemble
from blogq.library.status import Choice
from blogq.outputs import asset_copies, copy_jobs, theme_files
from blogq.plan.claims import settle
from blogq.plan.jobs import CopyJob, Plan, RenderJob, make_plan
from blogq.render.files import Found
from blogq.render.theme import Theme
from blogq.sources import Sources, content_folder
from blogq.store.columns import Damaged
from blogq.store.manifest import Manifest, load_manifest, manifest_path

LineOf = Callable[[Entry, str], int]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about, and for which build."""

    site: Path
    now: int
    """Seconds since 1970, UTC."""
    drafts: bool = False
    future: bool = False
    output: Path | None = None


@dataclass(frozen=True)
class State:
    """A site as the next build would see it."""

    site_folder: Path
    output: Path
    config: Config
    choice: Choice
    theme: Theme
    sources: Sources
    files: Mapping[str, tuple[tuple[int, int, int, int], bytes]]
    """Stat tuple and digest of each file that is no source, by real path."""
    entries: tuple[Entry, ...]
    """All sources, live or not."""
    line_of: LineOf
    site: Site
    every: Site
    """The site as it would be if everything were live: it has the addresses of what isn't."""
    findings: tuple[Finding, ...]
    store: Path

    @cached_property
    def plan(self) -> Plan:
        """The plan, collisions and all."""
        return make_plan(self.site)

    @cached_property
    def copies(self) -> list[CopyJob]:
        """Files that are to be published as they are."""
        return copy_jobs(self.sources, self.plan, self.files)

    @cached_property
    def settled(self) -> tuple[list[RenderJob], list[CopyJob], list[Finding]]:
        """What is made of them, and what collides."""
        return settle(self.plan, self.copies, self.sources.shown, self.line_of)

    @cached_property
    def plan_of_settled(self) -> Plan:
        """The plan without what lost a collision, with what readers have said: what a build renders."""
        plan = self.plan._replace(jobs=tuple(self.settled[0]))
        if not self.sources.comments:
            return plan
        from blogq.arrangement import with_comments

        return with_comments(plan, self.sources, self.files)[0]

    @cached_property
    def found(self) -> dict[str, Found]:
        """Templates and static files by name: those that count."""
        return theme_files(self.sources, self.files)

    @cached_property
    def manifest(self) -> Manifest:
        """The record of the last build into the output folder; empty when there is none."""
        try:
            return load_manifest(manifest_path(self.store, self.site_folder, self.output)) or Manifest()
        except Damaged:
            return Manifest()

    @cached_property
    def assets(self) -> list[CopyJob]:
        """Copies of static files under fingerprinted names, as the templates asked for them in the last build."""
        return asset_copies({name for names in self.manifest.lookups for name in names}, self.found)

    @cached_property
    def jobs(self) -> dict[str, RenderJob]:
        """What is rendered, by output."""
        return {job.path: job for job in self.settled[0]}

    @cached_property
    def copied(self) -> dict[str, CopyJob]:
        """What is copied, by output."""
        return {copy.path: copy for copy in [*self.assets, *self.settled[1]]}

    @property
    def content(self) -> Path:
        """The content folder."""
        return content_folder(self.site_folder, self.config)


def read_state(question: Question) -> State | tuple[Finding, ...]:
    """Read the site; return what is wrong where it can't be read at all."""
    from blogq.build import Build, Request, parse_site, reader
    from blogq.config.load import load_config
    from blogq.render.theme import load_theme
    from blogq.sources import STORE, digest_files, scan_sources
    from blogq.store.lock import exclusive
    from blogq.write import refused

    site = real(question.site)
    overrides = {key: True for key, on in (("drafts", question.drafts), ("future", question.future)) if on}
    loaded = load_config(site, overrides)
    config = loaded.config
    theme, noticed = load_theme(site, config.theme, config.theme_options, loaded.origins)
    output = real(question.output or site / config.output)
    findings = [*loaded.findings, *noticed]
    request = Request(site, question.now, question.output, overrides, keep_going=True)
    run = Build(request, loaded, theme, site, output, site / STORE, lambda *_: None, findings)
    sources = scan_sources(site, config, theme, output, time.time_ns())
    findings += sources.findings
    try:
        with exclusive(run.store, lambda who: None):
            parsed, cascade = parse_site(run, sources)
            if config.publish == "gate":
                from blogq.holding import hold

                parsed, held, _ = hold(parsed, config, site, run.store, sources, cascade, question.now)
                findings += held
        entries = tuple(parsed)
        files, noticed = digest_files(sources, {}, 0)
    except OSError as error:
        return (refused(error, str(error.filename or run.store)),)
    findings += noticed
    for entry in entries:
        if entry.findings:
            findings += from_json(entry.findings)
    read = reader(run, entries)
    places = {entry.path: at for at, entry in enumerate(entries)}

    def line_of(entry: Entry, key: str) -> int:
        at = places.get(entry.path, -1)
        if at < 0 or not key or entries[at].flags & BROKEN:
            return 0
        return int(read(at).page["lines"].get(key, 0))

    posts = set(sources.posts)
    others = [path for at, path in enumerate(sources.content.paths) if at not in posts]
    whole = [entry for entry in entries if not entry.flags & BROKEN]
    live = [entry._replace(flags=entry.flags & ~(DRAFT | HELD), expiry=MISSING) for entry in whole]
    every, _ = assemble(live, others, config, Choice(question.now, True, True), sources.shown, line_of)
    published, noticed = assemble([*entries], others, config, run.choice, sources.shown, line_of)
    findings += noticed
    state = State(
        site,
        output,
        config,
        run.choice,
        theme,
        sources,
        files,
        entries,
        line_of,
        published,
        every,
        (),
        run.store,
    )
    findings += state.settled[2]
    return replace(state, findings=tuple(in_order(findings)))
