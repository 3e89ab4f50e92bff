"""Dates in files of others: read where they can be, passed over where not."""

from __future__ import annotations

from datetime import UTC, tzinfo

from blogq.content.dates import parse_moment
from blogq.content.post import MISSING

_NEVER = "0000-00-00"
"""What WordPress exports as the date of what was never published."""


def seconds_of(*texts: str, zone: tzinfo = UTC) -> int:
    """Return the first of `texts` that is a date, in seconds since 1970, UTC; `MISSING` where none is.

    `zone` is that of dates which name none.
    """
    for text in texts:
        if text and not text.startswith(_NEVER):
            found = parse_moment(text.strip(), zone)
            if not isinstance(found, str):
                return found.seconds
    return MISSING
