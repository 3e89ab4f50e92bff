"""Run one build and kill it, as `kill -9` does, before its Nth change to the disk.

    python killed_build.py SITE NOW N...

For each N a child of this process builds SITE-N. Prints how many of the builds came to their end unharmed.
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
"""Functions of `os` by which a build changes the disk; `open` and `write` are called for reading and talking too."""


def dies_at(last: int) -> None:
    """Let this process be killed before the change with the number `last`, from 0."""
    left = last

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            nonlocal left
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left -= 1
            return real(*args, **kwargs)

        return call

    for name in CHANGES:
        setattr(os, name, counted(getattr(os, name)))


def main(site: str, now: int, points: list[int]) -> int:
    """Build once for each of `points`; return how many builds ended unharmed."""
    import blogq.publish  # noqa: F401  (loaded here, so that each child needn't)

    ended = 0
    for point in points:
        child = os.fork()
        if child == 0:
            dies_at(point)
            result = build(Request(Path(f"{site}-{point}"), now, jobs=1))
            os._exit(0 if result.written else 1)
        status = os.waitpid(child, 0)[1]
        if status == 0:
            ended += 1
        elif status != signal.SIGKILL:
            raise SystemExit(f"the build to be killed at {point} ended with status {status}")
    return ended


if __name__ == "__main__":
    print(main(sys.argv[1], int(sys.argv[2]), [int(point) for point in sys.argv[3:]]))
