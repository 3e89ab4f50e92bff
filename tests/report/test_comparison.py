"""`blogq compare`: passages side by side, in a terminal, as data, as a page; and what it refuses."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from blogq.cli import cli
from blogq.originality import Passage, compare
from blogq.report.comparison.comparison import Comparison, Side
from blogq.report.comparison.html import as_page
from blogq.report.comparison.text import as_text, wrapped
from blogq.report.excerpt import cells

COPIED = (
    "The pump had been standing in the cellar for thirty years when my grandfather sold the house, and nobody"
    " remembered which of the two valves had to be opened first. We found out on a Sunday, with water in our shoes."
)
OWN = "Gardens want rain in May and patience in June, and neither can be bought at the market on a Saturday morning."
NEW = f"---\ntitle: The pump\n---\n{OWN}\n\n{COPIED}\n"
OLD = f"---\ntitle: The pump\n---\nAn older post begins in another way altogether, as older posts do.\n\n{COPIED}\n"


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    new, old = tmp_path / "new.md", tmp_path / "old.md"
    new.write_text(NEW, encoding="utf-8")
    old.write_text(OLD, encoding="utf-8")
    return new, old


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["compare", *map(str, arguments)])


def test_the_copied_paragraph_and_nothing_else(files: tuple[Path, Path]) -> None:
    told = json.loads(run(*files, "--format", "json").output)
    assert told["schema"] == "blogq-compare/1"
    (passage,) = told["passages"]
    assert passage["kind"] == "verbatim"
    assert NEW[passage["start"] : passage["end"]] == passage["text"] == COPIED
    assert OLD[passage["source_start"] : passage["source_end"]] == passage["source_text"] == COPIED
    assert (passage["line"], passage["source_line"]) == (6, 6)
    assert passage["words"] == len(COPIED.split())


def test_side_by_side_and_one_below_the_other(files: tuple[Path, Path]) -> None:
    comparison = Comparison(Side("new.md", NEW), Side("old.md", OLD), compare(NEW, OLD))
    for width in (50, 80, 120):
        told = as_text(comparison, width=width)
        assert max(map(cells, told.splitlines())) <= width
        assert "verbatim" not in told and "word for word" in told
        assert ("│" in told) == (width > 50)
    wide = as_text(comparison, width=120)
    rows = [line.split(" │ ") for line in wide.splitlines() if " │ " in line][1:]
    assert " ".join(left.strip() for left, _ in rows).split() == COPIED.split()
    assert " ".join(right.strip() for _, right in rows).split() == COPIED.split()
    assert run(*files).output.endswith("in 1 passage.\n")


def test_texts_without_a_passage_in_common(tmp_path: Path) -> None:
    one, other = tmp_path / "one.txt", tmp_path / "two.txt"
    one.write_text(OWN)
    other.write_text(COPIED)
    done = run(one, other)
    assert done.exit_code == 0
    assert "has no passage of" in done.output
    assert "│" not in done.output
    assert json.loads(run(one, other, "--format", "json").output)["passages"] == []


def test_a_page_has_both_texts_whole_with_their_passages_marked(files: tuple[Path, Path], tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert run(*files, "--format", "html", "--output", page).exit_code == 0
    html = page.read_text(encoding="utf-8")
    sides = re.findall(r"<div class=whole dir=auto>(.*?)</div>", html, re.S)
    plain = [unescape(re.sub(r"<a [^>]*>\d+</a>|<[^>]*>", "", side)) for side in sides]
    assert plain == [NEW, OLD]
    marks = re.findall(r"<mark [^>]*>(.*?)</mark>", html, re.S)
    assert [unescape(re.sub(r"<a [^>]*>\d+</a>", "", mark)) for mark in marks] == [COPIED, COPIED]
    assert 'href="#b1"' in html and 'id="b1"' in html
    assert not re.search(r"(?:src|href)=\"?(?:https?:)?//", html)


def test_passages_that_share_a_place_in_the_source_are_marked_without_loss() -> None:
    text, source = "aaaa bbbb cccc dddd", "wwww xxxx yyyy zzzz"
    passages = (Passage("verbatim", 0, 9, 0, 19, 1.0), Passage("reworded", 10, 19, 5, 9, 0.5))
    html = as_page(Comparison(Side("a", text), Side("b", source), passages))
    plain = [re.sub(r"<a [^>]*>\d+</a>|<[^>]*>", "", side) for side in re.findall(r"auto>(.*?)</div>", html, re.S)]
    assert plain == [text, source]


def test_markup_and_what_steers_a_terminal_is_shown_as_it_is(tmp_path: Path) -> None:
    evil = f"<script>alert(1)</script> \x1b[31m {COPIED} ::error::no"
    one, other = tmp_path / "<b>.txt", tmp_path / "two.txt"
    one.write_text(evil)
    other.write_text(evil)
    html = run(one, other, "--format", "html").output
    assert "<script>" not in html and "<b>.txt" not in html and "\x1b" not in html
    assert "\x1b" not in run(one, other).output


@pytest.mark.parametrize(
    ("data", "wanted"),
    [(None, "can't be read: No such file"), (b"\xff\xfeA\0", "is UTF-16"), (b"caf\xe9", "is not UTF-8")],
)
def test_files_that_cannot_be_read_are_named(files: tuple[Path, Path], data: bytes | None, wanted: str) -> None:
    file = files[0].with_name("bad.md")
    if data is not None:
        file.write_bytes(data)
    done = run(file, files[1])
    assert done.exit_code == 2
    assert str(file) in done.output and wanted in done.output


def test_the_texts_are_never_written_over(files: tuple[Path, Path]) -> None:
    assert run(*files, "--output", files[1]).exit_code == 2
    assert files[1].read_text(encoding="utf-8") == OLD


def test_words_wider_than_a_column_are_broken() -> None:
    lines = wrapped("x" * 100 + " 日本語日本語日本語 end", 10)
    assert max(map(cells, lines)) <= 10
    assert "".join(lines).replace(" ", "") == "x" * 100 + "日本語日本語日本語end"
