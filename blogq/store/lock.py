"""One build at a time: a lock that ends with its process, however that ends."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_held: list[int] = []


def forget() -> None:
    """Let go of locks inherited from a parent process, so that they end with it."""
    while _held:
        os.close(_held.pop())


def _try_lock(file: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _wait(file: int) -> None:
    if sys.platform == "win32":
        import time

        while not _try_lock(file):
            time.sleep(0.05)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX)


def _drop_links(folder: Path) -> None:
    """Remove symbolic links from the store, which has none of its own: written through, they lead anywhere."""
    if folder.is_symlink():
        raise OSError(errno.ELOOP, "the store is a symbolic link; remove it", str(folder))
    if folder.is_dir():
        for entry in os.scandir(folder):
            if entry.is_symlink():
                os.unlink(entry.path)


@contextmanager
def exclusive(folder: Path, waiting: Callable[[str], None]) -> Iterator[None]:
    """Hold the lock of the store in `folder` (made if need be).

    When another process holds it, `waiting` is called once with what that process wrote into the lock (its
    process number, or nothing), and the lock is awaited. OSError when the folder can't be written.
    """
    _drop_links(folder)
    folder.mkdir(parents=True, exist_ok=True)
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)
    file = os.open(folder / "lock", flags, 0o644)
    try:
        if not _try_lock(file):
            waiting(os.pread(file, 32, 0).decode("ascii", "replace").strip() if hasattr(os, "pread") else "")
            _wait(file)
        os.ftruncate(file, 0)
        os.write(file, str(os.getpid()).encode())
        _held.append(file)
        # Whoever makes the store, nothing of it belongs into Git.
        ignored = folder / ".gitignore"
        if not ignored.exists():
            ignored.write_text("*\n")
        yield
    finally:
        if file in _held:
            _held.remove(file)
        os.close(file)
