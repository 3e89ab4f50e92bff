"""Dates in files of others: read where they can be, passed over where not."""

from __future__ import annotations

from datetime import UTC

from blogq.content.dates import parse_moment
from blogq.content.post import MISSING

_NEVER = "0000-00-00"
"""What WordPress exports as the date of what was never published."""


def seconds_of(*texts: str) -> int:
    """Return the first of `texts` that is a date, in seconds since 1970, UTC; `MISSING` where none is."""
    for text in texts:
        if text and not text.startswith(_NEVER):
            # Fractions of hours and the like are no matter here: a date that is none is no date.
            found = parse_moment(text.strip(), UTC)
            if not isinstance(found, str):
                return found.seconds
    return MISSING
