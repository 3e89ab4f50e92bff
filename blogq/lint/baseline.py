"""The baseline: findings that were there when a blog began to be judged, and aren't told again.

    blogq check --write-baseline

What is known is kept by rule and by what a finding is about, never by line, so that edits elsewhere in a post change
nothing; it shrinks as findings are mended. Posts that were renamed take theirs along. A finding about the blog as a
whole is known until it has cleared, whichever post it stands at.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from blogq.config.schema import Config
from blogq.finding import Finding

NAME = "blogq-baseline.json"
"""Name of the baseline in a site's folder, which counts without being named."""
SCHEMA = "blogq-baseline/1"
LARGEST = 1 << 28
"""Bytes beyond which a baseline isn't read."""

Known = tuple[str, str, str]
"""A path, or nothing for the blog as a whole; a code; what the finding is about."""


class Unusable(Exception):
    """A file can't be used as a baseline; the message says why and what to do."""


class Baseline(NamedTuple):
    """Findings that are known, and how many of each there are."""

    counts: Mapping[Known, int]

    def without(self, codes: Iterable[str]) -> Baseline:
        """Return what is known of rules other than `codes`."""
        dropped = frozenset(codes)
        return Baseline({known: count for known, count in self.counts.items() if known[1] not in dropped})


class Sorted(NamedTuple):
    """Findings, sorted by a baseline."""

    new: list[Finding]
    known: list[Finding]
    left: Baseline
    """What of the baseline still holds."""


def key_of(finding: Finding, whole: frozenset[str]) -> Known:
    """Return what a finding is known by; rules `whole` are about the blog as a whole."""
    return ("" if finding.code in whole else finding.span.path, finding.code, finding.subject)


def baseline_of(findings: Iterable[Finding], whole: frozenset[str]) -> Baseline:
    """Return the baseline that knows `findings`."""
    return Baseline(Counter(key_of(finding, whole) for finding in findings))


def sort_by(
    baseline: Baseline,
    findings: Sequence[Finding],
    paths: frozenset[str],
    applied: frozenset[str],
    whole: frozenset[str],
) -> Sorted:
    """Return which of `findings` are new and which are known, and what is left of the baseline.

    `paths` are those of all sources: what is known of others goes with whatever post has it now. `applied` are the
    codes of the rules that were asked; what is known of others stays known.
    """
    open_counts = Counter(baseline.counts)
    strays: dict[tuple[str, str], list[Known]] = {}
    for known in sorted(baseline.counts):
        if known[0] and known[0] not in paths:
            strays.setdefault(known[1:], []).append(known)
    held: Counter[Known] = Counter()
    new: list[Finding] = []
    old: list[Finding] = []
    unsure: list[Finding] = []
    for finding in findings:
        key = key_of(finding, whole)
        if open_counts[key] > 0:
            open_counts[key] -= 1
            held[key] += 1
            old.append(finding)
        else:
            unsure.append(finding)
    for finding in unsure:
        key = key_of(finding, whole)
        moved = next((known for known in strays.get(key[1:], ()) if open_counts[known] > 0), None)
        if moved is None:
            new.append(finding)
        else:
            open_counts[moved] -= 1
            held[key] += 1
            old.append(finding)
    for known, count in open_counts.items():
        if count > 0 and known[1] not in applied:
            held[known] += count
    return Sorted(new, old, Baseline(dict(held)))


def baseline_file(site: Path, config: Config) -> Path:
    """Return where the baseline of `site` is, or would be."""
    return site / (config.check.baseline or NAME)


def baseline_of_site(site: Path, config: Config) -> Baseline | None:
    """Return the baseline of `site`, None where it has none; raise `Unusable` where it can't be used."""
    file = baseline_file(site, config)
    return load_baseline(file) if config.check.baseline or file.exists() else None


def load_baseline(path: Path) -> Baseline:
    """Return the baseline in a file; raise `Unusable` when there is none in it."""
    try:
        if path.stat().st_size > LARGEST:
            raise Unusable(f"{path} is too large for a baseline")
        told = json.loads(path.read_bytes())
    except OSError as error:
        hint = "; `blogq check --write-baseline` makes one" if isinstance(error, FileNotFoundError) else ""
        raise Unusable(f"{path} can't be read: {error.strerror}{hint}") from error
    except (ValueError, RecursionError) as error:
        again = "take it from Git, or make it anew with --write-baseline"
        raise Unusable(f"{path} is damaged: {error}; {again}") from error
    if not isinstance(told, dict) or not str(told.get("schema", "")).startswith("blogq-baseline/"):
        raise Unusable(f"{path} is no baseline; `blogq check --write-baseline` makes one")
    if told["schema"] != SCHEMA:
        raise Unusable(f"{path} has the schema {told['schema']}, and this blogq knows {SCHEMA}")
    counts: dict[Known, int] = {}
    try:
        for place, codes in told["findings"].items():
            for code, subjects in codes.items():
                for subject, count in subjects.items():
                    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
                        raise Unusable(f"{path} is damaged: {place}, {code}: {count!r} is no count")
                    counts[place, code, subject] = count
    except (KeyError, AttributeError) as error:
        raise Unusable(f"{path} is damaged: it has no findings by path and code") from error
    return Baseline(counts)


def save_baseline(path: Path, baseline: Baseline) -> None:
    """Write a baseline to a file, in the order that makes for the least difference; raise OSError as files do."""
    findings: dict[str, dict[str, dict[str, int]]] = {}
    for (place, code, subject), count in sorted(baseline.counts.items()):
        if count:
            findings.setdefault(place, {}).setdefault(code, {})[subject] = count
    text = json.dumps({"schema": SCHEMA, "findings": findings}, indent=1, ensure_ascii=False)
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        beside.write_text(text + "\n", encoding="utf-8", errors="replace", newline="\n")
        os.replace(beside, path)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
