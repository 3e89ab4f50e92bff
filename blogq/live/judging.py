"""The gate for one page: what its rules say of the post that is looked at, and the score, as soon as it is saved.

Rules about the blog as a whole and about other texts are `blogq check`'s: they need more than the post itself.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

from blogq.content.post import Entry
from blogq.live.records import Shelf
from blogq.live.state import State
from blogq.preview.source import Judged

if TYPE_CHECKING:
    from blogq.finding import Finding
    from blogq.judging import Task
    from blogq.lint.selection import Selected

MOST = 512
"""Posts whose last scores are known."""


class LiveGate:
    """Judges posts one by one, and knows how they were judged before. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._for: object = None
        self._task: Task | None = None
        self._reader: object = None
        self._selected: list[Selected] = []
        self._last: OrderedDict[str, tuple[bytes, Judged]] = OrderedDict()

    def judge(self, state: State, entry: Entry, kind: str, language: str, now: int) -> Judged | None:
        """Return what the gate says of `entry`, the present being `now`; None where it can't be judged.

        While the source is broken, that is what was said of it last.
        """
        with self._lock:
            if not self._prepare(state):
                return None
            last = self._last.get(entry.path)
            if last is not None and last[0] == entry.source:
                return last[1]
            told = state.read.told.get(entry.path, ())
            if any(finding.severity == "error" for finding in told):
                return last[1] if last is not None else None
            found = self._judged(state, entry, kind, language, now)
            if found is None:
                return None
            score, findings = found
            before = last[1].score if last is not None else None
            judged = Judged(score, before, findings)
            self._last[entry.path] = (entry.source, judged)
            self._last.move_to_end(entry.path)
            if len(self._last) > MOST:
                self._last.popitem(last=False)
            return judged

    def _judged(
        self, state: State, entry: Entry, kind: str, language: str, now: int
    ) -> tuple[int | None, tuple[Finding, ...]] | None:
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
            codes = frozenset(each.rule.code for each in self._selected)
            findings, _ = silenced(shown + entry.path, findings, judgement.brief.suppressions, now, codes)
        silence = state.read.loaded.config.check.silence
        if silence:
            silences = Silences(silence, shown, now)
            findings = [finding for finding in findings if not silences.silences(finding)]
        return judgement.brief.score, tuple(in_order(findings))

    def _prepare(self, state: State) -> bool:
        """Load the rules that config has on; return whether there are some, and nothing is wrong with their options."""
        from blogq.judging import Task
        from blogq.lint.mistakes import config_mistakes
        from blogq.lint.reader import SubjectReader
        from blogq.lint.selection import select

        read = state.read
        config, sources = read.loaded.config, read.sources
        key = (config, read.options, sources.content.root, read.inherited.cascade)
        if self._for != key:
            if config_mistakes(config, read.loaded.origins):
                return False
            check = config.check
            chosen = select(check.select, check.ignore, check.rules, config.style)
            self._selected = [each for each in chosen if each.rule.scope == "post" and not each.rule.network]
            self._task = Task(
                *(read.options, config.author, (), sources.content.root, sources.shown, sources.bounds),
                read.inherited.cascade,
            )
            self._reader = SubjectReader(read.options, config.author)
            self._last.clear()
            self._for = key
        return bool(self._selected)


def leads(state: State, shelf: Shelf, index: int) -> list[Finding]:
    """Return what is wrong with links, images and shortcodes of the live entry at `index`, as a build tells it."""
    from blogq.call_check import check_calls
    from blogq.link_check import check_links

    site, shown = state.arranged.plan.site, state.read.sources.shown
    read = shelf.reader(site.entries)
    found = check_links(site, state.arranged.targets, shown, read, [index])
    alone = site._replace(entries=(site.entries[index],))
    return found + check_calls(alone, state.setup.files, shown, lambda _: read(index))
