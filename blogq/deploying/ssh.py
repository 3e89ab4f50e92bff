"""One SSH connection for all runs of rsync: each would log in anew otherwise, which takes longer than a small edit."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
import weakref
from pathlib import Path

WAIT = 20.0
"""Seconds that logging in may take; then each run of rsync logs in by itself."""
_PAUSE = 0.02
_KEPT = 'exec 3<&0; "$@" 3<&- </dev/null & ssh=$!; (read end <&3; kill $ssh) & wait $ssh; kill $!'
"""For sh: runs a command until its input is closed, as it is when this process is killed, or until the command ends."""


class Connection:
    """A connection that runs of `ssh` go through, by a socket (ssh_config(5), ControlPath).

    Where there can't be one nothing is lost: without the socket, `ssh` connects by itself, and says what is wrong.
    """

    def __init__(self, shell: str, address: str) -> None:
        """Log in at the host of `address` with the command `shell`, as rsync's --rsh takes it."""
        self.shell = shell
        words = shlex.split(shell)
        host = re.match(r"(?:[^@/]+@)?(?:\[[^\]]+\]|[^:/\[\]]+)", address)
        if (
            Path(words[0]).stem != "ssh"
            or "ControlPath" in shell
            or "-S" in words
            or sys.platform == "win32"
            or not host
        ):
            return
        folder = tempfile.mkdtemp(prefix="blogq-ssh-")
        socket = Path(folder) / "s"
        # `[::1]` is how rsync writes an address; ssh has it without.
        told = [*words, "-M", "-N", "-S", str(socket), "-o", "ControlPersist=no", "--", re.sub(r"[\[\]]", "", host[0])]
        told = ["sh", "-c", _KEPT, "sh", *told]
        nothing = subprocess.DEVNULL
        try:
            process = subprocess.Popen(told, stdin=subprocess.PIPE, stdout=nothing, stderr=nothing)
        except OSError:
            shutil.rmtree(folder, ignore_errors=True)
            return
        self._end = weakref.finalize(self, _ended, process, folder)
        until = time.monotonic() + WAIT
        while not socket.exists():
            if process.poll() is not None or time.monotonic() > until:
                self.close()
                return
            time.sleep(_PAUSE)
        self.shell = f"{shell} -o ControlMaster=no -o ControlPath={socket}"

    def close(self) -> None:
        """End the connection; it ends with this process at the latest."""
        if (end := getattr(self, "_end", None)) is not None:
            end()


def _ended(process: subprocess.Popen[bytes], folder: str) -> None:
    if process.stdin:
        process.stdin.close()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    shutil.rmtree(folder, ignore_errors=True)
