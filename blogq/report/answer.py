"""An answer of `blogq why` as people read it: first whether it is published, then what hangs on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from blogq.explain.answer import Answer, Cause, Place
from blogq.library.site import moment
from blogq.report.json import finding_objects
from blogq.report.text import findings_text, safe

MOST = 12
"""Lines of a kind that are shown; JSON has them all."""

_STATUS = {
    "published": "is published",
    "draft": "is not published",
    "scheduled": "is not published yet",
    "expired": "is no longer published",
    "broken": "is not published",
    "colliding": "is not published",
    "held back": "is not published",
    "passed over": "is not part of the site",
    "overridden": "is not used: another file comes before it",
    "part": "is not published itself, but part of the site",
    "unknown": "is not known",
}
WIDTH = 11
"""Columns of the words at the left."""


def answer_text(answer: Answer, folder: str, zone_offset: int, color: bool = False) -> str:
    """Return `answer` as text: outputs below `folder`, times of builds in a zone `zone_offset` minutes east of UTC."""
    told = answer.source or answer.asked
    published = answer.status == "published"
    lines = [safe(f"{told} {_STATUS[answer.status]}")]
    if answer.asked not in (told, answer.url):
        lines[0] += safe(f" ({answer.asked})") if answer.source else ""
    for reason in answer.reasons:
        lines.append(safe(f"  {reason.message}"))
        if reason.hint:
            lines.append(safe(f"  help: {reason.hint}"))
    rows: list[tuple[str, str]] = []
    if answer.url:
        rows.append(("address" if published else "would be", answer.url))
    if answer.output and (published or answer.url):
        rows.append(("file", f"{folder}/{answer.output}"))
    if answer.what not in ("file", "source", "address", "output", "template"):
        title = f" {answer.title!r}" if answer.title else ""
        unlisted = ", unlisted: in no list, feed or sitemap" if answer.unlisted else ""
        rows.append(("is a", f"{answer.what}{title}{unlisted}"))
    if answer.date:
        rows.append(("date", answer.date))
    if answer.language:
        rows.append(("language", answer.language))
    rows += [("also in", f"{each.language}: {each.url}  ({each.source})") for each in answer.translations]
    rows += [("old address", each) for each in answer.aliases]
    rows += [("template", f"{each.path}{_STATES[each.state]}") for each in answer.templates]
    rows += _places("shown on", answer.shown_on) + _places("linked from", answer.linked_from)
    if answer.last_build is not None:
        rows.append(("last made", _told(answer.last_build, zone_offset)))
    if answer.next_build is not None:
        rows.append(("next build", answer.next_build.message))
    before = ""
    for name, text in rows:
        lines.append(safe(f"  {name if name != before else '':{WIDTH}}  {text}"))
        before = name
    if answer.near:
        lines.append(safe(f"  did you mean  {'  '.join(answer.near)}"))
    return "\n".join(lines) + "\n" + findings_text(answer.findings, color)


_STATES = {"used": "", "not there": "  (would come first; not there)", "overridden": "  (overridden by the one above)"}


def _places(name: str, places: Sequence[Place]) -> list[tuple[str, str]]:
    rows = [(name, f"{each.url}  ({each.what})") for each in places[:MOST]]
    if len(places) > MOST:
        rows.append((name, f"… and {len(places) - MOST} more; --json lists them all"))
    return rows


def _told(cause: Cause, offset: int) -> str:
    if not cause.when:
        return cause.message
    return f"{moment(cause.when, offset):%Y-%m-%d %H:%M}: {cause.message}"


def answer_object(answer: Answer) -> dict[str, Any]:
    """Return `answer` as an object for JSON."""
    found: dict[str, Any] = {"schema": "blogq-why/1", **answer._asdict()}
    for name in ("reasons", "translations", "templates", "shown_on", "linked_from"):
        found[name] = [each._asdict() for each in getattr(answer, name)]
    for name in ("last_build", "next_build"):
        cause = getattr(answer, name)
        found[name] = None if cause is None else cause._asdict()
    found["findings"] = finding_objects(answer.findings)
    return found | {"published": answer.status == "published"}
