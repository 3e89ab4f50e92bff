"""The output folder: stage new files aside, move them in place whole, remove what is no longer made.

Nothing outside the output folder is ever written: a folder of it that has become a symbolic link is replaced by a
real one. Whatever happens in between, each file is the old one or the new one.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from blogq.collect import COARSE, PART, Stat, Take, is_young, real, stat_of
from blogq.finding import Finding, Span
from blogq.store.columns import Damaged
from blogq.store.digest import hasher
from blogq.store.manifest import Manifest, load_manifest

SPARED = frozenset((".git", ".hg", ".svn"))
"""Names at the top of an output folder that are never touched: the folder may be a checkout of its own."""

RESERVED = SPARED | {".blogq"}
"""Names of folders that no output may lie in: those of version control, and the store."""


Compared = tuple[frozenset[int], dict[int, Stat]]
"""Indexes of outputs that are gone or have other bytes, and new stat tuples of those that are merely touched."""


class Putter:
    """Writes new files below a folder."""

    def __init__(self, root: str) -> None:
        self.root = root
        self._made: set[str] = {root}

    def put(self, path: str, data: bytes) -> None:
        """Write `data` as `path` below the folder; OSError when the disk refuses."""
        file = self._open(path)
        try:
            _write_all(file, data)
        finally:
            os.close(file)

    def put_parts(self, path: str, read: Callable[[Callable[[], Take]], object]) -> bytes:
        """Write a file that comes in parts as `path` below the folder; return its digest.

        `read` is called with what begins the file, or begins it anew, and returns what takes its parts. OSError when
        the disk refuses. What `read` raises is passed on, and leaves no file.
        """
        file = -1
        hashed = hasher()

        def begin() -> Take:
            nonlocal file, hashed
            if file < 0:
                file = self._open(path)
            else:
                os.lseek(file, 0, os.SEEK_SET)
                os.ftruncate(file, 0)
            hashed = hasher()
            return take

        def take(part: bytes) -> None:
            hashed.update(part)
            _write_all(file, part)

        whole = False
        try:
            read(begin)
            whole = True
        finally:
            if file >= 0:
                os.close(file)
                if not whole:
                    os.unlink(f"{self.root}/{path}")
        return hashed.digest()

    def _open(self, path: str) -> int:
        """Open `path` for writing, empty, with the folders that it needs; return its descriptor."""
        place = f"{self.root}/{path}"
        folder = place.rpartition("/")[0]
        if folder not in self._made:
            try:
                os.mkdir(folder)
            except OSError:
                # Its parent isn't there yet, or another worker was quicker.
                os.makedirs(folder, exist_ok=True)
            self._made.add(folder)
        return os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)


def _write_all(file: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(file, view) :]


class Stage:
    """A folder beside the output, in which new files are made before any of them is moved in place."""

    def __init__(self, store: Path, output: Path) -> None:
        """Make the stage, on the output's file system; OSError when it can't be made."""
        existing = output
        while not existing.exists():
            existing = existing.parent
        place = store
        self._new: Path | None = None
        if os.stat(store).st_dev != os.stat(existing).st_dev:
            # In the output itself, where the next build finds what this one leaves if it is killed.
            self._new = output if existing != output else None
            output.mkdir(parents=True, exist_ok=True)
            place = output
        self.folder = place / f"{'.blogq-' if place != store else ''}stage-{os.getpid()}"
        shutil.rmtree(self.folder, ignore_errors=True)
        (self.folder / "site").mkdir(parents=True)
        self.root = str(self.folder / "site")

    def remove(self) -> None:
        """Remove the stage with everything in it, and the output that was made for it if nothing came into it."""
        shutil.rmtree(self.folder, ignore_errors=True)
        if self._new is not None:
            with suppress(OSError):
                self._new.rmdir()


def remove_old_stages(store: Path, output: Path) -> None:
    """Remove what builds that were killed have left."""
    for place, pattern in ((store, "stage-*"), (output, ".blogq-stage-*"), (store, "*.new")):
        if place.is_dir():
            for left in place.glob(pattern):
                if left.is_dir() and not left.is_symlink():
                    shutil.rmtree(left, ignore_errors=True)
                else:
                    left.unlink(missing_ok=True)


def unusable(output: Path, site: Path, sources: Iterable[Path]) -> str:
    """Return why `output` must not be written to, as a clause; or an empty string.

    `sources` are folders that are read. All paths are real ones.
    """
    if any(os.path.islink(each) for each in (output, *output.parents)):
        return "it lies behind a symbolic link that leads in a circle"
    if output == Path(output.anchor):
        return "it is the root of the file system"
    with suppress(RuntimeError):
        if output == real(Path.home()):
            return "it is the home folder"
    if site == output or site.is_relative_to(output):
        return "the site itself lies in it"
    for source in sources:
        if output == source or source.is_relative_to(output):
            return f"the folder {source.name}, which is read, lies in it"
        if source != site and output.is_relative_to(source):
            return f"it lies in {source.name}, which is read"
    for part in output.parts:
        if part.lower() in RESERVED:
            return f"{part} is not a folder for pages"
    if output.exists() and not output.is_dir():
        return "it is a file"
    return ""


class OutputFolder:
    """The folder that the site is written to."""

    def __init__(self, folder: Path, aside: Path | None = None) -> None:
        """Take `folder`; `aside` is where files go that blogq didn't write and that stand in the way."""
        self.folder = folder
        self.aside = aside
        self.moved_aside = 0
        self.root = str(folder)
        self._real: set[str] = {self.root}

    def compare(
        self, paths: Sequence[str], stats: Sequence[Stat], contents: Sequence[bytes], at: int
    ) -> tuple[set[int], dict[int, Stat]]:
        """Compare outputs with what they were when they were written.

        Return the indexes of those that are gone or have other bytes, and new stat tuples of those whose bytes are
        the same all the same. Bytes are read only where the stat tuple differs, or where a file was written so
        shortly before `at` (ns) that a change might not show in it.
        """
        lost: set[int] = set()
        moved: dict[int, Stat] = {}
        root = self.root + "/"
        lstat = os.lstat
        for index, path in enumerate(paths):
            try:
                state = lstat(root + path)
            except OSError:
                lost.add(index)
                continue
            found = (state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino)
            if found == stats[index] and found[2] < at - COARSE:
                continue
            if found == stats[index] and not is_young(found, at):
                continue
            if not stat.S_ISREG(state.st_mode) or found[0] != stats[index][0]:
                lost.add(index)
                continue
            try:
                with open(root + path, "rb") as file:
                    hashed = hasher()
                    while part := file.read(PART):
                        hashed.update(part)
                    same = hashed.digest() == contents[index]
            except OSError:
                same = False
            if not same:
                lost.add(index)
            elif found != stats[index]:
                moved[index] = found
        return lost, moved

    def take(self, stage: Stage, paths: list[str], ours: Collection[str]) -> dict[str, Stat]:
        """Move staged files in place; return their stat tuples. OSError when the disk refuses.

        `ours` are the files that blogq has written here before.
        """
        if not os.path.lexists(self.root):
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            os.rename(stage.root, self.root)
            return {path: stat_of(os.lstat(f"{self.root}/{path}")) for path in paths}
        taken: dict[str, Stat] = {}
        for path in paths:
            place = f"{self.root}/{path}"
            self._make_folder(place.rpartition("/")[0], ours)
            try:
                os.replace(f"{stage.root}/{path}", place)
            except OSError:
                if not os.path.isdir(place) or os.path.islink(place):
                    raise
                self.prune([old for old in ours if old.startswith(path + "/")])
                if os.path.lexists(place):
                    self.move_aside([path])
                self._make_folder(place.rpartition("/")[0], ours)
                os.replace(f"{stage.root}/{path}", place)
            taken[path] = stat_of(os.lstat(place))
        return taken

    def _make_folder(self, folder: str, ours: Collection[str]) -> None:
        """Make sure that `folder` is a real folder below the output, whatever stood there."""
        if folder in self._real:
            return
        self._make_folder(folder.rpartition("/")[0], ours)
        try:
            mode = os.lstat(folder).st_mode
        except FileNotFoundError:
            os.mkdir(folder)
        else:
            if not stat.S_ISDIR(mode):
                path = folder[len(self.root) + 1 :]
                if stat.S_ISREG(mode) and path not in ours:
                    self.move_aside([path])
                else:
                    os.unlink(folder)
                os.mkdir(folder)
        self._real.add(folder)

    def _is_real(self, folder: str) -> bool:
        """Return whether `folder` is reached from the output through real folders only."""
        if folder in self._real:
            return True
        if not self._is_real(folder.rpartition("/")[0]):
            return False
        try:
            real = stat.S_ISDIR(os.lstat(folder).st_mode)
        except OSError:
            return False
        if real:
            self._real.add(folder)
        return real

    def prune(self, paths: Iterable[str]) -> list[str]:
        """Remove outputs that are no longer made, and the folders left empty; return what could not be removed."""
        kept: list[str] = []
        folders: set[str] = set()
        for path in paths:
            place = f"{self.root}/{path}"
            folder = place.rpartition("/")[0]
            if not {"", ".", ".."}.isdisjoint(path.split("/")) or not self._is_real(folder):
                continue
            try:
                os.unlink(place)
            except FileNotFoundError:
                pass
            except IsADirectoryError:
                continue
            except OSError:
                kept.append(path)
                continue
            folders.add(folder)
        for folder in sorted(folders, key=len, reverse=True):
            while len(folder) > len(self.root):
                try:
                    os.rmdir(folder)
                except OSError:
                    break
                self._real.discard(folder)
                folder = folder.rpartition("/")[0]
        return kept

    def strangers(self, planned: frozenset[str]) -> list[str]:
        """Return files in the folder that this build doesn't make."""
        found: list[str] = []
        stack = [""]
        while stack:
            prefix = stack.pop()
            try:
                entries = list(os.scandir(f"{self.root}/{prefix}"))
            except OSError:
                continue
            for entry in entries:
                path = prefix + entry.name
                if not prefix and (entry.name in SPARED or entry.name.startswith(".blogq-stage-")):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    stack.append(path + "/")
                elif path not in planned:
                    found.append(path)
        return sorted(found)

    def move_aside(self, paths: list[str]) -> None:
        """Move files out of the folder, keeping their paths; OSError when the disk refuses."""
        if self.aside is None:
            raise FileExistsError(f"{self.root}/{paths[0]}")
        for path in paths:
            place = self.aside / path
            place.parent.mkdir(parents=True, exist_ok=True)
            number = 1
            while os.path.lexists(place):
                number += 1
                place = self.aside / f"{path}.{number}"
            shutil.move(f"{self.root}/{path}", place)
            self.moved_aside += 1
        self.prune(paths)


def compare_outputs(path: Path, folder: Path) -> Compared:
    """Compare `folder` with its manifest at `path`, as `OutputFolder.compare` does; a lost manifest knows nothing."""
    try:
        manifest = load_manifest(path) or Manifest()
    except Damaged:
        manifest = Manifest()
    lost, moved = OutputFolder(folder).compare(manifest.paths, manifest.stats, manifest.contents, manifest.at)
    return frozenset(lost), moved


def refused(error: OSError, what: str) -> Finding:
    """Return the finding of a disk that refuses, or of a process that the system has ended."""
    from blogq.collect import reason

    if isinstance(error, ChildProcessError):
        hint = "it may have run out of memory: build again, with a smaller --jobs; the old site is still whole"
        return Finding("OU104", "error", Span(what), f"the build was cut short: {error}", hint)

    hint = "free some space, or check the folder's permissions, and build again: the old site is still whole"
    return Finding("OU102", "error", Span(what), f"can't be written: {reason(error)}", hint)
