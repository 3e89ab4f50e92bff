"""Deciding about comments that are kept in files: approved ones say so, others are moved away."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from blogq.collect import real
from blogq.conversation.comment import Comment, Unavailable
from blogq.conversation.file import File
from blogq.conversation.readers import entries
from blogq.source_names import STORE

_APPROVED = re.compile(r"^approved[ \t]*:.*$", re.MULTILINE)


def decide(site: Path, comments: Mapping[str, Sequence[Comment]], name: str, approve: bool) -> str:
    """Approve the comment called `name`, or take it away; return what is wrong, or nothing."""
    found = [each for some in comments.values() for each in some if each.id == name and not each.approved]
    if not found:
        return f"no comment {name!r} waits for approval"
    if len(found) > 1:
        return f"{len(found)} comments called {name!r} wait: edit their files"
    folder = real(site / found[0].source)
    if not folder.is_dir():
        return f"{name!r} is kept in {found[0].source}, which is only read: approve it where it is served"
    file = _file(folder, name)
    if file is None:
        return f"{name!r} stands in a file with others: edit that"
    if not approve:
        aside = real(site) / STORE / "aside" / "comments" / file.name
        aside.parent.mkdir(parents=True, exist_ok=True)
        os.replace(file, aside)
        return ""
    text = file.read_text(encoding="utf-8-sig")
    if file.suffix.lower() == ".json":
        text = json.dumps({**json.loads(text), "approved": True}, indent=1, ensure_ascii=False) + "\n"
    elif _APPROVED.search(text):
        text = _APPROVED.sub("approved: true", text, count=1)
    else:
        text = f"approved: true\n{text}" if not text.startswith("---\n") else f"---\napproved: true\n{text[4:]}"
    beside = file.with_name(f".{file.name}.new")
    beside.write_text(text, encoding="utf-8")
    os.replace(beside, file)
    return ""


def _file(folder: Path, name: str) -> Path | None:
    """Return the file that holds the comment `name` alone."""
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() not in (".yml", ".yaml", ".json") or not path.is_file() or path.is_symlink():
            continue
        below = path.relative_to(folder).as_posix()
        try:
            drafts = entries.read(File(str(folder), below, below, (str(folder),))).drafts
        except Unavailable:
            continue
        if len(drafts) == 1 and drafts[0].id == name:
            return path
    return None
