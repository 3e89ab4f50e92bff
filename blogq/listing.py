"""What there is on a site: each source with its URL and status, live or not."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from blogq.content.cascade import Cascade
from blogq.content.post import BROKEN, DRAFT, MISSING, Entry
from blogq.finding import Finding, from_json, in_order
from blogq.library.site import assemble, moment
from blogq.library.status import Choice, status_of

if TYPE_CHECKING:
    from blogq.config.load import Loaded
    from blogq.sources import Sources


class Row(NamedTuple):
    """One source."""

    path: str
    """Relative to the site, with `/`."""
    url: str
    """Root-relative, under the site's subpath; empty for a broken source."""
    title: str
    date: str
    """RFC 3339, or empty."""
    kind: str
    """`post` or `page`."""
    status: str
    """`live`, `draft`, `scheduled`, `expired` or `broken`."""
    language: str


class Survey(NamedTuple):
    """A site, read and not built."""

    loaded: Loaded
    sources: Sources | None
    """None where the store couldn't be used."""
    cascade: Cascade
    """Defaults for front matter."""
    entries: list[Entry]
    """Every source, in the order of paths; `rows` has the same order."""
    rows: list[Row]
    findings: list[Finding]
    """What is wrong with the site."""
    now: int = 0
    """The moment for which it was read, in seconds since 1970, UTC."""


def list_sources(site: Path, now: int) -> tuple[list[Row], list[Finding]]:
    """Return every source of `site` in the order of paths, and what is wrong with the site at the time `now`."""
    found = survey(site, now)
    return found.rows, found.findings


def survey(site: Path, now: int) -> Survey:
    """Read `site` as a build would, and return what there is of it at the time `now`."""
    from blogq.build import Build, Request, parse_site
    from blogq.collect import real
    from blogq.config.load import load_config
    from blogq.library.permalinks import quoted
    from blogq.plan.jobs import split_base
    from blogq.render.theme import load_theme
    from blogq.sources import STORE, scan_sources
    from blogq.store.lock import exclusive
    from blogq.write import refused

    site = real(site)
    loaded = load_config(site)
    config = loaded.config
    theme, noticed = load_theme(site, config.theme, config.theme_options, loaded.origins)
    output = real(site / config.output)
    findings = [*loaded.findings, *noticed]
    run = Build(
        Request(site, now, keep_going=True),
        loaded,
        theme,
        site,
        output,
        site / STORE,
        lambda *_: None,
        findings,
    )
    sources = scan_sources(site, config, theme, output, time.time_ns())
    findings += sources.findings
    try:
        with exclusive(run.store, lambda who: None):
            entries, cascade = parse_site(run, sources)
    except OSError as error:
        findings.append(refused(error, str(error.filename or run.store)))
        return Survey(loaded, None, Cascade(), [], [], in_order(findings))
    for entry in entries:
        if entry.findings:
            findings += from_json(entry.findings)
    everything = [entry for entry in entries if not entry.flags & BROKEN]
    published, noticed = assemble(everything, [], config, Choice(now), sources.shown, lambda entry, key: 0)
    findings += noticed
    statuses = [status_of(entry, now) for entry in entries]
    urls: dict[str, str] = {}
    languages: dict[str, str] = {}
    sites = [published]
    if {*statuses} - {"live", "broken"}:
        # What isn't live is listed with the URL it will have.
        shown = [entry._replace(flags=entry.flags & ~DRAFT, expiry=MISSING) for entry in everything]
        sites.insert(0, assemble(shown, [], config, Choice(now, True, True), sources.shown, lambda entry, key: 0)[0])
    for each in sites:
        paths = [entry.path for entry in each.entries]
        urls |= zip(paths, each.urls, strict=True)
        languages |= zip(paths, each.languages, strict=True)
    prefix = split_base(config.base_url)[1]
    rows = [
        Row(
            sources.shown + entry.path,
            prefix + quoted(urls[entry.path]) if entry.path in urls else "",
            entry.title,
            moment(entry.date, entry.offset).isoformat() if entry.date != MISSING else "",
            "post" if entry.kind == "post" else "page",
            status,
            entry.language or languages.get(entry.path, config.language),
        )
        for entry, status in zip(entries, statuses, strict=True)
    ]
    return Survey(loaded, sources, cascade, entries, rows, in_order(findings), now)
