"""An account of one post, paragraph by paragraph: which of its words were said before, how, and where."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from blogq.content.post import MISSING
from blogq.echoing.one import Opened
from blogq.lint.echoes import Compared, Echo, is_copy
from blogq.originality.evidence import Stretch
from blogq.originality.passage import Kind
from blogq.originality.words import Words
from blogq.pattern import Pattern
from blogq.report.echo.excerpt import Excerpt, Excerpts

_HEADING = Pattern(r"^\s{0,3}#{1,6}\s")
FEW = 4
"""Words below which what one source leaves of another's reworded passage is no passage."""


class Passage(NamedTuple):
    """A piece of a paragraph that stands in a source. No two of them overlap: the closest source has it."""

    number: int
    """From 1, in the order of the post."""
    kind: Kind
    copied: bool
    """Whether it counts as copied: word for word, or with a few words changed."""
    similarity: float
    start: int
    """Character of the paragraph; the end isn't within."""
    end: int
    words: int
    line: int
    column: int
    source: int
    """Which of the sources it is, from 0."""
    also: tuple[int, ...]
    """Other sources in which at least half of it stands."""
    excerpt: Excerpt

    @property
    def told(self) -> str:
        """Its kind in words."""
        return _told(self.kind, self.copied)


class Paragraph(NamedTuple):
    """A paragraph, a heading, an item of a list …"""

    number: int
    """From 1."""
    text: str
    line: int
    """0 where it isn't known."""
    words: int
    copied: int
    """Words of it that are copied."""
    reworded: int
    """Words of it that are reworded, or sum up a source."""
    passages: tuple[Passage, ...]
    heading: bool = False

    @property
    def share(self) -> float:
        """Share of its words that was said before, 0 to 1."""
        return (self.copied + self.reworded) / max(self.words, 1)


class Cited(NamedTuple):
    """A source of the post."""

    path: str
    """Relative to the site."""
    corpus: str
    """Empty for an earlier post of the site."""
    title: str
    url: str
    """As it is known: root-relative for a post of the site."""
    address: str
    """Where a browser finds it; empty where nobody knows."""
    day: str
    """As 2026-01-31; empty where nobody knows."""
    first: str
    """`source` where it came first; `unknown` where one of the two has no date."""
    copied: int
    """Words of the post that are copied from it."""
    reworded: int
    share: float
    """Share of the post's words that are copied from it or reworded, 0 to 1."""
    longest_run: int
    """Words of the longest run that stands in both."""
    linked: bool
    """Whether the post links to it."""
    instalment: str
    """`version` or `date` where the titles differ in nothing else."""


class Account(NamedTuple):
    """A post and what of it was said before."""

    path: str
    title: str
    url: str
    day: str
    language: str
    draft: bool
    words: int
    """All words of its own, declared boilerplate among them."""
    copied: int
    reworded: int
    paragraphs: tuple[Paragraph, ...]
    sources: tuple[Cited, ...]
    """Those with the largest share first."""
    series: int
    """Earlier posts of its series, which are left out."""
    replaces: tuple[str, ...]
    boilerplate: int
    """Words of declared boilerplate, which are left out."""
    recurring: int
    """Words in passages that stand in three earlier posts or more, and don't count."""
    quotations: tuple[tuple[int, int, str], ...]
    """Quotations that name their source, and don't count: line, words, how the source is named."""

    @property
    def shares(self) -> tuple[float, float, float]:
        """Shares of its words that are copied, reworded, and its own; 0 to 1."""
        total = max(self.words, 1)
        return self.copied / total, self.reworded / total, 1 - (self.copied + self.reworded) / total


class _Claim(NamedTuple):
    """Words of the post that a passage of one of its sources makes out."""

    source: int
    stretch: Stretch
    copied: bool
    words: frozenset[int]


def account_of(opened: Opened) -> Account:
    """Return the account of a post, while its texts are open."""
    from blogq.originality.words import words

    post, texts = opened.post, opened.texts
    material = texts.material(post.number)
    read = words(material.text)
    recurring = post.recurring
    echoes = [echo for echo in post.echoes if any(_words_of(each, echo, recurring) for each in echo.evidence.stretches)]
    echoes.sort(key=lambda echo: -len(echo.copied) - echo.reworded)
    sources = tuple(_cited(echo, post, opened) for echo in echoes)
    claims = [*_claims(echoes, recurring)]
    owners = _owners(claims, material.starts(), read)
    excerpts = Excerpts(texts)
    paragraphs: list[Paragraph] = []
    number = 0
    for at, (start, part) in enumerate(zip(material.starts(), material.parts, strict=True), 1):
        first, last = (int(read.starts.searchsorted(place)) for place in (start, start + len(part.text)))
        passages: list[Passage] = []
        for owner, group in groupby(range(first, last), owners.get):
            if owner is not None:
                own = [*group]
                number += 1
                begin, end = _borders(part.text, start, own[0], own[-1], read)
                claim = claims[owner]
                line, column = part.place(begin)
                passages.append(
                    Passage(
                        number,
                        claim.stretch.kind,
                        claim.copied,
                        claim.stretch.similarity,
                        begin,
                        end,
                        len(own),
                        line,
                        column,
                        claim.source,
                        _others(claims, claim.source, own),
                        excerpts.of(echoes[claim.source].source, claim.stretch, read.keys, own[0], own[-1] + 1),
                    )
                )
        copied = sum(each.words for each in passages if each.copied)
        reworded = sum(each.words for each in passages) - copied
        line = part.place(0)[0]
        heading = bool(_HEADING.search(texts.evidence(texts.span(post, start, start + 1))[0]))
        paragraphs.append(Paragraph(at, part.text, line, last - first, copied, reworded, tuple(passages), heading))
    row = opened.row
    return Account(
        row.path,
        row.title,
        row.url,
        row.date[:10],
        row.language,
        row.status == "draft",
        post.words,
        sum(each.copied for each in paragraphs),
        sum(each.reworded for each in paragraphs),
        tuple(paragraphs),
        sources,
        opened.series,
        opened.replaces,
        material.left_out,
        len(recurring),
        opened.quotations,
    )


def _told(kind: Kind, copied: bool) -> str:
    if kind == "verbatim":
        return "word for word"
    if kind == "summary":
        return "summed up"
    return "a few words changed" if copied else "reworded"


def _words_of(stretch: Stretch, echo: Echo, recurring: frozenset[int]) -> frozenset[int]:
    """Return the words of a passage that count."""
    every = frozenset(range(stretch.first, stretch.last))
    if is_copy(stretch):
        return every & echo.copied
    return every - echo.copied - recurring


def _claims(echoes: list[Echo], recurring: frozenset[int]) -> Iterator[_Claim]:
    """Yield the passages of all sources: copies first, and those of the nearest source before the others'."""
    for copied in (True, False):
        for number, echo in enumerate(echoes):
            for stretch in echo.evidence.stretches:
                if is_copy(stretch) == copied and (words := _words_of(stretch, echo, recurring)):
                    yield _Claim(number, stretch, copied, words)


def _owners(claims: list[_Claim], borders: list[int], read: Words) -> dict[int, int]:
    """Return to which of `claims` each word belongs: the first that wants it, unless only crumbs are left."""
    from numpy import array

    part_of: list[int] = array(borders).searchsorted(read.starts, "right").tolist()
    owners: dict[int, int] = {}
    for number, claim in enumerate(claims):
        left = sorted(word for word in claim.words if word not in owners)
        # Rows of words: neighbours, and in one paragraph.
        for _, group in groupby(enumerate(left), lambda each: (each[1] - each[0], part_of[each[1]])):
            run = [word for _, word in group]
            beside = {word for word in (run[0] - 1, run[-1] + 1) if word in claim.words}
            cut = any(part_of[word] == part_of[run[0]] for word in beside)
            if claim.copied or len(run) >= FEW or not cut:
                owners |= dict.fromkeys(run, number)
    return owners


def _borders(text: str, start: int, first: int, last: int, read: Words) -> tuple[int, int]:
    """Return the characters of a paragraph that a row of its words makes up, with the signs around them."""
    begin, end = int(read.starts[first]) - start, int(read.ends[last]) - start
    floor = int(read.ends[first - 1]) - start if first else 0
    ceiling = int(read.starts[last + 1]) - start if last + 1 < len(read.keys) else len(text)
    if floor <= 0:
        begin = 0
    if ceiling >= len(text):
        end = len(text)
    while end < min(ceiling, len(text)) and not text[end].isspace():
        end += 1
    # Brackets and quotes that open a passage; what closes the one before belongs to that.
    while begin > max(floor, 0) and not text[begin - 1].isspace() and " " in text[max(floor, 0) : begin]:
        begin -= 1
    return begin, end


def _others(claims: list[_Claim], source: int, own: list[int]) -> tuple[int, ...]:
    """Return the other sources in which at least half of the words `own` stand."""
    found: dict[int, int] = {}
    for claim in claims:
        if claim.source != source:
            found[claim.source] = found.get(claim.source, 0) + sum(word in claim.words for word in own)
    return tuple(sorted(number for number, count in found.items() if 2 * count >= len(own)))


def _cited(echo: Echo, post: Compared, opened: Opened) -> Cited:
    source, row = echo.source, opened.row
    known = source.date != MISSING and (bool(source.corpus) or opened.statuses.get(source.place) != "draft")
    share = (len(echo.copied) + echo.reworded) / max(post.words, 1)
    return Cited(
        source.place,
        source.corpus,
        source.title,
        source.url,
        _address(source.url, source.corpus, opened.config.base_url),
        source.day,
        "source" if known and (row.date or row.status == "draft") else "unknown",
        len(echo.copied),
        echo.reworded,
        min(share, 1.0),
        echo.run.words if echo.run else 0,
        echo.linked,
        echo.namesake,
    )


def _address(url: str, corpus: str, base: str) -> str:
    """Return where a browser finds a source; only what the web's own schemes lead to."""
    from urllib.parse import urlsplit

    try:
        parts, home = urlsplit(url), urlsplit(base)
    except ValueError:
        return ""
    if parts.scheme in ("http", "https") and parts.netloc:
        return url
    if not corpus and url.startswith("/") and not url.startswith("//") and home.scheme in ("http", "https"):
        return f"{home.scheme}://{home.netloc}{url}"
    return ""
