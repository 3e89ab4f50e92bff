"""A table in one file: named columns behind a header, each with a checksum and decoded only when asked for.

Plain data in an order of its own, so that loading it can run nothing: strings joined by NUL, digests
concatenated, integers as little-endian 64-bit arrays, anything else as JSON. A file is written beside its
place and moved there whole.
"""

from __future__ import annotations

import json
import os
import sys
from array import array
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

from blogq.store.digest import SIZE

MAGIC = b"blogq table 1\n"


class Damaged(Exception):
    """A file of the store is not what was written; the store is to be discarded."""


class Table:
    """A table as read from its file.

    Raises `Damaged` from any method when the bytes asked for are not those written.
    """

    def __init__(self, path: Path) -> None:
        """Read the file at `path`; raise `Damaged` when it is no table, FileNotFoundError when there is none."""
        data = path.read_bytes()
        start = len(MAGIC) + 8
        if not data.startswith(MAGIC) or len(data) < start:
            raise Damaged(path)
        size = int.from_bytes(data[len(MAGIC) : len(MAGIC) + 4], "little")
        header = data[start : start + size]
        if len(header) != size or crc32(header) != int.from_bytes(data[len(MAGIC) + 4 : start], "little"):
            raise Damaged(path)
        try:
            fields = json.loads(header)
            self.meta: dict[str, Any] = fields["meta"]
            self._places: dict[str, list[int]] = fields["columns"]
        except (ValueError, KeyError, TypeError) as error:
            raise Damaged(path) from error
        self._data = memoryview(data)[start + size :]
        self._of_cells: dict[str, bytes] = {}
        """Columns of which single rows were asked for, each checked once."""

    def check(self) -> None:
        """Raise `Damaged` unless every column is what was written."""
        for name, (offset, size, check) in self._places.items():
            data = self._data[offset : offset + size]
            if len(data) != size or crc32(data) != check:
                raise Damaged(name)

    def names(self) -> list[str]:
        """Return the names of the columns, in their order."""
        return list(self._places)

    def unread(self, name: str) -> tuple[memoryview, int]:
        """Return a column's bytes as they are, and the checksum that they should have."""
        offset, size, check = self._places[name]
        return self._data[offset : offset + size], check

    def raw(self, name: str) -> bytes:
        """Return a column as it was given to `write`."""
        offset, size, check = self._places.get(name, (0, -1, 0))
        data = bytes(self._data[offset : offset + size]) if size >= 0 else b""
        if size < 0 or len(data) != size or crc32(data) != check:
            raise Damaged(name)
        return data

    def cell(self, name: str, row: int, size: int) -> bytes:
        """Return the `size` bytes of one row of a column whose rows all have that size; IndexError past its end."""
        data = self._of_cells.get(name)
        if data is None:
            data = self._of_cells[name] = self.raw(name)
        if not 0 <= row < len(data) // size:
            raise IndexError(row)
        return data[size * row : size * row + size]

    def strings(self, name: str) -> list[str]:
        """Return a column of strings."""
        data = self.raw(name)
        return data.decode("utf-8", "surrogatepass").split("\0")[:-1] if data else []

    def integers(self, name: str) -> list[int]:
        """Return a column of integers."""
        values = array("q", self.raw(name))
        if sys.byteorder == "big":
            values.byteswap()
        return values.tolist()

    def digests(self, name: str, size: int = SIZE) -> list[bytes]:
        """Return a column of digests, or of other values that all have `size` bytes."""
        data = self.raw(name)
        return [data[i : i + size] for i in range(0, len(data), size)]


def strings(values: Sequence[str]) -> bytes:
    """Encode a column of strings, none of which holds a NUL."""
    return ("\0".join(values) + "\0").encode("utf-8", "surrogatepass") if values else b""


def integers(values: Sequence[int]) -> bytes:
    """Encode a column of signed 64-bit integers."""
    column = array("q", values)
    if sys.byteorder == "big":
        column.byteswap()
    return column.tobytes()


def patched_integers(column: bytes, rows: Mapping[int, int]) -> bytes:
    """Return an encoded column of integers with other values at some rows."""
    data = bytearray(column)
    for row, number in rows.items():
        data[8 * row : 8 * row + 8] = number.to_bytes(8, "little", signed=True)
    return bytes(data)


def patched_digests(column: bytes, rows: Mapping[int, bytes], size: int = SIZE) -> bytes:
    """Return an encoded column of digests, or of values of `size` bytes, with other ones at some rows."""
    data = bytearray(column)
    for row, found in rows.items():
        data[size * row : size * row + size] = found
    return bytes(data)


def value(data: Any) -> bytes:
    """Encode one value as JSON."""
    return json.dumps(data, separators=(",", ":")).encode()


def write(path: Path, meta: Mapping[str, Any], columns: Mapping[str, bytes]) -> None:
    """Write a table to `path`, atomically; OSError when the disk refuses."""
    _write(path, meta, [(name, data, crc32(data)) for name, data in columns.items()])


def rewrite(path: Path, table: Table, meta: Mapping[str, Any], replaced: Mapping[str, bytes]) -> None:
    """Write `table` to `path` with another `meta` and some columns replaced; damage to the others stays noticeable."""
    columns = [
        (name, replaced[name], crc32(replaced[name])) if name in replaced else (name, *table.unread(name))
        for name in table.names()
    ]
    _write(path, meta, columns)


def _write(path: Path, meta: Mapping[str, Any], columns: Sequence[tuple[str, bytes | memoryview, int]]) -> None:
    places: dict[str, list[int]] = {}
    offset = 0
    for name, data, check in columns:
        places[name] = [offset, len(data), check]
        offset += len(data)
    header = value({"meta": meta, "columns": places})
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with open(beside, "wb") as file:
            file.write(MAGIC + len(header).to_bytes(4, "little") + crc32(header).to_bytes(4, "little") + header)
            file.writelines(data for _, data, _ in columns)
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)
