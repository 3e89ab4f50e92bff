"""A post as the gate reads it, made of a text: what rules are tested on."""

from __future__ import annotations

from blogq.config.schema import Config
from blogq.content.post import ParseOptions
from blogq.lint.reader import SubjectReader
from blogq.lint.subject import Subject

OPTIONS = ParseOptions.of(Config())


def subject_of(text: str, path: str = "content/posts/a.md", language: str = "en") -> Subject:
    """Return the post in `text`, a whole file. It is a page unless its front matter has a date."""
    head = text.split("\n---", 1)[0]
    kind = "post" if any(line.startswith("date:") for line in head.split("\n")) else "page"
    found = SubjectReader(OPTIONS).read(text.encode("utf-8", "surrogatepass"), path, path, kind, language)
    assert found is not None, "the reader refused the text"
    return found
