"""A folder of YAML or JSON files, a comment each, as Staticman writes them; or a file with a list of them.

The post is what the file says (`post`, `slug`, `page`, `path`), else the folder that it lies in:
`comments/my-post/1.yml`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from blogq.content.post import MISSING
from blogq.conversation.comment import FORMS, KINDS, WORDLESS, Draft, Found, Unavailable, line_of, text_of
from blogq.conversation.file import File
from blogq.corpora.moment import seconds_of
from blogq.data_formats import read_yaml

_TEXTS = ("message", "comment", "text", "body", "content")
_NAMES = ("name", "author", "user")
_DATES = ("date", "created", "timestamp", "created_at", "published")
_PARENTS = ("replying_to", "reply_to", "in_reply_to", "parent", "parent_id", "_parent")
_POSTS = ("post", "slug", "page", "path")


def read(file: File) -> Found:
    """Return the comments in a file."""
    noticed = []
    if file.path.lower().endswith(".json"):
        value = file.json()
    else:
        value, wrong = read_yaml(file.data(), file.shown)
        noticed = [each._replace(code="CM102", severity="warning") for each in wrong]
        if noticed and value is None:
            raise Unavailable(noticed[0])
    given = value
    if isinstance(value, Mapping) and isinstance(value.get("comments"), (list, tuple)):
        given = value["comments"]
    entries: Sequence[Any] = given if isinstance(given, (list, tuple)) else (given,)
    stem = file.path.rpartition("/")[2].rpartition(".")[0]
    drafts = []
    for number, entry in enumerate(entries):
        draft = _draft(entry, file, stem if len(entries) == 1 and entries[0] is value else f"{stem}-{number + 1}")
        if draft is None:
            noticed.append(file.damaged("there is a comment without a text", hint="Write it under `message`."))
        else:
            drafts.append(draft)
    return Found(drafts, noticed[:10])


def _draft(entry: Any, file: File, name: str) -> Draft | None:
    if not isinstance(entry, Mapping):
        return None
    text = text_of(_first(entry, _TEXTS))
    kind = text_of(entry.get("kind")).lower()
    if not text and kind not in WORDLESS:
        return None
    author = _first(entry, _NAMES)
    about: Mapping[str, Any] = author if isinstance(author, Mapping) else {}
    email = line_of(entry.get("email") or about.get("email"))
    approved = entry.get("approved")
    if approved is None and isinstance(entry.get("status"), str):
        approved = entry["status"].lower() in ("approved", "published", "accepted")
    form = text_of(entry.get("form") or entry.get("format")).lower()
    return Draft(
        id=line_of(entry.get("_id") or entry.get("id") or name),
        post=line_of(_first(entry, _POSTS), 2_000) or file.folder,
        text=text,
        form=form if form in FORMS else "markdown",
        created=moment_of(_first(entry, _DATES)),
        parent=line_of(_first(entry, _PARENTS)),
        author=line_of(about.get("name") if about else author),
        email=email if "@" in email else "",
        email_digest="" if "@" in email else email,
        url=line_of(entry.get("url") or entry.get("website") or about.get("url"), 2_000),
        approved=approved if isinstance(approved, bool) else None,
        kind=kind if kind in KINDS else "comment",
        is_owner=entry.get("owner") is True or entry.get("is_owner") is True,
        address=line_of(entry.get("address"), 2_000),
    )


def _first(entry: Mapping[str, Any], names: Sequence[str]) -> Any:
    return next((entry[name] for name in names if entry.get(name) not in (None, "")), None)


def moment_of(value: Any) -> int:
    """Return a date as seconds since 1970, UTC: a text, or seconds or milliseconds; `MISSING` where it is none."""
    if isinstance(value, bool) or value is None:
        return MISSING
    text = line_of(value, 60)
    try:
        number = float(text)
    except ValueError:
        return seconds_of(text)
    if not 0 < number < 1e14:
        return MISSING
    if number < 1e5 or 19_000_101 <= number <= 22_001_231:
        return seconds_of(text)
    return int(number / 1000 if number > 1e11 else number)
