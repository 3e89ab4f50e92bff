"""Accounts of posts that are held against sources given as paragraphs, without a site or an index."""

from __future__ import annotations

from calendar import timegm
from collections.abc import Sequence

from blogq.config.schema import Config
from blogq.echoing.one import Opened
from blogq.lint.echoes import Compared, Echo, Source, Texts, is_copy
from blogq.listing import Row
from blogq.originality.evidence import Evidence, Stretch, evidence
from blogq.originality.material import Material, Part
from blogq.originality.words import words
from blogq.report.echo.account import Account, account_of

DATE = timegm((2025, 1, 2, 0, 0, 0))


def material(paragraphs: Sequence[str]) -> Material:
    """Return paragraphs as a text in which each takes a line, with an empty one between."""
    return Material(tuple(Part(text, ((0, 1 + 2 * at, 1),)) for at, text in enumerate(paragraphs)))


def echo_of(number: int, found: Evidence, corpus: str = "", recurring: frozenset[int] = frozenset()) -> Echo:
    """Return what a post has in common with a source, as comparing would tell it."""
    copied: set[int] = set()
    reworded: set[int] = set()
    for each in found.stretches:
        (copied if is_copy(each) else reworded).update(range(each.first, each.last))
    copied -= recurring
    source = Source(number, corpus, f"old-{number}.md", f"Old {number}", f"/old-{number}/", DATE)
    left = len(reworded - copied - recurring)
    return Echo(source, found, frozenset(copied), left, found.run, "", False, False)


def account(
    paragraphs: Sequence[str],
    *sources: Sequence[str],
    echoes: Sequence[Echo] = (),
    left_out: int = 0,
    recurring: frozenset[int] = frozenset(),
    language: str = "en",
) -> Account:
    """Return the account of a post; `echoes` instead of those that comparing finds."""
    texts = [material(each) for each in (paragraphs, *sources)]
    post = texts[0]._replace(left_out=left_out)
    texts[0] = post
    made = list(echoes) or [echo_of(number, evidence(post.text, each.text)) for number, each in enumerate(texts[1:], 1)]
    made.sort(key=lambda echo: -len(echo.copied))
    total = len(words(post.text).keys) + left_out
    row = Row("new.md", "/new/", "New", "2026-01-05T00:00:00+00:00", "post", "live", language)
    opened = Opened(
        Compared("new.md", 0, total, left_out, tuple(made), recurring),
        Texts((), lambda number: texts[number], lambda path: post.text.split("\n")),
        row, Config(base_url="https://blog.example/"), {}, 0, (), (),
    )  # fmt: skip
    return account_of(opened)


def summing_up(post: str, source: str) -> Evidence:
    """Return evidence that the whole of a post sums a source up."""
    one, other = words(post), words(source)
    stretch = Stretch("summary", 0.61, 0, len(post), 0, len(source), 0, len(one.keys), 0)
    return Evidence(len(one.keys), len(other.keys), (stretch,), None)
