"""A post much harder or easier to read than the author's others.

**What it does.** Holds the ease of each post of at least `words` words against those of the same author, in the same
language and for the same audience, before it: the ones that readers have met. It speaks when it lies more than
`deviations` robust standard deviations from their median, and `points` or more; to be told that it is easier, a post
has to lie `easier` times as far away. It needs `posts` earlier posts, and is
silent where ease can't be measured.

**Why.** Readers of a blog know what to expect. A text that is far harder than the others was perhaps not edited; one
that is far easier perhaps says less.

**Where the limits are from.** Two standard deviations are where one post in twenty lies by chance; robust ones (from
the median absolute deviation), since one odd post shouldn't hide the next. Ten points of 100 are asked for besides, so
that an author of even texts isn't told of what nobody notices. Of ten posts on real blogs that were easier by less than
twice that, an editor would have said so of none. With fewer than 10 posts there is no usual.

**What to do.** Read it once more with your readers in mind. Where it is meant for others, say so with `audience`: then
it is held against what you wrote for these.
"""

from __future__ import annotations

from collections.abc import Iterator

from blogq.finding import Finding, Span
from blogq.lint.blog import Blog, Judged
from blogq.lint.earlier import standings
from blogq.lint.rule import Options, Rule


def check(blog: Blog, options: Options) -> Iterator[Finding]:
    """Yield a finding for each post that stands out."""
    same: dict[str, list[Judged]] = {}
    for post in blog.posts:
        same.setdefault(post.facts.get("audience", ""), []).append(post)
    for posts in same.values():
        yield from _among(Blog(tuple(posts), blog.now), options)


def _among(blog: Blog, options: Options) -> Iterator[Finding]:
    """Hold posts for the same readers against each other."""
    eases = [post.ease if post.words >= options["words"] else None for post in blog.posts]
    for post, ease, earlier in standings(blog, eases):
        if len(earlier) < options["posts"]:
            continue
        usual = earlier.quantile(0.5)
        away = usual - ease if ease < usual else (ease - usual) / options["easier"]
        if away < options["points"] or away <= options["deviations"] * earlier.robust_deviation():
            continue
        how = "harder" if ease < usual else "easier"
        yield Finding(
            "RD001",
            "note",
            Span(post.path),
            f"much {how} to read than your other posts: ease {ease:.0f} of 100, usually {usual:.0f}, and from "
            f"{earlier.quantile(0.1):.0f} to {earlier.quantile(0.9):.0f} in four of five posts before it",
            "read it once more with your readers in mind"
            + ("; long sentences and rare words make it harder" if how == "harder" else "")
            + "; where it is meant for others, say so with `audience`",
            "",
            f"{how} than usual",
        )


RULE = Rule(
    "RD001",
    "unlike-author",
    "note",
    check,
    scope="blog",
    options={"deviations": 2.0, "points": 10, "easier": 2.0, "posts": 10, "words": 100},
)
