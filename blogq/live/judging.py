"""The gate for one page: what its rules say of the post that is looked at, and the score, as soon as it is saved.

These are the rules of scope `post`. What needs the whole blog is told by `whole_gate.py`, and joined in `margin.py`.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from blogq.content.post import Entry
from blogq.live.records import Shelf
from blogq.live.state import State
from blogq.live.word_caches import WordCaches

if TYPE_CHECKING:
    from blogq.finding import Finding, Severity
    from blogq.judging import Task
    from blogq.lint.selection import Selected

MOST = 512
"""Posts whose last judgements are known."""


class Own(NamedTuple):
    """What a post's own rules say of it."""

    source: bytes
    """Digest of what was judged."""
    score: int | None
    """Without originality."""
    parts: Mapping[str, int]
    findings: tuple[Finding, ...]
    """Without those that are silenced."""


class LiveGate:
    """Judges posts one by one, and knows how they were judged before. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._for: object = None
        self._task: Task | None = None
        self._reader: object = None
        self._selected: list[Selected] = []
        self._is_any = False
        self._last: OrderedDict[str, Own] = OrderedDict()
        self._caches = WordCaches()
        self.codes: frozenset[str] = frozenset()
        """Rules that are asked here."""
        self.knows_links = False
        """Whether all rules of scope `site` are on, which know of every dead link and image."""
        self.when_new: Mapping[str, Severity] = {}
        """How severe findings of some rules are where there is a baseline that doesn't know them, by code."""

    def judge(self, state: State, entry: Entry, kind: str, language: str, now: int) -> Own | None:
        """Return what the gate says of `entry`, the present being `now`; None where it can't be judged.

        While the source is broken, that is what was said of it last.
        """
        with self._lock:
            if not self._prepare(state):
                return None
            last = self._last.get(entry.path)
            if last is not None and last.source == entry.source:
                return last
            told = state.read.told.get(entry.path, ())
            if any(finding.severity == "error" for finding in told):
                return last
            own = self._judged(state, entry, kind, language, now)
            if own is None:
                return None
            self._last[entry.path] = own
            self._last.move_to_end(entry.path)
            if len(self._last) > MOST:
                self._last.popitem(last=False)
            self._caches.used()
            return own

    def _judged(self, state: State, entry: Entry, kind: str, language: str, now: int) -> Own | None:
        from blogq.finding import in_order
        from blogq.judging import Item, read_subject
        from blogq.lint.judge import judge
        from blogq.lint.silence import Silences
        from blogq.lint.suppression import silenced

        assert self._task is not None
        subject = read_subject(self._reader, self._task, Item(entry.path, kind, language, entry.source))
        if subject is None:
            return None
        judgement = judge(subject, self._selected)
        findings = list(judgement.findings)
        shown = state.read.sources.shown
        if judgement.brief.suppressions:
            findings, _ = silenced(shown + entry.path, findings, judgement.brief.suppressions, now, self.codes)
        silence = state.read.loaded.config.check.silence
        if silence:
            silences = Silences(silence, shown, now)
            findings = [finding for finding in findings if not silences.silences(finding)]
        return Own(entry.source, judgement.brief.score, judgement.brief.parts, tuple(in_order(findings)))

    def _prepare(self, state: State) -> bool:
        """Load the rules that config has on; return whether there are some, and nothing is wrong with their options."""
        from blogq.judging import Task
        from blogq.lint.mistakes import config_mistakes
        from blogq.lint.reader import SubjectReader
        from blogq.lint.registry import MODULES, rule
        from blogq.lint.selection import select

        read = state.read
        config, sources = read.loaded.config, read.sources
        key = (config, read.options, sources.content.root, read.inherited.cascade)
        if self._for != key:
            if config_mistakes(config, read.loaded.origins):
                return False
            check = config.check
            chosen = select(check.select, check.ignore, check.rules, config.style)
            chosen = [each for each in chosen if not each.rule.network]
            on = {each.rule.code for each in chosen}
            self._is_any = bool(on)
            self.knows_links = all(rule(code).scope != "site" or rule(code).network or code in on for code in MODULES)
            self._selected = [each for each in chosen if each.rule.scope == "post"]
            self.codes = frozenset(each.rule.code for each in self._selected)
            self.when_new = {
                each.rule.code: each.rule.when_new for each in chosen if each.rule.when_new and each.severity is None
            }
            self._task = Task(
                *(read.options, config.author, (), sources.content.root, sources.shown, sources.bounds),
                read.inherited.cascade,
            )
            self._reader = SubjectReader(read.options, config.author)
            self._last.clear()
            self._for = key
        return self._is_any


def leads(state: State, shelf: Shelf, index: int) -> list[Finding]:
    """Return what is wrong with links, images and shortcodes of the live entry at `index`, as a build tells it."""
    from blogq.call_check import check_calls
    from blogq.link_check import check_links

    site, shown = state.arranged.plan.site, state.read.sources.shown
    read = shelf.reader(site.entries)
    found = check_links(site, state.arranged.targets, shown, read, [index])
    alone = site._replace(entries=(site.entries[index],))
    return found + check_calls(alone, state.setup.files, shown, lambda _: read(index))
