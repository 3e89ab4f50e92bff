"""The build, on one screen: load, scan, parse, assemble, plan, render, write, record."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from blogq.config.load import Loaded, load_config
from blogq.content.post import Cold, Entry, ParseOptions, split_record
from blogq.finding import Finding, Span, from_json, in_order
from blogq.library.status import Choice
from blogq.render.theme import Theme, load_theme
from blogq.sources import STORE, Sources, content_folder, digest_files, scan_sources
from blogq.store.columns import Damaged
from blogq.store.digest import compose, of_value
from blogq.store.lock import exclusive
from blogq.store.memo import Memo, save_memo, sources_digest
from blogq.store.versions import code_digest
from blogq.write import refused, remove_old_stages, unusable

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

    def stop_at_errors(self) -> None:
        """End the build when there are errors, unless it is to keep going."""
        if not self.request.keep_going and any(finding.severity == "error" for finding in self.findings):
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
    site = request.site.resolve()
    loaded = load_config(site, request.overrides)
    output = (request.output or site / loaded.config.output).resolve()
    findings = list(loaded.findings)
    theme, noticed = load_theme(site, loaded.config.theme, loaded.config.theme_options)
    findings += noticed
    run = Build(request, loaded, theme, site, output, site / STORE, progress, findings)
    try:
        sources = [content_folder(site, loaded.config).resolve()]
        sources += [layer.folder.resolve() / part for layer in theme.layers for part in ("templates", "static")]
        why = unusable(output, site, sources)
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
        run.stop_at_errors()
        with exclusive(run.store, waiting):
            ignore = run.store / ".gitignore"
            if not ignore.exists():
                ignore.write_text("*\n")
            remove_old_stages(run.store, output)
            try:
                return _build(run)
            except Damaged:
                _discard(run.store)
                run.findings = list(loaded.findings) + noticed
                return _build(run)
    except Stop:
        return Result(tuple(in_order(run.findings)), output, False)
    except OSError as error:
        run.findings.append(refused(error, str(error.filename or output)))
        return Result(tuple(in_order(run.findings)), output, False)


def _discard(store: Path) -> None:
    """Forget every parsed post."""
    import shutil

    (store / "memo").unlink(missing_ok=True)
    shutil.rmtree(store / "bodies", ignore_errors=True)


def _build(run: Build) -> Result:
    from blogq.publish import publish, unchanged

    config = run.loaded.config
    at = time.time_ns()
    options = ParseOptions.of(config)
    code = code_digest()
    parse_key = compose((code, of_value(options)))
    sources = scan_sources(run.site, config, run.theme, run.output, at)
    run.findings += sources.findings
    memo = Memo(run.store, parse_key)
    files, noticed = digest_files(sources, memo.files, memo.at)
    run.findings += noticed
    run.stop_at_errors()

    entries = _parse(run, sources, memo, options, parse_key, files)
    environment = compose((code, of_value(config), of_value(dict(run.theme.options))))
    read = compose((sources_digest(entries, files),), *(f.message for f in run.findings if f.code.startswith("SR")))
    inputs = compose((environment, read), *map(str, run.choice[1:]), str(run.request.keep_going))
    done = unchanged(run, inputs)
    if done is not None:
        return done

    for entry in entries:
        if entry.findings:
            run.findings += from_json(entry.findings)
    run.stop_at_errors()
    return publish(run, sources, entries, files, environment, inputs)


def _parse(
    run: Build,
    sources: Sources,
    memo: Memo,
    options: ParseOptions,
    key: bytes,
    files: dict[str, Any],
) -> list[Entry]:
    """Return all sources parsed, and remember them."""
    from blogq.parse import UNKNOWN, parse_sources, sweep, tidy
    from blogq.workers import processors

    segments = run.store / "bodies"
    jobs = run.request.jobs or processors()
    parsed = parse_sources(
        sources, memo, options, segments, jobs, lambda done, total: run.progress("parse", done, total)
    )
    entries = parsed.entries
    if parsed.changed or parsed.stats != memo.stats or files != memo.files:
        if parsed.changed:
            entries = tidy(segments, entries)
        kept = [at for at, stat in enumerate(parsed.stats) if stat != UNKNOWN]
        save_memo(run.store, key, sources.at, [parsed.stats[at] for at in kept], [entries[at] for at in kept], files)
        if parsed.changed:
            sweep(segments, entries)
    return entries


def parse_site(run: Build, sources: Sources, options: ParseOptions) -> list[Entry]:
    """Return all sources parsed, and remember them."""
    key = compose((code_digest(), of_value(options)))
    try:
        memo = Memo(run.store, key)
        files, _ = digest_files(sources, memo.files, memo.at)
        return _parse(run, sources, memo, options, key, files)
    except Damaged:
        _discard(run.store)
        return _parse(run, sources, Memo(run.store, key), options, key, {})


def reader(run: Build, entries: tuple[Entry, ...]) -> Callable[[int], Cold]:
    """Return a function that loads the record of an entry by index."""
    from blogq.store.segments import Place, SegmentReader

    segments = SegmentReader(run.store / "bodies")

    def read(index: int) -> Cold:
        entry = entries[index]
        return split_record(segments.read(Place(entry.segment, entry.start, entry.size, entry.record)))

    return read
