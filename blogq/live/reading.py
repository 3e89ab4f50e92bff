"""Read a site into memory: in full through the store as a build does, and again only what has changed.

What is edited while the preview runs is parsed here and kept in memory; the store is written only where there is so
much to parse that it would be a pity to lose it, and under the lock that builds take.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from blogq.build import Build, Request, code_of, discard, plugged_in
from blogq.collect import Stat
from blogq.config.load import Loaded, load_config
from blogq.content.post import BROKEN, Entry, ParseOptions
from blogq.finding import Finding, to_json
from blogq.inherited import Inherited
from blogq.live.records import Shelf
from blogq.live.state import Read, Remembered, told_of
from blogq.parse import UNKNOWN, ParseWorker, Parsing
from blogq.reading import Reading, placed
from blogq.render.theme import Theme, load_theme
from blogq.sources import STORE, Sources, digest_files, scan_sources
from blogq.store.columns import Damaged
from blogq.store.digest import compose, of_value
from blogq.store.lock import exclusive
from blogq.store.memo import Memo, sources_digest

OWN_FAULT = ("UR102",)
"""Errors of planning that only an edit of their source can mend."""
MUCH = 128
"""Sources from which parsing is worth several processes, and the result worth keeping in the store."""


@dataclass(slots=True)
class Settings:
    """Config and theme as they are now, or as they last were where they can't be read."""

    loaded: Loaded
    theme: Theme
    findings: list[Finding] = field(default_factory=list)


def settings(site: Path, overrides: Mapping[str, Any], before: Read | None) -> Settings:
    """Load config and theme of `site`; with an error in one of them, that one is as it was `before`."""
    loaded = load_config(site, overrides)
    findings = list(loaded.findings)
    if before is not None and any(finding.severity == "error" for finding in findings):
        loaded = before.loaded
    config = loaded.config
    theme, noticed = load_theme(site, config.theme, config.theme_options, loaded.origins)
    if before is not None and any(finding.severity == "error" for finding in noticed):
        theme = before.theme
    return Settings(loaded, theme, findings + noticed)


class Reader:
    """Reads one site again and again."""

    def __init__(
        self, site: Path, overrides: Mapping[str, Any], jobs: int, waiting: Callable[[str], None] = lambda who: None
    ) -> None:
        """Read the site in the real folder `site`, with `jobs` processes (0: as many as there are processors).

        `waiting` is called when a build of the site has to end first.
        """
        self.site = site
        self.overrides = overrides
        self.jobs = jobs
        self.waiting = waiting
        self.store = site / STORE
        self.shelf = Shelf(self.store / "bodies")
        self._worker: ParseWorker | None = None
        self._worker_is_for: object = None

    def read(self, before: Read | None) -> Read:
        """Return everything as it is now; what hasn't changed since `before` is taken from there."""
        found = settings(self.site, self.overrides, before)
        run = self._run(found)
        config = found.loaded.config
        plugged_in(run)
        sources = scan_sources(self.site, config, found.theme, run.output, time.time_ns())
        options = ParseOptions.of(config)
        code = code_of(config)
        key = compose((code, of_value(options)))
        if before is not None and before.key == key:
            files, noticed = digest_files(sources, dict(before.files), before.sources.at)
            memo = Remembered(before)
            parsing = Parsing(sources, cast(Memo, memo), options, self.store / "bodies", 1)
            if len(parsing.todo) < MUCH:
                entries, stats = self.parse(parsing, memo)
                findings = [*run.findings, *noticed]
                return self._done(found, run, key, options, sources, files, parsing.inherited, entries, stats, findings)
        return self._through_the_store(found, run, key, options, sources, code, before)

    def _run(self, found: Settings) -> Build:
        output = self.site / found.loaded.config.output
        request = Request(self.site, 0, None, self.overrides, self.jobs, True)
        return Build(
            request, found.loaded, found.theme, self.site, output, self.store, lambda *_: None, [*found.findings]
        )

    def parse(self, parsing: Parsing, memo: Remembered) -> tuple[list[Entry], list[Stat]]:
        """Return all sources and their stat tuples, those parsed anew that may have changed since `memo`."""
        known: list[Entry | None] = [memo.entry(place) if place >= 0 else None for place in parsing.old]
        stats = list(parsing.stats)
        worker = ParseWorker(parsing.task, self.shelf)
        for at in parsing.todo:
            path, old = parsing.paths[at], known[at]
            source = old.source if old is not None else b""
            stats[at], entry = worker.parse(path, source, parsing.inherited.dates.get(path))
            if parsing.inherited.seen.get(path, stats[at]) != stats[at]:
                stats[at] = UNKNOWN
            if entry is not None:
                known[at] = self.kept(old, entry)
        return [entry for entry in known if entry is not None], stats

    def kept(self, old: Entry | None, new: Entry) -> Entry:
        """Return `new`, or `old` with the findings of `new` where that is broken and `old` isn't."""
        if old is None or not new.flags & BROKEN or old.flags & BROKEN:
            return new
        return self._as_it_was(old, new, new.findings)

    def _as_it_was(self, old: Entry, new: Entry, findings: str) -> Entry:
        """Return `old` with `findings`, in the place of `new`."""
        if old.segment:
            # The store forgets it once a build has read the other one.
            place = self.shelf.append(self.shelf.load(old))
            old = old._replace(segment=place.segment, start=place.offset, record=place.digest)
        return old._replace(source=new.source, findings=findings)

    def without_spoiled(self, before: Read, read: Read, noticed: Sequence[Finding]) -> Read | None:
        """Return `read` with those sources as they were `before` that an edit has given URLs that can't be.

        `noticed` is what planning has found in `read`. None where there are no such sources.
        """
        told = dict(read.told)
        shown = read.sources.shown
        old = {entry.path: entry for entry in before.entries}
        entries = list(read.entries)
        for at, entry in enumerate(entries):
            wrong = tuple(each for each in noticed if each.code in OWN_FAULT and each.span.path == shown + entry.path)
            was = old.get(entry.path)
            if wrong and was is not None and was is not entry and not was.flags & BROKEN:
                told[entry.path] = (*told.get(entry.path, ()), *wrong)
                entries[at] = self._as_it_was(was, entry, to_json(told[entry.path]))
        return read._replace(entries=entries, told=told) if told != read.told else None

    def one(self, read: Read, old: Entry) -> tuple[Stat, Entry | None]:
        """Return stat tuple and entry of the source of `old` as it is now; no entry where it hasn't changed."""
        stat, entry = self._worker_for(read).parse(old.path, old.source, read.inherited.dates.get(old.path))
        return stat, self.kept(old, entry) if entry is not None else None

    def _worker_for(self, read: Read) -> ParseWorker:
        """Return what parses single sources of `read`."""
        key = (read.options, read.sources.content.root, read.inherited.cascade)
        if self._worker is None or self._worker_is_for != key:
            task = Parsing.task_of(read.sources, read.options, self.store / "bodies", "", read.inherited.cascade)
            self._worker, self._worker_is_for = ParseWorker(task, self.shelf), key
        return self._worker

    def warm(self, read: Read) -> None:
        """Load the parser, and have it parse something."""
        from blogq.content.parser import Parser

        worker = self._worker_for(read)
        if worker.parser is None:
            worker.parser = Parser(read.options)
        worker.parser.parse("warm.md", "warm.md", b"---\ntitle: Warm\ndate: 2026-01-01\n---\nText.\n")

    def _through_the_store(
        self,
        found: Settings,
        run: Build,
        key: bytes,
        options: ParseOptions,
        sources: Sources,
        code: bytes,
        before: Read | None,
    ) -> Read:
        """Read everything as a build does, and have the store remember it. OSError when it can't be written."""
        with exclusive(self.store, self.waiting):
            for attempt in range(3):
                try:
                    reading = Reading(run, sources, options, code)
                    entries = reading.end()
                    reading.remember(sources_digest(entries, reading.files))
                    self.shelf.hold(entries)
                    break
                except Damaged:
                    if attempt == 2:
                        raise
                    discard(self.store)
            if before is not None and any(entry.flags & BROKEN for entry in entries):
                whole = {entry.path: entry for entry in before.entries}
                entries = [self.kept(whole.get(entry.path), entry) for entry in entries]
            findings = [*run.findings, *reading.findings]
            return self._done(
                found, run, key, options, sources, reading.files, reading.inherited, entries, reading.stats, findings
            )

    def _done(
        self,
        found: Settings,
        run: Build,
        key: bytes,
        options: ParseOptions,
        sources: Sources,
        files: Mapping[str, tuple[Stat, bytes]],
        inherited: Inherited,
        entries: Sequence[Entry],
        stats: Sequence[Stat],
        findings: list[Finding],
    ) -> Read:
        findings += [*sources.findings, *placed(inherited.findings, found.loaded.origins)]
        told = tuple(dict.fromkeys(findings))
        return Read(
            *(found.loaded, found.theme, options, key, run.output, sources, files, inherited),
            *(list(entries), list(stats), told_of(entries), told),
        )
