"""Comments on their way from one place to another: into files of Staticman's form, and out as JSON. E-mail addresses
don't come along."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from blogq.collect import Unreadable, digest_file, real
from blogq.config.conversation import Comments, CommentSource
from blogq.config.load import load_config
from blogq.content.post import MISSING
from blogq.conversation.comment import Comment
from blogq.conversation.gathering import gather
from blogq.conversation.matching import plain
from blogq.conversation.scanning import scan_comments
from blogq.finding import Finding
from blogq.store.digest import digest

SCHEMA = "blogq-comments/1"


class Imported(NamedTuple):
    """What came of an import."""

    written: int
    known: int
    """Comments that were there already."""
    folder: str
    findings: Sequence[Finding]
    undeclared: bool
    """Whether config doesn't name the folder."""
    refused: str = ""
    """Why nothing was done; empty where something was."""


def import_comments(site: Path, source: Path, folder: str, dry_run: bool) -> Imported:
    """Write the comments of `source` into `folder` of `site`, one YAML file each, and none over another."""
    site = real(site)
    config = load_config(site).config
    declared = [each.path for each in config.comment_sources if each.type in ("", "folder")]
    folder = folder.strip("/") or next((path for path in declared if "." not in path.rpartition("/")[2]), "comments")
    place = real(site / folder)
    if not place.is_relative_to(site) or place == site:
        return Imported(0, 0, folder, (), False, f"{folder} is no folder of the site")
    own = CommentSource(str(real(source)))
    config = replace(config, comments=replace(config.comments or Comments(), sources=(own,), moderation=True))
    scans, findings = scan_comments(site, config)
    files = {}
    for listing in scans:
        for path in listing.paths:
            try:
                files[f"{listing.root}/{path}"] = digest_file(listing.root, path, path, (listing.root,))
            except Unreadable as error:
                return Imported(0, 0, folder, (error.finding,), False, f"{source} can't be read")
    gathered = gather(config, scans, files, site / ".blogq" / "import")
    findings = (*findings, *gathered.findings)
    if not gathered.comments and findings:
        return Imported(0, 0, folder, findings, False, f"no comments could be read in {source}")
    written = known = 0
    for comment in gathered.comments:
        file = place / file_of(comment)
        if file.exists():
            known += 1
            continue
        written += 1
        if not dry_run:
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("x", encoding="utf-8") as out:
                out.write(as_yaml(comment))
    return Imported(written, known, folder, findings, folder not in declared)


def file_of(comment: Comment) -> str:
    """Return where a comment is written, below the folder: by its post's slug and its id, whatever those are."""
    return f"{_safe(plain(comment.post).rpartition('/')[2])}/{_safe(comment.id)}.yml"


def _safe(name: str) -> str:
    """Return a name that is one of a file, on any system, and on no way out of the folder."""
    name = unicodedata.normalize("NFC", name)
    if re.fullmatch(r"[^\W_][\w-]{0,80}", name) and not re.fullmatch(r"(?i)con|prn|aux|nul|com\d|lpt\d", name):
        return name
    kept = re.sub(r"[^\w]+", "-", name).strip("-_")[:40]
    return f"{kept or 'x'}-{digest(name.encode('utf-8', 'surrogatepass')).hex()[:8]}"


def as_yaml(comment: Comment) -> str:
    """Return a comment as a file; every text is quoted as JSON, which YAML reads."""
    told = {key: value for key, value in as_object(comment).items() if value not in ("", None)}
    return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in told.items())


def as_object(comment: Comment) -> dict[str, Any]:
    """Return a comment as an object, as sources of the type `folder` read it."""
    date = "" if comment.created == MISSING else datetime.fromtimestamp(comment.created, UTC).isoformat()
    return {
        "_id": comment.id,
        "post": comment.post,
        "replying_to": comment.parent,
        "name": comment.author,
        "url": comment.url,
        "date": date.replace("+00:00", "Z"),
        "kind": comment.kind,
        "form": comment.form,
        "owner": comment.is_owner or None,
        "approved": comment.approved,
        "address": comment.address,
        "message": comment.text,
    }


def comments_json(comments: Mapping[str, Sequence[Comment]]) -> str:
    """Return all comments, by the path of their post, as JSON (schema `blogq-comments/1`)."""
    rows = []
    for path in sorted(comments):
        for each in comments[path]:
            rows.append({"path": path, **as_object(each), "source": each.source})
    return json.dumps({"schema": SCHEMA, "comments": rows}, indent=1, ensure_ascii=False) + "\n"
