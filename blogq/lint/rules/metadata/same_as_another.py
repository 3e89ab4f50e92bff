"""A title or description that another post has, too.

**What it does.** Compares titles and descriptions of posts that are live or will be, within one language; capitals and
white space don't count, nor do posts that only send readers on. The same description is a warning, the same title a
note. The later post is told, and the earlier one named. Two posts at one URL are an error of the build: see UR101.

**Why.** In lists, feeds and search results title and description are all that tells posts apart. A series may share its
title; a description that fits two posts describes neither.

**Where the limits are from.** It is exact. 37 posts of the Rust blog share a title, so that is a note.

**What to do.** Say in each what only it has: a number, a date, its subject.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from blogq.finding import Finding, Severity, Span
from blogq.lint.blog import Blog, Judged
from blogq.lint.earlier import DATELESS
from blogq.lint.rule import Options, Rule

_TOLD = 100
"""Posts alike that are looked at, so that a thousand of them take no longer than their number."""


def check(blog: Blog, options: Options) -> Iterator[Finding]:
    """Yield a finding for each title and each description that was there before."""
    posts = [
        post
        for post in blog.posts
        if post.kind == "post" and post.status in ("live", "draft", "scheduled") and not post.facts.get("redirects")
    ]
    # Drafts come last: what is published doesn't have to give way to them.
    posts.sort(key=lambda post: (post.status != "live", post.date < DATELESS, post.date, post.path))
    titles = _often((post.language, _folded(post.title)) for post in posts)
    descriptions = _often((post.language, _folded(post.description)) for post in posts)
    for post in posts:
        described = _known(post, post.description, descriptions)
        titled = _known(post, post.title, titles)
        if titled and described == titled:
            # Posts of a series, such as minutes, share both: that is one thing to say, and no mistake.
            yield _same(post, "title and description are those", post.title, titled, "note")
        else:
            if described:
                yield _same(post, "description is that", post.description, described, "warning")
            if titled:
                yield _same(post, "title is that", post.title, titled, "note")


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _often(texts: Iterable[tuple[str, str]]) -> dict[tuple[str, str], list[Judged]]:
    """Return those of `texts`, with their languages, that are there more than once, each with a place for its posts."""
    return {key: [] for key, count in Counter(texts).items() if count > 1 and key[1]}


def _known(post: Judged, text: str, known: dict[tuple[str, str], list[Judged]]) -> list[Judged]:
    """Return the posts before it that have the same `text`, and add this one to what is `known` where it is live."""
    others = known.get((post.language, _folded(text)))
    if others is None:
        return []
    before = list(others[:_TOLD])
    if post.status == "live":
        others.append(post)
    return before


def _same(post: Judged, what: str, text: str, others: list[Judged], severity: Severity) -> Finding:
    more = len(others) - 1
    many = f" and {f'at least {more}' if len(others) == _TOLD else more} more" if more else ""
    name = "description" if what.startswith("description") else "title"
    return Finding(
        "FM006",
        severity,
        Span(post.path),
        f"the {what} of {others[0].path}{many}: “{text[:80]}{'…' if len(text) > 80 else ''}”",
        f"say in the {name} what only this post has",
        "",
        f"same {name}",
    )


RULE = Rule("FM006", "same-as-another", "warning", check, scope="blog")
