"""Where a post's title stands in its file."""

from __future__ import annotations

from blogq.finding import Span
from blogq.lint.subject import Subject


def title_place(post: Subject, part: str = "") -> Span:
    """Return the place of the title, or of `part` of it: front matter's, else that of the heading that opens the text.

    The line as a whole where `part` isn't to be found in it, the file as a whole where there is no title.
    """
    line = post.keys.get("title", 0)
    if not line and post.title:
        line = next((block.line for block in post.blocks if block.kind == "heading"), 0)
    part = part or post.title
    at = post.lines[line - 1].find(part) if 0 < line <= len(post.lines) else -1
    return post.at(line, at + 1, len(part)) if part and at >= 0 else post.at(line)
