"""A post as the gate reads it, made of a text: what rules are tested on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC

from blogq.config.schema import Markdown
from blogq.content.front_matter import read_front_matter
from blogq.content.markdown import Reader
from blogq.content.markdown.passages import PassageWriter
from blogq.lint.subject import Subject
from blogq.measure import measure

TAXONOMIES = ("tags", "categories", "authors", "series")


def subject_of(text: str, path: str = "content/posts/a.md", language: str = "en") -> Subject:
    """Return the post in `text`, a whole file. It is a page unless its front matter has a date."""
    front, start, line, _ = read_front_matter(text, path, taxonomies=TAXONOMIES, zone=UTC)
    tag = front.language or language
    document, writer = Reader(Markdown()).read_with(PassageWriter, text[start:], path, line, not front.title, tag)
    assert writer is not None, "the reader refused the text"
    authors = next((labels for taxonomy, labels in front.terms if taxonomy == "authors"), ())
    subject = Subject(
        path=path,
        kind="post" if front.date else "page",
        language=tag,
        title=(front.title or document.title).strip(),
        description=front.description,
        author=authors[0] if authors else "",
        extra=front.extra,
        keys=front.lines,
        lines=tuple(text.split("\n")),
        body_line=line,
        passages=tuple(writer.passages),
        headings=document.headings,
        links=document.links,
        pictures=tuple(writer.pictures),
        blocks=tuple(writer.blocks),
        measures=measure([], tag),
    )
    return replace(subject, measures=measure([each.text for each in subject.prose], tag))
