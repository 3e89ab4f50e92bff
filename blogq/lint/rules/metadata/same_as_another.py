"""A title or description that another post has, too.

**What it does.** Compares titles and descriptions of posts that are live or will be, within one language; capitals and
white space don't count. The same description is a warning, the same title a note. The later post is told, and the
earlier one named. Two posts at one URL are an error of the build: see UR101.

**Why.** In lists, feeds and search results title and description are all that tells posts apart. A series may share its
title; a description that fits two posts describes neither.

**Where the limits are from.** It is exact. 37 posts of the Rust blog share a title, so that is a note.

**What to do.** Say in each what only it has: a number, a date, its subject.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from blogq.finding import Finding, Severity, Span
from blogq.lint.blog import Blog, Judged
from blogq.lint.earlier import DATELESS
from blogq.lint.rule import Options, Rule


def check(blog: Blog, options: Options) -> Iterator[Finding]:
    """Yield a finding for each title and each description that was there before."""
    posts = [post for post in blog.posts if post.kind == "post" and post.status in ("live", "draft", "scheduled")]
    # Drafts come last: what is published doesn't have to give way to them.
    posts.sort(key=lambda post: (post.status != "live", post.date < DATELESS, post.date, post.path))
    yield from _same(posts, "description", [post.description for post in posts])
    yield from _same(posts, "title", [post.title for post in posts])


def _same(posts: Sequence[Judged], what: str, texts: Sequence[str]) -> Iterator[Finding]:
    folded = [(post.language, " ".join(text.casefold().split())) for post, text in zip(posts, texts, strict=True)]
    often = {key for key, count in Counter(folded).items() if count > 1 and key[1]}
    known: dict[tuple[str, str], list[Judged]] = {key: [] for key in often}
    for post, text, key in zip(posts, texts, folded, strict=True):
        if key not in often:
            continue
        others = known[key]
        if others:
            severity: Severity = "warning" if what == "description" else "note"
            more = f" and {len(others) - 1} more" if len(others) > 1 else ""
            yield Finding(
                "FM006",
                severity,
                Span(post.path),
                f"the {what} is that of {others[0].path}{more}: “{text[:80]}{'…' if len(text) > 80 else ''}”",
                f"say in the {what} what only this post has",
                "",
                f"same {what}",
            )
        if post.status == "live":
            others.append(post)


RULE = Rule("FM006", "same-as-another", "warning", check, scope="blog")
