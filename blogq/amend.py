"""The short way through a build: when only texts have changed since the last one, what shows them is all to be done.

URLs, terms, order, lists and links are then those of the last build, whose plan was kept (plan/recalled.py). Anything
else that has changed, however little, and anything unusual takes the long way through publish.py. Which way a build
took can't be seen in its output; every sequence of edits that the tests try is checked for that.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from blogq.collect import Stat
from blogq.content.post import BROKEN, Entry
from blogq.finding import Finding, in_order
from blogq.kinship import Kin
from blogq.library.links import Targets
from blogq.parse import UNKNOWN
from blogq.plan.keys import Keys
from blogq.plan.recalled import KeptPlan
from blogq.plan.showing import jobs_of_posts, jobs_showing
from blogq.store.causes import Causes, load_causes
from blogq.store.columns import Damaged
from blogq.store.manifest import Manifest, lookups_digest
from blogq.write import Stage

if TYPE_CHECKING:
    from blogq.build import Build, Result
    from blogq.plan.jobs import RenderJob
    from blogq.publish import Ahead
    from blogq.reading import Reading
    from blogq.render.template import Templates

LINED = ("SC101", "SC103", "ST", "UR")
"""Beginnings of codes: findings that name a line of a source and don't come from parsing."""
OWN = ("source", "card", "record", "segment", "start", "size", "vector", "telling")
"""What an edit of the text changes in an entry; any other change takes the long way."""


def amend(
    run: Build, reading: Reading, ahead: Ahead, environment: bytes, inputs: Callable[[bytes], bytes]
) -> Result | None:
    """Bring the output up to date and return the result, or None when this build has to take the long way.

    `environment` is the digest of code, config and theme options; `inputs` returns that of everything that a build
    sees, given that of its sources. The output is as it was when None is returned.
    """
    from blogq.build import Result
    from blogq.publish import known_manifest, note_moved_files, output_folder

    path, manifest, lost = known_manifest(run)
    if run.loaded.config.search:
        # The index shows every text, and is made once the pages stand.
        return None
    if lost or not manifest.plan or run.doomed or path.with_suffix(".journal").exists():
        return None
    if manifest.inputs != inputs(reading.memo.sources) or not manifest.since <= run.request.now < manifest.until:
        return None
    try:
        findings = manifest.findings()
        if any(finding.severity == "error" for finding in findings):
            return None
        kept = KeptPlan(path.with_suffix(".plan"), manifest.plan)
        causes = load_causes(path, manifest.at)
        if causes is None:
            return None
        templates = ahead.templates()
        texts = changed_texts(reading, manifest, findings)
        standing = ahead.standing(manifest)
        if texts is None or standing.lost or standing.moved:
            return None
        stats, changed = texts
        amendment = Amendment(path, run, reading, manifest, kept, changed, environment)
        jobs = amendment.jobs()
        if jobs is None:
            return None
        folder = output_folder(run)
        stage = Stage(run.store, run.output)
        try:
            staged = amendment.render(jobs, ahead, templates, stage)
            if staged is None:
                return None
            taken = folder.take(stage, staged, manifest.places)
        finally:
            stage.remove()
        note_moved_files(run, folder)
        sources = reading.memo.sources_with(changed)
        reading.memo.amend(run.store, reading.sources.at, stats, changed, sources)
        amendment.record(path, inputs(sources), jobs, ahead, taken, causes)
    except Damaged:
        # The long way finds out what is lost, and mends it.
        return None
    counts = manifest.summary
    told = tuple(in_order([*findings, *run.findings]))
    return Result(told, run.output, True, counts["posts"], counts["pages"], len(jobs), counts["jobs"] - len(jobs))


def changed_texts(
    reading: Reading, manifest: Manifest, findings: Sequence[Finding]
) -> tuple[dict[int, Stat], dict[int, Entry]] | None:
    """Return new stat tuples and new entries by row of the memo, or None when more than texts has changed.

    `findings` are those of the last build.
    """
    memo = reading.memo
    told = {finding.span.path for finding in findings if finding.code.startswith(LINED)}
    stats: dict[int, Stat] = {}
    changed: dict[int, Entry] = {}
    for row, stat, entry in reading.found():
        stats[row] = stat
        if stat == UNKNOWN or (entry is not None and entry.flags & BROKEN):
            return None
        if entry is not None:
            if memo.entry(row)._replace(**{name: getattr(entry, name) for name in OWN}) != entry:
                return None
            if entry.path in manifest.links[1] or reading.sources.shown + entry.path in told:
                # What is wrong with it may stand on other lines.
                return None
            changed[row] = entry
    return None if reading.is_untidy(changed) else (stats, changed)


class Amendment:
    """What an edit of some texts changes in the output."""

    def __init__(
        self,
        path: Path,
        run: Build,
        reading: Reading,
        manifest: Manifest,
        kept: KeptPlan,
        changed: dict[int, Entry],
        environment: bytes,
    ) -> None:
        from blogq.outputs import Fresh

        self.run = run
        self.memo = reading.memo
        self.shown = reading.sources.shown
        self.manifest = manifest
        self.changed = changed
        self.environment = environment
        self.places = {row: index for index, row in enumerate(kept.rows)}
        config = run.loaded.config
        self.before = kept.recall(config, self.memo, {})
        self.plan = kept.recall(config, self.memo, changed)
        self.kin: Kin | None = None
        if manifest.related:
            self.kin = Kin(path, environment, manifest.related, len(kept.rows))
            for row, entry in changed.items():
                if row in self.places:
                    self.kin.change(self.places[row], self.memo.entry(row).vector, entry.vector)
            self.before = self.before._replace(related=self.kin.before)
            self.plan = self.plan._replace(related=self.kin.after())
        paths = {self.memo.paths[row]: index for row, index in self.places.items()}
        self.targets = Targets(paths, self.plan.site.files, frozenset())
        self.fresh = Fresh({}, {names: number for number, names in enumerate(manifest.lookups)}, [])

    def jobs(self) -> list[tuple[RenderJob, bytes]] | None:
        """Return the jobs to be done, with their keys; None when the plan that was kept isn't that of these outputs."""
        showing: dict[str, RenderJob] = {}
        for row, entry in self.changed.items():
            index = self.places.get(row)
            if index is not None:
                card = self.memo.entry(row).card != entry.card
                showing |= {job.path: job for job in jobs_showing(self.plan, index, card)}
        if self.kin is not None:
            showing |= {job.path: job for job in jobs_of_posts(self.plan, self.kin.changed())}
        jobs = sorted(showing.values(), key=lambda job: job.url)
        places = self.manifest.places
        if not all(job.path in places for job in jobs):
            return None
        old = [self.manifest.keys[places[job.path]] for job in jobs]
        if Keys(self.before, self.targets, self.environment).of(jobs) != old:
            return None
        keys = Keys(self.plan, self.targets, self.environment).of(jobs)
        return [(job, key) for job, key, was in zip(jobs, keys, old, strict=True) if key != was]

    def render(
        self, jobs: Sequence[tuple[RenderJob, bytes]], ahead: Ahead, templates: Templates, stage: Stage
    ) -> list[str] | None:
        """Render and stage `jobs`; return the paths of what was staged, or None when that is not all to be done."""
        from blogq.outputs import asset_copies
        from blogq.render.page import Scene
        from blogq.rendering import render_here

        manifest, fresh = self.manifest, self.fresh
        known = len(fresh.sets)
        fresh.todo[:] = [(at, manifest.contents[manifest.places[job.path]]) for at, (job, _) in enumerate(jobs)]
        plan = self.plan._replace(jobs=tuple(job for job, _ in jobs))
        records = self.run.store / "bodies"
        options = self.run.theme.options
        scene = Scene(plan, self.targets, options, ahead.setup, records, frozenset(), self.shown)
        staged, mistakes = render_here(scene, [key for _, key in jobs], fresh, stage.root, templates)
        new = {name for names in list(fresh.sets)[known:] for name in names}
        if mistakes or any(copy.path not in manifest.places for copy in asset_copies(new, ahead.found)):
            return None
        return staged

    def record(
        self,
        path: Path,
        inputs: bytes,
        jobs: Sequence[tuple[RenderJob, bytes]],
        ahead: Ahead,
        taken: Mapping[str, Stat],
        causes: Causes,
    ) -> None:
        """Record at `path` what `jobs` have made, and why; `taken` are the stat tuples of what was written."""
        from blogq.cause import amend_causes

        manifest, at = self.manifest, time.time_ns()
        made = {
            name: each._replace(stat=taken.get(name) or manifest.stats[manifest.places[name]])
            for name, each in self.fresh.outputs.items()
        }
        digests = dict(zip(manifest.lookups, manifest.digests, strict=True))
        files = {name: each.digest for name, each in ahead.found.items()}
        lookups = {names: digests.get(names) or lookups_digest(names, files) for names in self.fresh.sets}
        mark = self.kin.keep() if self.kin is not None else ""
        manifest.amend(path, inputs, at, made, lookups, mark)
        looked_up = {name: files[name] for names in self.fresh.sets for name in names if name in files}
        amend_causes(path, self.run.request.now, at, manifest, self.plan, jobs, causes, looked_up)
