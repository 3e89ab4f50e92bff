"""Bytes to text, conflict markers, and where front matter ends."""

from __future__ import annotations

import time

import pytest

from blogq.content.text import LARGEST, decode, find_conflicts, split


def test_byte_order_mark_and_line_ends_leave_no_trace() -> None:
    assert decode(b"\xef\xbb\xbfa\r\nb\rc\n", "p.md") == ("a\nb\nc\n", ())


@pytest.mark.parametrize(
    ("data", "line", "column", "says"),
    [
        ("x\nab\u00e9".encode("latin-1"), 2, 3, "0xE9 is not UTF-8; in Windows-1252 it would be `\u00e9`"),
        ("\u00e9\r\rx\u00e9".encode() + b"\x93y", 3, 3, "0x93 is not UTF-8"),
        (b"\xef\xbb\xbfab\r\n\xff", 2, 1, "0xFF"),
        ("h\u00e9".encode("utf-16"), 1, 1, "UTF-16"),
        ("h\u00e9llo there".encode("utf-16-le"), 1, 3, "UTF-16"),
        ("hello there".encode("utf-16-be"), 1, 1, "UTF-16"),
        ("hi".encode("utf-32"), 1, 1, "UTF-32"),
        (b"ab" * 100 + b"\nc\0d", 2, 2, "NUL"),
    ],
)
def test_other_than_utf8_names_the_first_byte(data: bytes, line: int, column: int, says: str) -> None:
    text, (finding,) = decode(data, "posts/p.md")
    assert text == ""
    assert (finding.code, finding.severity) == ("SR102", "error")
    assert (finding.span.path, finding.span.line, finding.span.column) == ("posts/p.md", line, column)
    assert says in finding.message
    assert finding.hint


def test_too_large_is_refused_and_twenty_megabytes_are_not() -> None:
    assert decode(b"a" * (LARGEST + 1), "p.md")[1][0].code == "SR105"
    assert decode(b"word " * (4 << 20), "p.md")[1] == ()


CONFLICT = "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n"


def test_conflict_in_the_body_is_a_warning() -> None:
    (finding,) = find_conflicts(f"---\ntitle: x\n---\n\n{CONFLICT}", "p.md", 4)
    assert (finding.code, finding.severity, finding.span.line) == ("FM107", "warning", 5)


def test_conflict_above_the_body_is_an_error() -> None:
    (finding,) = find_conflicts(f"---\n{CONFLICT}---\n", "p.md", 8)
    assert (finding.severity, finding.span.line) == ("error", 2)


@pytest.mark.parametrize(
    "text",
    [
        f"```\n{CONFLICT}```\n",
        f"~~~~ text\n{CONFLICT}~~~~\n",
        "<<<<<<< HEAD\n>>>>>>> other\n",
        "=======\n<<<<<<< HEAD\n>>>>>>> other\n",
        "Title\n=======\n",
        f"    {CONFLICT}".replace("\n", "\n    "),
    ],
)
def test_what_only_looks_like_a_conflict(text: str) -> None:
    assert find_conflicts(text, "p.md", 1) == ()


def test_fence_that_closes_shows_conflicts_again() -> None:
    assert len(find_conflicts(f"```\ncode\n```\n{CONFLICT}", "p.md", 1)) == 1


def test_many_conflicts_are_cut_short_and_quick() -> None:
    start = time.process_time()
    assert len(find_conflicts(CONFLICT * 50_000, "p.md", 1)) == 20
    find_conflicts("<<<<<<< a\n```\n" * 50_000 + ">>>>>>> ", "p.md", 1)
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    ("text", "style", "body"),
    [
        ("---\ntitle: x\n---\nbody", "yaml", "body"),
        ("---\ntitle: x\n...\nbody", "yaml", "body"),
        ("---yaml\ntitle: x\n---\nbody", "yaml", "body"),
        ("---  \ntitle: x\n---  \nbody", "yaml", "body"),
        ("\n \n---\ntitle: x\n---\nbody", "yaml", "body"),
        ("---\n---\nbody", "yaml", "body"),
        ("---\ntitle: x\n---", "yaml", ""),
        ('+++\ntitle = "x"\n+++\nbody', "toml", "body"),
        ("---toml\ntitle = 'x'\n---\nbody", "toml", "body"),
        ('---json\n{"title": "x"}\n---\nbody', "json", "body"),
        ("---js\nmodule.exports = {}\n---\nbody", "script", "body"),
        ("Title: x\nDate: 2024-01-05\n\nbody", "pelican", "body"),
        ("title: x\n    and more\n\nbody", "pelican", "body"),
        ("Title: x\nslug: y\n---\n\nbody", "pelican", "\nbody"),
        ("Title: x\n\nbody\n---\nmore", "pelican", "body\n---\nmore"),
    ],
)
def test_front_matter_is_told_from_the_body(text: str, style: str, body: str) -> None:
    parts = split(text, "p.md")
    assert (parts.style, text[parts.body :], parts.problem) == (style, body, None)
    assert parts.body_line == text.count("\n", 0, parts.body) + 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "text",
        "---\n",
        "---\n\nA rule opens this.\n\n---\n\nMore.",
        "---\nOne line: and no key\n---\n",
        "--- not a fence\n",
        "----\n\ntext\n",
        "- a list\n",
        "+ a list\n",
        "{{< figure src=x >}}\n",
        "{% include x %}\n",
        "Note: this is prose\nthat goes on.\n\nMore.",
        "Title: of a paragraph\nthat goes on without a key.\n\nMore.",
        "Summary: all in one line, without a title\n\nMore.",
    ],
)
def test_what_is_no_front_matter(text: str) -> None:
    parts = split(text, "p.md")
    assert (parts.style, parts.body, parts.body_line) == ("none", 0, 1)
