"""What the gate says of a blog that has just moved in, as little of it as a writer can use on the first evening.

How much is known from now on, the posts most worth mending, the pace; `blogq check` and `blogq report` tell the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from blogq.report.text import counted

MOST = 10
"""Posts that are named."""
MOST_EDITS = 2
"""Things to do that are told of each."""


class Weak(NamedTuple):
    """A post worth mending."""

    path: str
    """Its source, relative to the new site."""
    title: str
    url: str
    date: str
    """RFC 3339; empty without one."""
    score: int
    weakest: str
    """The part of its score that is lowest; empty where none is known."""
    findings: int
    edits: tuple[tuple[str, float], ...]
    """What would mend it, and the points that this brings; the most telling first."""


class Outlook(NamedTuple):
    """What one run of the gate says of the new site."""

    judged: str
    """When, RFC 3339 in UTC: posts and pace are told for that moment."""
    posts: int
    score: float | None
    """Median score of what is live."""
    known: int
    """Findings that the baseline knows from now on."""
    files: int
    """Files that they are in."""
    errors: int
    warnings: int
    notes: int
    unread: int
    """Sources that can't be read."""
    pace: str
    """In a sentence or two."""
    mend: tuple[Weak, ...]
    """The weakest of late first; only what is weaker than the blog usually is."""


def as_object(outlook: Outlook) -> dict[str, Any]:
    """Return it for JSON."""
    mend = [
        each._asdict() | {"edits": [{"what": what, "points": points} for what, points in each.edits]}
        for each in outlook.mend
    ]
    return outlook._asdict() | {"mend": mend}


def of_object(told: Any) -> Outlook | None:
    """Return what an earlier report holds; None where it holds nothing of the kind."""
    if not isinstance(told, Mapping) or set(told) != set(Outlook._fields):
        return None
    try:
        mend = tuple(
            Weak(**{**each, "edits": tuple((str(edit["what"]), float(edit["points"])) for edit in each["edits"])})
            for each in told["mend"]
        )
        return Outlook(**{**told, "mend": mend})
    except (TypeError, ValueError, KeyError):
        return None


def told_lines(outlook: Outlook) -> list[str]:
    """Return how it stands, a line for each thing: what is known, the pace."""
    levels = ((outlook.errors, "error"), (outlook.warnings, "warning"), (outlook.notes, "note"))
    parts = ", ".join(counted(number, name) for number, name in levels if number)
    lines = []
    if outlook.known:
        lines.append(
            f"{counted(outlook.known, 'finding')} in {counted(outlook.files, 'file')} ({parts}) known from now on, and"
            " not told again; what is new is."
        )
    else:
        lines.append("The gate finds nothing to mend.")
    if outlook.unread:
        lines.append(f"{counted(outlook.unread, 'source')} could not be read: blogq check says which, and why.")
    if outlook.score is not None:
        lines.append(f"Median score: {outlook.score:g} of 100.")
    if outlook.pace:
        lines.append(outlook.pace)
    return lines


def edits_lines(weak: Weak) -> list[str]:
    """Return what would mend a post, the most telling first; its weakest part where nothing is known that would."""
    if not weak.edits:
        return [f"weakest: {weak.weakest}"] if weak.weakest else []
    return [f"{what} (+{points:g})" for what, points in weak.edits]
