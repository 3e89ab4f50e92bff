"""A front matter key, tag or category that is probably another one misspelt.

**What it does.** Speaks at a front matter key that means nothing to blogq and is one letter away from one that does.
And at a term (a tag, a category, what other taxonomies there are, but no author) that at most `posts` posts have, where
at least `times` as many have one that differs by a hyphen, by the `s` of a plural, or by one letter. Short terms are
left alone, and so are a letter changed in a word of fewer than eight, another beginning (`react`, `preact`), whatever
differs in a number (`python2`, `python3`), and two terms that one post has both. Languages are looked at by themselves.

**Why.** What a misspelt key says is lost without a word. A misspelt tag makes a page of its own with one post on it,
which is missing where readers look for it.

**Where the limits are from.** Three times as many, so that of two spellings one is clearly the usual one. On three real
blogs with 147 tags between them it finds nothing, and should: the only two that are alike are `ai` and `api`. Authors
are left out because of the same blogs: Eric and Erica, Kane and Kate are different people.

**What to do.** Write it as the others are. Where a key is the theme's own, put it under `extra`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from blogq.finding import Finding, Span
from blogq.lint.blog import Blog
from blogq.lint.rule import Options, Rule
from blogq.lint.rules.metadata.near_terms import near_terms


def check(blog: Blog, options: Options) -> Iterator[Finding]:
    """Yield a finding for each key, and for each post that has such a term; `facts["terms"]` are a post's terms."""
    for each in blog.noted:
        key = each.message.partition(" means")[0]
        yield each._replace(code="FM007", severity="note", about=f"key {key}")
    uses: defaultdict[tuple[str, str], defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    live = set()
    for number, post in enumerate(blog.posts):
        if post.status in ("live", "draft", "scheduled"):
            for taxonomy, label, _, _ in post.facts.get("terms", ()):
                uses[post.language, taxonomy][label].append(number)
            if post.status == "live":
                live.add(number)
    for (_, taxonomy), labels in uses.items():
        for near in near_terms(labels, live, options["posts"], options["times"]):
            for number in near.posts:
                post = blog.posts[number]
                terms = post.facts["terms"]
                line, column = next(at for name, label, *at in terms if (name, label) == (taxonomy, near.label))
                asked = f"did you mean “{near.usual}”, as in {near.live} posts?"
                yield Finding(
                    "FM007",
                    "note",
                    Span(post.path, line, column),
                    f"{taxonomy}: “{near.label}” is hardly used; {asked}",
                    f"write “{near.usual}” here too, unless it is something else",
                    "",
                    f"{taxonomy} {near.label}",
                )


RULE = Rule("FM007", "misspelt-key-or-tag", "note", check, scope="blog", options={"posts": 2, "times": 3})
