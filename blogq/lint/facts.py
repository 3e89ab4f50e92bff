"""What rules of scope `blog` need of a post's text: counted once per content, kept with its judgement."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from blogq.lint.rules.length.thin_post import is_short_form
from blogq.lint.rules.media.shown_media import media_of
from blogq.lint.rules.metadata.near_terms import placed_terms
from blogq.lint.rules.style.hedge_words import count_hedges
from blogq.lint.subject import Subject


def facts_of(post: Subject) -> dict[str, Any]:
    """Return the facts of `post`, by name; they can be written as JSON."""
    hedges = [count_hedges(each.text, post.language) for each in post.prose]
    outward = post.outward
    return {
        "title": post.title,
        "description": post.description,
        "author": post.author,
        "language": post.language,
        "audience": str(post.audience or ""),
        "hedges": None if None in hedges else sum(filter(None, hedges)),
        "short_form": is_short_form(post),
        "redirects": post.redirects,
        "replaces": list(post.replaces),
        "leads": sorted({link.target[:300] for link in post.links if link.target[:1] != "#"})[:500],
        "links_in": sum(link.kind == "a" for link in post.links),
        "links_out": len(outward),
        "terms": placed_terms(post),
        "media": media_of(post),
        "hosts": sorted({urlsplit(target).netloc.lower() for target in outward})[:50],
    }
