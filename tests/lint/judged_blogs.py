"""Blogs made for tests of rules of scope `blog`: posts in short, without texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from blogq.finding import Finding
from blogq.lint.blog import Blog, Judged
from blogq.lint.rule import Rule

DAY = 86400
START = 1_600_000_000
MISSING = -(1 << 62)


def post(number: int, **said: Any) -> Judged:
    """Return the post of day `number`, with what is `said` of it."""
    known: dict[str, Any] = {
        "path": f"content/posts/{number:05}.md",
        "url": f"/{number:05}/",
        "title": f"Post {number}",
        "description": "",
        "date": START + number * DAY,
        "offset": 0,
        "status": "live",
        "kind": "post",
        "language": "en",
        "author": "Ada",
        "score": 70,
        "parts": {},
        "words": 500,
        "ease": 60.0,
        "facts": {},
    }
    return Judged(**{**known, **said})


def blog(posts: Iterable[Judged], days: float = 0) -> Blog:
    """Return the blog of `posts`, judged `days` after the newest dated one."""
    ordered = tuple(sorted(posts, key=lambda each: (each.date, each.path)))
    return Blog(ordered, int(max((each.date for each in ordered), default=START) + days * DAY))


def found(rule: Rule, judged: Blog, **options: Any) -> list[Finding]:
    """Return what a rule finds, with its own options but for those given."""
    given: Mapping[str, Any] = {**rule.options, **options}
    return list(rule.check(judged, given))
