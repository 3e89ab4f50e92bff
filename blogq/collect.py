"""Walk the folders of a site, and read files in them: never outside them, never anything but regular files.

A scan is names and stat tuples only. Reading checks what was opened, not what stood there before.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from errno import ELOOP
from pathlib import Path
from typing import NamedTuple

from blogq.finding import Finding, Span
from blogq.store.digest import hasher

Stat = tuple[int, int, int, int]
"""Size, mtime and ctime in nanoseconds, inode: when all are the same, so is the file (except a very young one)."""
Take = Callable[[bytes], object]
"""Takes the parts of a file, one after the other."""
DEEPEST = 256
"""Folders within folders."""
LARGEST_SOURCE = 32 << 20
"""Bytes of a Markdown source."""
LARGEST_FILE = 64 << 30
"""Bytes of a file that is published as it is. Nobody serves a larger one from a blog; but a name can stand for as many
terabytes as one likes, none of which are on the disk."""
PART = 1 << 20
"""Bytes of a file that are read at a time."""
YOUNG = 50_000_000
"""Nanoseconds: a file changed this shortly before a scan may change again with the same stat tuple (git's
"racily clean" entries; the kernel's clock for files ticks every 4 to 10 ms)."""
COARSE = 2_000_000_000
"""The same on file systems that keep whole seconds only (FAT: two)."""


class Scan(NamedTuple):
    """All files below a folder, in the order of their paths."""

    root: str
    """Real path of the folder; empty when there is none."""
    paths: list[str]
    """Relative to the folder, with `/`."""
    stats: list[Stat]
    findings: tuple[Finding, ...]


class SourceFile(NamedTuple):
    """Bytes as found."""

    path: str
    data: bytes
    stat: Stat


class Unreadable(Exception):
    """A file can't be read; `finding` says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


def real(path: Path) -> Path:
    """Return `path`, absolute and without symbolic links, but for one that leads in a circle.

    `Path.resolve` raises RuntimeError for such a link before Python 3.13.
    """
    return Path(os.path.realpath(path))


def stat_of(result: os.stat_result) -> Stat:
    """Return the part of a stat result by which a change is noticed."""
    return (result.st_size, result.st_mtime_ns, result.st_ctime_ns, result.st_ino)


def is_young(found: Stat, at: int) -> bool:
    """Return whether a file with this stat tuple, seen at the time `at` (ns), may have changed since unnoticed."""
    newest = max(found[1], found[2])
    return newest >= at - (COARSE if found[1] % 1_000_000_000 == 0 else YOUNG)


def scan(
    folder: Path,
    shown: str,
    bounds: tuple[str, ...],
    keep: Callable[[str, bool], bool],
    made: tuple[str, ...] = (),
) -> Scan:
    """List the files below `folder`.

    `shown` is the folder's path relative to the site, for findings. `bounds` are real paths of folders that a
    symbolic link may lead into, except for those in `made`, which builds write to. `keep(path, is_folder)`
    chooses what to list and where to descend.
    """
    root = os.path.realpath(folder)
    found: list[tuple[str, Stat]] = []
    findings: list[Finding] = []
    if not os.path.isdir(root):
        return Scan("", [], [], ())

    def note(code: str, path: str, message: str, hint: str) -> None:
        place = "/".join(filter(None, (shown, path)))
        findings.append(Finding(code, "error", Span(place), message, hint))

    if not within(root, bounds):
        note("SR103", "", "this folder is a symbolic link that leads out of the site", "put the folder itself here")
        return Scan("", [], [], tuple(findings))

    stack: list[tuple[str, str, int, frozenset[str]]] = [(root, "", 0, frozenset((root,)))]
    while stack:
        place, prefix, depth, above = stack.pop()
        try:
            entries = list(os.scandir(place))
        except OSError as error:
            if depth:
                note(
                    "SR101",
                    prefix.rstrip("/"),
                    f"this folder can't be read: {reason(error)}",
                    "check its permissions",
                )
            else:
                note("SR101", "", f"the folder can't be read: {reason(error)}", "check its permissions")
            continue
        for entry in entries:
            path = prefix + entry.name
            try:
                if entry.is_file(follow_symlinks=False):
                    # Nearly all of them.
                    if keep(path, False):
                        state = entry.stat(follow_symlinks=False)
                        found.append((path, (state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino)))
                    continue
                link = entry.is_symlink()
                target = entry.path
                if link:
                    if entry.name.startswith("."):
                        continue
                    target = os.path.realpath(entry.path)
                    if not within(target, bounds):
                        if keep(path, os.path.isdir(target)):
                            note(
                                "SR103",
                                path,
                                "this symbolic link leads out of the site",
                                "put the file itself here",
                            )
                        continue
                    if within(target, made):
                        message = "this symbolic link leads to what builds have made"
                        note("SR103", path, message, "remove it, or put the file itself here")
                        continue
                    state = os.stat(target)
                elif entry.is_dir(follow_symlinks=False):
                    if keep(path, True) and target not in made:
                        if depth >= DEEPEST:
                            note(
                                "SR106",
                                path,
                                f"folders are nested more than {DEEPEST} deep",
                                "put it nearer the top",
                            )
                        else:
                            stack.append((target, path + "/", depth + 1, above))
                    continue
                else:
                    state = entry.stat(follow_symlinks=False)
            except OSError as error:
                if error.errno == ELOOP or link:
                    continue
                note("SR101", path, f"can't be read: {reason(error)}", "check its permissions")
                continue
            if stat.S_ISREG(state.st_mode):
                if keep(path, False):
                    found.append((path, stat_of(state)))
            elif stat.S_ISDIR(state.st_mode):
                circular = target in above or within(root, (target,))
                if keep(path, True) and not circular and depth < DEEPEST:
                    stack.append((target, path + "/", depth + 1, above | {target}))
            elif keep(path, False):
                note(
                    "SR104",
                    path,
                    "this is not a regular file",
                    "remove it, or add it to `ignore` in blogq.yaml",
                )
    found.sort()
    return Scan(root, [path for path, _ in found], [state for _, state in found], tuple(findings))


def within(path: str, bounds: tuple[str, ...]) -> bool:
    """Return whether the real path `path` is one of `bounds` or below one of them."""
    return any(path == bound or path.startswith(bound.rstrip(os.sep) + os.sep) for bound in bounds)


def reason(error: OSError) -> str:
    """Return why the system refused, as a clause."""
    return (error.strerror or str(error) or "the system refused")[:1].lower() + (error.strerror or str(error))[1:]


def read_file(root: str, path: str, shown: str, bounds: tuple[str, ...], limit: int = 0) -> SourceFile:
    """Read the file at `path` below the real folder `root` into memory.

    Raise `Unreadable` when it isn't there, is no regular file, lies outside `bounds`, can't be read, goes on
    changing while it is read, or is larger than `limit` bytes (0: no limit) or than there is memory for.
    """
    parts: list[bytes] = []

    def begin() -> Take:
        parts.clear()
        return parts.append

    try:
        found = read_in_parts(root, path, shown, bounds, begin, limit)
        return SourceFile(path, parts[0] if len(parts) == 1 else b"".join(parts), found)
    except MemoryError as error:
        message = "the file has more bytes than there is memory for"
        hint = "keep it elsewhere and link to it"
        raise Unreadable(Finding("SR105", "error", Span(shown), message, hint)) from error


def digest_file(root: str, path: str, shown: str, bounds: tuple[str, ...]) -> tuple[Stat, bytes]:
    """Return stat tuple and digest of a file of up to `LARGEST_FILE` bytes; raise `Unreadable` as `read_file` does."""
    hashed = hasher()

    def begin() -> Take:
        nonlocal hashed
        hashed = hasher()
        return hashed.update

    found = read_in_parts(root, path, shown, bounds, begin, LARGEST_FILE)
    return found, hashed.digest()


def read_in_parts(
    root: str, path: str, shown: str, bounds: tuple[str, ...], begin: Callable[[], Take], limit: int = 0
) -> Stat:
    """Hand a file over in parts of at most `PART` bytes, and return its stat tuple; raise as `read_file` does.

    `begin` returns what takes the parts. It is called again when the file has changed meanwhile: what was taken
    before is to be forgotten then.
    """
    for _ in range(5):
        found = _read_once(root, path, shown, bounds, begin, limit)
        if found is not None:
            return found
    raise Unreadable(
        Finding(
            "SR101",
            "error",
            Span(shown),
            "the file is being written to all the time",
            "build again once it is whole",
        )
    )


def open_file(root: str, path: str, shown: str, bounds: tuple[str, ...], limit: int = 0) -> tuple[int, os.stat_result]:
    """Open the file at `path` below the real folder `root`; return the descriptor, which is to be closed, and its stat.

    Raise `Unreadable` when it isn't there, is no regular file, lies outside `bounds`, can't be read, or is larger than
    `limit` bytes (0: no limit).
    """

    def refuse(code: str, message: str, hint: str) -> Unreadable:
        return Unreadable(Finding(code, "error", Span(shown), message, hint))

    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    try:
        file = os.open(f"{root}/{path}", flags)
    except OSError as error:
        raise refuse("SR101", f"can't be read: {reason(error)}", "check that it is there and may be read") from error
    try:
        found = os.fstat(file)
        if not stat.S_ISREG(found.st_mode):
            raise refuse("SR104", "this is not a regular file", "remove it, or add it to `ignore` in blogq.yaml")
        if not within(_real_path(file, f"{root}/{path}"), bounds):
            raise refuse("SR103", "this file lies outside the site", "put the file itself here instead of a link")
        if limit and found.st_size > limit:
            hint = "split it" if limit == LARGEST_SOURCE else "keep it elsewhere and link to it"
            raise refuse("SR105", f"the file has {found.st_size:,} bytes, more than {limit:,}", hint)
    except OSError as error:
        os.close(file)
        raise refuse("SR101", f"can't be read: {reason(error)}", "check the disk") from error
    except BaseException:
        os.close(file)
        raise
    return file, found


def _read_once(
    root: str, path: str, shown: str, bounds: tuple[str, ...], begin: Callable[[], Take], limit: int
) -> Stat | None:
    def failed(error: OSError) -> Unreadable:
        return Unreadable(Finding("SR101", "error", Span(shown), f"can't be read: {reason(error)}", "check the disk"))

    file, before = open_file(root, path, shown, bounds, limit)
    try:
        # What is done with a part may fail as well, and is then no fault of this file.
        take = begin()
        size = min(before.st_size or PART, PART)
        left = before.st_size
        while True:
            try:
                part = os.read(file, size)
            except OSError as error:
                raise failed(error) from error
            if not part:
                break
            take(part)
            left -= len(part)
            if not left:
                # One that has grown meanwhile has another size.
                break
        try:
            after = os.fstat(file)
        except OSError as error:
            raise failed(error) from error
    finally:
        os.close(file)
    return stat_of(after) if stat_of(before) == stat_of(after) else None


_DESCRIPTORS = "/proc/self/fd"
_HAS_DESCRIPTORS = os.path.isdir(_DESCRIPTORS)


def _real_path(file: int, path: str) -> str:
    """Return where the open file really lies."""
    if _HAS_DESCRIPTORS:
        real = os.readlink(f"{_DESCRIPTORS}/{file}")
        return real.removesuffix(" (deleted)")
    return os.path.realpath(path)
