"""Which files a change touches: what differs from the commit at which it left the branch that it is to join."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from blogq.repository import Refused, git, git_bytes

USUAL = ("origin/HEAD", "origin/main", "origin/master", "main", "master")
"""Revisions that a change is compared with where none is named: the first that there is."""


class Unknown(Exception):
    """It can't be told what has changed; the message says why and what to do."""


class Change(NamedTuple):
    """Which files a change touches, by their paths relative to the site with `/`."""

    paths: frozenset[str]
    """All of them."""
    added: frozenset[str]
    """Those that weren't there before."""
    base: str
    """The commit that they are compared with, in short."""


def changed_paths(site: Path, revision: str = "") -> Change:
    """Return the files that differ from the merge base with `revision`.

    What isn't committed yet counts, files that Git doesn't know yet as well. Raise `Unknown` in a shallow clone, for
    a revision that there isn't, and outside a repository.
    """
    try:
        shallow = git(site, "rev-parse", "--is-shallow-repository").strip()
        revision = revision or _usual(site)
        commit = _commit(site, revision)
        if shallow == "true":
            raise Unknown(
                "this is a shallow clone, so Git can't tell what has changed; run `git fetch --unshallow`, or in GitHub"
                " Actions give actions/checkout `fetch-depth: 0` (GitLab: `GIT_DEPTH: 0`)"
            )
        base = git(site, "merge-base", commit, "HEAD").strip()
        compare = ("diff", "--name-only", "--no-ext-diff", "--no-textconv", "--relative", "-z")
        changed = _paths(git_bytes(site, *compare, base, "--", "."))
        added = _paths(git_bytes(site, *compare, "--diff-filter=A", base, "--", "."))
        unknown = _paths(git_bytes(site, "ls-files", "--others", "--exclude-standard", "-z", "--", "."))
    except Refused as error:
        raise Unknown(_told(str(error), revision)) from error
    return Change(changed | unknown, added | unknown, base[:12])


def folder_in_repository(site: Path) -> str:
    """Return the folder of `site` within its repository, with `/` and without one at the end; "" at its top."""
    try:
        return git(site, "rev-parse", "--show-prefix").strip().rstrip("/")
    except Refused:
        return ""


def _paths(names: bytes) -> frozenset[str]:
    return frozenset(os.fsdecode(name) for name in names.split(b"\0") if name)


def _usual(site: Path) -> str:
    for revision in USUAL:
        try:
            _commit(site, revision)
        except Refused:
            continue
        return revision
    raise Unknown(f"there is none of {', '.join(USUAL)} to compare with; name a commit or branch: --changed=REV")


def _commit(site: Path, revision: str) -> str:
    return (
        git_bytes(site, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        .decode()
        .strip()
    )


def _told(said: str, revision: str) -> str:
    if "not a git repository" in said:
        return "this is no Git repository, so there is nothing to compare with; leave --changed out"
    if not said:
        return f"there is no commit or branch {revision!r}, or it has no commit in common with this one"
    return f"Git can't tell what has changed: {said.removeprefix('fatal: ')}"
