"""The record that is kept at a target: which files blogq has put there, and with which content.

It names files by digests of their paths: whoever finds it learns nothing of pages that no list shows.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from blogq.store.digest import digest

NAME = ".blogq-published.json"
"""Where the record stands at a target."""
SCHEMA = "blogq-published/1"
LARGEST = 64 << 20
"""Bytes of the largest record that is read: half a million files."""


class Record(NamedTuple):
    """What blogq has put at a target."""

    files: Mapping[str, str] = MappingProxyType({})
    """By `key` of a path, the digest of the content as hex; empty where an interrupted run may have left the old
    content, the new one, or none."""
    found: bool = False
    """Whether there was a record."""
    damaged: bool = False
    """Whether there was one that can't be read."""


def key(path: str) -> str:
    """Return what stands for a path in a record."""
    return digest(path.encode("utf-8", "surrogateescape")).hex()


def encoded(files: Mapping[str, str]) -> bytes:
    """Return a record as it is kept."""
    return json.dumps({"schema": SCHEMA, "files": dict(sorted(files.items()))}, indent=0).encode() + b"\n"


def decoded(data: bytes | None) -> Record:
    """Return the record that `data` holds; an empty one where there is none, or none that can be read."""
    if data is None:
        return Record()
    try:
        told = json.loads(data)
        files = told["files"]
        if told["schema"] != SCHEMA or not all(type(k) is type(v) is str for k, v in files.items()):
            raise ValueError
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Record(found=True, damaged=True)
    return Record(files, True)
