"""Markdown files with a title, an input and the expected HTML; a placeholder's NUL is shown as ␀.

What is off by default is on in the file of its name. A language in parentheses ends a title: `Quotes (de)`. Files in
`findings` have what is reported in place of the HTML, as `line:column CODE message`.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from blogq.config.schema import Markdown
from blogq.content.markdown.document import Document
from blogq.content.markdown.reader import Reader

FIXTURES = Path(__file__).parent / "fixtures"
READER = Reader(Markdown())
READERS = {"typography": Reader(Markdown(typography=True)), "math": Reader(Markdown(math=True))}


def cases(folder: str) -> list[tuple[str, str, str]]:
    found = []
    for path in sorted((FIXTURES / folder).glob("*.md")):
        parts = path.read_text(encoding="utf-8").split("\n.\n")
        for title, source, expected in zip(parts[::3], parts[1::3], parts[2::3], strict=False):
            found.append((f"{path.stem}: {title.strip()}", source + "\n", expected + "\n"))
    return found


def read(title: str, source: str) -> Document:
    language = re.search(r" \(([a-z]{2}(?:-[A-Za-z]+)?)\)\.?$", title)
    reader = READERS.get(title.partition(":")[0], READER)
    return reader.read(source, path="x.md", language=language[1] if language else "en")


HTML = cases("markdown")
FINDINGS = cases("findings")


@pytest.mark.parametrize(("title", "source", "expected"), HTML, ids=[title for title, _, _ in HTML])
def test_html(title: str, source: str, expected: str) -> None:
    assert read(title, source).html.replace("\0", "␀") == expected, title


@pytest.mark.parametrize(("title", "source", "expected"), FINDINGS, ids=[title for title, _, _ in FINDINGS])
def test_findings(title: str, source: str, expected: str) -> None:
    findings = read(title, source).findings
    said = [f"{f.span.line}:{f.span.column} {f.code} {f.message}\n    {f.hint}" for f in findings]
    assert "\n".join(said) + "\n" == expected, title
    lines = source.split("\n")
    assert all(finding.evidence == lines[finding.span.line - 1] for finding in findings)
