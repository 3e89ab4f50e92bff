"""What reading a file of a corpus gives: texts with their paragraphs, whatever format they came in."""

from __future__ import annotations

from typing import NamedTuple

OBJECT = "\ufffc"
"""What stands in a paragraph for something that is no prose, such as code in a sentence; as in passages of posts."""


class Paragraph(NamedTuple):
    """A piece of prose: a paragraph, a heading, an item, a cell."""

    text: str
    """As a reader reads it, without markup, white space collapsed to single blanks."""
    line: int
    """Line of the file at which it begins, from 1; 0 where that isn't known."""


class Document(NamedTuple):
    """One text of a corpus."""

    corpus: str
    place: str
    """Where a person finds it: the file's path relative to the site, with `/`."""
    url: str
    """Its address; empty where it isn't known."""
    title: str
    date: int
    """UTC, in seconds since 1970; `blogq.content.post.MISSING` where it isn't known."""
    language: str
    """Language tag; empty where it isn't known."""
    paragraphs: tuple[Paragraph, ...]

    @property
    def words(self) -> int:
        """Return how many words its paragraphs have, parted by white space."""
        return sum(len(each.text.split()) for each in self.paragraphs)


class Place(NamedTuple):
    """Whose documents are read."""

    corpus: str
    shown: str
    """The file's path relative to the site, with `/`."""
