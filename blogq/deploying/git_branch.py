"""A branch of a Git repository as a place to publish at, such as those that hosts of pages show.

The branch is worked on in a bare repository in the store: neither the site's own repository nor its work tree is
touched. All that changes becomes one commit, pushed as a whole, so readers see the old site or the new one.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from blogq.deploying.plan import File
from blogq.deploying.record import NAME
from blogq.deploying.target import Unusable
from blogq.repository import Refused, git
from blogq.store.digest import digest

TIMEOUT = 900.0
"""Seconds that a fetch or a push may take."""
PUSHED = "refs/blogq/pushed"
"""Name, in the bare repository, of what was pushed last."""
LOOSE = 2_000
"""Objects, each a file of its own, from which on they are packed."""
_SAFE = (
    *("-c", "core.hooksPath=/dev/null"),
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.quotePath=false"),
    *("-c", "core.autocrlf=false"),
    *("-c", "core.attributesFile=/dev/null"),
    *("-c", "protocol.ext.allow=never"),
    *("-c", "gc.auto=0"),
    *("-c", "commit.gpgSign=false"),
)
SOURCES = ("blogq.yaml", "blogq.yml")
"""A branch with one of these holds a site's sources."""


class GitBranch:
    """A branch of a remote repository."""

    batch = 1 << 30
    comparable = True
    together = 1

    def __init__(self, site: Path, store: Path, remote: str, branch: str) -> None:
        """Take a branch of `remote`: an address, a folder, or the name of a remote of the site's repository."""
        self.site = site
        self.address = address_of(site, remote)
        self.branch = branch
        self.shown = f"{_without_secret(self.address)}, branch {branch}"
        if _same_branch(site, branch) and self.address in _addresses(site):
            raise Unusable(f"{branch} is the branch with the sources of this site", "Choose another, such as gh-pages.")
        self.folder = store / "deploy" / f"{digest(f'{self.address} {branch}'.encode()).hex()[:16]}.git"
        self.parent = ""
        self.blobs: dict[str, str] = {}
        self._record = b""
        self._sent: set[str] = set()

    def files(self) -> Mapping[str, int]:
        """Fetch the branch, and return its files."""
        self._prepare()
        listed = self._git("ls-remote", "--", self.address, f"refs/heads/{self.branch}")
        self.parent = listed.decode().partition("\t")[0] if listed.strip() else ""
        found: dict[str, int] = {}
        self.blobs = {}
        if self.parent:
            if self.parent != self._last():
                self._git("fetch", "--quiet", "--no-tags", "--depth=1", "--", self.address, f"refs/heads/{self.branch}")
                self.parent = self._git("rev-parse", "FETCH_HEAD").decode().strip()
            for row in self._git("ls-tree", "-r", "-l", "-z", self.parent).split(b"\0")[:-1]:
                about, _, name = row.partition(b"\t")
                _, kind, blob, size = about.split()
                path = os.fsdecode(name)
                found[path] = int(size) if kind == b"blob" else -1
                self.blobs[path] = blob.decode()
        if NAME not in found and any(name in found for name in SOURCES):
            raise Unusable(f"the branch {self.branch} holds the sources of a site", "Choose another, such as gh-pages.")
        self._git("read-tree", "--empty")
        if self.parent:
            self._git("read-tree", self.parent)
        return found

    def _prepare(self) -> None:
        """Make the bare repository, or mend what a killed run has left of it. The caller holds the store's lock."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        # A Git that was killed leaves its locks, and each one after it would wait for somebody to remove them.
        for lock in (*self.folder.glob("*.lock"), *(self.folder / "refs").rglob("*.lock")):
            lock.unlink(missing_ok=True)
        try:
            if (self.folder / "HEAD").exists() and self._git("rev-parse", "--git-dir"):
                return
        except Unusable:
            # All that is in it is at the remote, or is made again.
            pass
        shutil.rmtree(self.folder, ignore_errors=True)
        self._git("init", "--quiet", "--bare", str(self.folder), inside=False)

    def read(self, path: str) -> bytes | None:
        """Return the content of a file."""
        blob = self.blobs.get(path)
        return self._git("cat-file", "blob", blob) if blob else None

    def send(self, files: Sequence[File]) -> None:
        """Take files into the commit."""
        paths = b"".join(os.fsencode(file.source) + b"\n" for file in files)
        if b'"' in paths or any("\n" in str(file.source) for file in files):
            blobs = [
                self._git("hash-object", "-w", "--no-filters", "--", str(file.source)).decode().strip()
                for file in files
            ]
        else:
            blobs = self._git("hash-object", "-w", "--no-filters", "--stdin-paths", given=paths).decode().split()
        self._sent |= {file.path for file in files}
        rows = [f"100644 {blob}\t{file.path}" for blob, file in zip(blobs, files, strict=True)]
        self._index(rows)

    def remove(self, paths: Sequence[str]) -> None:
        """Leave files out of the commit."""
        self._index([f"0 {'0' * 40}\t{path}" for path in paths])

    def note(self, record: bytes) -> None:
        """Take the record into the commit; only the last one counts."""
        self._record = record

    def finish(self, message: str) -> None:
        """Commit and push, in one piece."""
        blob = self._git("hash-object", "-w", "--stdin", given=self._record).decode().strip()
        rows = [f"100644 {blob}\t{NAME}"]
        if ".nojekyll" not in self.blobs and ".nojekyll" not in self._sent:
            # Without it GitHub takes the site for one of Jekyll's, and leaves out what begins with an underscore.
            empty = self._git("hash-object", "-w", "--stdin", given=b"").decode().strip()
            rows.append(f"100644 {empty}\t.nojekyll")
        self._index(rows)
        tree = self._git("write-tree").decode().strip()
        parents = ["-p", self.parent] if self.parent else []
        author = _author(self.site)
        commit = self._git("commit-tree", tree, *parents, "-m", message, variables=author).decode().strip()
        try:
            # Not by force: what somebody else has pushed since isn't lost.
            self._git("push", "--quiet", "--", self.address, f"{commit}:refs/heads/{self.branch}")
        except Unusable as error:
            if re.search(r"non-fast-forward|fetch first|rejected|stale info|failed to update", str(error)):
                raise Unusable(
                    f"the branch {self.branch} was changed meanwhile, or may not be pushed to ({error})",
                    "Run it again.",
                ) from error
            raise

        # What was pushed is kept by this name, and found without a fetch the next time.
        self._git("update-ref", PUSHED, commit)
        self._pack()

    def _last(self) -> str:
        """Return the commit that was pushed from here last; "" where there is none."""
        try:
            return self._git("rev-parse", "--verify", "--quiet", f"{PUSHED}^{{commit}}").decode().strip()
        except Unusable:
            return ""

    def _pack(self) -> None:
        """Pack what has gathered: ten thousand pages are a tenth of their size in a pack."""
        for row in self._git("count-objects", "-v").decode().splitlines():
            if row.startswith("count: ") and int(row.removeprefix("count: ")) > LOOSE:
                self._git("repack", "-a", "-d", "-q", "-l")
                self._git("prune-packed", "-q")

    def _index(self, rows: Sequence[str]) -> None:
        data = b"".join(os.fsencode(row) + b"\0" for row in rows)
        self._git("update-index", "-z", "--index-info", given=data)

    def _git(
        self,
        *arguments: str,
        given: bytes | None = None,
        inside: bool = True,
        variables: Mapping[str, str] = MappingProxyType({}),
    ) -> bytes:
        program = shutil.which("git")
        if program is None:
            raise Unusable("the program git is not installed here", "Install Git.")
        environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name in _LET}
        environment |= {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C", **variables}
        where = ["--git-dir", str(self.folder)] if inside else []
        try:
            done = subprocess.run(
                [program, *_SAFE, *where, *arguments],
                cwd=self.folder.parent,
                env=environment,
                input=given if given is not None else b"",
                capture_output=True,
                check=False,
                timeout=TIMEOUT,
            )
        except subprocess.TimeoutExpired:
            # What it says itself has the whole command in it, and so the address with its secret.
            raise Unusable(f"git {arguments[0]}: no end in {TIMEOUT:g} seconds", "Try it by hand.") from None
        except OSError as error:
            raise Unusable(f"git can't be run: {error}", "Try it by hand.") from error
        if done.returncode:
            said = [line for line in done.stderr.decode("utf-8", "replace").splitlines() if line.strip()]
            told = next(
                (line for line in said if re.match(r"\s*!|fatal|error|remote:|ERROR", line)), said[0] if said else ""
            )
            raise Unusable(
                f"git {arguments[0]}: {_without_secret(told)[:300]}", "Try `git ls-remote` with that address."
            )
        return done.stdout


_LET = ("GIT_SSH", "GIT_SSH_COMMAND", "GIT_ASKPASS", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM")
"""Variables of Git's that say how it gets to a remote; the others may point to another repository."""


def _author(site: Path) -> dict[str, str]:
    """Return the variables that say who commits: as the environment or the site's repository says it."""
    found: dict[str, str] = {}
    for key, default in (("name", "blogq"), ("email", "blogq@localhost")):
        said = os.environ.get(f"GIT_AUTHOR_{key.upper()}", "")
        try:
            said = said or git(site, "config", "--get", f"user.{key}").strip()
        except Refused:
            pass
        found |= dict.fromkeys((f"GIT_AUTHOR_{key.upper()}", f"GIT_COMMITTER_{key.upper()}"), said or default)
    return found


def address_of(site: Path, remote: str) -> str:
    """Return the address that `remote` stands for: that of a remote of the site's repository, or it is one itself."""
    if re.fullmatch(r"[\w.-]+", remote) and not (site / remote).exists():
        try:
            found = git(site, "remote", "get-url", "--push", remote).strip()
        except Refused as error:
            raise Unusable(
                f"the site's repository has no remote {remote!r} ({error})",
                f"Write the repository's address as `to`, or run `git remote add {remote} ADDRESS`.",
            ) from error
        remote = found or remote
    if "::" in remote or remote.startswith("-"):
        raise Unusable(f"{remote!r} is no address of a repository", "Write https://…, git@host:path or a folder.")
    if not re.match(r"[\w+.-]+://|(?:[\w.-]+@)?[\w.-]{2,}:", remote):
        return str(Path(os.path.normpath(site / remote)))
    return remote


def _addresses(site: Path) -> set[str]:
    try:
        names = git(site, "remote").split()
        return {git(site, "remote", "get-url", "--push", name).strip() for name in names} | {str(site)}
    except Refused:
        return {str(site)}


def _same_branch(site: Path, branch: str) -> bool:
    try:
        return git(site, "rev-parse", "--abbrev-ref", "HEAD").strip() == branch
    except Refused:
        return False


def _without_secret(text: str) -> str:
    return re.sub(r"(://)[^/\s]*@", r"\1", text)
