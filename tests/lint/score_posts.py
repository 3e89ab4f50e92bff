"""Posts for tests of the gate, made from Markdown."""

from __future__ import annotations

from blogq.lint.subject import Subject
from evaluations.score import subject


def post(text: str, title: str = "", description: str = "", language: str = "en") -> Subject:
    """Return the post that a Markdown text is, with front matter where a title or description is given."""
    head = "".join(f'{key}: "{value}"\n' for key, value in (("title", title), ("description", description)) if value)
    found = subject((f"---\n{head}---\n{text}" if head else text).encode(), "post.md", language)
    assert found is not None
    return found
