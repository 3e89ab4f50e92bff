"""Files that are published as they are, whole or in part, as players of sound and film ask for them (RFC 9110, 14).

A file is handed over piece by piece, so its size costs no memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, BinaryIO

from starlette.responses import Response, StreamingResponse

from blogq.preview.source import Content

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

PART = 256 << 10
"""Bytes that are read at a time."""
# More digits than a file has bytes are nobody's range.
_RANGE = re.compile(r"bytes\s*=\s*([0-9]{0,18})-([0-9]{0,18})\s*", re.IGNORECASE)


class Unsatisfiable(ValueError):
    """No byte that is asked for is there."""


def wanted(header: str | None, size: int) -> tuple[int, int] | None:
    """Return the first byte that a `Range` header asks for and the one after the last; None where all are to be sent.

    That is so without a header, and where it says something that a server may ignore: several ranges, or nonsense.
    Raise `Unsatisfiable` where nothing that it asks for is among the `size` bytes.
    """
    match = _RANGE.fullmatch(header) if header else None
    if match is None or match[1] == match[2] == "":
        return None
    if not match[1]:
        last = int(match[2])
        if not last or not size:
            raise Unsatisfiable
        return max(0, size - last), size
    first = int(match[1])
    stop = int(match[2]) + 1 if match[2] else size
    if stop <= first and match[2]:
        return None
    if first >= size:
        raise Unsatisfiable
    return first, min(stop, size)


def response(content: Content, media_type: str, method: str, headers: Mapping[str, str]) -> Response:
    """Return the answer to a request for `content`; `headers` are the request's, with names in lower case."""
    told = {"etag": content.tag, "accept-ranges": "bytes", "content-type": media_type}
    if headers.get("if-none-match") in (content.tag, "*"):
        content.file.close()
        return Response(status_code=304, headers=told)
    # A range is asked for with GET alone, and only of what the browser has a part of already.
    is_for_this = headers.get("if-range", content.tag) == content.tag
    header = headers.get("range") if method == "GET" and is_for_this else None
    try:
        part = wanted(header, content.size)
    except Unsatisfiable:
        content.file.close()
        return Response(status_code=416, headers={**told, "content-range": f"bytes */{content.size}"})
    first, stop = part or (0, content.size)
    told["content-length"] = str(stop - first)
    if part is not None:
        told["content-range"] = f"bytes {first}-{stop - 1}/{content.size}"
    if method == "HEAD":
        content.file.close()
        return Response(status_code=200, headers=told)
    return _Streamed(content, first, stop, 206 if part is not None else 200, told)


class _Streamed(StreamingResponse):
    """Bytes of a file, which is closed at the end, and where whoever asked goes away in the middle."""

    def __init__(self, content: Content, first: int, stop: int, status: int, headers: Mapping[str, str]) -> None:
        self.file = content.file
        super().__init__(_parts(content.file, first, stop), status, headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the bytes."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self.file.close()


def _parts(file: BinaryIO, first: int, stop: int) -> Iterator[bytes]:
    file.seek(first)
    left = stop - first
    while left:
        part = file.read(min(PART, left))
        if not part:
            # It has been cut short meanwhile: the browser will miss the rest, and ask again.
            return
        left -= len(part)
        yield part
