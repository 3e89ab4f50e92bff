"""What a rule of scope `texts` may see: what posts have in common with earlier ones, and with texts of corpora."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from blogq.content.post import MISSING
from blogq.finding import Related, Span
from blogq.lint.subject import cut
from blogq.originality.evidence import Evidence, Stretch
from blogq.originality.material import Material

COPIED = 0.75
"""Similarity from which on a reworded passage is a copy with a few words changed."""
RECURRING = 3
"""Earlier posts of the blog in which a passage stands that is its own way of speaking by now, and no copy."""
_EXCERPT = 240
"""Characters of a passage that are shown."""


def is_copy(stretch: Stretch) -> bool:
    """Return whether a passage counts as copied: word for word, or with a few words changed."""
    return stretch.kind == "verbatim" or (stretch.kind == "reworded" and stretch.similarity >= COPIED)


class Source(NamedTuple):
    """A text that came before a post."""

    number: int
    """Number in the index."""
    corpus: str
    """Name of the corpus that it's in; empty for a post of the site's own."""
    place: str
    """Path relative to the site."""
    title: str
    url: str
    date: int
    """UTC, in seconds since 1970; `MISSING` where nobody knows."""

    @property
    def day(self) -> str:
        """The day of its date, as 2026-01-31; empty where nobody knows."""
        if self.date == MISSING:
            return ""
        from datetime import UTC, datetime

        return datetime.fromtimestamp(self.date, UTC).date().isoformat()

    @property
    def called(self) -> str:
        """What people know it by: title and place, and of whose it is."""
        of_corpus = f", corpus {self.corpus}" if self.corpus else ""
        where = self.url if self.corpus and self.url else self.place
        return f"“{self.title}” ({where}{of_corpus})" if self.title else f"{where}{of_corpus}"


class Echo(NamedTuple):
    """What a post has in common with one source."""

    source: Source
    evidence: Evidence
    copied: frozenset[int]
    """Words of the post, by number, that are copied from it; without those of passages that recur in the blog."""
    reworded: int
    """Words of the post in passages that are reworded more than that, and in what sums the source up."""
    run: Stretch | None
    """The longest run that stands in both word for word, unless that recurs."""
    namesake: str
    """`version` or `date` where the titles differ in nothing else: instalments of one thing; else empty."""
    linked: bool
    """Whether the source is an earlier post of the blog to which the post leads its readers by a link."""
    edge: bool
    """Whether the run is how both posts begin or end: the introduction of a column, a closing line."""

    @property
    def share(self) -> float:
        """Share of the post's words that are copied, 0 to 1."""
        return len(self.copied) / max(self.evidence.words, 1)


class Compared(NamedTuple):
    """A post that was held against what came before it."""

    path: str
    """Relative to the site, with `/`."""
    number: int
    """Number in the index."""
    words: int
    boilerplate: int
    """Words of it that the blog's posts have in common, or that config declares to be boilerplate."""
    echoes: tuple[Echo, ...]
    """The largest share first; sources that it declares by `series:` or `replaces:` are none."""
    recurring: frozenset[int] = frozenset()
    """Words, by number, that stand in several earlier posts, and so count as copied from none of them."""

    @property
    def share(self) -> float:
        """Share of its words that are copied from anywhere, 0 to 1; instalments by version repeat each other."""
        copied: set[int] = set()
        counting = (echo.copied for echo in self.echoes if echo.namesake != "version")
        return len(copied.union(*counting)) / max(self.words, 1)


@dataclass(frozen=True, eq=False)
class Texts:
    """All posts that were compared."""

    posts: tuple[Compared, ...]
    material: Callable[[int], Material]
    """Loads a text by its number in the index."""
    lines: Callable[[str], Sequence[str]]
    """Loads the lines of a post by its path."""

    def span(self, post: Compared, start: int, end: int) -> Span:
        """Return the place in the file of characters of a post's text."""
        return _span(self.material(post.number), post.path, start, end)

    def evidence(self, span: Span) -> tuple[str, int]:
        """Return the first line of a place in a post, cut around it, and the column at which what is kept begins."""
        lines = self.lines(span.path)
        return cut(lines[span.line - 1], span.column) if 0 < span.line <= len(lines) else ("", 1)

    def related(self, source: Source, stretch: Stretch) -> Related:
        """Return the other side of a passage."""
        material = self.material(source.number)
        span = _span(material, source.place, stretch.source_start, stretch.source_end)
        text = " ".join(material.text[stretch.source_start : stretch.source_end].split())
        if len(text) > _EXCERPT:
            text = f"{text[: _EXCERPT - 1].rstrip()}…"
        return Related(span, text, source.title, source.url, source.day, source.corpus)

    def in_parts(self, post: Compared, stretch: Stretch) -> tuple[int, float]:
        """Return how many paragraphs a passage touches, and which share of them it makes up, 0 to 1, in characters."""
        material = self.material(post.number)
        sizes = [
            len(part.text)
            for start, part in zip(material.starts(), material.parts, strict=True)
            if start < stretch.end and stretch.start < start + len(part.text)
        ]
        return len(sizes), min(1.0, (stretch.end - stretch.start) / max(sum(sizes), 1))


def _span(material: Material, path: str, start: int, end: int) -> Span:
    line, column = material.place(start)
    last, past = material.place(max(start, end - 1))
    return Span(path, line, column, last, past + 1 if past else 0)
