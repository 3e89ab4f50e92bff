"""A segment: which documents have which fingerprint, sorted, in a file that is mapped into memory.

    header      magic, count of postings, checksum of all that follows
    table       65,537 × u64: postings whose hash begins with these 16 bits begin there
    documents   u32 each
    remainders  u16 each: the other 16 bits of the hash

Sorted by hash, then by document. Six bytes a posting; a look-up reads one line of the table and halves a few hundred
remainders. A file is written once and never changed; merging writes another.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Hashes = NDArray[np.uint32]
    Documents = NDArray[np.uint32]
    Places = NDArray[np.int64]

_HEADER = struct.Struct("<8sQI4x")
_MAGIC = b"blogqsg1"
_BUCKETS = 1 << 16
_TABLE = (_BUCKETS + 1) * 8
_SLICES = 16
"""Parts in which segments are merged, so that one part at a time is in memory."""


class Damaged(Exception):
    """A file of the index is not what was written, or it can't be written."""


class Segment(NamedTuple):
    """Postings, in memory or in a mapped file."""

    table: NDArray[np.uint64]
    documents: Documents
    remainders: NDArray[np.uint16]

    def ranges(self, hashes: Hashes) -> tuple[Places, Places]:
        """Return where the postings of each of `hashes` begin and end."""
        import numpy as np

        bucket = (hashes >> np.uint32(16)).astype(np.int64)
        wanted = (hashes & np.uint32(0xFFFF)).astype(np.uint16)
        table = self.table
        low, high = table[bucket].astype(np.int64), table[bucket + 1].astype(np.int64)
        first = _bound(self.remainders, low, high, wanted, False)
        return first, _bound(self.remainders, first, high, wanted, True)

    def hashes(self, first: int, last: int) -> Hashes:
        """Return the hashes of postings, both ends numbers of buckets, `last` not within."""
        import numpy as np

        edges = self.table[first : last + 1].astype(np.int64)
        upper = np.repeat(np.arange(first, last, dtype=np.uint32) << np.uint32(16), np.diff(edges))
        return upper | self.remainders[edges[0] : edges[-1]]


def _bound(values: NDArray[np.uint16], low: Places, high: Places, wanted: NDArray[np.uint16], past: bool) -> Places:
    """Return where in `values[low:high]`, each ascending, `wanted` begins (or ends), all searches at once."""
    import numpy as np

    low, high = low.copy(), high.copy()
    last = max(len(values) - 1, 0)
    for _ in range(int((high - low).max(initial=0)).bit_length()):
        open_ = low < high
        middle = (low + high) >> 1
        here = values[np.minimum(middle, last)]
        right = open_ & ((here <= wanted) if past else (here < wanted))
        low = np.where(right, middle + 1, low)
        high = np.where(open_ & ~right, middle, high)
    return low


def segment(hashes: Hashes, documents: Documents) -> Segment:
    """Return a segment of postings in any order; the same posting twice counts once."""
    import numpy as np

    keys = np.sort((hashes.astype(np.uint64) << np.uint64(32)) | documents)
    if len(keys):
        keys = keys[np.r_[True, keys[1:] != keys[:-1]]]
    hashes = (keys >> np.uint64(32)).astype(np.uint32)
    counts = np.bincount(hashes >> np.uint32(16), minlength=_BUCKETS)
    table = np.zeros(_BUCKETS + 1, np.uint64)
    np.cumsum(counts, out=table[1:])
    return Segment(table, keys.astype(np.uint32), (hashes & np.uint32(0xFFFF)).astype(np.uint16))


def merged(segments: Sequence[Segment], alive: NDArray[np.bool_]) -> Segment:
    """Return the postings of several segments whose documents are alive as one.

    Memory, besides the result's, is that of a sixteenth of the postings.
    """
    import numpy as np

    counts = np.zeros(_BUCKETS, np.int64)
    remainders, documents = [], []
    step = _BUCKETS // _SLICES
    for first in range(0, _BUCKETS, step):
        keys = []
        for each in segments:
            low, high = int(each.table[first]), int(each.table[first + step])
            ids = each.documents[low:high]
            keys.append(((each.hashes(first, first + step).astype(np.uint64) << np.uint64(32)) | ids)[alive[ids]])
        # Each is sorted already, for which the stable sort of integers is quick.
        together = np.sort(np.concatenate(keys), kind="stable")
        hashes = (together >> np.uint64(32)).astype(np.uint32)
        counts[first : first + step] = np.bincount((hashes >> np.uint32(16)) - first, minlength=step)
        remainders.append((hashes & np.uint32(0xFFFF)).astype(np.uint16))
        documents.append(together.astype(np.uint32))
    table = np.zeros(_BUCKETS + 1, np.uint64)
    np.cumsum(counts, out=table[1:])
    return Segment(table, np.concatenate(documents), np.concatenate(remainders))


def write(made: Segment, path: Path) -> int:
    """Write a segment beside, then move it to its place. Returns its checksum."""
    import numpy as np

    table, documents, remainders = made
    columns = [
        table.astype("<u8", copy=False).view(np.uint8),
        documents.astype("<u4", copy=False).view(np.uint8),
        remainders.astype("<u2", copy=False).view(np.uint8),
    ]
    check = 0
    for column in columns:
        check = crc32(column.data, check)
    beside = path.with_suffix(f".{os.getpid()}")
    try:
        with beside.open("wb") as file:
            file.write(_HEADER.pack(_MAGIC, len(made.documents), check))
            for column in columns:
                file.write(column.data)
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
    return check


def read(path: Path, expected: int) -> Segment:
    """Map a segment into memory. `expected` is what `write` returned.

    Raises `Damaged` where the file isn't what was written, `OSError` where it's gone.
    """
    import numpy as np

    if path.stat().st_size < _HEADER.size + _TABLE:
        raise Damaged(path.name)
    data = np.memmap(path, np.uint8, "r").view(np.ndarray)
    magic, count, check = _HEADER.unpack(data[: _HEADER.size].tobytes())
    if magic != _MAGIC or len(data) != _HEADER.size + _TABLE + 6 * count or check != expected:
        raise Damaged(path.name)
    if crc32(data[_HEADER.size :].data) != check:
        raise Damaged(path.name)
    plain = data[_HEADER.size :]
    edge = _TABLE + 4 * count
    return Segment(plain[:_TABLE].view("<u8"), plain[_TABLE:edge].view("<u4"), plain[edge:].view("<u2"))
