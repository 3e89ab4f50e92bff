"""Days, as suppressions name them: 2027-01-31, in UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime


def is_day(text: str) -> bool:
    """Return whether `text` is a day: YYYY-MM-DD."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return False
    try:
        datetime.strptime(text, "%Y-%m-%d")
    except ValueError:
        return False
    return True


def day_of(now: int) -> str:
    """Return the day of a moment in seconds since 1970."""
    return datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%d")
