"""The reader beside the specifications: every example of CommonMark 0.31.2, and of GFM's extensions.

The specifications are not ours to ship; they come out of a pinned source archive, kept in `.cache`.
"""

from __future__ import annotations

import dataclasses
import hashlib
import html
import re
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import NamedTuple

import pytest

from blogq.config.schema import Markdown
from blogq.content.markdown.addresses import attribute_value
from blogq.content.markdown.reader import Reader

CACHE = Path(__file__).resolve().parents[2] / ".cache" / "specs"
ARCHIVE = "marko-2.2.4.tar.gz"
SHA256 = "c042c66f835425673123d7536b39b4660de3b68e30078c70fd26245b31170683"
PLAIN = Markdown(
    tables=False,
    strikethrough=False,
    autolinks=False,
    task_lists=False,
    footnotes=False,
    heading_ids=False,
    highlight=False,
    tag_filter=False,
)
EXTENSIONS = {
    "table": "tables",
    "strikethrough": "strikethrough",
    "autolink": "autolinks",
    "tagfilter": "tag_filter",
    "disabled": "task_lists",
}
EXAMPLE = re.compile(r"^`{32} example([^\n]*)\n(.*?)^\.\n(.*?)^`{32}$", re.DOTALL | re.MULTILINE)


class Example(NamedTuple):
    extension: str
    source: str
    expected: str


def archive() -> Path:
    place = CACHE / ARCHIVE
    if not place.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        name, version = ARCHIVE.removesuffix(".tar.gz").split("-")
        fetch = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", name]
        subprocess.run([*fetch, "--dest", str(CACHE), f"{name}=={version}"], check=True)
    assert hashlib.sha256(place.read_bytes()).hexdigest() == SHA256
    return place


def examples(name: str) -> list[Example]:
    with tarfile.open(archive()) as tar:
        member = tar.extractfile(f"{ARCHIVE.removesuffix('.tar.gz')}/tests/spec/{name}.txt")
        assert member is not None
        text = member.read().decode().replace("→", "\t")
    return [Example(m[1].strip(), m[2], m[3]) for m in EXAMPLE.finditer(text)]


def resolved(written: str) -> str:
    """Fill placeholders in as a page at the site's root would, and leave out what we add to images."""
    filled = re.sub("\0[aimf](.*?)\0", lambda m: escaped(m[1]), written)
    return filled.replace(' loading="lazy" decoding="async"', "")


def escaped(text: str) -> str:
    return html.escape(text).replace("&#x27;", "'")


def addresses_encoded(written: str) -> str:
    """Percent-encode addresses in raw HTML, as placeholders are; leave out XHTML's slashes, which we don't write."""
    written = re.sub(r"(<(?:img|br|hr)\b[^<>]*?) />", r"\1>", written)
    return re.sub(r'(href=")([^"]*)"', lambda m: f'{m[1]}{escaped(attribute_value(m[2]))}"', written)


def without_our_additions(written: str) -> str:
    """Labels and classes of tasks; alignment is a style here and an attribute there; XHTML's slashes."""
    written = written.replace("<label>", "").replace("</label>", "").replace(' class="task-list-item"', "")
    written = re.sub(r' style="text-align:(\w+)"', r' align="\1"', written)
    written = re.sub(r"\s*/>", ">", written)
    return re.sub(r"<input ([^>]*)>", lambda m: f"<input {' '.join(sorted(m[1].split()))}>", written)


def test_commonmark() -> None:
    reader = Reader(PLAIN)
    found = examples("commonmark")
    assert len(found) == 652
    for number, example in enumerate(found, 1):
        got = resolved(reader.read(example.source, path="x.md").html)
        assert addresses_encoded(got) == addresses_encoded(example.expected), f"example {number}"


def test_everything_on_leaves_most_of_commonmark_alone() -> None:
    reader = Reader(Markdown(heading_ids=False, highlight=False))
    differing = sum(
        addresses_encoded(resolved(reader.read(example.source, path="x.md").html))
        != addresses_encoded(example.expected)
        for example in examples("commonmark")
    )
    # Bare addresses that become links, mostly in examples that show that CommonMark alone doesn't link them.
    assert differing <= 8


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_gfm(extension: str) -> None:
    reader = Reader(dataclasses.replace(PLAIN, **{EXTENSIONS[extension]: True}))
    found = [example for example in examples("gfm") if example.extension == extension]
    assert found
    for example in found:
        got = resolved(reader.read(example.source, path="x.md").html)
        assert without_our_additions(got) == without_our_additions(example.expected), example.source
