"""Posts that link only to their own site.

**What it does.** Looks at the last `posts` live posts. It speaks when every link of theirs leads to the own site, and
there are at least `links` of them. It is told once, at the newest post.

**Why.** The web is made of links to others. A blog that links only to itself has nothing that readers could check
elsewhere, and gives nobody a reason to link back.

**Where the limits are from.** Ten posts, since one that refers to earlier ones is nothing strange. With fewer than five
links there is no habit to be told.

**What to do.** Link to what you read, use or answer.
"""

from __future__ import annotations

from collections.abc import Iterator

from blogq.finding import Finding, Span
from blogq.lint.blog import Blog
from blogq.lint.earlier import DATELESS
from blogq.lint.rule import Options, Rule


def check(blog: Blog, options: Options) -> Iterator[Finding]:
    """Yield one finding; `facts["links_out"]` and `facts["links_in"]` count links to other sites and to the own one."""
    live = sorted((post for post in blog.live if post.date > DATELESS), key=lambda post: (post.date, post.path))
    last = live[-options["posts"] :]
    if len(last) < options["posts"] or any("links_out" not in post.facts for post in last):
        return
    own = sum(post.facts.get("links_in", 0) for post in last)
    if any(post.facts["links_out"] for post in last) or own < options["links"]:
        return
    yield Finding(
        "LK004",
        "note",
        Span(last[-1].path),
        f"all {own} links of your last {len(last)} posts lead to your own site",
        "link to what you read, use or answer",
        "",
        "own links only",
    )


RULE = Rule("LK004", "own-links-only", "note", check, scope="blog", whole=True, options={"posts": 10, "links": 5})
