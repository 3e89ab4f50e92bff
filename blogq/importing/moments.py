"""Dates as exports write them, as front matter has them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

_PLAIN = re.compile(r"(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2})(?::(\d{2}))?")


def _parsed(text: str) -> datetime | None:
    found = _PLAIN.match(text.strip())
    try:
        return datetime(*(int(each or 0) for each in found.groups())) if found else None  # type: ignore[arg-type]
    except ValueError:
        return None


def written(moment: datetime) -> str:
    """Return a moment as front matter has it, with its offset."""
    return moment.isoformat(" ", "seconds")


def local_moment(local: str, utc: str) -> str:
    """Return the moment told as local time and as UTC (`2024-05-01 09:30:00`); empty where neither can be read."""
    here, there = _parsed(local), _parsed(utc)
    if here is None and there is None:
        return ""
    if here is None or there is None:
        return written((here or there).replace(tzinfo=UTC)) if there is not None else here.isoformat(" ", "seconds")  # type: ignore[union-attr]
    minutes = round((here - there).total_seconds() / 60)
    # No clock is farther from UTC than that: one of the two is wrong then.
    if abs(minutes) > 14 * 60 + 59:
        return written(there.replace(tzinfo=UTC))
    return written(here.replace(tzinfo=timezone(timedelta(minutes=minutes))))


def in_utc(text: str) -> str:
    """Return a UTC time without zone (`2024-05-01 09:30:00`) as ISO 8601; empty where it can't be read."""
    found = _parsed(text)
    return f"{found.isoformat()}Z" if found else ""


def iso_moment(text: str) -> str:
    """Return a moment of ISO 8601 or RFC 5322 as front matter has it; empty where it can't be read."""
    text = text.strip()
    try:
        return written(datetime.fromisoformat(text.replace("Z", "+00:00")).replace(microsecond=0))
    except ValueError:
        pass
    try:
        return written(parsedate_to_datetime(text))
    except (TypeError, ValueError, IndexError):
        return ""


def offset_zone(offsets: Mapping[str, int]) -> str:
    """Return `UTC` where that is all that posts were written in; an offset alone names no time zone."""
    return "UTC" if set(offsets) == {"+00:00"} else ""
