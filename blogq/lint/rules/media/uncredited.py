"""Somebody else's picture or video without credit, or one that post after post shows.

**What it does.** Looks at pictures that come from another site, and at videos embedded from YouTube, Vimeo, Dailymotion
and TED. It speaks where neither the paragraph around one nor the one before or after it gives credit: a word such as
*photo by*, *source*, *via* or *©*, a caption, a link to where it is from. For a video a name will do, a title, or any
link. The own site doesn't count as another, nor do profiles in the config, hosts in `own`, and sites to which authors
upload their own pictures. A picture or video that `posts` live posts or more show is told once, at the latest of them,
unless more than `share` of all posts show it, which makes it part of the design, or all of them are one series.

**Why.** Who made it deserves to be named, and readers want to know where it is from. A picture from another site may
change or vanish any day. One that stands in post after post says nothing any more.

**Where the limits are from.** Three posts, as two may well be a post and its sequel; a fifth of all posts, above which
it is a logo or a portrait. On three real blogs it fires once in 1,329 posts, at an animation taken from another site.

**What to do.** Name who made it, and link to where it is from. Show a picture of what this post is about, or none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from blogq.finding import Finding, Span
from blogq.lint.blog import Blog, Judged
from blogq.lint.rule import Options, Rule
from blogq.lint.rules.media.shown_media import Media, domain

FEW = 15
"""Posts below which nothing can be said of what is shown again and again."""


def check(blog: Blog, options: Options) -> Iterator[Finding]:
    """Yield the findings; `facts["media"]` is what each post shows."""
    own = {domain(host) for host in blog.hosts}
    given = tuple(str(host).lower().lstrip(".") for host in options["own"])
    shown: defaultdict[str, list[tuple[Judged, Media]]] = defaultdict(list)
    for post in blog.posts:
        if post.status not in ("live", "draft", "scheduled"):
            continue
        for each in map(Media._make, post.facts.get("media", ())):
            if not each.credited and domain(each.host) not in own and not _is_below(each.host, given):
                yield _uncredited(post, each)
            if post.status == "live":
                shown[each.known_as].append((post, each))
    yield from _again(blog, shown, options)


def _uncredited(post: Judged, each: Media) -> Finding:
    from_where = "from YouTube" if "youtu" in each.host else f"from {each.host}"
    return Finding(
        "MD003",
        "note",
        Span(post.path, each.line, each.column),
        f"the {each.what} {from_where} is shown without a word about whose it is",
        "name who made it beside it, and link to where it is from; sites of your own go into the option `own`",
        "",
        f"credit {each.known_as}",
    )


def _again(blog: Blog, shown: dict[str, list[tuple[Judged, Media]]], options: Options) -> Iterator[Finding]:
    count = len(blog.live)
    if count < FEW:
        return
    for known_as, places in shown.items():
        posts = {post.path: post for post, _ in places}
        if len(posts) < options["posts"] or len(posts) > options["share"] * count or _is_series([*posts.values()]):
            continue
        post, each = places[-1]
        others = [path for path in posts if path != post.path]
        more = f" and {len(others) - 2} more" if len(others) > 2 else ""
        yield Finding(
            "MD003",
            "note",
            Span(post.path, each.line, each.column),
            f"this {each.what} is shown in {len(posts)} posts: also in {' and '.join(others[-2:])}{more}",
            "show what only this post is about, or nothing",
            "",
            f"shown again {known_as}",
        )


def _is_series(posts: list[Judged]) -> bool:
    """Return whether all of `posts` belong to one series."""
    series = [{label for taxonomy, label, *_ in post.facts.get("terms", ()) if taxonomy == "series"} for post in posts]
    return bool(set.intersection(*series))


def _is_below(host: str, given: tuple[str, ...]) -> bool:
    return any(host == each or host.endswith(f".{each}") for each in given)


RULE = Rule("MD003", "uncredited-media", "note", check, scope="blog", options={"posts": 3, "share": 0.2, "own": []})
