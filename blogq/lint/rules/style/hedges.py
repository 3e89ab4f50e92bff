"""More hedges, weasel words and clichés than the author's other posts have.

**What it does.** Counts them in each post (`hedge_words.py` has the list) per 100 words, and holds that against the
posts of the same author before it. It speaks when there are more than in `share` of those, at least `least`, and `rate`
in 100 words or more, in a post of at least `words` words. It needs `posts` earlier posts. English only.

**Why.** *Perhaps* has its place, and some writers need more of it than others; so the measure is the author's own. Far
more than usual is a sign of something not looked up, or of a draft.

**Where the limits are from.** By definition a twentieth of the posts are above the 95th percentile; it takes 20 posts
to tell it. With fewer than three a single turn of phrase would decide, and fewer than one in 100 words stand in
nobody's way: without that limit posts with three in 600 words were told.

**What to do.** Look up what can be looked up, and say it outright. Keep a hedge where it is true.
"""

from __future__ import annotations

from collections.abc import Iterator

from blogq.finding import Finding, Span
from blogq.lint.blog import Blog, Judged
from blogq.lint.earlier import standings
from blogq.lint.rule import Options, Rule


def check(blog: Blog, options: Options) -> Iterator[Finding]:
    """Yield a finding for each post that stands out; `facts["hedges"]` has the count."""
    rates = [_rate(post, options["words"]) for post in blog.posts]
    for post, rate, earlier in standings(blog, rates):
        if len(earlier) < options["posts"] or post.facts["hedges"] < options["least"]:
            continue
        if rate < options["rate"] or rate <= earlier.quantile(options["share"]):
            continue
        yield Finding(
            "SY002",
            "note",
            Span(post.path),
            f"{post.facts['hedges']} hedges, weasel words or clichés such as “perhaps” or “arguably”: {rate:.1f} in "
            f"100 words, where you usually have {earlier.quantile(0.5):.1f}",
            "look up what can be looked up, and say it outright",
            "",
            "hedges",
        )


def _rate(post: Judged, least: int) -> float | None:
    words, hedges = post.words, post.facts.get("hedges")
    return None if hedges is None or words < max(1, least) else 100 * hedges / words


RULE = Rule(
    "SY002",
    "hedges",
    "note",
    check,
    scope="blog",
    options={"share": 0.95, "least": 3, "rate": 1.0, "posts": 20, "words": 100},
    languages=("en",),
)
