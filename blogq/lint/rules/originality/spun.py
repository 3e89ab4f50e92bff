"""Spun: several posts that differ in names and numbers only.

**What it does.** Leaves out names (words with a capital where no sentence begins, and words that have one in the other
text) and numbers, and compares what is left. It speaks when the post and `posts` − 1 earlier ones or more are the same
then but for a twentieth. A shared beginning or end is none of this, but boilerplate (OR003). Posts of one series, and
instalments whose titles differ in a version or date only, are passed over.

**Why.** One text with the names of thirty towns put in is thirty pages for search engines and none for readers; search
engines call them doorway pages, and drop them.

**Where the limits are from.** Three is where a form letter begins; the twentieth allows for endings that go
with a name.

**What to do.** Make one page of them, with a table of what differs, or write about each what holds only there.
"""

from __future__ import annotations

from collections.abc import Iterator

from blogq.finding import Finding, Span
from blogq.lint.echoes import Compared, Echo, Texts
from blogq.lint.rule import Options, Rule
from blogq.originality.skeleton import alike

CODE = "OR006"
_ENOUGH = 0.5
"""Share of a post's words that has to stand in the other, before the two are looked at word by word."""
_FEWEST = 30
"""Words of the shortest text that is looked at."""


def check(texts: Texts, options: Options) -> Iterator[Finding]:
    """Yield a finding for each post with so many earlier ones like it."""
    for post in texts.posts:
        twins = [echo for echo in post.echoes if _is_twin(texts, post, echo)]
        if len(twins) >= options["posts"] - 1:
            twins.sort(key=lambda echo: (echo.source.date, echo.source.place))
            related = tuple(texts.related(echo.source, echo.evidence.stretches[0]) for echo in twins[:5])
            named = ", ".join(echo.source.place for echo in twins[:3])
            more = f" and {len(twins) - 3} more" if len(twins) > 3 else ""
            message = f"nothing but names and numbers differs from {len(twins)} earlier posts: {named}{more}"
            hint = "make one post of them that says what differs, or write what holds only here"
            yield Finding(CODE, "warning", Span(post.path), message, hint, "", "spun", 1, related)


def _is_twin(texts: Texts, post: Compared, echo: Echo) -> bool:
    evidence = echo.evidence
    if echo.source.corpus or echo.namesake or evidence.words < _FEWEST:
        return False
    matched = {word for each in evidence.stretches for word in range(each.first, each.last)}
    if len(matched) < _ENOUGH * evidence.words or not 0.8 <= evidence.words / max(evidence.source_words, 1) <= 1.25:
        return False
    return alike(texts.material(post.number).text, texts.material(echo.source.number).text)


RULE = Rule(CODE, "spun", "warning", check, "texts", {"posts": 3})
