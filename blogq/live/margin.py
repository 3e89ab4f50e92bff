"""What the margin says of a post: its own rules at once, and whatever needs the whole blog as it was last told.

While the whole blog is judged anew, what was told of the last save stands; once the answer is of what is on disk, the
margin says what `blogq check` says.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from blogq.content.post import Entry
from blogq.finding import Finding, Severity, in_order
from blogq.live.judging import MOST, LiveGate, Own, leads
from blogq.live.known import LiveBaseline
from blogq.live.records import Shelf
from blogq.live.state import State
from blogq.live.verdicts import PostTold
from blogq.live.whole_gate import WholeGate
from blogq.preview.source import Judged

DEAD = "LK001"
"""Code of the leads of a build that rules of scope `site` tell as well; these know more, and come later."""


class Shown(NamedTuple):
    """A score as it was last shown."""

    source: bytes
    score: int | None
    before: int | None
    """The last score of another source."""
    quiet: frozenset[str] = frozenset()
    """Messages of leads that the rules don't tell, since they are silenced or known."""


class Margins:
    """What the margins of pages say. Safe to use from several threads."""

    def __init__(self, gate: LiveGate, whole: WholeGate, baseline: LiveBaseline) -> None:
        self.gate = gate
        self.whole = whole
        self._baseline = baseline
        self._lock = threading.Lock()
        self._shown: OrderedDict[str, Shown] = OrderedDict()

    def judge(self, state: State, shelf: Shelf, index: int, kind: str, now: int) -> Judged | None:
        """Return what there is to say of the live entry at `index`, the present being `now`; None for nothing."""
        site = state.arranged.plan.site
        entry = site.entries[index]
        own = self.gate.judge(state, entry, kind, site.languages[index], now)
        if own is None:
            return None
        found = leads(state, shelf, index)
        path = state.read.sources.shown + entry.path
        told = self.whole.want(path)
        current = self.whole.is_current(path)
        with self._lock:
            last = self._shown.get(entry.path)
            if told is not None and current and told.source == own.source.hex():
                findings, score, parts, known = self._settled(told, found)
                quiet = _messages(found) - {each.message for each in told.findings}
                asking = False
            else:
                quiet = last.quiet if last is not None else frozenset()
                findings, known = self._joined(state, entry, own, told, [f for f in found if f.message not in quiet])
                score, parts = with_originality(own, told)
                asking = self.whole.is_asking(path)
            before = None if last is None else last.before if last.source == own.source else last.score
            self._shown[entry.path] = Shown(own.source, score, before, quiet)
            self._shown.move_to_end(entry.path)
            if len(self._shown) > MOST:
                self._shown.popitem(last=False)
        said = self.whole.latest
        return Judged(score, before, tuple(findings), parts, known, asking, said.pace, said.blog, self.whole.problem)

    def score_of(self, entry: Entry) -> int | None:
        """Return the score that was last shown of `entry` as it is; None where there is none."""
        with self._lock:
            shown = self._shown.get(entry.path)
            return shown.score if shown is not None and shown.source == entry.source else None

    def _settled(
        self, told: PostTold, found: Sequence[Finding]
    ) -> tuple[list[Finding], int | None, Mapping[str, int], int]:
        """Return what `blogq check` says, and of the leads what it has no rule for."""
        others = [each for each in found if not self._has_rule(each)]
        return [*told.findings, *others], told.score, told.parts, sum(told.known.values())

    def _joined(
        self, state: State, entry: Entry, own: Own, told: PostTold | None, found: Sequence[Finding]
    ) -> tuple[list[Finding], int]:
        """Return what the post's own rules say now, and the others said last; and how many findings are known."""
        config, shown = state.read.loaded.config, state.read.sources.shown
        path = shown + entry.path
        new, known = self._baseline.split(config, path, own.findings, state.rows, shown)
        if self._baseline.is_there(config):
            new = [as_severe(each, self.gate.when_new) for each in new]
        if told is None:
            return [*in_order(new), *found], known.total()
        here = {each.message for each in found}
        new += [each for each in told.findings if each.code not in self.gate.codes and each.message not in here]
        count = known.total() + sum(many for code, many in told.known.items() if code not in self.gate.codes)
        return [*in_order(new), *found], count

    def _has_rule(self, lead: Finding) -> bool:
        return lead.code == DEAD and self.gate.knows_links


def _messages(found: Sequence[Finding]) -> frozenset[str]:
    return frozenset(each.message for each in found if each.code == DEAD)


def as_severe(finding: Finding, severities: Mapping[str, Severity]) -> Finding:
    """Return `finding` as severe as `severities` has it by code."""
    severity = severities.get(finding.code)
    return finding if severity is None else finding._replace(severity=severity)


def with_originality(own: Own, told: PostTold | None) -> tuple[int | None, Mapping[str, int]]:
    """Return the score of a post and its parts, with the originality that was last told."""
    from blogq.lint.score.originality import PART, share_of, with_share

    if told is None or own.score is None or PART not in told.parts:
        return own.score, own.parts
    return with_share(own.score, own.parts, share_of(told.parts[PART]))
