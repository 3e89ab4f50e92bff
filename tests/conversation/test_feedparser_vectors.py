"""Attack 70: comments against the vectors that feedparser tests its sanitiser with.

They are feedparser's and aren't copied here: `pip download --no-binary :all: feedparser`, unpack it, and name its
folder in BLOGQ_FEEDPARSER. Where that isn't set, the vectors in test_markup.py are of the same families.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from inert_html import assert_inert
from lxml import etree
from talking_sites import comment

from blogq.conversation.comment import FORMS
from blogq.conversation.markup import html_of

FOLDER = Path(os.environ.get("BLOGQ_FEEDPARSER", "/nonexistent")) / "tests/wellformed/sanitize"
FEWEST = 700
"""Vectors that feedparser 6 has."""


def texts(file: Path) -> Iterator[str]:
    """Return whatever in a feed may be taken for HTML: each element's text, its content as it is, the whole file."""
    data = file.read_bytes()
    yield data.decode("utf-8", "replace")
    root = etree.fromstring(data, etree.XMLParser(recover=True, no_network=True, resolve_entities=False))
    for element in root.iter(etree.Element) if root is not None else ():
        if element.text and element.text.strip():
            yield element.text
            if element.get("mode") == "base64":
                yield base64.b64decode(element.text).decode("utf-8", "replace")
        if len(element):
            yield etree.tostring(element, encoding="unicode")


def test_what_could_run_or_load_does_not() -> None:
    files = sorted(FOLDER.glob("*.xml"))
    if not files:
        pytest.skip("feedparser's vectors are its own: BLOGQ_FEEDPARSER names the folder of its source distribution")
    assert len(files) >= FEWEST
    for file in files:
        for text in texts(file):
            for form in FORMS:
                try:
                    assert_inert(html_of(comment("a", text=text, form=form)))
                except AssertionError as error:
                    raise AssertionError(f"{file.name} as {form}: {text[:300]!r}") from error


def test_what_is_said_around_a_script_is_kept() -> None:
    files = sorted(FOLDER.glob("entry_*_script*.xml"))
    if not files:
        pytest.skip("BLOGQ_FEEDPARSER isn't set")
    for file in files:
        found = [html_of(comment("a", text=text, form="html")) for text in texts(file)]
        assert any("safe" in html and "description" in html and "location" not in html for html in found), file.name
