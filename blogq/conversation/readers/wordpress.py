"""Comments in what WordPress writes under Tools → Export (WXR): read as a stream, in bounded memory."""

from __future__ import annotations

from typing import Any

from blogq.conversation.comment import Draft, Found, Unavailable, line_of, text_of
from blogq.conversation.file import File
from blogq.corpora.document import Place
from blogq.corpora.feed import FEEDS
from blogq.corpora.moment import seconds_of
from blogq.corpora.xml_stream import Root, XmlStream, child_texts, name_of

PART = 1 << 20
"""Bytes handed over at a time."""
_KINDS = {"": "comment", "comment": "comment", "pingback": "pingback", "trackback": "pingback"}
_GONE = ("spam", "trash", "post-trashed")


def read(file: File) -> Found:
    """Return the comments of an export; what was read before it breaks off counts."""
    drafts: list[Draft] = []
    authors: set[str] = set()
    emails: set[str] = set()

    def take(element: Any) -> bool:
        if name_of(element) == "author":
            told = {name: text.strip() for name, text, _ in child_texts(element)}
            authors.add(told.get("author_id", ""))
            emails.add(told.get("author_email", "").lower())
            return False
        told = {}
        comments = []
        for name, text, child in child_texts(element):
            if name == "comment":
                comments.append(child)
            elif name not in ("postmeta", "encoded"):
                told.setdefault(name, text.strip())
        link = told.get("link", "")
        post = (
            link if link.partition("://")[2].partition("/")[2].strip("/").partition("?")[0] else told.get("post_name")
        )
        for child in comments:
            draft = _draft(child, line_of(post, 2_000), authors - {""}, emails - {""})
            if draft is not None:
                drafts.append(draft)
        return True

    def begin(root: Root) -> bool:
        return root.name in FEEDS and "wp" in root.attributes

    stream = XmlStream(("{*}item", "item", "{*}author"), take, Place("", file.shown), begin)
    data = file.data()
    for at in range(0, len(data), PART):
        stream.feed(data[at : at + PART])
    stream.close()
    if stream.root is None:
        raise Unavailable(file.damaged("this is no export of WordPress", hint="Save what Tools → Export writes."))
    hint = "Export it anew; what could be read counts."
    findings = [each._replace(code="CM102", hint=hint) for each in stream.findings]
    return Found(drafts, findings)


def _draft(element: Any, post: str, authors: set[str], emails: set[str]) -> Draft | None:
    told = {name: text for name, text, _ in child_texts(element) if name != "commentmeta"}
    approved = told.get("comment_approved", "").strip()
    text = text_of(told.get("comment_content"))
    if approved in _GONE or not text:
        return None
    parent = told.get("comment_parent", "").strip()
    email = line_of(told.get("comment_author_email"))
    return Draft(
        id=line_of(told.get("comment_id")),
        post=post,
        text=text,
        form="html",
        created=seconds_of(told.get("comment_date_gmt", ""), told.get("comment_date", "")),
        parent="" if parent in ("", "0") else line_of(parent),
        author=line_of(told.get("comment_author")),
        email=email,
        url=line_of(told.get("comment_author_url"), 2_000),
        approved=approved in ("1", "approved"),
        kind=_KINDS.get(told.get("comment_type", "").strip().lower(), "comment"),
        is_owner=told.get("comment_user_id", "").strip() in authors or email.lower() in emails,
    )
