"""Whatever stands at the top of a file, reading it ends soon and in findings, never in a traceback."""

from __future__ import annotations

import json
import time
from datetime import timedelta, timezone

from hypothesis import example, given, settings
from hypothesis import strategies as st

from blogq.content.front_matter import read_front_matter
from blogq.content.text import decode

TAXONOMIES = ("tags", "categories", "authors", "series", "topics")
SAMPLES = (
    "---\ntitle: \"A: b\"\nslug: a-b\ndate: 2024-01-05T10:00:00Z\ntags: [a, 'b', 3]\ncategory: C\n"
    "author: {name: Jane}\ndraft: no\naliases:\n  - /x/\ncover: &c {image: a.png}\nown: *c\nl: |\n  x\n---\nbody\n",
    '+++\ntitle = "A"\ndate = 2024-01-05T10:00:00-04:00\nweight = 3\n[taxonomies]\ntags = ["a", 2]\n'
    '[extra]\nb = { c = 1.5, d = """x""" }\n+++\nbody\n',
    '{\n  "title": "A \\ud83d\\ude00",\n  "tags": ["x", 3, null],\n  "date": "2024-01-05",\n'
    '  "a": {"b": [1.5]}\n}\nbody\n',
    "Title: A: b\nDate: 2024-01-05 10:00\nTags: a, b\nStatus: draft\nSummary: one\n    two\n\nBody\n",
)
PIECES = [
    *"[]{}:-=+#&*!|>'\"\\\n\t ,%@`.0", "---\n", "+++\n", ": ", "<<: *c", "&a ", "!!binary ", "\x00", "\u2028", "\x85",
    "\ufeff", "\U0001f600", "9" * 30, "0x", "1e999", "2024-13-45", "title", "<<<<<<< a\n", "\\ud800", "inf",
]  # fmt: skip


def check(text: str) -> None:
    start = time.process_time()
    zone = timezone(timedelta(hours=5, minutes=30))
    front_matter, body, line, findings = read_front_matter(text, "p.md", taxonomies=TAXONOMIES, zone=zone)
    assert time.process_time() - start < 0.5
    assert 0 <= body <= len(text)
    assert line == text.count("\n", 0, body) + 1
    json.dumps(front_matter.extra, allow_nan=False).encode()
    lines = text.count("\n") + 1
    for finding in findings:
        assert finding.message
        assert finding.hint
        assert 0 <= finding.span.line <= lines + 1
        assert "\n" not in finding.evidence


@st.composite
def mutated(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from(SAMPLES))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(text)))
        cut = draw(st.integers(0, 5))
        text = text[:at] + draw(st.sampled_from(PIECES)) * draw(st.integers(0, 3)) + text[at + cut :]
    return text


@settings(max_examples=500, deadline=None)
@given(mutated())
def test_front_matter_with_edits(text: str) -> None:
    check(text)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(["---\n", "+++\n", "{", "Title: ", "---json\n", ""]), st.text(max_size=200), st.booleans())
@example("---\n", "a: \ud800", True)
def test_front_matter_of_any_text(opening: str, text: str, closed: bool) -> None:
    check(opening + text + (f"\n{opening.strip()}\n" if closed else ""))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200), st.sampled_from([b"", b"\xef\xbb\xbf", b"\xff\xfe", b"---\r\ntitle: "]))
def test_any_bytes_are_decoded_or_refused(data: bytes, opening: bytes) -> None:
    text, findings = decode(opening + data, "p.md")
    assert not findings or (not text and findings[0].span.line >= 1 and findings[0].span.column >= 1)
    assert "\r" not in text
    check(text)
