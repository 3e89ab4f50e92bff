"""A folder on this machine as a place to publish at."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from blogq.deploying.plan import KEPT, File
from blogq.deploying.record import NAME
from blogq.deploying.target import Unusable

_PART = ".blogq-part"
"""How the name of a file ends that is being written."""


class Folder:
    """A folder; it is made where there is none. Nothing is written or removed through a symbolic link."""

    batch = 500
    comparable = True
    together = 1

    def __init__(self, root: Path) -> None:
        self.root = root
        self.shown = str(root)
        self._left: list[str] = []

    def files(self) -> Mapping[str, int]:
        """Return the files that are there, but for those that a killed run has left half written."""
        found: dict[str, int] = {}
        if self.root.exists() and not self.root.is_dir():
            raise Unusable("it is a file", "Choose a folder.")
        waiting = [str(self.root)] if self.root.is_dir() else []
        try:
            while waiting:
                with os.scandir(waiting.pop()) as entries:
                    for entry in entries:
                        path = os.path.relpath(entry.path, self.root).replace(os.sep, "/")
                        if entry.is_dir(follow_symlinks=False):
                            if path not in KEPT:
                                waiting.append(entry.path)
                        elif entry.name.endswith(_PART):
                            self._left.append(entry.path)
                        else:
                            found[path] = entry.stat(follow_symlinks=False).st_size
        except OSError as error:
            raise _refused(error) from error
        return found

    def read(self, path: str) -> bytes | None:
        """Return the content of a file, unless it is a symbolic link or none."""
        place = self.root / path
        if place.is_symlink() or not place.is_file():
            return None
        try:
            return place.read_bytes()
        except OSError as error:
            raise _refused(error) from error

    def send(self, files: Sequence[File]) -> None:
        """Copy files beside their places, and then in place."""
        for file in files:
            self._put(file.path, None, file.source)

    def remove(self, paths: Sequence[str]) -> None:
        """Remove files, and folders that become empty by it."""
        for path in paths:
            self._check(path)
            place = self.root / path
            try:
                place.unlink(missing_ok=True)
            except OSError as error:
                raise _refused(error) from error
            for folder in place.relative_to(self.root).parents:
                if folder == Path("."):
                    break
                try:
                    (self.root / folder).rmdir()
                except OSError:
                    break

    def note(self, record: bytes) -> None:
        """Keep the record."""
        self._put(NAME, record, None)

    def finish(self, message: str) -> None:
        """Remove what killed runs have left half written."""
        for left in self._left:
            with suppress(OSError):
                os.unlink(left)

    def _put(self, path: str, data: bytes | None, source: Path | None) -> None:
        self._check(path)
        place = self.root / path
        beside = place.with_name(f".{place.name}{_PART}")
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            # What a killed run has left, or a link that somebody has put there: it is not written through.
            beside.unlink(missing_ok=True)
            with open(beside, "xb") as file:
                if data is not None:
                    file.write(data)
                else:
                    assert source is not None
                    with open(source, "rb") as whole:
                        shutil.copyfileobj(whole, file, 1 << 20)
            os.replace(beside, place)
        except OSError as error:
            raise _refused(error) from error

    def _check(self, path: str) -> None:
        """Raise `Unusable` where a symbolic link would lead elsewhere."""
        place = self.root
        for part in path.split("/")[:-1]:
            place /= part
            if place.is_symlink():
                raise Unusable(f"{place} is a symbolic link", "Remove it; nothing is written through links.")


def _refused(error: OSError) -> Unusable:
    return Unusable(f"{error.filename or 'the folder'}: {error.strerror or error}", "See who may write there.")
