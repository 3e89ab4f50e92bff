"""When each source was first and last committed, as Git tells it: for `dates: git`.

Git is asked for the commit and then, once for each commit, for the whole history of the content folder.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from blogq.content.post import Dates
from blogq.finding import Finding, Span
from blogq.repository import Refused, git, git_bytes
from blogq.store.digest import digest

FILE = "git"
"""File in the store: what was found of the newest commit, and of the one before."""
_LOG = (
    "log",
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
    "--no-show-signature",
    "--no-notes",
    "--no-mailmap",
    "--topo-order",
    "--relative",
    "--diff-merges=off",
    # Only renames without a change: finding others means reading the contents of files.
    "-M100%",
    "--name-status",
    "-z",
    "--date=raw",
    "--format=format:%x01%ad",
)


class History(NamedTuple):
    """What Git tells of one commit."""

    commit: str
    """Its id; empty where there is none."""
    dates: Mapping[str, Dates]
    """By path below the content folder."""


NOTHING = History("", {})


def read_history(folder: Path, store: Path) -> tuple[History, tuple[Finding, ...]]:
    """Return the history of what lies in `folder`, at the commit that is checked out, and what is wrong with it.

    What was found is kept in the `store` for later builds.
    """
    try:
        said = git(folder, "rev-parse", "--is-shallow-repository", "HEAD", "--").splitlines()
    except Refused as error:
        return NOTHING, (_refused(str(error)),)
    if said[:1] == ["true"]:
        message = (
            "`dates: git`, and this is a shallow clone: Git knows only the newest commits, so dates would be wrong"
        )
        hint = "run `git fetch --unshallow`; in GitHub Actions give actions/checkout `fetch-depth: 0`"
        return NOTHING, (Finding("GT102", "error", Span("blogq.yaml"), message, hint),)
    commit = said[1] if len(said) > 1 and len(said[1]) >= 40 else ""
    if not commit:
        return NOTHING, ()
    kept = _kept(store)
    if commit in kept:
        return History(commit, _as_dates(kept[commit])), ()
    try:
        found = dates_in(git_bytes(folder, *_LOG, commit, "--", "."))
    except Refused as error:
        return NOTHING, (_refused(str(error)),)
    newest = list(kept)[-1:]
    _keep(store, {each: kept[each] for each in newest} | {commit: found})
    return History(commit, found), ()


def dates_at(store: Path, old: str) -> Mapping[str, Dates] | None:
    """Return the dates of the commit `old` as an earlier build found them, or None when they are forgotten."""
    if not old:
        return {}
    kept = _kept(store)
    return _as_dates(kept[old]) if old in kept else None


def dates_in(log: bytes) -> dict[str, Dates]:
    """Return the dates of each file, from a log of names, newest commit first.

    A file that was renamed without a change keeps the dates of its old name. What was there before a file was deleted
    is another file's history.
    """
    found: dict[str, Dates] = {}
    now: dict[bytes, str] = {}
    ended: set[bytes] = set()
    tokens = iter(log.split(b"\0"))
    seconds = offset = 0
    for token in tokens:
        if token.startswith(b"\1"):
            stamp, _, token = token[1:].partition(b"\n")
            when, _, zone = stamp.partition(b" ")
            seconds, offset = int(when), _minutes(zone.decode("ascii", "replace"))
        if not token:
            continue
        path = next(tokens, b"")
        was = next(tokens, b"") if token[:1] in b"RC" else b""
        name = was or path
        if name in ended:
            continue
        if token[:1] == b"D":
            ended.add(name)
            now.pop(name, None)
            continue
        current = now.setdefault(name, os.fsdecode(name))
        first = found.get(current)
        if token[:1] == b"R":
            # The content is the old one: only its name begins here.
            now[path] = now.pop(name)
            ended.discard(path)
            ended.add(name)
            continue
        found[current] = Dates(seconds, offset, first.updated if first else seconds)
        if token[:1] == b"A":
            ended.add(name)
    return found


def _minutes(zone: str) -> int:
    digits = zone[1:]
    if not digits.isdigit() or len(digits) != 4:
        return 0
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    return 0 if minutes > 15 * 60 else -minutes if zone[0] == "-" else minutes


def _refused(said: str) -> Finding:
    hint = "build in a clone of the repository, or take `dates: git` out and write `date` into the posts"
    if "dubious ownership" in said:
        hint = "the folder belongs to another user: run `git config --global --add safe.directory` with its path"
    elif "not installed" in said:
        hint = "install Git, or take `dates: git` out"
    elif "not a git repository" in said:
        said = "this is no Git repository"
    message = f"`dates: git`, and Git can't tell dates: {said.removeprefix('fatal: ')}"
    return Finding("GT101", "error", Span("blogq.yaml"), message, hint)


def _kept(store: Path) -> dict[str, dict[str, list[int]]]:
    try:
        check, _, data = (store / FILE).read_bytes().partition(b"\n")
    except OSError:
        return {}
    kept: dict[str, dict[str, list[int]]] = json.loads(data) if check == digest(data).hex().encode() else {}
    return kept


def _as_dates(kept: Mapping[str, list[int]]) -> dict[str, Dates]:
    return {path: Dates(*each) for path, each in kept.items()}


def _keep(store: Path, found: Mapping[str, object]) -> None:
    beside = store / f"{FILE}.{os.getpid()}.new"
    try:
        data = json.dumps(found, separators=(",", ":")).encode()
        beside.write_bytes(digest(data).hex().encode() + b"\n" + data)
        os.replace(beside, store / FILE)
    except OSError:
        # It is found again.
        pass
    finally:
        beside.unlink(missing_ok=True)
