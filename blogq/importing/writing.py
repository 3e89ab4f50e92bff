"""The files of the new site: each is written whole, none over another, none outside the site's folder."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, Literal

from blogq.importing.carried import Carry
from blogq.importing.uploads import is_inside

Outcome = Literal["made", "same", "kept", "refused"]
"""`same`: it was there already, and says the same. `kept`: it was there and says something else; it stays as it is."""


class SiteFolder:
    """The folder that a site is written into."""

    def __init__(self, root: Path) -> None:
        root.mkdir(parents=True, exist_ok=True)
        self.root = Path(os.path.realpath(root))
        self._folders: set[Path] = set()

    def put(self, name: str, text: str) -> Outcome:
        """Write a text to the file `name`, a path with `/` below the root."""
        data = text.encode("utf-8", "replace")
        return self._put(name, lambda file: bool(file.write(data)) or True, lambda path: path.read_bytes() == data)

    def copy(self, carry: Carry) -> Outcome:
        """Copy a file that stands beside the export; its root is looked at again, for it may have been swapped."""
        if not is_inside(carry.source, carry.root):
            return "refused"

        def fill(file: IO[bytes]) -> bool:
            with carry.source.open("rb") as source:
                shutil.copyfileobj(source, file, 1 << 20)
            return True

        return self._put(carry.target, fill, lambda path: _alike(path, carry.source))

    def make_folder(self, name: str) -> None:
        """Make the folder `name` right below the root, unless there is something of that name."""
        if not os.path.lexists(self.root / name):
            (self.root / name).mkdir()

    def _put(self, name: str, fill: Callable[[IO[bytes]], bool], is_same: Callable[[Path], bool]) -> Outcome:
        parts = name.split("/")
        if any(part in ("", ".", "..") or "\0" in part or "\\" in part for part in parts):
            return "refused"
        path = self.root.joinpath(*parts)
        if not self._has(path.parent):
            return "refused"
        if os.path.lexists(path):
            return "same" if path.is_file() and is_same(path) else "kept"
        handle, beside = tempfile.mkstemp(prefix=".blogq-", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                fill(file)
            os.chmod(beside, 0o644)
            try:
                # A link is made only where nothing is yet; a rename would write over what came between.
                os.link(beside, path)
            except FileExistsError:
                return "kept"
            except OSError:
                with path.open("xb") as file, open(beside, "rb") as whole:
                    shutil.copyfileobj(whole, file)
            return "made"
        finally:
            os.unlink(beside)

    def _has(self, folder: Path) -> bool:
        """Make `folder` if need be; return whether it lies in the site, links followed."""
        if folder in self._folders:
            return True
        # Looked at before anything is made: a link could lead out, and what is made would stand there.
        if not Path(os.path.realpath(folder)).is_relative_to(self.root):
            return False
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError):
            return False
        self._folders.add(folder)
        return True


def _alike(one: Path, other: Path) -> bool:
    if one.stat().st_size != other.stat().st_size:
        return False
    with one.open("rb") as left, other.open("rb") as right:
        while (part := left.read(1 << 20)) or right.read(1):
            if part != right.read(len(part)):
                return False
    return True
