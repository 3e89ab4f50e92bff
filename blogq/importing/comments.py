"""Comments as a folder of YAML, a file each, as Staticman writes them: data for whatever shows a conversation."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator

from blogq.importing.carried import Comment, Item
from blogq.start.header import one_line

FOLDER = "comments"
_SAFE_URL = re.compile(r"https?://[^\s<>\"']{1,2000}\Z", re.I)


def comment_files(item: Item, url: str) -> Iterator[tuple[str, str]]:
    """Yield name and text of a file for each comment on the item at `url`."""
    seen: set[str] = set()
    folder = name_of(url.strip("/").rpartition("/")[2] or "home")
    for comment in item.comments:
        key = (
            comment.id or hashlib.sha256(f"{comment.date}\0{comment.text}".encode("utf-8", "replace")).hexdigest()[:12]
        )
        if key in seen:
            key = f"{key}-{hashlib.sha256(comment.text.encode('utf-8', 'replace')).hexdigest()[:6]}"
        if key in seen:
            continue
        seen.add(key)
        yield f"{FOLDER}/{folder}/{name_of(key)}.yml", _text(comment, key, url)


def name_of(text: str) -> str:
    """Return `text` as the name of a file, on any system."""
    text = unicodedata.normalize("NFC", text)
    if re.fullmatch(r"[^\W_][\w-]{0,80}", text) and not re.fullmatch(r"(?i)con|prn|aux|nul|com\d|lpt\d", text):
        return text
    kept = re.sub(r"[^\w]+", "-", text).strip("-_")[:40]
    return f"{kept or 'x'}-{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def _text(comment: Comment, key: str, url: str) -> str:
    told = {
        "_id": key,
        "post": url,
        "replying_to": comment.parent,
        "name": one_line(comment.name)[:200],
        "url": comment.url if _SAFE_URL.match(comment.url) else "",
        "date": comment.date,
        "kind": comment.kind,
        "form": comment.form,
        "owner": comment.is_owner or None,
        "approved": comment.approved,
        "message": comment.text.replace("\0", ""),
    }
    # Every text is quoted as JSON, which YAML reads.
    shown = {key: value for key, value in told.items() if value not in ("", None)}
    return "".join(f"{key}: {json.dumps(value)}\n" for key, value in shown.items())
