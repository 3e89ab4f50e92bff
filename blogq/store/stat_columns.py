"""Stat tuples in a table: four columns of integers for each kind of file that is recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from blogq.collect import Stat
from blogq.store.columns import Table, integers, patched_integers

_PARTS = ("size", "mtime", "ctime", "inode")


def read_stats(table: Table, kind: str) -> list[Stat]:
    """Return the stat tuples of a kind; raise `Damaged` when they aren't what was written."""
    return list(zip(*(table.integers(f"{kind} {part}") for part in _PARTS), strict=True))


def stat_columns(kind: str, stats: Sequence[Stat]) -> dict[str, bytes]:
    """Return stat tuples as columns by name, encoded."""
    columns = list(zip(*stats, strict=True)) if stats else [()] * len(_PARTS)
    return {f"{kind} {part}": integers(column) for part, column in zip(_PARTS, columns, strict=True)}


def patched_stats(table: Table, kind: str, stats: Mapping[int, Stat]) -> dict[str, bytes]:
    """Return the columns of a kind with other stat tuples at some rows, encoded."""
    return {
        f"{kind} {part}": patched_integers(
            table.raw(f"{kind} {part}"), {row: stat[index] for row, stat in stats.items()}
        )
        for index, part in enumerate(_PARTS)
    }
