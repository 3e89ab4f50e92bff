"""Whether a source is to be published at a given moment, and when that will change next."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from blogq.content.post import BROKEN, DRAFT, HELD, MISSING, Entry

Status = Literal["live", "draft", "scheduled", "expired", "broken", "held"]


class Choice(NamedTuple):
    """What to publish beside what is live."""

    now: int
    """Seconds since 1970, UTC."""
    drafts: bool = False
    future: bool = False


def goes_live(entry: Entry) -> int:
    """Return the moment from which the entry may be read: its publish date, else its date."""
    return entry.publish if entry.publish != MISSING else entry.date


def status_of(entry: Entry, now: int) -> Status:
    """Return the entry's status at `now`. An expiry date is the first moment at which it is gone."""
    if entry.flags & BROKEN:
        return "broken"
    if entry.flags & DRAFT:
        return "draft"
    if entry.expiry != MISSING and entry.expiry <= now:
        return "expired"
    if goes_live(entry) > now:
        return "scheduled"
    return "held" if entry.flags & HELD else "live"


def is_chosen(entry: Entry, choice: Choice) -> bool:
    """Return whether the entry is published under `choice`."""
    if entry.flags & (BROKEN | HELD) or (entry.flags & DRAFT and not choice.drafts):
        return False
    if entry.expiry != MISSING and entry.expiry <= choice.now:
        return False
    return choice.future or goes_live(entry) <= choice.now


def next_change(entries: Iterable[Entry], now: int) -> tuple[int, int]:
    """Return the span of time around `now` in which no status changes: from (included), until (excluded)."""
    since, until = MISSING, -MISSING
    for entry in entries:
        for moment in (entry.expiry, goes_live(entry)):
            if moment == MISSING:
                continue
            if moment <= now:
                since = max(since, moment)
            else:
                until = min(until, moment)
    return since, until
