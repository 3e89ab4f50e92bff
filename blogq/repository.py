"""Git, asked about the repository that a folder lies in, with care for what strangers may have put there.

Nothing that a repository's own config says is run: no pager, no external diff or text conversion, no signature
programs, no file system monitor, and nothing is fetched.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

TIMEOUT = 300.0
"""Seconds that Git may take."""
_SAFE = (
    "--no-pager",
    "--no-optional-locks",
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.quotePath=false"),
    *("-c", "protocol.allow=never"),
    *("-c", "log.showSignature=false"),
    *("-c", "log.showRoot=true"),
    *("-c", "diff.orderFile=/dev/null"),
)


class Refused(Exception):
    """Git doesn't answer; the message says why."""


def git(folder: Path, *arguments: str) -> str:
    """Return what Git answers, or a part of it, as text. Raise `Refused` when it doesn't answer."""
    return git_bytes(folder, *arguments, lenient=True).decode("utf-8", "replace")


def git_bytes(folder: Path, *arguments: str, lenient: bool = False) -> bytes:
    """Return what Git answers; with `lenient` also when it answers only a part. Raise `Refused` when it doesn't."""
    program = shutil.which("git")
    if program is None:
        raise Refused("the program git is not installed here")
    # A hook that runs a build has set variables that point to another place or that run programs.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {"GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "", "LC_ALL": "C"}
    command = [program, *_SAFE, "-C", str(folder), *arguments]
    try:
        done = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=TIMEOUT
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Refused(f"git can't be run: {error}") from error
    if done.returncode and not (lenient and done.stdout):
        raise Refused(done.stderr.decode("utf-8", "replace").strip().partition("\n")[0][:200])
    return done.stdout
