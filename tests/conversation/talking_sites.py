"""Small sites on which somebody has said something, and comments made by hand."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from blogq.conversation.comment import Comment, Found
from blogq.conversation.file import File
from blogq.conversation.readers import reader_of

JANUARY = 1_767_225_600
"""1 January 2026, 00:00 UTC."""
HOUR = 3600
DAY = 24 * HOUR


def comment(id: str, parent: str = "", day: float = 0, **more: Any) -> Comment:
    """A comment that was written `day` days after the first of January."""
    given: dict[str, Any] = {
        "id": id,
        "post": "one",
        "parent": parent,
        "author": "Ann",
        "is_owner": False,
        "text": "Why?",
        "form": "markdown",
        "created": JANUARY + int(day * DAY),
        "approved": True,
        "kind": "comment",
        "url": "",
        "source": "comments",
    }
    return Comment(**{**given, **more})


def read(path: Path, type: str = "") -> Found:
    """Read one file as a source of the `type`."""
    file = File(str(path.parent), path.name, path.name, (str(path.parent),))
    return reader_of(file, type)(file)


def write_site(folder: Path, config: Mapping[str, Any], posts: Mapping[str, str] | None = None) -> Path:
    """Write a site with posts called by their slugs, with their dates."""
    (folder / "content/posts").mkdir(parents=True)
    told = {"title": "Talk", "base_url": "https://example.org/blog/", **config}
    (folder / "blogq.yaml").write_text("".join(f"{key}: {json.dumps(value)}\n" for key, value in told.items()))
    for slug, date in (posts or {"one": "2026-01-01", "two": "2026-01-05"}).items():
        text = f"---\ntitle: Post {slug}\ndate: {date}\n---\nText of {slug}.\n"
        (folder / f"content/posts/{slug}.md").write_text(text)
    return folder


def say(site: Path, folder: str, id: str, /, **more: Any) -> Path:
    """Write a comment into the site's folder `comments`."""
    file = site / f"comments/{folder}/{id}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"_id": id, "message": "Why?", "date": "2026-01-02T00:00:00Z", **more}))
    return file
