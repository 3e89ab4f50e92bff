"""A blog's live posts as cadence counts them, and the words in which its rules tell what they found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from blogq.cadence.history import Driver, Publication, in_order
from blogq.lint.blog import Blog, Judged
from blogq.lint.earlier import DATELESS


@lru_cache(maxsize=1)
def publications(blog: Blog) -> tuple[Publication, ...]:
    """Return the live posts that have a date, in order of time.

    A post that is published in several languages at one moment counts once, in the language that the blog has most of.
    """
    live = [post for post in blog.live if post.date > DATELESS]
    languages = Counter(post.language for post in live)
    if len(languages) > 1:
        leading: dict[int, str] = {}
        for post in live:
            known = leading.setdefault(post.date, post.language)
            if (languages[post.language], post.language) > (languages[known], known):
                leading[post.date] = post.language
        live = [post for post in live if post.language == leading[post.date]]
    return in_order(Publication(post.date, post.score, post.path, post.parts) for post in live)


def titles(blog: Blog) -> Mapping[str, str]:
    """Return the title of each post by its path; the path where there is none."""
    return {post.path: _title(post) for post in blog.posts}


def _title(post: Judged) -> str:
    text = " ".join(post.title.split())
    if not text:
        return post.path
    return f"“{text[:60]}…”" if len(text) > 60 else f"“{text}”"


def lowest_told(posts: Sequence[Publication], names: Mapping[str, str]) -> str:
    """Return which posts scored lowest, as a sentence with a space before it; empty where none is scored."""
    told = ", ".join(f"{names[post.path]} ({post.score:.0f})" for post in posts if post.score is not None)
    return f" Lowest: {told}." if told else ""


def drivers_told(found: Sequence[Driver]) -> str:
    """Return which parts of the score fell, as a sentence with a space before it; empty where parts are not known."""
    told = ", ".join(f"{each.part} {each.now:.0f} (was {each.before:.0f})" for each in found)
    return f" What drives it: {told}." if told else ""


def days_told(days: float) -> str:
    """Return a span of days in words: hours where it is less than one."""
    if days < 0.95:
        hours = max(1, round(days * 24))
        return "hour" if hours == 1 else f"{hours} hours"
    told = f"{days:.1f}".removesuffix(".0") if days < 9.95 else f"{days:.0f}"
    return "day" if told == "1" else f"{told} days"


def pace_told(days: float, usual_days: float) -> str:
    """Return how often posts come, beside the usual: `one every 2.1 days (usually 6.8)`."""
    now, usual = days_told(days), days_told(usual_days)
    return f"one every {now} (usually {usual.removesuffix(' days') if now.endswith(' days') else usual})"


def ordinal(place: int) -> str:
    """Return a place in a ranking before a superlative: nothing for 1, `2nd `, `3rd `, `4th ` …"""
    if place <= 1:
        return ""
    ending = "th" if place % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{ending} "


def as_evidence(posts: Sequence[Publication]) -> str:
    """Return the paths of posts, for the report."""
    return ", ".join(post.path for post in posts)
