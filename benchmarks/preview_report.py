"""The figures of previews as people read them: tables in Markdown, and every single one in JSON."""

from __future__ import annotations

import json
import statistics
from typing import Any, NamedTuple

from report import Table, markdown

METHOD = """\
All previews serve the same posts, one after the other on the same machine, in one run; they run as their manuals tell
writers to, with live reload. *First page*: from the command to the first answer that has the whole page of a post;
cold starts are from a fresh copy of the site, warm ones from a store that an earlier preview has filled. *Painted*:
from just before the file is put in place to the first task after the frame with the new text, in Chromium. *Margin*:
until the findings of the new text are beside it, gate on. *Right*: from the last file written to the moment when the
page on screen, some that nobody has opened, and the list on the first page all show the other branch. Factors are
medians, divided by blogq's: above 1, blogq needs less.
"""


class Start(NamedTuple):
    """How long a preview takes to its first page."""

    name: str
    posts: int
    warm: bool
    seconds: list[float]


class Saves(NamedTuple):
    """How long saves took to be seen."""

    name: str
    posts: int
    waits: list[float]
    """Milliseconds until the text was painted."""
    margins: list[float]
    """Milliseconds until the margin spoke of it; empty for those that have none."""
    loads: int
    """How often the page was loaded again."""
    lost: int
    """Saves that never came to be seen."""
    memory: float
    """MiB of all processes of the server, afterwards."""
    load: float
    """Of the machine, as processes of the last minute."""


class Switch(NamedTuple):
    """How long it takes until many changed posts are right."""

    name: str
    posts: int
    changed: int
    seconds: list[float]
    wrong: int
    """Pages that weren't right by then, of all that had changed."""
    load: float


class Found(NamedTuple):
    """Everything that was measured."""

    about: dict[str, Any]
    versions: dict[str, dict[str, str]]
    starts: list[Start]
    saves: list[Saves]
    switches: list[Switch]
    left_out: list[str]


def percentile(values: list[float], percent: int) -> float:
    """Return the value below which so many of a hundred lie; of fewer than two, the greatest."""
    if len(values) < 2:
        return max(values, default=float("nan"))
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def line(saves: Saves) -> str:
    """Return saves in one line."""
    margin = f", margin {percentile(saves.margins, 50):.0f} ms" if saves.margins else ""
    p50, p95 = (percentile(saves.waits, at) for at in (50, 95))
    told = f"{saves.posts} posts, {saves.name}: {len(saves.waits)} saves painted after {p50:.0f} ms"
    return f"{told}, 95 of 100 within {p95:.0f} ms{margin}; loaded again {saves.loads}, lost {saves.lost}"


def line_of_switch(switch: Switch) -> str:
    """Return a switch in one line."""
    times = ", ".join(f"{each:.2f}" for each in switch.seconds)
    return (
        f"{switch.posts} posts, {switch.name}: {switch.changed} changed are right after {times} s, {switch.wrong} wrong"
    )


def _factor(value: float, own: float | None) -> str:
    return f"× {value / own:.1f}" if own else ""


def starts_table(starts: list[Start]) -> Table:
    """Return a row for each kind of start."""
    rows: Table = [("posts", "preview", "first page", "(least–greatest)", "runs", "to blogq, warm", "to blogq, cold")]
    own = {(each.posts, each.warm): statistics.median(each.seconds) for each in starts if each.name == "blogq"}
    for each in starts:
        median = statistics.median(each.seconds)
        rows.append(
            (
                f"{each.posts:,}",
                each.name + (", warm" if each.warm else ", cold"),
                f"{median:.2f} s",
                f"({min(each.seconds):.2f}–{max(each.seconds):.2f})",
                str(len(each.seconds)),
                _factor(median, own.get((each.posts, True))),
                _factor(median, own.get((each.posts, False))),
            )
        )
    return rows


def saves_table(saves: list[Saves]) -> Table:
    """Return a row for each preview and size."""
    heads = ("posts", "preview", "saves", "painted, median", "95 of 100", "most", "margin, median", "95 of 100")
    rows: Table = [(*heads, "loaded again", "lost", "memory", "load", "to blogq")]
    own = {each.posts: percentile(each.waits, 50) for each in saves if each.name == "blogq"}
    for each in saves:
        median = percentile(each.waits, 50)
        rows.append(
            (
                *(f"{each.posts:,}", each.name, str(len(each.waits)), f"{median:.0f} ms"),
                *(f"{percentile(each.waits, 95):.0f} ms", f"{max(each.waits, default=0):.0f} ms"),
                *([f"{percentile(each.margins, at):.0f} ms" for at in (50, 95)] if each.margins else ["–", "–"]),
                *(str(each.loads), str(each.lost), f"{each.memory:.0f} MiB", f"{each.load:.1f}"),
                _factor(median, own.get(each.posts)),
            )
        )
    return rows


def switches_table(switches: list[Switch]) -> Table:
    """Return a row for each preview and size."""
    rows: Table = [("posts", "preview", "changed", "right", "(least–greatest)", "runs", "wrong", "load", "to blogq")]
    own = {each.posts: statistics.median(each.seconds) for each in switches if each.name == "blogq"}
    for each in switches:
        median = statistics.median(each.seconds)
        rows.append(
            (
                *(f"{each.posts:,}", each.name, f"{each.changed:,}", f"{median:.2f} s"),
                f"({min(each.seconds):.2f}–{max(each.seconds):.2f})",
                *(str(len(each.seconds)), str(each.wrong), f"{each.load:.1f}", _factor(median, own.get(each.posts))),
            )
        )
    return rows


def page(found: Found) -> str:
    """Return everything as Markdown."""
    about = found.about
    parts = [
        METHOD,
        f"Machine: {about['cores']} cores ({about['processor']}), {about['memory_bytes'] / 2**30:.0f} GiB,"
        f" {about['system']}, {about['python']}, load {about['load_at_start']} at the start.",
        "\n".join(
            f"- {name}: " + ", ".join(f"{part} {version}" for part, version in versions.items())
            for name, versions in found.versions.items()
        ),
    ]
    if found.starts:
        parts += ["### From the command to the first page", markdown(starts_table(found.starts))]
    if found.saves:
        parts += ["### From a save to the painted text", markdown(saves_table(found.saves))]
    if found.switches:
        parts += ["### A branch is switched", markdown(switches_table(found.switches))]
    if found.left_out:
        parts += ["### Left out", "\n".join(f"- {each.splitlines()[0]}" for each in found.left_out)]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def as_json(found: Found) -> str:
    """Return every single figure."""
    lists = {name: [each._asdict() for each in getattr(found, name)] for name in ("starts", "saves", "switches")}
    return json.dumps(
        {"machine": found.about, "versions": found.versions, **lists, "left_out": found.left_out}, indent=1
    )
