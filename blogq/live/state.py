"""A site as it stands in memory at one moment: what was read, how it is planned, and what is wrong with it.

A state is never changed; an edit makes another one, which shares whatever the edit doesn't touch.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from blogq.arrangement import Arrangement
from blogq.collect import Stat
from blogq.config.load import Loaded
from blogq.content.post import Entry, ParseOptions
from blogq.finding import Finding, from_json
from blogq.inherited import Inherited
from blogq.plan.jobs import CopyJob, RenderJob
from blogq.render.files import DATA, LOCALES, SHORTCODES, TEMPLATES, Found, Setup
from blogq.render.theme import Theme
from blogq.sources import Sources


class Read(NamedTuple):
    """Everything that was read."""

    loaded: Loaded
    theme: Theme
    options: ParseOptions
    key: bytes
    """Digest of all that parsing depends on."""
    output: Path
    """Folder that builds write to, and the preview leaves alone."""
    sources: Sources
    files: Mapping[str, tuple[Stat, bytes]]
    """Stat tuple and digest of every file but Markdown sources, by real path."""
    inherited: Inherited
    entries: list[Entry]
    """All sources in the order of their paths; in the place of a broken one what it last was when it wasn't."""
    stats: list[Stat]
    """Parallel to `entries`."""
    told: Mapping[str, tuple[Finding, ...]]
    """What parsing has found, by the path of the source."""
    findings: tuple[Finding, ...]
    """What is wrong with config, theme, folders and files."""


class State:
    """What was read, and the plan of it."""

    def __init__(self, read: Read, arranged: Arrangement, setup: Setup) -> None:
        self.read = read
        self.arranged = arranged
        self.setup = setup

    @cached_property
    def rows(self) -> dict[str, int]:
        """Place of each source among all of them, by path."""
        return {entry.path: row for row, entry in enumerate(self.read.entries)}

    @cached_property
    def jobs(self) -> dict[str, RenderJob]:
        """The jobs by URL."""
        return {job.url: job for job in self.arranged.plan.jobs}

    @cached_property
    def copies(self) -> dict[str, CopyJob]:
        """Files that are published as they are, by URL."""
        return {f"/{copy.path}": copy for copy in self.arranged.copies}

    @cached_property
    def serious(self) -> tuple[Finding, ...]:
        """All errors but those that rendering finds."""
        found = [*self.read.findings, *self.arranged.findings]
        data = tuple(each for each in self.setup.files.items() if each[0].startswith(DATA))
        found += _of_data(data) if data else ()
        found += self._of_texts
        found += [finding for each in self.read.told.values() for finding in each]
        return tuple(finding for finding in found if finding.severity == "error")

    @property
    def languages(self) -> tuple[str, ...]:
        """Tags of the languages that the site is in."""
        return tuple(each.language for each in self.arranged.plan.site.editions)

    @cached_property
    def _of_texts(self) -> tuple[Finding, ...]:
        texts = tuple(each for each in self.setup.files.items() if each[0].startswith(_TEXTS))
        return _of_texts(texts, self.languages)

    @cached_property
    def mild(self) -> tuple[Finding, ...]:
        """Warnings about menus, texts and comments, which no source can be blamed for and every page may show."""
        found = [each for each in self.arranged.findings if each.code in _OF_MENUS]
        found += [each for each in (*self.read.findings, *self.arranged.findings) if each.code.startswith("CM")]
        found += self._of_texts
        return tuple(finding for finding in found if finding.severity == "warning")


_OF_MENUS = ("LK001", "ST102")
"""What `check_menus` tells; nothing else that is found when a site is arranged has these codes."""
_TEXTS = (LOCALES, TEMPLATES, SHORTCODES)
"""What decides about texts: they themselves, and what asks for them."""


@lru_cache(maxsize=4)
def _of_texts(found: tuple[tuple[str, Found], ...], languages: tuple[str, ...]) -> tuple[Finding, ...]:
    """Return what is wrong with files of texts. Those that come with blogq are right, and need no look."""
    if not any(name.startswith(LOCALES) and not each.shown.startswith("<") for name, each in found):
        return ()
    from blogq.render.locales import check_locales

    return tuple(check_locales(dict(found), languages))


@lru_cache(maxsize=4)
def _of_data(found: tuple[tuple[str, Found], ...]) -> tuple[Finding, ...]:
    """Return what is wrong with data files."""
    from blogq.data import check_data

    return tuple(check_data(dict(found), {}, ())[0])


class Remembered:
    """The sources of a state in the guise of the memo of the last build, to find out what has changed since."""

    def __init__(self, read: Read) -> None:
        self.at = read.sources.at
        self.paths = [entry.path for entry in read.entries]
        self.stats = read.stats
        self.given: Mapping[str, Any] = read.inherited.kept
        self._entries = read.entries

    def entries(self) -> list[Entry]:
        """Return all sources, parallel to `paths`."""
        return self._entries

    def entry(self, at: int) -> Entry:
        """Return one of them."""
        return self._entries[at]

    def newest_segment(self) -> str:
        """Return an empty string: nothing is appended to."""
        return ""


def told_of(entries: Sequence[Entry]) -> dict[str, tuple[Finding, ...]]:
    """Return what parsing has found in `entries`, by path."""
    return {entry.path: tuple(from_json(entry.findings)) for entry in entries if entry.findings}
