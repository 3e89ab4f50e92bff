"""The second half of a build: from parsed sources to files in the output folder."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from blogq.config.schema import Config
from blogq.content.name import is_image
from blogq.content.post import Entry
from blogq.finding import Finding, Span, in_order
from blogq.library.permalinks import folded
from blogq.render.files import DATA, DRAWN_FROM
from blogq.store.columns import Damaged
from blogq.store.manifest import (
    Manifest,
    end_journal,
    load_manifest,
    lookups_digest,
    manifest_path,
    read_journal,
    save_manifest,
    write_journal,
)
from blogq.write import OutputFolder, Stage, compare_outputs

if TYPE_CHECKING:
    from blogq.build import Build, Result
    from blogq.library.links import Targets
    from blogq.library.site import Site
    from blogq.outputs import Fresh, Standing
    from blogq.plan.jobs import CopyJob, Plan
    from blogq.reading import Reading
    from blogq.render.template import Templates

SHARED = "share"
"""Folder in the store where share images are kept."""
USUAL = ["post.html"]
"""Templates that are loaded ahead: those of what is edited most."""


def known_manifest(run: Build) -> tuple[Path, Manifest, bool]:
    """Return where the manifest stands, the manifest, and whether a record was lost."""
    path = manifest_path(run.store, run.site, run.output)
    try:
        manifest = load_manifest(path)
    except Damaged:
        return path, Manifest(), True
    return path, manifest or Manifest(), manifest is None


def unchanged(run: Build, inputs: bytes) -> Result | None:
    """Return the result at once when nothing has changed since the last build, in sources, time or output."""
    from blogq.build import Result

    path, manifest, lost = known_manifest(run)
    if lost or manifest.inputs != inputs or not manifest.since <= run.request.now < manifest.until:
        return None
    if path.with_suffix(".journal").exists():
        return None
    try:
        gone, _ = run.compared.result() if run.compared else compare_outputs(path, run.output)
        if gone:
            return None
        findings = tuple(in_order([*manifest.findings(), *run.findings]))
    except Damaged:
        return None
    counts = manifest.summary
    return Result(findings, run.output, True, counts["posts"], counts["pages"], 0, counts["jobs"])


class Ahead:
    """What the helper does while this process goes on: parse what has changed, compare the output, load templates."""

    def __init__(self, run: Build, reading: Reading) -> None:
        reading.begin()
        from blogq.outputs import theme_files
        from blogq.plan.companions import icon_of
        from blogq.plan.jobs import split_base
        from blogq.render.files import STATIC, Setup, with_sources_of_drawings

        self.run = run
        self.found = theme_files(reading.sources, reading.files)
        if reading.sources.data.paths:
            from blogq.data import found_data

            self.found |= found_data(reading.sources, reading.files)
        config = run.loaded.config
        static = [name.removeprefix(STATIC) for name in self.found if name.startswith(STATIC)]
        self.found = with_sources_of_drawings(self.found, (icon_of(config.icon, static), *config.share_fonts))
        kept = str(run.store / SHARED) if config.share_images else ""
        prefix = split_base(config.base_url)[1]
        self.setup = Setup(self.found, prefix, config.minify, config.plugins, True, config.share_fonts, kept)

    def prepare(self) -> None:
        """Have the helper load templates, and import what this process needs until then."""
        if self.run.helper is not None:
            from blogq.rendering import warm_templates

            self.run.helper.submit(warm_templates, self.setup, USUAL)
        import blogq.plan.claims
        import blogq.plan.keys
        import blogq.render.page  # noqa: F401

    def templates(self) -> Templates:
        """Return the theme's templates, those loaded that are likely to be needed here."""
        from blogq.render.template import Templates

        templates = Templates(self.setup)
        templates.warm(USUAL)
        return templates

    def standing(self, manifest: Manifest) -> Standing:
        """Return what the output folder holds of what was written there."""
        from blogq.outputs import Standing

        run = self.run
        if run.compared is not None:
            return Standing(manifest, *run.compared.result())
        return Standing(manifest, *compare_outputs(manifest_path(run.store, run.site, run.output), run.output))


def publish(
    run: Build,
    reading: Reading,
    ahead: Ahead,
    entries: list[Entry],
    environment: bytes,
    inputs: bytes,
    remember: Callable[[], None],
) -> Result:
    """Plan, render and write; return the result. Raise `Stop` at errors, before anything is written.

    `remember` saves what was parsed; it is called when this process would otherwise wait.
    """
    from blogq.arrangement import arrange, missing_settings, taken_urls
    from blogq.build import Result, reader
    from blogq.call_check import check_calls
    from blogq.cause import remember_causes, seen_now
    from blogq.kinship import find_related
    from blogq.library.status import next_change
    from blogq.menu_check import check_menus
    from blogq.outputs import asset_copies, copy_files, fresh_outputs
    from blogq.plan.keys import Keys
    from blogq.plan.recalled import keep_plan
    from blogq.render.locales import check_locales
    from blogq.render.page import Scene
    from blogq.rendering import render_jobs

    path, manifest, lost = known_manifest(run)
    read = reader(run, tuple(entries))
    arranged = arrange(run.loaded.config, run.choice, reading.sources, reading.files, entries, read)
    plan, targets, places, line_of = arranged.plan, arranged.targets, arranged.places, arranged.line_of
    site, jobs, copies = plan.site, plan.jobs, list(arranged.copies)
    run.findings += arranged.findings
    checked_data = checked_data_files(run, ahead, manifest)
    run.findings += taken_urls(plan, reading.sources.shown)
    run.stop_at_errors()
    checked = checked_links(run, reading, site, targets, places, manifest)
    run.findings += check_calls(site, ahead.found, reading.sources.shown, reader(run, site.entries))
    config = run.loaded.config
    if (
        config.menu
        or config.menus
        or any(each.menu for each in config.languages.values())
        or any(edition.menus for edition in site.editions)
    ):
        run.findings += check_menus(site, targets, run.loaded.origins, reading.sources.shown, line_of)
    run.findings += check_locales(ahead.found, [edition.language for edition in site.editions])
    run.findings += missing_settings(run.loaded)
    asks = config.search or config.share_images or config.share_fonts or config.icon
    if asks or any(name.startswith(DRAWN_FROM) for name in ahead.setup.files):
        from blogq.companion_check import check_companions

        run.findings += check_companions(config, site, ahead.setup, reading.sources.shown)
        run.stop_at_errors()
    if not entries:
        where = reading.sources.shown or "this folder"
        message = f"there is nothing to publish: no Markdown files in {where}"
        hint = "write one, such as hello.md, or say with `content` in blogq.yaml in which folder they are"
        run.findings.append(Finding("CF106", "note", Span("blogq.yaml"), message, hint))

    folder = output_folder(run)
    standing = ahead.standing(manifest)
    if run.loaded.config.images.enabled and (any(map(is_image, site.files)) or (run.store / "images").is_dir()):
        from blogq.images.use import make_gallery, note_problems, told_of

        gallery = make_gallery(run, reading, site, targets, standing)
        plan = plan._replace(pictures=gallery.pictures)
        if gallery.copies:
            # A file of the site's own that has a derivative's name, fingerprint and all, is a copy of it.
            own = {copy.path for copy in copies} | {job.path for job in jobs}
            copies += [copy for copy in gallery.copies if copy.path not in own]
        run.findings += note_problems(gallery, site, targets, reading.sources.shown, reader(run, site.entries))
        checked = (checked[0], checked[1] | told_of(gallery, site, targets))
    related, mark = find_related(site, run.request.now, ahead.found, path, environment)
    plan = plan._replace(related=related)
    keying = Keys(plan, targets, environment)
    keys = keying.all()
    known = {name: each.digest for name, each in ahead.found.items()}
    fresh = fresh_outputs(jobs, keys, standing, known)
    rendered = len(fresh.todo)
    stage = Stage(run.store, run.output)
    try:
        records = run.store / "bodies"
        shown = reading.sources.shown
        scene = Scene(plan, targets, run.theme.options, ahead.setup, records, reading.trusted, shown)
        staged, noticed = render_jobs(
            scene,
            keys,
            fresh,
            stage.root,
            run.jobs,
            run.helper,
            lambda done, total: run.progress("render", done, total),
            remember,
        )
        run.findings += noticed
        copies += asset_copies({name for names in fresh.sets for name in names}, ahead.found)
        if site.config.search and not any(finding.severity == "error" for finding in run.findings):
            copies += indexed(run, plan, fresh, standing, stage)
        copied, noticed = copy_files(copies, reading.sources.bounds, standing, stage, fresh)
        run.findings += noticed
        run.stop_at_errors()
        outputs = fresh.outputs
        gone = [name for name in manifest.paths if name not in outputs]
        staged += copied
        added = [name for name in staged if name not in manifest.places]
        try:
            left = read_journal(path)
        except Damaged:
            left, lost = frozenset(), True
        if added or left:
            write_journal(path, sorted({*added, *left}))
        gone += sorted(left - outputs.keys() - manifest.places.keys())
        # Where case doesn't count, an old name that differs only in that is the new file already.
        spelled = {folded(name) for name in added}
        early = {name for name in gone if folded(name) in spelled}
        folder.prune(early)
        taken = folder.take(stage, staged, manifest.places)
        for name, made in outputs.items():
            if made.stat[2] == 0:
                outputs[name] = made._replace(stat=taken.get(name) or standing.stat(name) or made.stat)
        stuck = folder.prune(name for name in gone if name not in early)
        if lost:
            move_strangers(run, folder, frozenset(outputs))
    finally:
        stage.remove()
    note_moved_files(run, folder)

    for name in stuck:
        message = "this old file can't be removed from the output"
        run.findings.append(Finding("OU102", "warning", Span(name), message, "remove it by hand"))
    posts = sum(entry.kind == "post" for entry in site.entries)
    summary = {"posts": posts, "pages": len(site.entries) - posts, "jobs": len(jobs)}
    findings = in_order(run.findings)
    at = time.time_ns()
    save_manifest(
        path,
        inputs=inputs,
        span=next_change(entries, run.request.now),
        at=at,
        lookups={names: lookups_digest(names, known) for names in fresh.sets},
        outputs=outputs,
        summary=summary,
        links=checked,
        data=checked_data,
        findings=[finding for finding in findings if not finding.code.startswith("OU")],
        plan=keep_plan(path.with_suffix(".plan"), plan, entries),
        related=mark,
    )
    if site.config.share_images and rendered:
        from blogq.sharing.drawing import forget_others

        drawn = frozenset(outputs[job.path].digest for job in jobs if job.kind == "share" and job.path in outputs)
        forget_others(run.store / SHARED, drawn)
    seen = seen_now(environment, run.loaded.config, run.theme.options, plan, keying.sites)
    remember_causes(path, run.request.now, at, seen, jobs, keys, fresh.todo, copied, plan, standing, fresh, known)
    if stuck:
        # The next build is to try again.
        write_journal(path, stuck)
    else:
        end_journal(path)
    reused = len(jobs) - rendered
    return Result(tuple(findings), run.output, True, posts, summary["pages"], rendered, reused, len(gone))


def indexed(run: Build, plan: Plan, fresh: Fresh, standing: Standing, stage: Stage) -> list[CopyJob]:
    """Return copies of the search index, or note why there is none."""
    from blogq.search_index import NotIndexed, index_copies

    try:
        return index_copies(plan, fresh, standing, Path(stage.root), run.output, run.store)
    except NotIndexed as error:
        run.findings.append(error.finding)
        return []


def output_folder(run: Build) -> OutputFolder:
    """Return the folder to write to, with a place of this build's own for what stands in the way there."""
    aside = run.store / "aside" / time.strftime("%Y%m%d-%H%M%S", time.gmtime(run.request.now))
    return OutputFolder(run.output, aside)


def checked_links(
    run: Build, reading: Reading, site: Site, targets: Targets, places: list[str], manifest: Manifest
) -> tuple[bytes, dict[str, bytes]]:
    """Check the links, unless nothing that matters to them has changed; return what `Manifest.links` keeps."""
    from blogq.build import reader
    from blogq.link_check import check_links, link_digest

    now = link_digest(site, places)
    records = {entry.path: entry.record for entry in site.entries}
    shown = reading.sources.shown
    before, dead = manifest.links
    if before == now and all(records.get(path) == record for path, record in dead.items()):
        try:
            paths, told = {shown + path for path in dead}, set(run.findings)
            found = [
                each
                for each in manifest.findings()
                if each.code in ("LK001", "LK101", "LK102") and each.span.path in paths and each not in told
            ]
        except Damaged:
            found = check_links(site, targets, shown, reader(run, site.entries))
    else:
        found = check_links(site, targets, shown, reader(run, site.entries))
    run.findings += found
    return now, {path: records[path] for path in {each.span.path.removeprefix(shown) for each in found}}


def checked_data_files(run: Build, ahead: Ahead, manifest: Manifest) -> dict[str, str]:
    """Check the data files that have changed; return what `Manifest.data` keeps."""
    if not any(name.startswith(DATA) for name in ahead.found):
        return {}
    from blogq.data import check_data

    data = {name: found for name, found in ahead.found.items() if name.startswith(DATA)}
    try:
        noticed, sound = check_data(data, manifest.data, manifest.findings())
    except Damaged:
        noticed, sound = check_data(data, {}, ())
    run.findings += noticed
    return sound


def move_strangers(run: Build, folder: OutputFolder, planned: frozenset[str]) -> None:
    """Move what an earlier build left aside, when there is no record of what that was.

    Only where the folder is blogq's own: in the site, or known to have been built into before.
    """
    path = manifest_path(run.store, run.site, run.output)
    if path.exists() or run.output == run.site / Config().output:
        strangers = folder.strangers(planned)
        if strangers:
            folder.move_aside(strangers)


def note_moved_files(run: Build, folder: OutputFolder) -> None:
    """Tell of files that were moved out of the output folder."""
    if folder.moved_aside and folder.aside is not None:
        files = "1 file" if folder.moved_aside == 1 else f"{folder.moved_aside:,} files"
        shown = folder.aside.relative_to(run.site).as_posix()
        message = f"{files} that this build doesn't make stood in the output folder: moved to {shown}"
        hint = "look them through and remove them; files that belong to the site go to static/"
        run.findings.append(Finding("OU103", "warning", Span(str(run.output)), message, hint))
