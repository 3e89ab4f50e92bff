"""The index: which texts are there, and which of them have fingerprints in common with another.

`Corpus` is all that rules know of it; `store.Index` is the one that keeps a folder. docs/originality.md says what it
costs and how it grows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from blogq.originality.fingerprint import Fingerprints, fingerprints
from blogq.originality.index.candidates import Answer
from blogq.originality.material import Material, packed

VERSION = 2
"""Raised whenever what is kept has another shape: an index of another version is made anew."""


class Document(NamedTuple):
    """A text as others are told of it."""

    corpus: str
    """Name of the corpus that it belongs to; empty for the site's own posts."""
    name: str
    """What it's called within its corpus; no other there is called so."""
    version: bytes
    """Digest of all that its text follows from: the same name with another version is another text."""
    date: int
    """UTC, in seconds since 1970; `blogq.content.post.MISSING` where there is none."""
    title: str
    place: str
    """Where a person finds it: a path relative to the site."""
    url: str
    language: str


class Entry(NamedTuple):
    """A text that is to be added."""

    document: Document
    material: bytes
    """As `blogq.originality.material.packed` returns it."""
    fingerprints: Fingerprints


class Query(NamedTuple):
    """A text whose like is looked for."""

    fingerprints: Fingerprints
    own: int = -1
    """Its own number in the index; −1 where it isn't there."""
    before: int | None = None
    """Seconds since 1970 after which the site's own texts come too late to have been its source; None for all."""


class Corpus(Protocol):
    """What rules need of an index. One that many blogs share can take the place of a folder's."""

    def add(self, entries: Iterable[Entry]) -> frozenset[int] | None:
        """Take texts in, each in place of an older one of its name.

        Returns the numbers of documents whose candidates may be others now, the added ones among them; None for all.
        """

    def remove(self, corpus: str, names: Iterable[str]) -> frozenset[int] | None:
        """Forget texts; those that aren't there are passed over. Returns the same as `add`."""

    def candidates(self, queries: Sequence[Query]) -> list[Answer]:
        """Return the documents that have most in common with each text."""


def entry(document: Document, material: Material) -> Entry:
    """Return a text as it's added to an index."""
    return Entry(document, packed(material), fingerprints([part.text for part in material.parts]))
