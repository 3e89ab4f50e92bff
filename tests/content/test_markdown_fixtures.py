"""Markdown files with a title, an input and the expected HTML; a placeholder's NUL is shown as ␀."""

from __future__ import annotations

from pathlib import Path

import pytest

from blogq.config.schema import Markdown
from blogq.content.markdown import Reader

READER = Reader(Markdown())


def cases() -> list[tuple[str, str, str]]:
    found = []
    for path in sorted((Path(__file__).parent / "fixtures" / "markdown").glob("*.md")):
        parts = path.read_text(encoding="utf-8").split("\n.\n")
        for title, source, expected in zip(parts[::3], parts[1::3], parts[2::3], strict=False):
            found.append((f"{path.stem}: {title.strip()}", source + "\n", expected + "\n"))
    return found


@pytest.mark.parametrize(("title", "source", "expected"), cases(), ids=[title for title, _, _ in cases()])
def test_html(title: str, source: str, expected: str) -> None:
    assert READER.read(source, path="x.md").html.replace("\0", "␀") == expected, title
