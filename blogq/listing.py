"""What there is on a site: each source with its URL and status, live or not."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from blogq.content.cascade import Cascade
from blogq.content.name import read_name
from blogq.content.post import BROKEN, DRAFT, HELD, MISSING, Entry, language_folders
from blogq.finding import Finding, from_json, in_order
from blogq.library.site import assemble, moment
from blogq.library.status import Choice, status_of

if TYPE_CHECKING:
    from blogq.config.load import Loaded
    from blogq.config.schema import Config
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
    """`live`, `draft`, `scheduled`, `expired`, `broken` or `held` (kept out of the site by the gate)."""
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


def survey(site: Path, now: int, overrides: Mapping[str, Any] = MappingProxyType({})) -> Survey:
    """Read `site` as a build would, and return what there is of it at the time `now`.

    `overrides` are config values by dotted key.
    """
    from blogq.build import Build, Request, parse_site
    from blogq.collect import real
    from blogq.config.load import load_config
    from blogq.render.theme import load_theme
    from blogq.sources import STORE, scan_sources
    from blogq.store.lock import exclusive
    from blogq.write import refused

    site = real(site)
    loaded = load_config(site, overrides)
    config = loaded.config
    theme, noticed = load_theme(site, config.theme, config.theme_options, loaded.origins)
    output = real(site / config.output)
    findings = [*loaded.findings, *noticed]
    run = Build(
        Request(site, now, overrides=overrides, keep_going=True),
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
    if config.publish == "gate":
        from blogq.holding import hold

        entries, held, _ = hold(entries, config, site, run.store, sources, cascade, now, origins=loaded.origins)
        findings += held
    found = surveyed(loaded, sources, cascade, entries, now)
    return found._replace(findings=in_order([*findings, *found.findings]))


def surveyed(loaded: Loaded, sources: Sources, cascade: Cascade, entries: list[Entry], now: int) -> Survey:
    """Return what there is of the sources that were parsed as `entries`, and what is wrong with them together."""
    from blogq.library.permalinks import quoted
    from blogq.plan.jobs import split_base

    config = loaded.config
    everything = [entry for entry in entries if not entry.flags & BROKEN]
    published, findings = assemble(everything, [], config, Choice(now), sources.shown, lambda entry, key: 0)
    statuses = [status_of(entry, now) for entry in entries]
    urls: dict[str, str] = {}
    sites = [published]
    if {*statuses} - {"live", "broken"}:
        # What isn't live is listed with the URL it will have.
        shown = [entry._replace(flags=entry.flags & ~(DRAFT | HELD), expiry=MISSING) for entry in everything]
        sites.insert(0, assemble(shown, [], config, Choice(now, True, True), sources.shown, lambda entry, key: 0)[0])
    for each in sites:
        urls |= zip([entry.path for entry in each.entries], each.urls, strict=True)
    prefix = split_base(config.base_url)[1]
    placed = {path: prefix + quoted(url) for path, url in urls.items()}
    rows = rows_of(entries, statuses, config, sources.shown, placed)
    return Survey(loaded, sources, cascade, entries, rows, in_order(findings), now)


def rows_of(
    entries: Sequence[Entry],
    statuses: Sequence[str],
    config: Config,
    shown: str,
    urls: Mapping[str, str] = MappingProxyType({}),
) -> list[Row]:
    """Return each source as a row; `urls` are those on the site, by path, as far as they are known."""
    folders, default = language_folders(config), config.language.lower()
    return [
        Row(
            shown + entry.path,
            urls.get(entry.path, ""),
            entry.title,
            moment(entry.date, entry.offset).isoformat() if entry.date != MISSING else "",
            "post" if entry.kind == "post" else "page",
            status,
            entry.language or read_name(entry.path, folders).language or default,
        )
        for entry, status in zip(entries, statuses, strict=True)
    ]
