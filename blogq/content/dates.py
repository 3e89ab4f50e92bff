"""Dates as people write them in front matter and file names, in whatever generator they wrote for.

A `Moment` keeps the offset in which its author wrote it, so that a post of the evening of 5 January stays one
of 5 January wherever the site is built.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, tzinfo
from typing import NamedTuple

from blogq.pattern import Pattern

EPOCH = 719_163
"""The proleptic Gregorian ordinal of 1 January 1970."""
LONGEST = 80
"""Characters beyond which a text is no date."""

_FIRST, _LAST = -62_135_596_800, 253_402_300_799
_MONTH_NAMES = "January February March April May June July August September October November December"
_MONTHS = tuple(_MONTH_NAMES.split())
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_HOURS = {
    "Z": 0, "UTC": 0, "GMT": 0, "UT": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "MEZ": 1, "CEST": 2,
    "MESZ": 2, "EET": 2, "EEST": 3, "MSK": 3, "SGT": 8, "HKT": 8, "AWST": 8, "JST": 9, "KST": 9, "ACST": 9.5,
    "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "NST": -3.5, "NDT": -2.5, "AST": -4, "ADT": -3, "EST": -5,
    "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8,
    "HST": -10,
}  # fmt: skip
_ZONES = {name: round(hours * 60) for name, hours in _HOURS.items()}
"""Minutes east of UTC. Where an abbreviation has several meanings, RFC 2822's and else the most written one;
those with no such meaning, such as IST, are not here."""

_OFFSET = r"(?:(?:UTC|GMT)[ ]?)?[-+\u2212]\d{1,2}(?::?\d{2})?"
_TAIL = (
    r"(?:(?:[Tt]|[ \t]*,?[ \t]+(?:at[ \t]+)?)(?P<h>\d{1,2})"
    r"(?::+(?P<mi>\d{1,2})(?::+(?P<s>\d{1,2})(?:[.,]\d+)?)?)?"
    r"[ \t]*(?P<half>[AaPp]\.?[Mm]\.?(?![A-Za-z]))?)?"
    rf"[ \t]*(?P<zone>{_OFFSET}|[A-Za-z]{{1,5}})?(?:[ \t]*\([A-Za-z ]+\))?\Z"
)
_ISO = Pattern(r"(?P<y>\d{4})(?P<sep>[-/.])(?P<mo>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?!\d)" + _TAIL)
_COMPACT = Pattern(
    r"(?P<y>\d{4})(?P<mo>\d\d)(?P<d>\d\d)(?:[Tt ]?(?P<h>\d\d):?(?P<mi>\d\d)(?::?(?P<s>\d\d))?)?"
    r"(?P<half>(?!))?"
    rf"[ ]?(?P<zone>{_OFFSET}|[A-Za-z]{{1,5}})?\Z"
)
_WEEKDAY = Pattern(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[.,]*[ \t]+", re.IGNORECASE)
_WORDS = tuple(
    Pattern(shape)
    for shape in (
        r"(?P<name>[A-Za-z]{3,9})\.?[ \t]+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?[ \t]+(?P<y>\d{4})(?!\d)" + _TAIL,
        r"(?P<d>\d{1,2})(?:st|nd|rd|th|\.)?(?:[ \t]+(?:of[ \t]+)?|-)(?P<name>[A-Za-z]{3,9})\.?,?"
        r"(?:[ \t]+|-)(?P<y>\d{4})(?!\d)" + _TAIL,
        r"(?P<y>\d{4})(?:[ \t]+|-)(?P<name>[A-Za-z]{3,9})\.?(?:[ \t]+|-)(?P<d>\d{1,2})(?!\d)" + _TAIL,
        r"(?P<d>\d{1,2})\.[ ]?(?P<mo>\d{1,2})\.[ ]?(?P<y>\d{4})(?!\d)" + _TAIL,
        r"(?P<name>[A-Za-z]{3})[ \t]+(?P<d>\d{1,2})[ \t]+(?P<h>\d{1,2}):(?P<mi>\d\d):(?P<s>\d\d)"
        rf"(?P<half>(?!))?(?:[ \t]+(?P<zone>{_OFFSET}|[A-Za-z]{{1,5}}))?[ \t]+(?P<y>\d{{4}})\Z",
    )
)
_OTHER_ORDER = Pattern(r"\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d\d)(?!\d)")


class Moment(NamedTuple):
    """A point in time, and how it was written."""

    seconds: int
    """Since 1970-01-01T00:00:00Z."""
    offset: int
    """Minutes east of UTC of the place where it was written."""
    time: bool
    """Whether a time of day was given; midnight where it wasn't."""


def parse_moment(text: str, zone: tzinfo) -> Moment | str:
    """Return the moment that `text` tells, or what is wrong with it, as half a sentence ("month 13").

    A date that names no offset is one of `zone`. Where clocks go forward, a time that does not exist is taken
    in the offset before the change; where they go back, the first of the two is meant (PEP 495, fold 0).
    Years 1 to 9999; what a fraction of a second says is dropped.
    """
    text = text.strip()
    if len(text) > LONGEST:
        return "too long for a date"
    match = _ISO.match(text) or _COMPACT.match(text) or _worded(text)
    if match is None:
        return _complaint(text)
    parts = match.groupdict()
    month, name = parts.get("mo"), parts.get("name")
    month_number = int(month) if month else _month(name or "")
    if name and not month_number:
        return f"no month is called {name}"
    return _moment(int(parts["y"]), month_number, int(parts["d"]), parts, zone)


def _worded(text: str) -> re.Match[str] | None:
    bare = _WEEKDAY.sub("", text, count=1) if _WEEKDAY.match(text) else text
    return next((match for shape in _WORDS if (match := shape.match(bare))), None)


def _month(name: str) -> int:
    lowered = name.lower()
    for number, full in enumerate(_MONTHS, 1):
        if full.lower().startswith(lowered) and len(lowered) >= 3:
            return number
    return 0


def _moment(year: int, month: int, day: int, parts: dict[str, str | None], zone: tzinfo) -> Moment | str:
    if not 1 <= month <= 12:
        return f"month {month}"
    if year < 1:
        return "there is no year 0"
    days = 28 if month == 2 and (year % 4 or (year % 100 == 0 and year % 400)) else _DAYS[month - 1]
    if not 1 <= day <= days:
        return f"{_MONTHS[month - 1]} {year} has {days} days"
    hour = minute = second = 0
    if given := parts["h"]:
        hour, minute, second = int(given), int(parts["mi"] or 0), int(parts["s"] or 0)
        if half := parts["half"]:
            if not 1 <= hour <= 12:
                return f"hour {hour} with {half.upper()}"
            hour = hour % 12 + (12 if half[0] in "Pp" else 0)
        elif parts["mi"] is None:
            return "a time needs hours and minutes"
        # 60 is a leap second (RFC 3339 §5.6) and counts on into the next minute.
        if hour > 23 or minute > 59 or second > 60:
            return f"hour {hour}" if hour > 23 else f"minute {minute}" if minute > 59 else f"second {second}"
    if named := parts["zone"]:
        offset = _offset(named)
        if isinstance(offset, str):
            return offset
    elif zone is UTC:
        offset = 0
    else:
        away = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=zone).utcoffset()
        # Local mean times before about 1900 have seconds; whole minutes keep the date as it was written.
        offset = round(away.total_seconds() / 60) if away is not None else 0
    local = (date(year, month, day).toordinal() - EPOCH) * 86_400 + hour * 3600 + minute * 60 + second
    seconds = local - offset * 60
    if not _FIRST <= seconds <= _LAST:
        return "only the years 1 to 9999 can be told"
    return Moment(seconds, offset, given is not None)


def _offset(zone: str) -> int | str:
    """Return the minutes east of UTC of an offset or abbreviation, or what is wrong with it."""
    known = _ZONES.get(zone) if zone in _ZONES else _ZONES.get(zone.upper())
    if known is not None:
        return known
    digits = zone.upper().removeprefix("UTC").removeprefix("GMT").strip().replace("\u2212", "-")
    if digits[0] not in "+-":
        return f"the time zone {zone} is unknown or has several meanings; write an offset such as +01:00"
    hours, _, minutes = digits[1:].partition(":")
    if len(hours) > 2:
        hours, minutes = hours[:-2], hours[-2:]
    away = int(hours) * 60 + int(minutes or 0)
    if away > 15 * 60 or int(minutes or 0) > 59:
        return f"there is no offset {zone}"
    return away if digits[0] == "+" else -away


def _complaint(text: str) -> str:
    """Say what kind of text is no date."""
    if _OTHER_ORDER.match(text):
        return "day and month could be either way round"
    if re.match(r"\d{4}(?:[-/.]\d{1,2})?\Z", text):
        return "the day is missing"
    if re.match(r"\d{10}(?:\d{3})?\Z", text):
        return "a number of seconds or milliseconds"
    if re.match(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}", text):
        return "what follows the day is no time"
    return "not of any known shape"
