"""Webmentions as webmention.io gives them out: JF2 (`mentions.jf2`), or its older JSON (`mentions.json`).

Answers and mentions are taken, likes and reposts are counted; bookmarks and answers to invitations are nobody's words
for a reader of the post. What isn't public is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from blogq.conversation.comment import WORDLESS, Draft, Found, Unavailable, line_of, text_of
from blogq.conversation.file import File
from blogq.corpora.moment import seconds_of

_KINDS = {
    "in-reply-to": "webmention",
    "mention-of": "mention",
    "like-of": "like",
    "repost-of": "repost",
    "reply": "webmention",
    "link": "mention",
    "like": "like",
    "repost": "repost",
}
"""Kinds of comments by `wm-property`, and by the older `activity.type`."""


def read(file: File) -> Found:
    """Return the answers and mentions in a file."""
    value = file.json()
    entries = value.get("children", value.get("links")) if isinstance(value, Mapping) else value
    if not isinstance(entries, list):
        raise Unavailable(file.damaged("these are no webmentions: there is neither `children` nor `links`"))
    drafts, damaged = [], 0
    for entry in entries:
        if not isinstance(entry, Mapping):
            damaged += 1
            continue
        draft = _old(entry) if isinstance(entry.get("data"), Mapping) else _new(entry)
        if draft is not None:
            drafts.append(draft)
    # What answers another answer names its address.
    ids = {draft.address: draft.id for draft in drafts if draft.address}
    drafts = [draft._replace(parent=ids.get(draft.parent, "")) for draft in drafts]
    return Found(drafts, [file.damaged(f"{damaged:,} entries are no webmentions")] if damaged else [])


def _new(entry: Mapping[str, Any]) -> Draft | None:
    """Return an entry of JF2."""
    name = line_of(entry.get("wm-property"))
    kind = _KINDS.get(name)
    if kind is None or entry.get("wm-private") is True:
        return None
    content = entry.get("content")
    text, form = _text(content)
    if kind in WORDLESS:
        text, form = "", "text"
    elif not text:
        text, form = line_of(entry.get("name")) or line_of(entry.get("url"), 2_000), "text"
    author = entry.get("author")
    about: Mapping[str, Any] = author if isinstance(author, Mapping) else {}
    target = line_of(entry.get("wm-target"), 2_000)
    above = entry.get("in-reply-to")
    return Draft(
        id=line_of(entry.get("wm-id") or entry.get("wm-source") or entry.get("url")),
        post=target,
        text=text,
        form=form,
        created=seconds_of(line_of(entry.get("published")), line_of(entry.get("wm-received"))),
        parent=line_of(above, 2_000) if above != target else "",
        author=line_of(about.get("name")),
        url=line_of(about.get("url"), 2_000),
        approved=None,
        kind=kind,
        address=line_of(entry.get("url") or entry.get("wm-source"), 2_000),
    )


def _old(entry: Mapping[str, Any]) -> Draft | None:
    """Return an entry of the older form."""
    activity, data = entry.get("activity"), entry["data"]
    kind = _KINDS.get(line_of(activity.get("type")) if isinstance(activity, Mapping) else "link")
    if kind is None or entry.get("private") is True:
        return None
    author = data.get("author")
    about: Mapping[str, Any] = author if isinstance(author, Mapping) else {}
    text = text_of(data.get("content"))
    return Draft(
        id=line_of(entry.get("id") or entry.get("source")),
        post=line_of(entry.get("target"), 2_000),
        text="" if kind in WORDLESS else text or line_of(data.get("name")) or line_of(entry.get("source"), 2_000),
        form="html" if text and kind not in WORDLESS else "text",
        created=seconds_of(line_of(data.get("published")), line_of(entry.get("verified_date"))),
        author=line_of(about.get("name")),
        url=line_of(about.get("url"), 2_000),
        kind=kind,
        address=line_of(data.get("url") or entry.get("source"), 2_000),
    )


def _text(content: Any) -> tuple[str, str]:
    """Return the text of an entry of JF2 and its form."""
    if isinstance(content, Mapping):
        html = text_of(content.get("html"))
        return (html, "html") if html else (text_of(content.get("text")), "text")
    return text_of(content), "text"
