"""Whether what builds write can be written: the store, the output, and room for both."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from blogq.config.schema import Config
from blogq.finding import Finding, Span
from blogq.sources import STORE

ROOM = 100 << 20
"""Bytes of free space under which a build of any size may fail."""


def storage_findings(site: Path, config: Config) -> list[Finding]:
    """Return what keeps builds from writing. What is tried leaves nothing behind."""
    found = []
    for name, what in ((STORE, "the store"), (config.output, "the output folder")):
        folder = site / name
        if folder.is_symlink():
            if name == STORE:
                message = "the store is a symbolic link, and builds refuse to write through one"
                found.append(Finding("DR107", "error", Span(name), message, f"remove the link: rm {name}"))
            continue
        if folder.exists() and not folder.is_dir():
            message = f"a file stands where {what} is to be"
            found.append(Finding("DR107", "error", Span(name), message, "move it away"))
            continue
        if why := _refusal(folder if folder.is_dir() else site):
            message = f"{what} can't be written: {why}"
            hint = f"see who owns it: ls -ld {name if folder.is_dir() else '.'}; after sudo it is often root"
            found.append(Finding("DR107", "error", Span(name), message, hint))
    try:
        free = shutil.disk_usage(site).free
    except OSError:
        return found
    if free < ROOM:
        message = f"there are {free >> 20:,} MiB left on this disk"
        found.append(Finding("DR107", "warning", Span("."), message, "make room before you build"))
    return found


def _refusal(folder: Path) -> str:
    """Return why nothing can be written in `folder`; "" where it can."""
    place = folder / f".blogq-doctor-{os.getpid()}"
    try:
        with open(place, "xb") as file:
            file.write(b"x" * 4096)
            file.flush()
        place.unlink()
    except OSError as error:
        with suppress(OSError):
            # A disk that can only be read refuses this as well, whether the file is there or not.
            place.unlink(missing_ok=True)
        return error.strerror or str(error)
    return ""
