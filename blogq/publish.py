"""The second half of a build: from parsed sources to files in the output folder."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from blogq import workers
from blogq.collect import Stat, Unreadable, read_file
from blogq.content.post import Entry
from blogq.finding import Finding, Span, in_order
from blogq.library.status import next_change
from blogq.plan.jobs import CopyJob, Plan, RenderJob
from blogq.sources import Sources
from blogq.store.columns import Damaged
from blogq.store.digest import digest
from blogq.store.manifest import (
    NOTHING,
    Made,
    Manifest,
    end_journal,
    load_manifest,
    lookups_digest,
    manifest_path,
    read_journal,
    save_manifest,
    write_journal,
)
from blogq.write import OutputFolder, Putter, Stage, refused

if TYPE_CHECKING:
    from blogq.build import Build, Result
    from blogq.render.environment import Found
    from blogq.render.page import Scene

TURN = 100
"""Outputs that a worker renders at a time; fewer than two such turns are not worth a second process."""
MANY = 20
"""Mistakes of templates that are reported one by one."""


class Rendered(NamedTuple):
    """What came of one job: the digest of its output and the names looked up for it, or a mistake."""

    digest: bytes
    lookups: tuple[str, ...]
    staged: bool
    mistake: Finding | None


class RenderWorker:
    """Renders jobs and stages their outputs."""

    def __init__(self, scene: Scene, stage: str) -> None:
        from blogq.render.page import Renderer

        self.renderer = Renderer(scene)
        self.putter = Putter(stage)
        self._lookups: dict[frozenset[str], tuple[str, ...]] = {}

    def render(self, job: RenderJob, standing: bytes) -> Rendered:
        """Render `job` and stage it, unless its bytes have the digest `standing` and so stand already."""
        made = self.renderer.render(job)
        if isinstance(made, Finding):
            return Rendered(b"", (), False, made)
        lookups = self._lookups.get(made.lookups)
        if lookups is None:
            lookups = self._lookups[made.lookups] = tuple(sorted(made.lookups))
        found = digest(made.data)
        if found == standing:
            return Rendered(found, lookups, False, None)
        try:
            self.putter.put(made.path, made.data)
        except OSError as error:
            return Rendered(b"", (), False, refused(error, made.path))
        return Rendered(found, lookups, True, None)


def _turn(worker: RenderWorker, items: Sequence[tuple[RenderJob, bytes]]) -> list[Rendered]:
    return [worker.render(job, standing) for job, standing in items]


def known_manifest(run: Build) -> tuple[Path, Manifest, bool]:
    """Return where the manifest stands, the manifest, and whether a record was lost."""
    path = manifest_path(run.store, run.site, run.output)
    try:
        manifest = load_manifest(path)
    except Damaged:
        return path, NOTHING, True
    return path, manifest or NOTHING, manifest is None


def unchanged(run: Build, inputs: bytes) -> Result | None:
    """Return the result at once when nothing has changed since the last build, in sources, time or output."""
    from blogq.build import Result

    path, manifest, lost = known_manifest(run)
    if lost or manifest.inputs != inputs or not manifest.since <= run.request.now < manifest.until:
        return None
    if path.with_suffix(".journal").exists():
        return None
    folder = OutputFolder(run.output)
    if not all(folder.intact(name, made, manifest.at) for name, made in manifest.outputs.items()):
        return None
    findings = tuple(in_order([*manifest.findings, *run.findings]))
    summary = manifest.summary
    return Result(findings, run.output, True, summary["posts"], summary["pages"], 0, summary["jobs"])


def publish(
    run: Build,
    sources: Sources,
    entries: list[Entry],
    files: Mapping[str, tuple[Stat, bytes]],
    environment: bytes,
    inputs: bytes,
) -> Result:
    """Plan, render and write; return the result. Raise `Stop` at errors, before anything is written."""
    from dataclasses import replace

    from blogq.build import Result, reader
    from blogq.library.links import targets_of
    from blogq.library.site import assemble
    from blogq.link_check import check_links
    from blogq.plan.claims import settle
    from blogq.plan.jobs import make_plan
    from blogq.plan.keys import Keys

    config = run.loaded.config
    posts = set(sources.posts)
    others = [path for at, path in enumerate(sources.content.paths) if at not in posts]

    def line_of(entry: Entry, key: str) -> int:
        index = places.get(entry.path, -1)
        return int(read_all(index).page["lines"].get(key, 0)) if index >= 0 and key else 0

    all_entries = tuple(entries)
    places = {entry.path: index for index, entry in enumerate(all_entries)}
    read_all = reader(run, all_entries)
    site, noticed = assemble(entries, others, config, run.choice, sources.shown, line_of)
    run.findings += noticed
    live_read = reader(run, site.entries)
    plan = make_plan(site)
    found = theme_files(sources, files)
    copies = copy_jobs(sources, plan, files)
    jobs, copies, noticed = settle(plan, copies, sources.shown, line_of)
    run.findings += noticed
    run.stop_at_errors()
    plan = replace(plan, jobs=tuple(jobs))
    urls = frozenset(site.urls) | {job.url for job in jobs} | {"/" + copy.path for copy in copies}
    targets = targets_of(site, urls)
    run.findings += check_links(site, targets, sources.shown, live_read)
    if "base_url" not in {key for key, origin in run.loaded.origins if origin != "default"}:
        run.findings.append(
            Finding(
                "CF105",
                "note",
                Span("blogq.yaml"),
                f"base_url is not set: feeds, sitemap and canonical links say {config.base_url}",
                "set base_url to the address at which the site will be read",
            )
        )

    path, manifest, lost = known_manifest(run)
    folder = OutputFolder(run.output)
    keys = Keys(plan, targets, environment).all()
    known = {name: each.digest for name, each in found.items()}
    same = [lookups_digest(names, known) == old for names, old in zip(manifest.lookups, manifest.digests, strict=True)]

    outputs: dict[str, Made] = {}
    todo: list[tuple[int, bytes]] = []
    lookups: dict[tuple[str, ...], int] = {}
    of_old: dict[int, int] = {}
    for at, (job, key) in enumerate(zip(jobs, keys, strict=True)):
        made = manifest.outputs.get(job.path)
        standing = b""
        if made is not None:
            stat = folder.intact(job.path, made, manifest.at)
            if stat is not None:
                if made.key == key and same[made.lookups]:
                    if made.lookups not in of_old:
                        names = manifest.lookups[made.lookups]
                        of_old[made.lookups] = lookups.setdefault(names, len(lookups))
                    outputs[job.path] = made._replace(stat=stat, lookups=of_old[made.lookups])
                    continue
                standing = made.digest
        todo.append((at, standing))

    stage = Stage(run.store, run.output)
    try:
        staged = _render(run, plan, targets, found, jobs, keys, todo, stage, outputs, lookups, manifest)
        asked = {name for used in lookups for name in used}
        copies += asset_copies(asked, found, sources)
        staged += _copy(run, copies, sources, folder, manifest, stage, outputs, lookups)
        run.stop_at_errors()
        gone = [name for name in manifest.outputs if name not in outputs]
        added = [name for name in staged if name not in manifest.outputs]
        left = read_journal(path)
        if added or left:
            write_journal(path, sorted({*added, *left}))
        gone += sorted(left - outputs.keys() - manifest.outputs.keys())
        for name, stat in folder.take(stage, staged).items():
            outputs[name] = outputs[name]._replace(stat=stat)
        stuck = folder.prune(gone)
        if lost:
            _sweep(run, folder, frozenset(outputs))
    finally:
        stage.remove()

    for name in stuck:
        run.findings.append(
            Finding("OU102", "warning", Span(name), "can't be removed from the output", "remove it by hand")
        )
    since, until = next_change(entries, run.request.now)
    counts = {
        "posts": sum(entry.kind == "post" for entry in site.entries),
        "pages": sum(entry.kind != "post" for entry in site.entries),
        "jobs": len(jobs),
    }
    ordered = dict(sorted(outputs.items()))
    findings = in_order(run.findings)
    remembered = tuple(finding for finding in findings if finding.code != "OU103")
    digests = tuple(lookups_digest(names, known) for names in lookups)
    new = Manifest(inputs, since, until, time.time_ns(), tuple(lookups), digests, ordered, counts, remembered)
    save_manifest(path, new)
    end_journal(path)
    rendered = len(todo)
    return Result(
        tuple(findings),
        run.output,
        True,
        counts["posts"],
        counts["pages"],
        rendered,
        len(jobs) - rendered,
        len(gone),
    )


def _render(
    run: Build,
    plan: Plan,
    targets: object,
    found: Mapping[str, Found],
    jobs: Sequence[RenderJob],
    keys: Sequence[bytes],
    todo: Sequence[tuple[int, bytes]],
    stage: Stage,
    outputs: dict[str, Made],
    lookups: dict[tuple[str, ...], int],
    manifest: Manifest,
) -> list[str]:
    """Render what is to be rendered; note it in `outputs` and return the paths of what was staged."""
    from blogq.library.links import Targets
    from blogq.render.page import Scene

    assert isinstance(targets, Targets)
    scene = Scene(plan, targets, run.theme.options, found, run.store / "bodies")
    items = [(jobs[at], standing) for at, standing in todo]
    staged: list[str] = []
    mistakes: dict[tuple[str, Span, str], list[Finding]] = {}
    done = 0

    def take(results: Sequence[Rendered]) -> None:
        nonlocal done
        for result in results:
            at = todo[done][0]
            done += 1
            path = jobs[at].path
            if result.mistake is not None:
                mistake = result.mistake
                cause = mistake.message.partition(" (rendering ")[0]
                mistakes.setdefault((mistake.code, mistake.span, cause), []).append(mistake)
                continue
            number = lookups.setdefault(result.lookups, len(lookups))
            old = manifest.outputs.get(path)
            stat = old.stat if old is not None else (0, 0, 0, 0)
            outputs[path] = Made(keys[at], result.digest, stat, number)
            if result.staged:
                staged.append(path)
        run.progress("render", done, len(todo))

    count = run.request.jobs or workers.processors()
    if count > 1 and len(items) >= 2 * TURN:
        with workers.start(min(count, -(-len(items) // TURN)), RenderWorker, scene, stage.root) as executor:
            for results in workers.in_turns(executor, _turn, items, TURN):
                take(results)
    elif items:
        worker = RenderWorker(scene, stage.root)
        for at in range(0, len(items), TURN):
            take(_turn(worker, items[at : at + TURN]))
    for same in mistakes.values():
        first = same[0]
        if len(same) > 1:
            first = first._replace(message=f"{first.message[:-1]}, and {len(same) - 1} other pages)")
        run.findings.append(first)
    return staged


def _copy(
    run: Build,
    copies: Sequence[CopyJob],
    sources: Sources,
    folder: OutputFolder,
    manifest: Manifest,
    stage: Stage,
    outputs: dict[str, Made],
    lookups: dict[tuple[str, ...], int],
) -> list[str]:
    """Stage the files that are published as they are and aren't there yet; return their paths."""
    putter = Putter(stage.root)
    staged: list[str] = []
    none = lookups.setdefault((), len(lookups))
    for copy in copies:
        made = manifest.outputs.get(copy.path)
        if made is not None and made.digest == copy.digest:
            stat = folder.intact(copy.path, made, manifest.at)
            if stat is not None:
                outputs[copy.path] = Made(copy.digest, copy.digest, stat, none)
                continue
        try:
            file = read_file(copy.root, copy.source, copy.shown, sources.bounds)
        except Unreadable as error:
            run.findings.append(error.finding)
            continue
        putter.put(copy.path, file.data)
        staged.append(copy.path)
        outputs[copy.path] = Made(copy.digest, digest(file.data), (0, 0, 0, 0), none)
    return staged


def _sweep(run: Build, folder: OutputFolder, planned: frozenset[str]) -> None:
    """Move what an earlier build left aside, when there is no record of what that was.

    Only where the folder is blogq's own: in the site, or known to have been built into before.
    """
    path = manifest_path(run.store, run.site, run.output)
    if not path.exists() and run.output != run.site / run.loaded.config.output:
        return
    strangers = folder.strangers(planned)
    if not strangers:
        return
    aside = run.store / "aside" / time.strftime("%Y%m%d-%H%M%S", time.gmtime(run.request.now))
    folder.move_aside(strangers, aside)
    shown = aside.relative_to(run.site).as_posix()
    message = f"{len(strangers)} files that this build doesn't make were in the output folder: moved to {shown}"
    hint = "look them through and remove them; files that belong to the site go to static/"
    run.findings.append(Finding("OU103", "warning", Span(str(run.output)), message, hint))


def theme_files(sources: Sources, files: Mapping[str, tuple[Stat, bytes]]) -> dict[str, Found]:
    """Return templates and static files of all layers by name; of two with one name, the first layer's."""
    from blogq.render.environment import STATIC, TEMPLATES, Found

    found: dict[str, Found] = {}
    for templates, static, prefix in sources.layers:
        for listing, folder in ((templates, TEMPLATES), (static, STATIC)):
            root = listing.root.removesuffix("/" + folder.rstrip("/"))
            for path in listing.paths:
                known = files.get(f"{listing.root}/{path}")
                if known is not None:
                    name = folder + path
                    found.setdefault(name, Found(name, root, sources.bounds, prefix + name, known[1]))
    return found


def copy_jobs(sources: Sources, plan: Plan, files: Mapping[str, tuple[Stat, bytes]]) -> list[CopyJob]:
    """Return a job for each file that is published as it is: beside sources, and static ones by precedence."""
    jobs: list[CopyJob] = []
    root = sources.content.root
    for path, url in plan.site.files.items():
        known = files.get(f"{root}/{path}")
        if known is not None:
            jobs.append(CopyJob(url[1:], path, root, sources.shown + path, known[1]))
    seen: set[str] = set()
    for _, static, prefix in sources.layers:
        for path in static.paths:
            known = files.get(f"{static.root}/{path}")
            if known is not None and path not in seen:
                seen.add(path)
                jobs.append(CopyJob(path, path, static.root, f"{prefix}static/{path}", known[1]))
    return jobs


def asset_copies(names: set[str], found: Mapping[str, Found], sources: Sources) -> list[CopyJob]:
    """Return a job for each static file that a template asked for by `asset`: a copy under its fingerprinted name."""
    from blogq.render.environment import STATIC, fingerprinted

    jobs = []
    for name in sorted(names):
        if name.startswith(STATIC) and name in found:
            each = found[name]
            path = fingerprinted(name.removeprefix(STATIC), each.digest)
            jobs.append(CopyJob(path, each.name, each.root, each.shown, each.digest))
    return jobs
