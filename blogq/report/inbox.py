"""Who waits for an answer, for people and as JSON (`blogq-inbox/1`, which docs/static/inbox.schema.json holds)."""

from __future__ import annotations

import json
from typing import Any

import blogq
from blogq.content.post import MISSING
from blogq.conversation.replies import DAY, HOUR, Exchange, Talk
from blogq.report.text import counted, safe
from blogq.report.verdict_json import rfc3339

SCHEMA = "blogq-inbox/1"
LONGEST = 160
"""Characters of a comment that are shown."""

_ENTRY: dict[str, tuple[Any, str]] = {
    "path": ("string", "Source of the post, relative to the site, with `/`."),
    "title": ("string", "Title of the post."),
    "id": ("string", "The comment, as its source calls it."),
    "source": ("string", "Where it is kept, as config has it."),
    "channel": ("string", "Name of the channel; empty for the blog itself."),
    "kind": ("string", "`comment`, `webmention` or `mastodon`."),
    "author": ("string", "Name as given; may be empty."),
    "created": (["string", "null"], "When it was written, RFC 3339 in UTC; null where that isn't known."),
    "age_hours": (["number", "null"], "Hours since then."),
    "overdue": ("boolean", "Whether it is older than 72 hours, so that the rules CV001 to CV004 count it."),
    "text": ("string", "How it begins, as plain text."),
    "link": ("string", "Where to answer it."),
}


def inbox_json(talk: Talk, now: int) -> str:
    """Return what waits at `now` (seconds since 1970, UTC) as a JSON document in ASCII."""
    waiting = talk.waiting()
    found = {
        "schema": SCHEMA,
        "blogq": blogq.__version__,
        "now": rfc3339(now),
        "unapproved": talk.unapproved,
        "waiting": [_entry(each, now) for each in waiting],
    }
    return json.dumps(found, indent=1) + "\n"


def _entry(each: Exchange, now: int) -> dict[str, Any]:
    comment = each.comment
    dated = comment.created != MISSING
    return {
        "path": each.path,
        "title": each.title,
        "id": comment.id,
        "source": comment.source,
        "channel": each.channel,
        "kind": comment.kind,
        "author": comment.author,
        "created": rfc3339(comment.created) if dated else None,
        "age_hours": round((now - comment.created) / HOUR, 1) if dated else None,
        "overdue": each.eligible(now),
        "text": beginning(each),
        "link": each.link,
    }


def inbox_schema() -> str:
    """Return the schema (JSON Schema 2020-12); unknown keys are allowed, for later versions add some."""
    entry = {name: {"type": kind, "description": text} for name, (kind, text) in _ENTRY.items()}
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": SCHEMA,
        "description": "What `blogq inbox --json` prints: comments that wait for an answer, the oldest first.",
        "type": "object",
        "required": ["schema", "blogq", "now", "unapproved", "waiting"],
        "properties": {
            "schema": {"const": SCHEMA},
            "blogq": {"type": "string", "description": "Version that wrote it."},
            "now": {"type": "string", "format": "date-time", "description": "The moment it is told for, in UTC."},
            "unapproved": {"type": "integer", "minimum": 0, "description": "Comments that wait for approval."},
            "waiting": {
                "type": "array",
                "items": {"type": "object", "required": [*entry], "properties": entry},
                "description": "Comments that wait for an answer, the oldest first.",
            },
        },
    }
    return json.dumps(schema, indent=1) + "\n"


def inbox_text(talk: Talk, now: int) -> str:
    """Return what waits at `now` for people to read, the oldest first."""
    lines: list[str] = []
    waiting = talk.waiting()
    for each in waiting:
        comment = each.comment
        where = f" on {safe(each.channel)}" if each.channel else ""
        who, title = safe(comment.author) or "somebody", safe(" ".join(each.title.split()))
        lines.append(f"{age(each, now):>10}  {who}{where}, at {title} ({safe(each.path)})")
        lines.append(f"            {safe(beginning(each))}")
        lines.append(f"            {safe(each.link)}")
    posts = len({each.path for each in waiting})
    if waiting:
        overdue = sum(each.eligible(now) for each in waiting)
        lines.append("")
        late = f", {overdue:,} of them longer than 72 hours" if overdue else ""
        verb = "waits" if len(waiting) == 1 else "wait"
        lines.append(f"{counted(len(waiting), 'comment')} at {counted(posts, 'post')} {verb} for an answer{late}.")
    else:
        lines.append("Nobody waits for an answer.")
    if talk.unapproved:
        verb = "waits" if talk.unapproved == 1 else "wait"
        lines.append(
            f"{counted(talk.unapproved, 'comment')} {verb} for approval: `blogq comments moderate` lists them."
        )
    return "\n".join(lines) + "\n"


def age(each: Exchange, now: int) -> str:
    """Return how long a comment has waited, in words."""
    if each.comment.created == MISSING:
        return "undated"
    waited = max(0, now - each.comment.created)
    return counted(waited // DAY, "day") if waited >= 2 * DAY else counted(waited // HOUR, "hour")


def beginning(each: Exchange) -> str:
    """Return how a comment begins, as plain text in one line."""
    import re
    from html import unescape

    from blogq.conversation.markup import html_of

    text = " ".join(unescape(re.sub(r"<[^>]*>", " ", html_of(each.comment))).split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"
