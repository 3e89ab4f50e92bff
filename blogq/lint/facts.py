"""What rules of scope `blog` need of a post's text: counted once per content, kept with its judgement."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from blogq.lint.subject import Subject


def facts_of(post: Subject) -> dict[str, Any]:
    """Return the facts of `post`, by name; they can be written as JSON."""
    outward = [link.target for link in post.links if link.kind == "x"]
    return {
        "title": post.title,
        "description": post.description,
        "author": post.author,
        "language": post.language,
        "links_in": sum(link.kind == "a" for link in post.links),
        "links_out": len(outward),
        "hosts": sorted({urlsplit(target).netloc.lower() for target in outward})[:50],
    }
