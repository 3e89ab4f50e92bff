"""Dates in every shape that writers use."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blogq.content.dates import Moment, parse_moment

BERLIN = ZoneInfo("Europe/Berlin")


def written(text: str) -> tuple[str, int, bool]:
    """Return the local time that `text` tells, its offset in minutes, and whether it has a time of day."""
    moment = parse_moment(text, UTC)
    assert isinstance(moment, Moment), moment
    local = datetime(1970, 1, 1) + timedelta(seconds=moment.seconds, minutes=moment.offset)
    return local.isoformat(sep=" "), moment.offset, moment.time


@pytest.mark.parametrize(
    "text",
    [
        "2024-1-5", "2024-01-05", "2024/01/05", "2024.01.05", "20240105", "January 5, 2024", "Jan 5, 2024",
        "Jan. 5, 2024", "January 5th, 2024", "5 January 2024", "5 Jan 2024", "05-Jan-2024", "5th of January 2024",
        "Friday, January 5, 2024", "Fri, 5 Jan 2024", "2024 January 5", "05.01.2024", "5. 1. 2024", " 2024-01-05 ",
    ],
)  # fmt: skip
def test_days(text: str) -> None:
    assert written(text) == ("2024-01-05 00:00:00", 0, False)


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("2024-01-05 14:00:00 -4", -240),
        ("2024-01-05 14:00:00 +0900", 540),
        ("2024-01-05 14:00:00+09", 540),
        ("2024-01-05T14:00:00-04:00", -240),
        ("2024-01-05T14:00:00Z", 0),
        ("2024-01-05t14:00:00z", 0),
        ("2024-01-05T14:00:00.123456Z", 0),
        ("2024-01-05 14:00:00,5", 0),
        ("2024-01-05 14:00", 0),
        ("2024-01-05 2:00 PM", 0),
        ("2024-01-05 2pm", 0),
        ("2024-01-05 02:00:00 p.m. EST", -300),
        ("2024-01-05 14:00:00 EST", -300),
        ("2024-01-05 14:00:00 UTC", 0),
        ("2024-01-05 14:00:00 PST", -480),
        ("2024-01-05 14:00:00 +05:30", 330),
        ("2024-01-05 14:00:00 UTC+2", 120),
        ("Fri, 05 Jan 2024 14:00:00 +0000", 0),
        ("Fri, 05 Jan 2024 14:00:00 GMT", 0),
        ("Fri Jan 05 2024 14:00:00 GMT+0100 (CET)", 60),
        ("Fri Jan  5 14:00:00 2024", 0),
        ("Fri Jan  5 14:00:00 CET 2024", 60),
        ("January 5, 2024 at 2:00 PM", 0),
        ("20240105T140000Z", 0),
        ("202401051400", 0),
    ],
)
def test_times(text: str, offset: int) -> None:
    assert written(text) == ("2024-01-05 14:00:00", offset, True)


def test_colons_that_stand_twice() -> None:
    assert written("2024-01-05 9:9::9") == ("2024-01-05 09:09:09", 0, True)


def test_midnight_and_noon_of_twelve_hours() -> None:
    assert written("2024-01-05 12:00 AM")[0] == "2024-01-05 00:00:00"
    assert written("2024-01-05 12:00 PM")[0] == "2024-01-05 12:00:00"


def test_leap_second_counts_on() -> None:
    assert written("2016-12-31T23:59:60Z")[0] == "2017-01-01 00:00:00"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2024-02-30", "February 2024 has 29 days"),
        ("2023-02-29", "February 2023 has 28 days"),
        ("1900-02-29", "February 1900 has 28 days"),
        ("2024-13-01", "month 13"),
        ("2024-00-01", "month 0"),
        ("2024-01-00", "January 2024 has 31 days"),
        ("31 April 2024", "April 2024 has 30 days"),
        ("2024-01-05 25:00", "hour 25"),
        ("2024-01-05 10:75", "minute 75"),
        ("2024-01-05 10:00:61", "second 61"),
        ("2024-01-05 13:00 PM", "hour 13 with PM"),
        ("2024-01-05 10", "a time needs hours and minutes"),
        ("2024-01-05 10:00 +25:00", "there is no offset +25:00"),
        ("2024-01-05 10:00 IST", "the time zone IST is unknown"),
        ("0000-01-01", "there is no year 0"),
        ("0001-01-01 00:00 +10:00", "only the years 1 to 9999"),
        ("01/05/2024", "either way round"),
        ("2024-01", "the day is missing"),
        ("2024", "the day is missing"),
        ("1704448800", "a number of seconds"),
        ("5 Foo 2024", "no month is called Foo"),
        ("yesterday", "not of any known shape"),
        ("", "not of any known shape"),
        ("2024-01-05 soon-ish, perhaps", "what follows the day is no time"),
        ("2024-01-05" + " " * 60_000 + "x", "too long for a date"),
    ],
)
def test_what_is_wrong_is_said(text: str, says: str) -> None:
    found = parse_moment(text, UTC)
    assert isinstance(found, str)
    assert says in found


def test_zone_of_the_site_where_none_is_named() -> None:
    assert parse_moment("2024-07-05", BERLIN) == Moment(1720130400, 120, False)
    assert parse_moment("2024-01-05 12:00", timezone(timedelta(hours=-5))) == Moment(1704474000, -300, True)


def test_hours_that_are_left_out_or_stand_twice() -> None:
    assert parse_moment("2024-03-31 02:30", BERLIN) == Moment(1711848600, 60, True)
    assert parse_moment("2024-10-27 02:30", BERLIN) == Moment(1729989000, 120, True)


def test_first_and_last_day() -> None:
    assert parse_moment("0001-01-01", UTC) == Moment(-62135596800, 0, False)
    assert parse_moment("9999-12-31 23:59:59", UTC) == Moment(253402300799, 0, True)
    assert isinstance(parse_moment("9999-12-31", BERLIN), Moment)


def test_old_local_mean_time_keeps_the_day() -> None:
    moment = parse_moment("1850-01-01", BERLIN)
    assert isinstance(moment, Moment)
    assert (moment.seconds + moment.offset * 60) % 86_400 == 0


def test_utc_needs_no_zone_data() -> None:
    code = (
        "import sys; from datetime import UTC; from blogq.content.dates import parse_moment;"
        "parse_moment('2024-01-05', UTC); sys.exit('zoneinfo' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@settings(max_examples=200, deadline=None)
@given(
    st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30)),
    st.integers(-14 * 60, 14 * 60),
)
def test_every_iso_datetime_is_understood(local: datetime, offset: int) -> None:
    aware = local.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=offset)))
    expected = (aware - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(seconds=1)
    assert parse_moment(aware.isoformat(), BERLIN) == Moment(expected, offset, True)


@settings(max_examples=300, deadline=None)
@given(st.text("0123456789-/:+ .,TZapmJanFriUTC()\u2212", max_size=120))
def test_any_text_is_answered(text: str) -> None:
    start = time.process_time()
    assert isinstance(parse_moment(text, BERLIN), Moment | str)
    assert time.process_time() - start < 0.5
