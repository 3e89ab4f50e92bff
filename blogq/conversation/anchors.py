"""What a comment is called within its page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from blogq.conversation.comment import Comment
from blogq.store.digest import digest


def anchors_of(comments: Sequence[Comment]) -> dict[tuple[str, str], str]:
    """Return the HTML id of each of a page's comments, by its source and id.

    `comment-12` is the comment 12, as others number it, so that links elsewhere still lead there; where two sources
    have that number, and where an id is none, the HTML id is made of source and id.
    """
    taken: set[str] = set()
    found: dict[tuple[str, str], str] = {}
    for comment in comments:
        key = (comment.source, comment.id)
        if key in found:
            continue
        anchor = f"comment-{comment.id}"
        if not re.fullmatch(r"[0-9]{1,18}", comment.id) or anchor in taken:
            anchor = f"comment-{digest(' '.join(key).encode()).hex()[:12]}"
        taken.add(anchor)
        found[key] = anchor
    return found
