"""Code in colour, and attack 60: a block that makes Pygments backtrack ends with a finding, not silently plain."""

from __future__ import annotations

import html
import re
import threading
import time
from typing import Any

import pytest
from pygments.lexer import RegexLexer
from pygments.token import Name, Text

from blogq.config.schema import Markdown
from blogq.content import highlight
from blogq.content.highlight import Coloured
from blogq.content.markdown.reader import Reader


class Backtracking(RegexLexer):
    """A lexer with the kind of pattern that takes exponential time."""

    tokens = {"root": [(r"(a+)+$", Name), (r".|\n", Text)]}  # noqa: RUF012


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(highlight._lexers, "slow", Backtracking())


def test_classes_and_no_styles() -> None:
    found = highlight.highlight("def f(): return '<&>'\n", "python").html
    assert '<span class="k">def</span>' in found and "style" not in found
    assert html.unescape(re.sub(r"</?span[^>]*>", "", found)) == "def f(): return '<&>'\n"


@pytest.mark.parametrize("language", ["python", "js", "html", "c", "rust", "console", "yaml", "diff", "sql", "toml"])
@pytest.mark.parametrize("code", ['\n\n  x = <1> & "y"\n\n', "x", "", "\ttabs\n", "é 漢字 🎉\n", "$ ls\nfile\n"])
def test_the_code_stays_as_it_is(language: str, code: str) -> None:
    found = highlight.highlight(code, language).html
    assert html.unescape(re.sub(r"</?span[^>]*>", "", found)) == code


def test_unknown_language() -> None:
    assert highlight.highlight("x", "nosuch") == Coloured("", "unknown")
    assert not highlight.known("nosuch") and highlight.known("mermaid") and highlight.known("golang")


def test_every_other_name_is_one_that_pygments_knows() -> None:
    for name, alias in highlight._ALSO_CALLED.items():
        assert highlight.known(name), (name, alias)


def test_what_was_highlighted_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    first = highlight.highlight("cached = 1\n", "python")
    monkeypatch.setattr(highlight, "_spans", None)
    assert highlight.highlight("cached = 1\n", "python") == first


def test_the_cache_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(highlight, "_CACHE_CHARACTERS", 1_000)
    for number in range(100):
        highlight.highlight(f"bounded_{number} = {number}\n", "python")
    assert len(highlight._cache) < 40


@pytest.mark.usefixtures("slow")
def test_backtracking_is_interrupted() -> None:
    """Attack 60."""
    start = time.monotonic()
    assert highlight.highlight("a" * 60 + "!", "slow", limit=0.1) == Coloured("", "slow")
    assert time.monotonic() - start < 2


@pytest.mark.usefixtures("slow")
def test_slow_code_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    real = highlight.highlight
    monkeypatch.setattr(highlight, "highlight", lambda code, language: real(code, language, 0.05))
    document = Reader(Markdown()).read("x\n\n```slow\n" + "a" * 61 + "!\n```\n", path="x.md", first_line=2)
    (finding,) = document.findings
    assert (finding.code, finding.severity, finding.span.line, finding.span.column) == ("MD102", "error", 4, 4)
    assert "a" * 61 in document.html


def in_a_thread(*arguments: Any) -> Coloured:
    found: list[Coloured] = []
    thread = threading.Thread(target=lambda: found.append(highlight.highlight(*arguments)))
    thread.start()
    thread.join()
    return found[0]


def test_other_threads_get_the_same() -> None:
    code = "class Threaded:\n    pass  # é\n"
    from_thread = in_a_thread(code, "python")
    highlight._cache.clear()
    assert from_thread == highlight.highlight(code, "python") and "span" in from_thread.html


def test_other_threads_are_bounded_too() -> None:
    """Attack 60, where no timer can interrupt: the child is ended, and the next block gets a new one."""
    in_a_thread("warm = 1\n", "python")
    assert in_a_thread("x = (\n" * 200_000, "python", 0.05) == Coloured("", "slow")
    assert "span" in in_a_thread("again = 1\n", "python").html
