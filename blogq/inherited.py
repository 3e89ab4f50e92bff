"""What sources take over from outside their own bytes: defaults of the folders above them, and dates from Git.

Both are found before anything is parsed. What was given to a source is part of what it is remembered by, so that a
source is read again when that has changed, and only then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from blogq.collect import LARGEST_SOURCE, Stat, Unreadable, read_file
from blogq.content.cascade import Cascade, cascade_of
from blogq.content.post import Dates, ParseOptions
from blogq.finding import Finding
from blogq.section_defaults import rules_of, section_texts
from blogq.sources import Sources
from blogq.store.digest import compose, digest


class Inherited(NamedTuple):
    """What is given to the sources of a build."""

    cascade: Cascade
    cascades: Mapping[str, str]
    """The defaults of each `_index.md` that has some, as JSON."""
    seen: Mapping[str, Stat]
    """Stat tuples of those that were read for them just now."""
    dates: Mapping[str, Dates]
    """When each source was committed; empty unless config says `dates: git`."""
    commit: str
    """The commit of which `dates` tells, or empty."""
    findings: tuple[Finding, ...]

    @property
    def kept(self) -> dict[str, Any]:
        """What is to be remembered, so that the next build can tell what has changed."""
        return {"cascades": dict(self.cascades), "commit": self.commit} if self.cascades or self.commit else {}


def source_digest(data: bytes, given: str) -> bytes:
    """Return what a source is remembered by: the digest of its bytes, and of what is `given` to it from outside."""
    return compose((digest(data),), given) if given else digest(data)


def given_to(path: str, cascade: Cascade, dates: Dates | None) -> str:
    """Return what tells one thing given to a source from another; empty where it is given nothing."""
    told = cascade.digest(path)
    return f"{told} {dates}" if dates else told


def inherit(
    sources: Sources,
    options: ParseOptions,
    paths: Sequence[str],
    todo: Sequence[int],
    kept: Mapping[str, Any],
    store: Path,
) -> Inherited:
    """Return what is given to the sources at `paths`, of which those at the places `todo` may have changed.

    `kept` is what the last build remembered, `store` the folder of the store.
    """
    before: Mapping[str, str] = kept.get("cascades", {})
    cascades: dict[str, str] = {}
    seen: dict[str, Stat] = {}
    sections = set(section_texts(paths))
    heads = [at for at, path in enumerate(paths) if path in sections]
    looked_at = set(todo) if heads else set()
    for at in heads:
        path = paths[at]
        rules = before.get(path, "")
        if at in looked_at:
            rules, seen[path] = read_rules(sources, options, path)
        if rules:
            cascades[path] = rules
    dates: Mapping[str, Dates] = {}
    commit = ""
    findings: tuple[Finding, ...] = ()
    if options.dates and sources.content.root:
        from blogq.history import read_history

        history, findings = read_history(Path(sources.content.root), store)
        dates, commit = history.dates, history.commit
    return Inherited(cascade_of(options.defaults, cascades, options.folders), cascades, seen, dates, commit, findings)


def read_rules(sources: Sources, options: ParseOptions, path: str) -> tuple[str, Stat]:
    """Return the defaults that the `_index.md` at `path` has for others, as JSON, and the file's stat tuple."""
    shown = sources.shown + path
    try:
        file = read_file(sources.content.root, path, shown, sources.bounds, LARGEST_SOURCE)
    except Unreadable:
        return "", (0, 0, 0, 0)
    return rules_of(file.data, path, shown, options), file.stat


def affected(
    inherited: Inherited, options: ParseOptions, paths: Sequence[str], kept: Mapping[str, Any], store: Path
) -> set[int]:
    """Return the places of the sources to which something else is given than in the last build."""
    changed: set[int] = set()
    before = cascade_of(options.defaults, kept.get("cascades", {}), options.folders)
    if before != inherited.cascade:
        changed = {at for at, path in enumerate(paths) if before.digest(path) != inherited.cascade.digest(path)}
    if kept.get("commit", "") != inherited.commit:
        from blogq.history import dates_at

        old = dates_at(store, kept.get("commit", ""))
        changed |= {at for at, path in enumerate(paths) if old is None or old.get(path) != inherited.dates.get(path)}
    return changed
