"""All posts of a language as data: `posts.json`, for scripts and apps (docs/output.md has its keys)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from blogq.plan.jobs import RenderJob
from blogq.plan.pages import Pages


def posts_as_data(pages: Pages, job: RenderJob) -> list[dict[str, Any]]:
    """Return the posts of one language, newest first, with absolute URLs throughout; HTML is what ends in `_html`."""
    full = pages.site.config.posts_json == "full"
    origin = pages.plan.origin
    posts: list[dict[str, Any]] = []
    for index in pages.site.editions[job.edition].posts:
        card = pages.card(index)
        url = pages.absolute(pages.site.urls[index])
        record = pages.read(index) if full else None
        summary = record.card["summary"] if record else pages.read_card(index)["summary"]
        terms: dict[str, list[str]] = {}
        for term in card.terms:
            terms.setdefault(term.taxonomy, []).append(term.title)
        made: dict[str, Any] = {
            "url": url,
            "title": card.title,
            "date": card.date.iso if card.date else None,
            "updated": card.updated.iso if card.updated else None,
            "language": card.language,
            "authors": [author.title for author in card.authors],
            "terms": terms,
            "description": card.description,
            "minutes": card.minutes,
            "image": card.image or None,
            "summary_html": pages.text(index, summary, url, origin),
        }
        if record is not None:
            made["words"] = record.page["words"]
            made["content_html"] = pages.text(index, record.body, url, origin)
        posts.append(made)
    return posts


def render_posts(pages: Pages, job: RenderJob, posts: list[dict[str, Any]], texts: Sequence[str]) -> bytes:
    """Return `posts` as JSON; `texts` are their HTML in order, with what shortcodes make of it."""
    finished = iter(texts)
    posts = [{key: next(finished) if key.endswith("_html") else post[key] for key in post} for post in posts]
    site = pages.sites[job.edition]
    whole = {
        "schema": "blogq-posts/1",
        "title": site.title,
        "url": site.url,
        "language": site.language,
        "posts": posts,
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
