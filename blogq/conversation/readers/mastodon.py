"""A thread on Mastodon, saved from its interface: `GET /api/v1/statuses/ID/context`.

Which post it is about is what the announcement links to, where the file has it (`status`, or among the `ancestors`);
else the file's own name is the post's slug. Only what was written to everybody is taken.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from blogq.conversation.comment import Draft, Found, Unavailable, line_of, text_of
from blogq.conversation.file import File
from blogq.conversation.owners import plain_url
from blogq.corpora.moment import seconds_of

_OPEN = ("public", "unlisted")
_LINK = re.compile(r"""\bhref=["'](https?://[^"'\s<>]{1,2000})["']""", re.IGNORECASE)


def read(file: File) -> Found:
    """Return the answers of a thread."""
    value = file.json()
    if not isinstance(value, Mapping) or not isinstance(value.get("descendants"), list):
        raise Unavailable(file.damaged("this is no thread of Mastodon: it has no `descendants`"))
    ancestors = [each for each in _list(value.get("ancestors")) if isinstance(each, Mapping)]
    given = value.get("status")
    root: Mapping[str, Any] = given if isinstance(given, Mapping) else ancestors[0] if ancestors else {}
    account = _account(root)
    known = {line_of(each.get("id")) for each in _list(value["descendants"]) if isinstance(each, Mapping)}
    stem = file.path.rpartition("/")[2].rpartition(".")[0]
    post = line_of(value.get("post"), 2_000) or _linked(root) or stem
    drafts, damaged = [], 0
    for status in _list(value["descendants"]):
        if not isinstance(status, Mapping):
            damaged += 1
            continue
        text = text_of(status.get("content"))
        if not text or status.get("visibility", "public") not in _OPEN:
            continue
        about = _account(status)
        above = line_of(status.get("in_reply_to_id"))
        drafts.append(
            Draft(
                id=line_of(status.get("id")),
                post=post,
                text=text,
                form="html",
                created=seconds_of(line_of(status.get("created_at"))),
                parent=above if above in known else "",
                author=line_of(about.get("display_name") or about.get("acct")),
                url=line_of(about.get("url"), 2_000),
                approved=True,
                kind="mastodon",
                is_owner=bool(account.get("url")) and _same(account, about),
                address=line_of(status.get("url"), 2_000),
            )
        )
    findings = [file.damaged(f"{damaged:,} entries are no answers")] if damaged else []
    return Found(drafts, findings)


def _list(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else ()


def _account(status: Mapping[str, Any]) -> Mapping[str, Any]:
    found = status.get("account")
    return found if isinstance(found, Mapping) else {}


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return plain_url(line_of(one.get("url"), 2_000)) == plain_url(line_of(other.get("url"), 2_000))


def _linked(root: Mapping[str, Any]) -> str:
    """Return what an announcement links to: its card, else the first link that is no mention or hashtag."""
    card = root.get("card")
    if isinstance(card, Mapping) and card.get("url"):
        return line_of(card["url"], 2_000)
    links = _LINK.findall(text_of(root.get("content")))
    return next((link for link in links if "/@" not in link and "/tags/" not in link), "")
