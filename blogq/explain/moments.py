"""Moments in words: when something goes online, in its own time zone and in the site's, and how far off that is."""

from __future__ import annotations

from datetime import datetime

from blogq.content.parser import zone_of
from blogq.library.site import moment

_UNITS = ((86_400 * 365, "year"), (86_400 * 30, "month"), (86_400, "day"), (3_600, "hour"), (60, "minute"))


def distance(seconds: int) -> str:
    """Return how far off a moment is that lies `seconds` ahead, or behind: `in 3 days`, `2 hours ago`."""
    size = abs(seconds)
    for unit, name in _UNITS:
        if size >= unit:
            count = size // unit
            text = f"{count} {name}{'' if count == 1 else 's'}"
            return f"in {text}" if seconds > 0 else f"{text} ago"
    return "in less than a minute" if seconds > 0 else "just now"


def offset_of(seconds: int, zone: str) -> int:
    """Return how many minutes east of UTC `zone` is at a moment."""
    away = moment(seconds, 0).astimezone(zone_of(zone)).utcoffset()
    return round(away.total_seconds() / 60) if away else 0


def in_words(seconds: int, offset: int, zone: str) -> str:
    """Return a moment as it was written, `offset` minutes east of UTC; and in the site's `zone` where that differs."""
    there = moment(seconds, offset)
    text = _clock(there)
    here = there.astimezone(zone_of(zone))
    if here.utcoffset() != there.utcoffset():
        return f"{text} ({_clock(here)} in {zone}, the site's time zone)"
    return f"{text} ({zone}, the site's time zone)"


def _clock(when: datetime) -> str:
    sign = when.strftime("%z")
    day = f"{when.year:04d}-{when.month:02d}-{when.day:02d} {when.hour:02d}:{when.minute:02d}"
    return f"{day}{f':{when.second:02d}' if when.second else ''} {sign[:3]}:{sign[3:5]}"
