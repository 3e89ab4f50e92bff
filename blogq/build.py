"""The build, on one screen: load, scan, parse, assemble, plan, render, write, record."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from blogq.collect import real
from blogq.config.load import Loaded, load_config
from blogq.config.schema import Check, Config
from blogq.content.cascade import Cascade
from blogq.content.name import is_image
from blogq.content.post import Cold, Entry, ParseOptions
from blogq.finding import Finding, Span, from_json, in_order
from blogq.helper import Helper, Later
from blogq.holding import gated, hold
from blogq.library.status import Choice
from blogq.parse import warm_parser
from blogq.reading import Reading
from blogq.render.theme import Theme, load_theme
from blogq.source_names import COMMENTS, FAILED
from blogq.sources import ASSETS, DATA, STORE, Sources, content_folder, scan_sources
from blogq.store.columns import Damaged
from blogq.store.digest import compose, of_value
from blogq.store.lock import exclusive
from blogq.store.manifest import manifest_path
from blogq.store.memo import sources_digest
from blogq.store.versions import code_digest, imaging_version
from blogq.workers import processors
from blogq.write import Compared, compare_outputs, refused, remove_old_stages, unusable

LARGE_MANIFEST = 100_000
"""Bytes of a manifest (of some thousand outputs) from which comparing the output folder is worth a process."""

Progress = Callable[[str, int, int], None]
"""Told which stage the build is in, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to build, and how."""

    site: Path
    now: int
    """Seconds since 1970, UTC."""
    output: Path | None = None
    """Folder to write to; the config's where it is None."""
    overrides: Mapping[str, Any] = field(default_factory=dict)
    """Config values from the command line, by dotted key."""
    jobs: int = 0
    """Processes to work with; 0: as many as there are processors."""
    keep_going: bool = False


class Material(NamedTuple):
    """What a build has read, for the gate to judge."""

    loaded: Loaded
    sources: Sources
    cascade: Cascade
    """Defaults for front matter."""
    read: bytes
    """Digest of all sources."""
    entries: Callable[[], list[Entry]]
    """Returns all sources, in the order of their paths."""
    judged: tuple[str, ...] = ()
    """Paths, below the content folder, of the posts that the gate has judged in this build already."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a build."""

    findings: tuple[Finding, ...]
    output: Path
    written: bool
    """Whether the output folder now is what the sources say; False when errors kept it as it was."""
    posts: int = 0
    pages: int = 0
    rendered: int = 0
    reused: int = 0
    removed: int = 0
    material: Material | None = None
    """What was read; None when nothing was written."""

    @property
    def errors(self) -> int:
        """How many errors there are."""
        return sum(finding.severity == "error" for finding in self.findings)


class Stop(Exception):
    """Errors end the build before anything is written."""


@dataclass(slots=True)
class Build:
    """One run of the pipeline."""

    request: Request
    loaded: Loaded
    theme: Theme
    site: Path
    output: Path
    store: Path
    progress: Progress
    findings: list[Finding] = field(default_factory=list)
    helper: Helper | None = None
    compared: Later[Compared] | None = None
    """What the helper has found of the output folder."""

    @property
    def jobs(self) -> int:
        """Processes to work with."""
        return self.request.jobs or processors()

    def get_help(self) -> None:
        """Fork the helper, and have it compare the output folder with its manifest first."""
        if self.helper is None and self.jobs > 1:
            path = manifest_path(self.store, self.site, self.output)
            self.helper = Helper()
            self.compared = self.helper.submit(compare_outputs, path, self.output)
            self.helper.submit(warm_parser)

    def end_help(self) -> None:
        """End the helper."""
        if self.helper is not None:
            self.helper.close()
            self.helper = self.compared = None

    @property
    def doomed(self) -> bool:
        """Whether there are errors that will end the build; what else is wrong is looked for all the same."""
        return not self.request.keep_going and any(finding.severity == "error" for finding in self.findings)

    def stop_at_errors(self) -> None:
        """End the build when there are errors, unless it is to keep going."""
        if self.doomed:
            raise Stop

    @property
    def choice(self) -> Choice:
        """What to publish beside what is live."""
        config = self.loaded.config
        return Choice(self.request.now, config.drafts, config.future)


def nothing_to_tell(stage: str, done: int, total: int) -> None:
    """Take progress and do nothing."""


def build(
    request: Request, progress: Progress = nothing_to_tell, waiting: Callable[[str], None] = lambda who: None
) -> Result:
    """Build a site.

    Mistakes of the user's are findings in the result; with errors among them nothing is written, unless
    `keep_going`. `waiting` is called when another build of the site has to end first.
    """
    site = real(request.site)
    loaded = load_config(site, request.overrides)
    output = real(request.output or site / loaded.config.output)
    findings = list(loaded.findings)
    theme, noticed = load_theme(site, loaded.config.theme, loaded.config.theme_options, loaded.origins)
    findings += noticed
    run = Build(request, loaded, theme, site, output, site / STORE, progress, findings)
    try:
        sources = [real(content_folder(site, loaded.config))]
        parts = ("templates", "shortcodes", "static", "locales")
        sources += [real(layer.folder) / part for layer in theme.layers for part in parts]
        sources += [site / ASSETS, site / DATA]
        why = unusable(output, site, sources)
        if request.output is None and not output.is_relative_to(site):
            why = f"{loaded.config.output} is a symbolic link that leads out of the site"
        if why:
            shown = str(output)
            findings.append(
                Finding(
                    "OU101",
                    "error",
                    Span(shown),
                    f"can't be the output folder: {why}",
                    "choose another with --output",
                )
            )
            raise Stop
        with exclusive(run.store, waiting):
            remove_old_stages(run.store, output)
            try:
                return _build(run)
            except Damaged:
                run.end_help()
                discard(run.store)
                run.findings = list(loaded.findings) + noticed
                return _build(run)
    except Stop:
        return Result(tuple(in_order(run.findings)), output, False)
    except OSError as error:
        run.findings.append(refused(error, str(error.filename or output)))
        return Result(tuple(in_order(run.findings)), output, False)


def discard(store: Path) -> None:
    """Forget every parsed post."""
    import shutil

    (store / "memo").unlink(missing_ok=True)
    shutil.rmtree(store / "bodies", ignore_errors=True)


def _build(run: Build) -> Result:
    from blogq.publish import Ahead, publish, unchanged

    config = run.loaded.config
    manifest = manifest_path(run.store, run.site, run.output)
    if manifest.exists() and manifest.stat().st_size > LARGE_MANIFEST:
        run.get_help()
    plugged_in(run)
    if any(finding.code == "CF107" for finding in run.findings):
        # Without its filters a theme can't be rendered at all: there is nothing to keep going with.
        raise Stop
    code = code_of(config)
    environment = environment_of(code, config, run.theme)
    told = of_value((run.findings, run.loaded.origins))
    sources = scan_sources(run.site, config, run.theme, run.output, time.time_ns())
    run.findings += sources.findings
    reading = Reading(run, sources, ParseOptions.of(config), code)
    run.findings += reading.findings
    unread = [f"{f.span.path} {f.message}" for f in run.findings if f.code.startswith("SR")]

    encoder = imaging_version() if config.images.enabled and any(map(is_image, reading.files)) else ""

    decided = [gate] if (gate := gated(config, run.site, run.request.now)) else []

    def inputs(read: bytes) -> bytes:
        chosen = (*map(str, run.choice[1:]), str(run.request.keep_going))
        return compose((environment, told, read, *decided), encoder, *chosen, *unread)

    def handed(result: Result, read: bytes, judged: tuple[str, ...] = ()) -> Result:
        material = Material(run.loaded, sources, reading.cascade, read, reading.entries, judged)
        return replace(result, material=material)

    # A source of comments that couldn't be read is tried again, though nothing else has changed.
    untold = bool(config.comment_sources) and (run.store / COMMENTS / FAILED).exists()
    try:
        if (
            reading.is_nothing
            and not run.doomed
            and not untold
            and (done := unchanged(run, inputs(reading.memo.sources)))
        ):
            return handed(done, reading.memo.sources)
        ahead = Ahead(run, reading)
        if reading.may_amend and not decided and not untold:
            from blogq.amend import amend

            if done := amend(run, reading, ahead, environment, inputs):
                return handed(done, sources_digest(reading.entries(), reading.files))
        ahead.prepare()
        entries = reading.end()
        read = sources_digest(entries, reading.files)
        if not reading.changed and not run.doomed and not untold and (done := unchanged(run, inputs(read))):
            reading.remember(read)
            return handed(done, read)
        for entry in entries:
            if entry.findings:
                run.findings += from_json(entry.findings)
        judged: tuple[str, ...] = ()
        if decided:
            given = (config, run.site, run.store, sources, reading.cascade, run.request.now, run.jobs)
            entries, held, judged = hold(entries, *given, run.loaded.origins)
            run.findings += held
        try:
            done = publish(run, reading, ahead, entries, environment, inputs(read), lambda: reading.remember(read))
            return handed(done, read, judged)
        finally:
            reading.remember(read)
    finally:
        run.end_help()


def plugged_in(run: Build) -> None:
    """Note what is wrong with the plugins that config names."""
    if run.loaded.config.plugins:
        from blogq.plugins import check_plugins

        run.findings += check_plugins(run.loaded.config.plugins, dict(run.loaded.origins).get("plugins", ""))


def code_of(config: Config) -> bytes:
    """Return the digest of all code that shapes what is parsed: blogq's, its libraries', and that of plugins."""
    if not config.plugins:
        return code_digest()
    from blogq.plugins import plugins_digest

    return compose((code_digest(), plugins_digest(config.plugins)))


def environment_of(code: bytes, config: Config, theme: Theme) -> bytes:
    """Return the digest of what every output depends on: code, config and the theme's options."""
    # What the gate judges by shapes no output, nor does the place where it is published.
    config = replace(config, check=Check(), style=(), publish="all", deploy={})
    return compose((code, of_value(config), of_value(dict(theme.options))))


def parse_site(run: Build, sources: Sources) -> tuple[list[Entry], Cascade]:
    """Return all sources parsed, and the defaults of their front matter; remember them."""
    plugged_in(run)
    code = code_of(run.loaded.config)
    for _ in range(2):
        try:
            reading = Reading(run, sources, ParseOptions.of(run.loaded.config), code)
            run.findings += reading.findings
            entries = reading.end()
            reading.remember(sources_digest(entries, reading.files))
            return entries, reading.cascade
        except Damaged:
            discard(run.store)
    raise Damaged(run.store)


def reader(run: Build, entries: Sequence[Entry]) -> Callable[[int], Cold]:
    """Return a function that loads the record of an entry by index."""
    from blogq.store.records import Records

    return Records(run.store / "bodies", entries).read
