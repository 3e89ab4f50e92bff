"""The figures as people read them: a table in the terminal, a page in Markdown, and raw runs in JSON."""

from __future__ import annotations

import json
import os
import platform
import statistics
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from generators import Generator
from jobs import TITLES, Comparison, Scale, medians
from process import Usage

MIB = 2**20
Table = list[tuple[str, ...]]


class Figure(NamedTuple):
    """One of the things that a run is measured by."""

    title: str
    value: Callable[[Usage], float]
    shown: Callable[[float], str]


def seconds(value: float) -> str:
    """Return `value` seconds with three significant digits, and never more than milliseconds."""
    digits = 3 if value < 1 else 2 if value < 10 else 1
    return f"{value:.{digits}f} s"


def mebibytes(value: float) -> str:
    """Return `value` bytes in MiB."""
    return f"{value / MIB:.0f} MiB"


def _ratio(value: float) -> str:
    return f"{value:.2f}" if value >= 1 else f"{value:.3f}"


FIGURES = (
    Figure("wall", lambda usage: usage.wall, seconds),
    Figure("CPU", lambda usage: usage.cpu, seconds),
    Figure("peak memory, all processes", lambda usage: usage.memory, mebibytes),
    Figure("peak memory, largest process", lambda usage: usage.largest, mebibytes),
)

METHOD = """\
Whole processes, started from nothing and measured from outside, in pairs that take turns at going first;
figures are medians. A ratio is worked out within each pair, so that a slow minute of the machine strikes both
sides: below 1, {subject} needs less. In brackets: the least and the greatest ratio. CPU is user and system
time of all processes. Memory of all processes together is the highest sum of proportional set sizes (a page
shared by n processes counts 1/n for each), that of the largest process its highest resident size. Cold builds
start from a fresh copy of the site, with no output and no cache, but with the sources in the system's page
cache; the other jobs rebuild a site in place. After each run every post's page, the feed and the edit were
looked for in the output; a run that lacks any of them stops the benchmark.
"""

GROWING = """\
The last column is CPU per post, divided by that at the smallest size: 1 means that cost grows in proportion
to the number of posts, less than 1 that it grows more slowly.
"""


def machine() -> dict[str, Any]:
    """Return what there is to know about this machine, without its name or any of its paths."""
    return {
        "cores": len(os.sched_getaffinity(0)),
        "processor": _first("/proc/cpuinfo", "model name") or platform.machine(),
        "memory_bytes": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
        "system": f"{platform.system()} {platform.release().partition('-')[0]}",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "load_at_start": round(os.getloadavg()[0], 2),
    }


def comparison_table(found: list[Comparison]) -> Table:
    """Return a heading row and a row for each figure of each comparison."""
    subject = found[0].subject.name
    rows: Table = [("posts", "job", "figure", subject, "peer", "its figure", "ratio", "(least–greatest)")]
    for entry in found:
        ours = medians(tuple(pair[0] for pair in entry.pairs))
        theirs = medians(tuple(pair[1] for pair in entry.pairs))
        for number, figure in enumerate(FIGURES):
            ratios = [figure.value(a) / figure.value(b) for a, b in entry.pairs if figure.value(b)]
            head = (f"{entry.posts:,}", TITLES[entry.job]) if number == 0 else ("", "")
            rows.append(
                (
                    *head,
                    figure.title,
                    figure.shown(figure.value(ours)),
                    entry.peer.name if number == 0 else "",
                    figure.shown(figure.value(theirs)),
                    _ratio(statistics.median(ratios)) if ratios else "–",
                    f"({_ratio(min(ratios))}–{_ratio(max(ratios))})" if ratios else "",
                )
            )
    return rows


def output_table(found: list[Comparison]) -> Table:
    """Return what each generator made of each size: how alike the work was."""
    rows: Table = [("posts", "generator", "files", "together")]
    for entry in found:
        for made, output in zip((entry.subject, entry.peer), entry.made, strict=True):
            row = (f"{entry.posts:,}", made.name, f"{output.files:,}", mebibytes(output.size))
            if entry.job == "cold" and row not in rows:
                rows.append(row)
    return rows


def scale_table(found: list[Scale]) -> Table:
    """Return a row for each size of each job, with what a post costs."""
    rows: Table = [("job", "posts", "wall", "CPU", "memory", "wall per post", "CPU per post", "to the smallest")]
    smallest: dict[str, float] = {}
    for entry in sorted(found, key=lambda entry: (list(TITLES).index(entry.job), entry.posts)):
        usage = medians(entry.usages)
        per_post = usage.cpu / entry.posts
        beside = per_post / smallest.setdefault(entry.job, per_post)
        rows.append(
            (
                TITLES[entry.job],
                f"{entry.posts:,}",
                seconds(usage.wall),
                seconds(usage.cpu),
                mebibytes(usage.memory),
                f"{1e6 * usage.wall / entry.posts:,.0f} µs",
                f"{1e6 * per_post:,.0f} µs",
                f"× {beside:.2f}",
            )
        )
    return rows


def text(table: Table) -> str:
    """Return `table` in aligned columns for a terminal."""
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in table]
    return "\n".join(line.rstrip() for line in (lines[0], "-" * len(lines[0]), *lines[1:]))


def page(found: list[Comparison], scales: list[Scale], rounds: int, about: dict[str, Any]) -> str:
    """Return everything as a page of Markdown."""
    subject = found[0].subject if found else scales[0].generator
    parts = ["# Benchmarks", METHOD.format(subject=subject.name), _about(about, rounds)]
    parts.append(_versions(found, scales))
    if found:
        parts += ["## Beside its peers", markdown(comparison_table(found))]
        if len(made := output_table(found)) > 1:
            parts += ["What a cold build leaves, for how alike the work was:", markdown(made)]
    if scales:
        parts += ["## Growing", GROWING, markdown(scale_table(scales))]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def as_json(found: list[Comparison], scales: list[Scale], rounds: int, about: dict[str, Any]) -> str:
    """Return every single run: seconds and bytes."""
    return json.dumps(
        {
            "machine": about,
            "rounds": rounds,
            "versions": {made.name: dict(made.versions) for made in _generators(found, scales)},
            "comparisons": [
                {
                    "job": entry.job,
                    "posts": entry.posts,
                    "subject": entry.subject.name,
                    "peer": entry.peer.name,
                    "pairs": [[a._asdict(), b._asdict()] for a, b in entry.pairs],
                    "files": [output.files for output in entry.made],
                    "bytes": [output.size for output in entry.made],
                }
                for entry in found
            ],
            "scaling": [
                {
                    "job": entry.job,
                    "posts": entry.posts,
                    "generator": entry.generator.name,
                    "runs": [usage._asdict() for usage in entry.usages],
                }
                for entry in scales
            ],
        },
        indent=1,
    )


def _generators(found: list[Comparison], scales: list[Scale]) -> list[Generator]:
    all_of_them = [made for entry in found for made in (entry.subject, entry.peer)]
    all_of_them += [entry.generator for entry in scales]
    return list({made.name: made for made in all_of_them}.values())


def _versions(found: list[Comparison], scales: list[Scale]) -> str:
    return "\n".join(
        f"- {made.name}: " + ", ".join(f"{name} {version}" for name, version in made.versions)
        for made in _generators(found, scales)
    )


def _about(about: dict[str, Any], rounds: int) -> str:
    return (
        f"Machine: {about['cores']} cores ({about['processor']}), {about['memory_bytes'] / 2**30:.0f} GiB,"
        f" {about['system']}, {about['python']}, load {about['load_at_start']} at the start."
        f" Rounds: {rounds}."
    )


def markdown(table: Table) -> str:
    """Return `table` in Markdown."""
    lines = ["| " + " | ".join(row) + " |" for row in table]
    return "\n".join((lines[0], "|" + "---|" * len(table[0]), *lines[1:]))


def _first(path: str, key: str) -> str:
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(key)), "")
