"""Findings that an author silences, with a reason: by a comment for the next block, in front matter for the post.

    <!-- blogq: ignore RD003, RD004 until 2027-01-31 because the contract has to be quoted whole -->

    gate:
      ignore:
        - rules: LN002
          because: it only announces the meeting

A suppression without a reason silences nothing, and one that silences nothing is itself a finding: code SU001.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from blogq.finding import Finding, Span
from blogq.lint.day import day_of, is_day
from blogq.lint.registry import MODULES
from blogq.lint.subject import Subject
from blogq.pattern import Pattern

CODE = "SU001"
_COMMENT = Pattern(r"\s*<!--\s*blogq:\s*(.*?)\s*-->\s*")
_SAID = Pattern(r"ignore\s+(.+?)(?:\s+until\s+(\S+))?\s+because\s+(\S.*)", re.DOTALL)
_PARAGRAPHS = ("paragraph", "contents", "names", "caption")
"""Kinds of passages that stand for themselves, whether they are prose or not."""
_HINT = "write <!-- blogq: ignore RD003 because … -->, with the reason; `until 2027-01-31` before `because` ends it"


class Suppression(NamedTuple):
    """What an author silences."""

    codes: tuple[str, ...]
    first: int
    """Lines of the file that it is for, from 1; 0 and 0 for the whole post."""
    last: int
    until: str
    """Day from which it no longer counts, YYYY-MM-DD; empty for never."""
    because: str
    line: int
    """Where it stands; 0 where the post takes it over from its folder."""

    def silences(self, finding: Finding, day: str) -> bool:
        """Return whether it silences `finding` on `day`."""
        return (
            finding.code in self.codes
            and (not self.first or self.first <= finding.span.line <= self.last)
            and (not self.until or day < self.until)
        )


def suppressions(post: Subject) -> tuple[tuple[Suppression, ...], tuple[Finding, ...]]:
    """Return what `post` silences, and what is wrong with how it says so."""
    found: list[Suppression] = []
    findings: list[Finding] = []
    own = [each for each in post.passages if not (each.listed or each.quoted or each.note)]
    paragraphs = [each.line for each in own if each.kind in _PARAGRAPHS]
    starts = sorted({*paragraphs, *(block.line for block in post.blocks)})
    for number, line in enumerate(post.lines[post.body_line - 1 :], post.body_line):
        if "blogq:" not in line or not (comment := _COMMENT.fullmatch(line)) or number not in starts:
            continue
        after = [start for start in starts if start > number]
        first = after[0] if after else 0
        last = after[1] - 1 if len(after) > 1 else len(post.lines)
        said = _SAID.fullmatch(comment[1])
        wrong = "" if said else "it gives no rule or no reason"
        if said and not first:
            wrong = "nothing follows it"
        _take(post, found, findings, (said and said.groups()) or ("", None, ""), (first, last), number, wrong)
    given = post.extra.get("gate")
    entries = given.get("ignore") if isinstance(given, Mapping) else None
    # Where it isn't the post's own, its folder says it for all posts.
    where = next((at for at, text in enumerate(post.lines[: post.body_line], 1) if text.startswith("gate:")), 0)
    for entry in entries if isinstance(entries, list) else []:
        said_there = entry if isinstance(entry, Mapping) else {}
        rules, because = said_there.get("rules", ""), str(said_there.get("because") or "").strip()
        codes = ", ".join(map(str, rules)) if isinstance(rules, list) else str(rules)
        wrong = "" if codes and because else "it gives no rule or no reason"
        _take(post, found, findings, (codes, said_there.get("until"), because), (0, 0), where, wrong)
    return tuple(found), tuple(findings)


def _take(
    post: Subject,
    found: list[Suppression],
    findings: list[Finding],
    said: Sequence[Any],
    lines: tuple[int, int],
    line: int,
    wrong: str,
) -> None:
    names, until, because = str(said[0]), str(said[1] or ""), str(said[2])
    codes = tuple(code for code in re.split(r"[\s,]+", names) if code)
    unknown = next((code for code in codes if code not in MODULES), "")
    if not wrong and unknown:
        wrong = f"there is no rule {unknown}"
    if not wrong and until and not is_day(until):
        wrong = f"{until} is no day"
    if wrong:
        message = f"this silences nothing: {wrong}"
        findings.append(
            post.finding(
                CODE,
                "warning",
                post.at(line, 1, len(post.lines[line - 1].rstrip())) if line else post.at(0),
                message,
                _HINT,
                f"silence {names}",
            )
        )
        return
    found.append(Suppression(codes, *lines, until, because, line))


def silenced(
    path: str, findings: Iterable[Finding], said: Sequence[Suppression], now: int, applied: Iterable[str]
) -> tuple[list[Finding], int]:
    """Return the `findings` in the source at `path` that stay, and how many don't.

    A suppression of the post's own that silences nothing is a finding itself, as long as its rules, and this one, are
    among the codes `applied`.
    """
    day = day_of(now)
    used: set[int] = set()
    kept: list[Finding] = []
    count = 0
    for finding in findings:
        by = [at for at, each in enumerate(said) if each.silences(finding, day)]
        used.update(by)
        if by:
            count += 1
        else:
            kept.append(finding)
    on = frozenset(applied)
    for at, each in enumerate(said):
        if at in used or not each.line or not on.issuperset((CODE, *each.codes)):
            continue
        ended = bool(each.until) and day >= each.until
        codes = ", ".join(each.codes)
        message = f"silencing {codes} ended on {each.until}" if ended else f"there is no {codes} here to be silenced"
        kept.append(
            Finding(CODE, "note", Span(path, each.line), message, "take it out", "", f"silence {codes} {each.because}")
        )
    return kept, count
