"""Caches that grow with the words of texts, and how a process that stays up for days keeps them small.

Measuring and linting remember what they have found out about a word, for a site is full of the same words. One process
that reads the same post again and again, a little different each time, would fill them over hours.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from functools import cache

MANY = 4096
"""Entries that a cache has to have room for to count: smaller ones hold settings, patterns and tables."""
TURNS = 40
"""Judgements after which they are cleared; a post that is judged with empty ones takes a few milliseconds longer."""


class WordCaches:
    """Counts judgements, and clears the caches of this process now and then."""

    def __init__(self) -> None:
        self._turns = 0

    def used(self) -> None:
        """Count one judgement."""
        self._turns += 1
        if self._turns >= TURNS:
            self._turns = 0
            clear()
            # Trees of texts refer to themselves, and what is old is hardly ever looked at.
            gc.collect()
            give_back()


def clear() -> None:
    """Clear every cache of blogq's own functions that has room for many entries."""
    fingerprint = sys.modules.get("blogq.originality.fingerprint")
    if fingerprint is not None:
        fingerprint.forget()
    for name, module in [*sys.modules.items()]:
        if not name.startswith("blogq."):
            continue
        for each in [*vars(module).values()]:
            parameters = getattr(each, "cache_parameters", None)
            if parameters is not None and (parameters()["maxsize"] or 0) >= MANY:
                each.cache_clear()


@cache
def _trim() -> Callable[[int], int] | None:
    """Return the C library's `malloc_trim`, where it has one: glibc does, and keeps an arena for each thread."""
    import ctypes

    try:
        found: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError, TypeError):
        return None
    return found


def give_back() -> None:
    """Give memory that was freed back to the system, as far as the C library can."""
    trim = _trim()
    if trim is not None:
        trim(0)
