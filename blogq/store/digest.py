"""Digests: 16 bytes of BLAKE2b, of contents and of what an output depends on."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import is_dataclass
from typing import Any

try:
    # What hashlib gives out as well, but without loading OpenSSL first, which is 13 ms of a build's start.
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

SIZE = 16
NONE = bytes(SIZE)
"""Stands for "no digest": a thing that isn't there."""


def hasher() -> blake2b:
    """Return what makes a digest of data that comes in parts."""
    return blake2b(digest_size=SIZE)


def digest(data: bytes) -> bytes:
    """Return the digest of `data`, 16 bytes."""
    return blake2b(data, digest_size=SIZE).digest()


def compose(digests: Iterable[bytes], *texts: str) -> bytes:
    """Return the digest of parts: fixed-size `digests` in order, then `texts`, which hold no NUL."""
    return blake2b(b"".join(digests) + "\0".join(texts).encode("utf-8", "surrogatepass"), digest_size=SIZE).digest()


def of_value(value: Any) -> bytes:
    """Return the digest of a value made of dataclasses, mappings, sequences, texts, numbers and None."""
    text = json.dumps(plain(value), sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return digest(text.encode())


def plain(value: Any) -> Any:
    """Return `value` with dataclasses turned into lists of their fields, for JSON."""
    if is_dataclass(value) and not isinstance(value, type):
        return [plain(getattr(value, name)) for name in value.__dataclass_fields__]
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    return str(value)
