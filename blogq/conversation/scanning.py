"""The files in which comments are kept, listed; nothing is read yet."""

from __future__ import annotations

import os
from pathlib import Path

from blogq.collect import Scan, real, scan, stat_of
from blogq.config.schema import Config
from blogq.conversation.readers import ENDINGS
from blogq.finding import Finding, Span

PUBLISHED = ("static", "assets")
"""Folders of a site whose files are published as they are."""
BESIDE = "-wal"
"""What the name of a file ends in that SQLite keeps beside a database, with what was written to it last."""


def scan_comments(site: Path, config: Config) -> tuple[tuple[Scan, ...], tuple[Finding, ...]]:
    """Return the files of each source of comments, in the order of config, and what isn't there."""
    found, findings = [], []
    for source in config.comment_sources:
        place = real(site / source.path)
        if any(place.is_relative_to(real(site / folder)) for folder in PUBLISHED):
            message = "comments lie in a folder that is published as it is, e-mail addresses and all"
            findings.append(Finding("CM104", "error", Span(source.path), message, "Move them out of it."))
        listing = _listed(place, source.path)
        if not listing.root:
            hint = "Check `comments` in blogq.yaml; until it is there, the site has no comments from it."
            findings.append(Finding("CM101", "warning", Span(source.path), "there is no such file or folder", hint))
        findings += [each._replace(severity="warning", code="CM101") for each in listing.findings]
        found.append(listing)
    return tuple(found), tuple(findings)


def _listed(place: Path, shown: str) -> Scan:
    if place.is_dir():
        return scan(place, shown, (str(place),), _is_wanted)
    paths, stats = [], []
    for name in (place.name, place.name + BESIDE):
        try:
            state = os.stat(place.with_name(name))
        except OSError:
            continue
        if os.path.isfile(place.with_name(name)):
            paths.append(name)
            stats.append(stat_of(state))
    return Scan(str(place.parent), paths, stats, ()) if paths[:1] == [place.name] else Scan("", [], [], ())


def _is_wanted(path: str, is_folder: bool) -> bool:
    name = path.rpartition("/")[2]
    if name.startswith(".") or name.endswith("~"):
        return False
    return is_folder or name.removesuffix(BESIDE).rpartition(".")[2].lower() in ENDINGS


def bounds_of(scans: tuple[Scan, ...]) -> tuple[str, ...]:
    """Return the folders that files of comments lie in."""
    return tuple(each.root for each in scans if each.root)


def ignored_in(site: Path, content: Path, config: Config) -> tuple[str, ...]:
    """Return patterns of what lies in the content folder and is no content: comments, lest they be published raw."""
    patterns: list[str] = []
    for source in config.comment_sources:
        place = real(site / source.path)
        if place.is_relative_to(content) and place != content:
            path = place.relative_to(content).as_posix()
            patterns += [path, f"{path}/**", f"{path}{BESIDE}"]
    return tuple(patterns)
