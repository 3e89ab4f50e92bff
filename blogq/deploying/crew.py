"""Doing one thing to many files, several at a time and never more than so many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Made = TypeVar("Made")


def each_of(items: Sequence[Item], work: Callable[[Item], Made], together: int) -> list[Made]:
    """Return what `work` makes of each of `items`, in their order, `together` at a time.

    What it raises first is raised here: what was begun then is ended, and nothing more is begun.
    """
    if together < 2 or len(items) < 2:
        return [work(item) for item in items]
    crew = ThreadPoolExecutor(min(together, len(items)), "deploy")
    try:
        return list(crew.map(work, items))
    finally:
        crew.shutdown(wait=True, cancel_futures=True)
