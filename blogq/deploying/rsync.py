"""A folder on a server, reached by rsync over SSH, as a place to publish at.

Nothing but rsync has to be allowed there: accounts that may run that alone will do. Each file is written beside its
place and then moved, as rsync always does; steps are runs of their own, because rsync chooses the order within one.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

from blogq.deploying.plan import KEPT, File
from blogq.deploying.record import NAME
from blogq.deploying.ssh import Connection
from blogq.deploying.target import Unusable

TIMEOUT = 3600.0
"""Seconds that one run of rsync may take."""
SILENCE = 60
"""Seconds without a byte after which rsync gives up."""
_GONE = (23, 24)
"""What rsync exits with when files that it was told to take aren't there."""
_ROW = re.compile(rb"([-dlcbps])\S{9}\S?\s+([\d,.]+)\s\d{4}/\d\d/\d\d \d\d:\d\d:\d\d (.*)", re.DOTALL)
_ESCAPED = re.compile(rb"\\#([0-7]{3})")


class Rsync:
    """A folder on a server."""

    batch = 2000
    comparable = False
    together = 1

    def __init__(self, address: str, port: int = 0) -> None:
        """Take the folder at `address`, such as `user@host:/var/www/blog`; `port` 0 is what SSH takes by itself."""
        self.shown = address
        self.address = address.rstrip("/") + "/"
        shell = os.environ.get("RSYNC_RSH") or "ssh -o BatchMode=yes"
        self.shell = f"{shell} -p {port}" if port else shell
        self._connection: Connection | None = None

    def files(self) -> Mapping[str, int]:
        """Return the files that are there; none where there is no such folder yet."""
        excluded = [f"--exclude=/{name}" for name in sorted(KEPT)]
        code, out, said = self._rsync("-r", "--links", "--list-only", "--no-h", *excluded, "--", self.address)
        if code in _GONE and re.search(r"No such file or directory|change_dir|link_stat", said):
            return {}
        if code:
            raise self._failed(code, said)
        found: dict[str, int] = {}
        for row in out.split(b"\n"):
            match = _ROW.fullmatch(row)
            if match and match[1] != b"d":
                name = match[3].partition(b" -> ")[0] if match[1] == b"l" else match[3]
                path = os.fsdecode(_ESCAPED.sub(lambda each: bytes([int(each[1], 8)]), name))
                found[path] = int(match[2].replace(b",", b"")) if match[1] == b"-" else -1
        return found

    def read(self, path: str) -> bytes | None:
        """Return the content of a file; None where there is none."""
        with tempfile.TemporaryDirectory(prefix="blogq-") as folder:
            code, _, said = self._rsync("--protect-args", "--", f"{self.address}{path}", f"{folder}/")
            place = Path(folder) / PurePosixPath(path).name
            if not place.is_file():
                if code in _GONE:
                    return None
                raise self._failed(code, said)
            return place.read_bytes()

    def send(self, files: Sequence[File]) -> None:
        """Send files, each written beside its place and moved."""
        if files:
            root = files[0].source
            for _ in PurePosixPath(files[0].path).parts:
                root = root.parent
            self._send(root, [file.path for file in files])

    def remove(self, paths: Sequence[str]) -> None:
        """Remove files, and folders that become empty by it."""
        self._remove(paths)
        by_depth: dict[int, set[str]] = {}
        for path in paths:
            for folder in PurePosixPath(path).parents[:-1]:
                by_depth.setdefault(len(folder.parts), set()).add(str(folder))
        for depth in sorted(by_depth, reverse=True):
            # One that isn't empty stays, and rsync says so; that is no mistake.
            self._remove(sorted(by_depth[depth]))

    def _remove(self, paths: Sequence[str]) -> None:
        """Remove what is named: what isn't in the folder that is sent goes, a folder only when it's empty."""
        with tempfile.TemporaryDirectory(prefix="blogq-") as nothing:
            for folder in {PurePosixPath(path).parent for path in paths}:
                (Path(nothing) / folder).mkdir(parents=True, exist_ok=True)
            self._send(Path(nothing), list(paths), "--delete-missing-args")

    def note(self, record: bytes) -> None:
        """Keep the record."""
        with tempfile.TemporaryDirectory(prefix="blogq-") as folder:
            (Path(folder) / NAME).write_bytes(record)
            self._send(Path(folder), [NAME])

    def finish(self, message: str) -> None:
        """Close the connection: what was sent is there."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _send(self, root: Path, paths: list[str], *options: str) -> None:
        # A name that begins with one of these would be taken for a remark.
        given = b"".join(os.fsencode(f"./{path}" if path[0] in "#;" else path) + b"\0" for path in paths)
        # By content, not by time: what is named here is known to differ. No owner, group or time of this machine.
        told = ["--ignore-times", "--chmod=D755,F644", "-0", "--files-from=-", "--mkpath", *options]
        code, _, said = self._rsync("--dirs", *told, "--", f"{root}/", self.address, given=given)
        if code:
            raise self._failed(code, said)

    def _rsync(self, *arguments: str, given: bytes = b"") -> tuple[int, bytes, str]:
        program = shutil.which("rsync")
        if program is None:
            raise Unusable("the program rsync is not installed here", "Install it: `apt install rsync`, for one.")
        if self._connection is None:
            self._connection = Connection(self.shell, self.shown)
        command = [program, "-8", f"--timeout={SILENCE}", "--rsh", self._connection.shell, *arguments]
        try:
            done = subprocess.run(
                command,
                input=given,
                capture_output=True,
                check=False,
                timeout=TIMEOUT,
                env={**os.environ, "LC_ALL": "C"},
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise Unusable(f"rsync can't be run: {error}", "Try it by hand.") from error
        return done.returncode, done.stdout, done.stderr.decode("utf-8", "replace")

    def _failed(self, code: int, said: str) -> Unusable:
        lines = [line.strip() for line in said.splitlines() if line.strip()]
        told = next((line for line in lines if not line.startswith(("rsync error", "@"))), lines[0] if lines else "")
        host = self.shown.partition(":")[0]
        hints = {
            255: f"See that `ssh {host}` works without a question: its key known, yours accepted.",
            12: f"See that `ssh {host}` works without a question, and that rsync is installed there.",
            127: f"Install rsync on {host}.",
        }
        hint = hints.get(code, "See that the folder can be written there.")
        return Unusable(f"rsync says, with exit code {code}: {told[:300]}", hint)
