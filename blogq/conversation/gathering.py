"""All comments of a site, gathered from its sources. What a file held is kept, so that each is read once.

A source that can't be read now (a locked database, a file cut short) is as it was when it was read last, and a finding
says so: nobody's words vanish from a page because somebody else is writing.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from blogq.collect import Scan, Stat
from blogq.config.checks import WEB_ADDRESS
from blogq.config.conversation import CommentSource
from blogq.config.schema import Config
from blogq.conversation.comment import Comment, Draft, Unavailable
from blogq.conversation.file import File
from blogq.conversation.owners import Owners, owners_of
from blogq.conversation.readers import reader_of
from blogq.conversation.scanning import BESIDE
from blogq.finding import Finding, Span, from_json, to_json
from blogq.pattern import Pattern
from blogq.source_names import COMMENTS, FAILED
from blogq.store.digest import compose, digest, of_value

_EMAIL = Pattern(r"(?:mailto:)?[^@\s]+@[^@\s]+\.[^@\s]+\Z")
_ADDRESS = Pattern(rf"{WEB_ADDRESS}\Z")


class Gathered(NamedTuple):
    """What the sources hold."""

    comments: tuple[Comment, ...]
    findings: tuple[Finding, ...]


class _Shelf:
    """What was read of one source before, by file."""

    def __init__(self, path: Path, key: str) -> None:
        self._path, self._key = path, key
        self.before: dict[str, list[Any]] = {}
        self.now: dict[str, list[Any]] = {}
        try:
            data = path.read_bytes()
            if digest(data[32:]).hex().encode() == data[:32]:
                found = json.loads(data[32:])
                if found["key"] == key:
                    self.before = found["files"]
        except (OSError, ValueError, KeyError, TypeError):
            pass

    def keep(self) -> None:
        """Write what there is now, if that is something else."""
        if self.now == self.before:
            return
        data = json.dumps({"key": self._key, "files": self.now}, ensure_ascii=True, separators=(",", ":")).encode()
        _write(self._path, digest(data).hex().encode() + data)


def gather(config: Config, scans: tuple[Scan, ...], files: Mapping[str, tuple[Stat, bytes]], store: Path) -> Gathered:
    """Return all comments.

    `scans` are the files of each source, as `scan_comments` lists them; `files` has their digests, by real path;
    `store` is the folder `.blogq`.
    """
    from blogq.store.versions import code_digest

    owners = owners_of(config)
    moderation = config.comments is not None and config.comments.moderation
    told = of_value((sorted(owners.emails), sorted(owners.urls), sorted(owners.names), moderation))
    comments: list[Comment] = []
    findings: list[Finding] = []
    failed = False
    for source, listing in zip(config.comment_sources, scans, strict=True):
        key = compose((code_digest(), told), source.path, source.type).hex()
        shelf = _Shelf(store / COMMENTS / f"{digest(source.path.encode()).hex()}.json", key)
        is_file = Path(source.path).name in listing.paths
        for path in listing.paths:
            if path.endswith(BESIDE):
                continue
            kept, wrong = shelf.before.get(path), None
            seen = _seen(f"{listing.root}/{path}", files)
            if seen and (kept is None or kept[0] != seen):
                shown = source.path if is_file else f"{source.path.rstrip('/')}/{path}"
                file = File(listing.root, path, shown, (listing.root,))
                kept, wrong = _read_again(kept, seen, file, source, owners, moderation)
            failed |= not seen or wrong is not None
            findings += [wrong] if wrong is not None else []
            if kept is not None:
                shelf.now[path] = kept
                comments += [Comment(*row) for row in kept[1]]
                findings += from_json(kept[2])
        shelf.keep()
    _mark(store / COMMENTS / FAILED, failed)
    return Gathered(tuple(comments), tuple(findings))


def _seen(path: str, files: Mapping[str, tuple[Stat, bytes]]) -> str:
    """Return the digest of a file and of what lies beside it, in hex; empty where it can't be read."""
    known, beside = files.get(path), files.get(path + BESIDE)
    return compose((known[1], *([beside[1]] if beside else ()))).hex() if known is not None else ""


def _read_again(
    before: list[Any] | None, seen: str, file: File, source: CommentSource, owners: Owners, moderation: bool
) -> tuple[list[Any] | None, Finding | None]:
    """Return what is to be kept of a file, whose digest is `seen`, and what is wrong where it can't be read.

    What is kept are its digest, rows of comments, and findings; what it was `before` where it can't be read now.
    """
    try:
        found = reader_of(file, source.type)(file)
    except Unavailable as error:
        return (["", before[1], "[]"] if before else None), _told(error.finding, bool(before))
    rows = [_row(draft, source.path, owners, moderation) for draft in found.drafts]
    return [seen, rows, to_json(found.findings) if found.findings else "[]"], None


def _row(draft: Draft, source: str, owners: Owners, moderation: bool) -> list[Any]:
    """Return the fields of a comment."""
    own = owners.wrote(draft)
    approved = draft.approved if draft.approved is not None else own or not moderation
    url = draft.url if _ADDRESS.match(draft.url) else ""
    address = draft.address if _ADDRESS.match(draft.address) else ""
    # Some write their address where their name belongs; it isn't shown there either.
    author = "" if _EMAIL.match(draft.author) else draft.author
    fields = (draft.id, draft.post, draft.parent, author, own, draft.text, draft.form, draft.created)
    return [*fields, approved, draft.kind, url, source, address]


def _told(finding: Finding, kept: bool) -> Finding:
    more = "its comments are shown as they were read last" if kept else "there are no comments from it"
    return finding._replace(message=f"{finding.message}; {more}")


def _mark(path: Path, failed: bool) -> None:
    if failed != path.exists():
        if failed:
            _write(path, b"")
        else:
            path.unlink(missing_ok=True)


def _write(path: Path, data: bytes) -> None:
    """Write a file beside and put it in place; where it can't be, what is read is merely read again."""
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(data)
        os.replace(beside, path)
    except OSError:
        beside.unlink(missing_ok=True)


def unmatched(lost: Mapping[str, list[str]]) -> list[Finding]:
    """Return a note for each source with comments on posts that there aren't; `lost` has the posts' names by source."""
    findings = []
    for source, names in lost.items():
        kinds = list(dict.fromkeys(names))
        shown = ", ".join(repr(name[:80]) for name in kinds[:3]) + (" …" if len(kinds) > 3 else "")
        count = f"{len(names):,} comment{'s' * (len(names) != 1)}"
        message = f"{count} in it are on posts that aren't on this site: {shown}"
        hint = "Give a post that has moved its old path as one of its `aliases`."
        findings.append(Finding("CM103", "note", Span(source), message, hint))
    return findings
