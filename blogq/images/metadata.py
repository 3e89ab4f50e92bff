"""Take out of an image file what tells of its maker and not of its picture: place, time, device, thumbnails, remarks.

The picture isn't touched: JPEG, PNG and WebP are sequences of parts, and parts are left out. What browsers need to show
the picture stays: colour profiles, and which way up it is. A file that isn't built as it should be is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from zlib import crc32

from blogq.store.digest import digest

ENDINGS = (".jpg", ".jpeg", ".jfif", ".png", ".webp")
"""Endings of the files that are looked at."""

_PNG = b"\x89PNG\r\n\x1a\n"
_DROPPED_CHUNKS = frozenset((b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME", b"dSIG", b"caBX"))
_DROPPED_IN_WEBP = frozenset((b"EXIF", b"XMP "))
_EXIF_FLAG, _XMP_FLAG = 0x08, 0x04
_ORIENTATION = 0x0112
_WITHIN_SCANS = frozenset((b"\x00", *(bytes((0xD0 + number,)) for number in range(8))))


class _Odd(Exception):
    """The file isn't built as its kind should be."""


@cache
def version() -> str:
    """Return what stands for this code in keys."""
    return digest(Path(__file__).read_bytes()).hex()


def without_metadata(data: bytes) -> bytes:
    """Return the image `data` without what doesn't belong to its picture."""
    try:
        if data.startswith(b"\xff\xd8\xff"):
            return b"".join(_jpeg(data))
        if data.startswith(_PNG):
            return b"".join(_png(data))
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return _webp(data)
    except _Odd:
        pass
    return data


def _jpeg(data: bytes) -> Iterator[bytes]:
    """Yield the segments of a JPEG that are to stay."""
    yield data[:2]
    at = 2
    while True:
        if data[at : at + 1] != b"\xff" or at + 4 > len(data):
            raise _Odd
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xD9 or marker == 0xDA or 0xD0 <= marker <= 0xD7 or marker == 0x01:
            break
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if end > len(data) or end < at + 4:
            raise _Odd
        body = data[at + 4 : end]
        if marker == 0xE1 and body.startswith(b"Exif\0\0"):
            turned = _orientation(body[6:])
            if turned:
                yield _exif_of(turned)
        elif marker == 0xFE or (0xE0 <= marker <= 0xEF and not _is_needed(marker, body)):
            pass
        else:
            yield data[at:end]
        at = end
    yield from _scans(data, at)


def _scans(data: bytes, at: int) -> Iterator[bytes]:
    """Yield the rest of a JPEG from its first scan on, without what cameras append behind its end."""
    while at < len(data):
        if data[at : at + 1] != b"\xff":
            raise _Odd
        marker = data[at + 1 : at + 2]
        if marker == b"\xff":
            at += 1
            continue
        if marker == b"\xd9":
            yield data[at : at + 2]
            return
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == b"\xda":
            # A scan's data end at the next marker; a stuffed 0xFF and restarts belong to them.
            while (end := data.find(b"\xff", end)) >= 0 and data[end + 1 : end + 2] in _WITHIN_SCANS:
                end += 2
            end = len(data) if end < 0 else end
        yield data[at:end]
        at = end


def _is_needed(marker: int, body: bytes) -> bool:
    """Return whether an application's segment shapes the picture: JFIF, colour profiles, Adobe's colour transform."""
    return (
        (marker == 0xE0 and body.startswith(b"JFIF\0"))
        or (marker == 0xE2 and body.startswith(b"ICC_PROFILE\0"))
        or (marker == 0xEE and body.startswith(b"Adobe"))
    )


def _orientation(tiff: bytes) -> int:
    """Return the orientation, 2 to 8, that the TIFF structure of an EXIF block states; 0 for the usual and for none."""
    if tiff[:2] not in (b"II", b"MM"):
        return 0

    def number(at: int, size: int) -> int:
        return int.from_bytes(tiff[at : at + size], "little" if tiff[:1] == b"I" else "big")

    start = number(4, 4)
    for entry in range(min(number(start, 2), 512)):
        at = start + 2 + 12 * entry
        if number(at, 2) == _ORIENTATION:
            found = number(at + 8, 2)
            return found if 2 <= found <= 8 else 0
    return 0


def _tiff_of(orientation: int) -> bytes:
    """Return an EXIF block that states the orientation and nothing else."""
    entry = b"\x01\x12\x00\x03\x00\x00\x00\x01" + orientation.to_bytes(2, "big") + b"\0\0"
    return b"MM\x00*\x00\x00\x00\x08\x00\x01" + entry + b"\0\0\0\0"


def _exif_of(orientation: int) -> bytes:
    body = b"Exif\0\0" + _tiff_of(orientation)
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body


def _png(data: bytes) -> Iterator[bytes]:
    """Yield the chunks of a PNG that are to stay."""
    yield _PNG
    at = len(_PNG)
    while at < len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        name = data[at + 4 : at + 8]
        end = at + 12 + size
        if end > len(data):
            raise _Odd
        if name == b"eXIf" and (turned := _orientation(data[at + 8 : at + 8 + size])):
            body = name + _tiff_of(turned)
            yield (len(body) - 4).to_bytes(4, "big") + body + crc32(body).to_bytes(4, "big")
        elif name not in _DROPPED_CHUNKS:
            yield data[at:end]
        at = end
        if name == b"IEND":
            return
    raise _Odd


def _webp(data: bytes) -> bytes:
    """Return a WebP without the chunks that are to go."""
    end = 8 + int.from_bytes(data[4:8], "little")
    if end > len(data):
        raise _Odd
    kept: list[bytes] = []
    extended = -1
    flags = 0
    at = 12
    while at + 8 <= end:
        name = data[at : at + 4]
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        after = at + 8 + size + (size & 1)
        if at + 8 + size > end:
            raise _Odd
        turned = _orientation(data[at + 8 : at + 8 + size].removeprefix(b"Exif\0\0")) if name == b"EXIF" else 0
        if turned:
            tiff = _tiff_of(turned)
            kept.append(b"EXIF" + len(tiff).to_bytes(4, "little") + tiff)
            flags |= _EXIF_FLAG
        elif name not in _DROPPED_IN_WEBP:
            if name == b"VP8X" and size >= 10:
                extended = len(kept)
            kept.append(data[at:after])
        at = after
    if extended >= 0:
        old = kept[extended]
        kept[extended] = old[:8] + bytes(((old[8] & ~(_EXIF_FLAG | _XMP_FLAG)) | flags,)) + old[9:]
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + len(body).to_bytes(4, "little") + body
