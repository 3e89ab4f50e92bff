"""A post much shorter than the author's others.

**What it does.** Holds the words of each post against those of the same author, in the same language, before it. It
speaks when there are fewer than in `share` of them, and fewer than `part` of their median. It needs `posts` earlier
posts. Posts that are short by nature are left out, as LN001 has it.

**Why.** A post that falls far behind the author's own measure was perhaps published before it was finished.

**Where the limits are from.** By definition a twentieth of the posts are shorter than the 5th percentile. Half the
median is asked for besides, so that nobody is told of 890 words where 900 are usual. With fewer than 10 posts there is
no usual.

**What to do.** See whether something is missing. Where all is said, leave it.
"""

from __future__ import annotations

from collections.abc import Iterator

from blogq.finding import Finding, Span
from blogq.lint.blog import Blog
from blogq.lint.earlier import standings
from blogq.lint.rule import Options, Rule


def check(blog: Blog, options: Options) -> Iterator[Finding]:
    """Yield a finding for each post that stands out; `facts["short_form"]` says what is short by nature."""
    words = [None if post.facts.get("short_form") else post.words or None for post in blog.posts]
    for post, count, earlier in standings(blog, words):
        if len(earlier) < options["posts"]:
            continue
        usual = earlier.quantile(0.5)
        if count >= earlier.quantile(options["share"]) or count >= options["part"] * usual:
            continue
        yield Finding(
            "LN002",
            "note",
            Span(post.path),
            f"much shorter than your other posts: {count:.0f} words, usually {usual:.0f}; "
            f"all but {options['share']:.0%} of those before it are longer",
            "see whether something is missing",
            "",
            "shorter than usual",
        )


RULE = Rule(
    "LN002",
    "shorter-than-usual",
    "note",
    check,
    scope="blog",
    options={"share": 0.05, "part": 0.5, "posts": 10},
)
