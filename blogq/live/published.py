"""Files that are published as they are, opened for whoever asks for them."""

from __future__ import annotations

import io
import os

from blogq.collect import LARGEST_FILE, Unreadable, open_file, read_file, stat_of
from blogq.plan.jobs import CopyJob
from blogq.preview.source import Content
from blogq.store.digest import digest

LARGEST_HELD = 1 << 30
"""Bytes of an image that is held in memory, as it must be to leave its metadata out."""


def content_of(copy: CopyJob, bounds: tuple[str, ...]) -> Content:
    """Return the file of `copy`, open, as a build would publish it. OSError when it can't be read.

    Its tag is another one after each edit: it is made from the stat tuple, and for images from the bytes.
    """
    try:
        if copy.strip:
            from blogq.images import metadata

            data = metadata.without_metadata(read_file(copy.root, copy.source, copy.shown, bounds, LARGEST_HELD).data)
            return Content(io.BytesIO(data), len(data), f'"{digest(data).hex()[:24]}"')
        file, found = open_file(copy.root, copy.source, copy.shown, bounds, LARGEST_FILE)
    except Unreadable as error:
        raise OSError(error.finding.message) from error
    tag = digest(repr(stat_of(found)).encode()).hex()[:24]
    return Content(os.fdopen(file, "rb", buffering=0), found.st_size, f'"{tag}"')
