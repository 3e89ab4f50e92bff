"""Entries of `style` in the config: short forms, and what is wrong with them, with its place and what to do."""

from __future__ import annotations

import builtins
from pathlib import Path
from typing import Any

import pytest

from blogq.config.load import Loaded, load_config
from blogq.config.rarities import StyleEntry


def load(folder: Path, text: str) -> Loaded:
    (folder / "blogq.yaml").write_text(text, encoding="utf-8")
    return load_config(folder)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("style: synergy", (StyleEntry(words=("synergy",)),)),
        (
            "style: [synergy, no, 3.10]",
            (StyleEntry(words=("synergy",)), StyleEntry(words=("no",)), StyleEntry(words=("3.10",))),
        ),
        ("style: {swap: {utilize: use, very: }}", (StyleEntry(swap={"very": "", "utilize": "use"}),)),
        ("style:\n  - words: [a, b]\n    severity: error", (StyleEntry(words=("a", "b"), severity="error"),)),
        (
            r"style: [{pattern: '\b(\d+)km', replacement: '\1 km', languages: de}]",
            (StyleEntry(pattern=r"\b(\d+)km", replacement=r"\1 km", languages=("de",)),),
        ),
        (r"style: [{pattern: '(a)', replacement: '\\ \1'}]", (StyleEntry(pattern="(a)", replacement=r"\\ \1"),)),
        ("style:", ()),
        ("style: []", ()),
    ],
)
def test_forms(tmp_path: Path, text: str, wanted: tuple[StyleEntry, ...]) -> None:
    loaded = load(tmp_path, text)
    assert loaded.findings == ()
    assert loaded.config.style == wanted


@pytest.mark.parametrize(
    ("entry", "column", "says", "helps"),
    [
        ("message: no", 3, "has an entry without `words`", "`words: […]`"),
        ("words: []", 3, "has an entry without `words`", "`words: […]`"),
        ("pattern: ''", 3, "has an entry without `words`", "`words: […]`"),
        ("words: ''", 10, "is no word or phrase", "at most 100 characters"),
        (f"words: {'x' * 101}", 10, "is no word or phrase", "at most 100 characters"),
        ("words: [a, ~]", 14, "has an entry that is nothing", "in quotes"),
        ("swap: [a]", 9, "is not a mapping", "name: value"),
        ("swap: {a: [b]}", 13, "a list stands where a text is needed", "Write a text"),
        ("swap: {'': b}", 10, "is no word or phrase", "at most 100 characters"),
        ("{swap: {a: b}, replacement: c}", 31, "stands beside `swap`", "Take it out"),
        ("{words: a, pattern: b}", 23, "stands beside `words`", "two entries"),
        ("{words: a, severity: bad}", 24, "is unknown here", "error, warning, note"),
        ("{words: a, scope: prose}", 21, "is unknown here", "text, headings, title"),
        ("{words: a, languages: [english]}", 26, "is no language tag", "pt-BR"),
        ("{words: a, at_most: 1001}", 23, "is out of range", "0 to 1000"),
        ("{words: a, case: maybe}", 20, "is not true or false", "true or false"),
        ("{pattern: '(a'}", 13, "has a group that is opened and never closed at character 1", "house-style.md"),
        ("{name: units, pattern: a(?=b)}", 26, "of “units” looks ahead", "house-style.md"),
        (f"pattern: {'a' * 1001}", 12, "has 1,001 characters, where 1,000 are the most", "house-style.md"),
        (r"{pattern: (a), replacement: \2}", 31, r"refers to the group \2, and the pattern has 1 group", "parentheses"),
        (r"{pattern: (a), replacement: \x}", 31, r"has \x in it", r"\1"),
    ],
)
def test_what_is_wrong(tmp_path: Path, entry: str, column: int, says: str, helps: str) -> None:
    """The place is that of the value, and nothing else is said."""
    (finding,) = load(tmp_path, f"style:\n- {entry}\n").findings
    assert (finding.code, finding.severity) == ("CF103", "error")
    assert (finding.span.line, finding.span.column) == (2, column)
    assert says in finding.message
    assert helps in finding.hint


def test_a_misspelt_option_is_all_that_is_told(tmp_path: Path) -> None:
    (finding,) = load(tmp_path, "style:\n  - wrods: a\n").findings
    assert (finding.code, finding.hint) == ("CF102", "Did you mean `style.words`?")


def test_there_can_be_too_many(tmp_path: Path) -> None:
    assert load(tmp_path, "style:\n" + "  - a\n" * 1000).findings == ()
    (finding,) = load(tmp_path, "style:\n" + "  - a\n" * 1001).findings
    assert "has 1,001 entries" in finding.message


def test_without_the_engine_a_pattern_is_refused_and_words_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported = builtins.__import__

    def without(name: str, *rest: Any, **named: Any) -> Any:
        if name == "re2":
            raise ImportError(name)
        return imported(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    assert load(tmp_path, "style: [{words: a, severity: note}]").findings == ()
    loaded = load(tmp_path, "style: [{pattern: a}]")
    (finding,) = loaded.findings
    assert "google-re2, which isn't installed" in finding.message
    assert "pip install google-re2" in finding.hint
    assert loaded.config.style[0].pattern == ""
