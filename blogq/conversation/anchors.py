"""What a comment is called within its page."""

from __future__ import annotations

import re

from blogq.conversation.comment import Comment
from blogq.store.digest import digest


def anchor_of(comment: Comment, taken: bool = False) -> str:
    """Return the HTML id of a comment: `comment-12`, as others number it, else one made of its source and id.

    `taken` says that another comment of the page has that number.
    """
    if not taken and re.fullmatch(r"[0-9]{1,18}", comment.id):
        return f"comment-{comment.id}"
    return f"comment-{digest(f'{comment.source} {comment.id}'.encode()).hex()[:12]}"
