"""What of a line is shown, and whether the carets stand under what they mean, whatever the line is made of."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
import verdicts
from hypothesis import given
from hypothesis import strategies as st

from blogq.finding import Finding, Span, from_json, to_json
from blogq.report.excerpt import cells, excerpt_of
from blogq.report.html import as_page
from blogq.report.manner import Manner
from blogq.report.rdjson import as_rdjson
from blogq.report.text import finding_lines
from blogq.report.verdict_json import as_json
from blogq.report.verdict_text import verdict_text


def finding(line: str, word: str, begins: int = 1) -> Finding:
    column = line.index(word) + begins
    return Finding("RD003", "warning", Span("a.md", 7, column, 7, column + len(word)), "m", "", line, "x", begins)


def under(lines: list[str]) -> str:
    """Return what of an excerpt stands above its carets, told by cells."""
    shown, marks = lines[-2], lines[-1]
    begin, end = marks.index("^"), len(marks)
    kept, at, inside = "", 0, False
    for letter in shown:
        # An accent stands where its letter does.
        inside = begin <= at < end if cells(letter) else inside
        kept += letter if inside else ""
        at += cells(letter)
    return kept


@pytest.mark.parametrize(
    ("line", "word", "shown"),
    [
        ("plain words here", "words", "words"),
        ("日本語の文章 and words", "words", "words"),
        ("日本語の文章 here", "文章", "文章"),
        ("e\u0301te\u0301 e\u0301te\u0301 words", "words", "words"),
        ("e\u0301te\u0301 x", "te\u0301", "te\u0301"),
        ("\ttab\twords", "words", "words"),
        ("a\tb c", "\tb", "    b"),
        ("zero\u200bwidth words", "words", "words"),
        ("bell\x07 words", "words", "words"),
        ("😀😀 words 😀", "words", "words"),
        ("words at the end", "end", "end"),
    ],
)
@pytest.mark.parametrize("begins", [1, 900])
def test_carets_stand_under_the_words(line: str, word: str, shown: str, begins: int) -> None:
    assert under(finding_lines(finding(line, word, begins))) == shown


def test_no_carets_where_nobody_knows_where_words_stand() -> None:
    told = finding_lines(finding("שלום עולם and words", "words"))
    assert len(told) == 2
    assert told[1].endswith("שלום עולם and words")


def test_a_place_that_goes_on_is_marked_to_the_end_of_its_line() -> None:
    long = finding("It begins here and goes on", "here")
    lines = finding_lines(long._replace(span=long.span._replace(end_line=9, end_column=2)))
    assert under(lines) == "here and goes on"


def test_a_place_that_the_evidence_does_not_hold_is_not_marked() -> None:
    for span in (Span("a.md", 7, 40, 7, 44), Span("a.md", 7), Span("a.md", 7, 2, 7, 4)):
        assert len(finding_lines(finding("short line", "line", 20)._replace(span=span))) == 2


@given(
    st.text(st.sampled_from("ab 文e\u0301\t😀\x07"), max_size=120),
    st.text(st.sampled_from("xy文\u0301"), min_size=1, max_size=60),
    st.text(st.sampled_from("ab 文e\u0301\t"), max_size=120),
    st.integers(20, 100),
)
def test_excerpts_keep_to_the_room(before: str, word: str, after: str, room: int) -> None:
    line = f"{before}Q{word}{after}"
    shown = excerpt_of(finding(line, f"Q{word}"), room)
    assert cells(shown.text) <= room
    assert shown.marked.startswith("Q")
    if cells(shown.marked) > 40 and not (shown.before.strip() or shown.after.strip()):
        assert not shown.marks
        return
    assert cells(shown.marks) == cells(shown.before) + cells(shown.marked)


def test_a_place_far_to_the_right_is_in_sight() -> None:
    line = "word " * 30 + "HERE" + " word" * 30
    for width in (40, 80, 120):
        lines = finding_lines(finding(line, "HERE"), width=width)
        assert under(lines) == "HERE"
        assert all(len(each) <= width for each in lines)
        assert "… " in lines[-2] or "…w" in lines[-2] or "…o" in lines[-2] or "…r" in lines[-2] or "…d" in lines[-2]
        assert lines[-2].endswith("…")


def test_color_marks_the_words_themselves() -> None:
    lines = finding_lines(finding("some words here", "words"), color=True)
    assert "\x1b[33mwords\x1b[0m" in lines[1]


def test_all_formats_know_where_an_excerpt_begins() -> None:
    cut = finding("…before it there was more, words and words…", "words", 500)
    verdict = replace(verdicts.EMPTY, findings=(cut,))
    manner = Manner()
    assert "more, <mark>words</mark> and words…" in as_page(verdict, manner)
    shown = json.loads(as_json(verdict, manner))["findings"][0]
    at = shown["column"] - shown["evidence_column"]
    assert shown["evidence"][at : at + 5] == "words"
    assert "^^^^^\n" in verdict_text(verdict)
    assert from_json(to_json([cut])) == [cut]


@pytest.mark.parametrize(
    ("line", "word", "begins", "expected"),
    [
        ("é words", "words", 1, {"start": {"line": 7, "column": 4}, "end": {"line": 7, "column": 9}}),
        ("…é words", "words", 5, {"start": {"line": 7}, "end": {"line": 7}}),
        ("…é words", "words", 400, {"start": {"line": 7}, "end": {"line": 7}}),
        ("é words…", "words", 1, {"start": {"line": 7, "column": 4}, "end": {"line": 7, "column": 9}}),
        ("é words…", "words…", 1, {"start": {"line": 7}, "end": {"line": 7}}),
    ],
)
def test_bytes_are_told_only_where_they_are_known(line: str, word: str, begins: int, expected: object) -> None:
    made = json.loads(as_rdjson(replace(verdicts.EMPTY, findings=(finding(line, word, begins),)), Manner()))
    assert made["diagnostics"][0]["location"]["range"] == expected


def test_tabs_are_blanks_and_nothing_else_is_lost() -> None:
    assert re.fullmatch(r"  7 \|     a    b", finding_lines(finding("\ta\tb", "b"))[1])


def test_cells_are_those_of_a_terminal() -> None:
    """Said in figures, for the other tests count by the same function."""
    assert [cells(text) for text in ("ab", "日本", "e\u0301", "😀", "Ａ", "ｱ")] == [2, 4, 1, 2, 2, 1]
    assert finding_lines(finding("日本 word", "word"))[-1] == "    |      ^^^^"
