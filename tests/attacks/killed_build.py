"""Run one build and kill it, as `kill -9` does, before its Nth change to the disk.

python killed_build.py SITE NOW          builds SITE and prints its changes to the disk, one a line
python killed_build.py SITE NOW N...     builds SITE-N for each N, each in a process that is killed before change N
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from blogq.build import Request, build

CHANGES = ("open", "write", "replace", "rename", "mkdir", "unlink", "rmdir", "ftruncate")
"""Functions of `os` by which a build changes the disk; `open` is called for reading too."""


def watch(before: Callable[[str], None]) -> None:
    """Have `before` called with the name of each change that this process makes to the disk."""

    def watched(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            before(name)
            return real(*args, **kwargs)

        return call

    for name in CHANGES:
        setattr(os, name, watched(name, getattr(os, name)))


def count(site: str, now: int) -> list[str]:
    """Build `site` and return the names of its changes to the disk."""
    changes: list[str] = []
    watch(changes.append)
    assert build(Request(Path(site), now, jobs=1)).written
    return changes


def kill(site: str, now: int, points: list[int]) -> None:
    """Build a copy of `site` for each of `points` and kill it before that change."""
    import blogq.publish  # noqa: F401  (loaded here, so that no child needs to)

    for point in points:
        child = os.fork()
        if child == 0:
            left = iter(range(point))

            def before(name: str, left: Any = left) -> None:
                if next(left, None) is None:
                    os.kill(os.getpid(), signal.SIGKILL)

            watch(before)
            build(Request(Path(f"{site}-{point}"), now, jobs=1))
            os._exit(1)
        status = os.waitpid(child, 0)[1]
        if status != signal.SIGKILL:
            raise SystemExit(f"the build to be killed at {point} ended with status {status}")


if __name__ == "__main__":
    _, folder, when, *numbers = sys.argv
    if numbers:
        kill(folder, int(when), list(map(int, numbers)))
    else:
        print("\n".join(count(folder, int(when))))
