"""For whom a text is written: what names an audience, in front matter, in config and for a folder."""

from __future__ import annotations

from datetime import UTC
from itertools import pairwise
from pathlib import Path

import pytest

from blogq.build import Request, build
from blogq.config.load import load_config
from blogq.content.audience import NAMED, Audience, audience_of
from blogq.content.fields import FrontMatter
from blogq.content.front_matter import read_front_matter
from blogq.finding import Finding

HINT = "Write general, professional, expert, or a range of ease such as 40-60, the lower end first."


@pytest.mark.parametrize(
    "text, low, high",
    [("40-60", 40, 60), (" 40 – 60 ", 40, 60), ("0-100", 0, 100), ("General", 45, 70), ("expert", 25, 55)],
)
def test_names_and_ranges(text: str, low: int, high: int) -> None:
    found = audience_of(text)
    assert found is not None
    assert (found.low, found.high) == (low, high)
    assert audience_of(str(found)) == found


@pytest.mark.parametrize(
    "text", ["", "experts", "60-40", "50-50", "40-101", "40", "-40", "40-", "1e1-60", "４0-60", "a40-60"]
)
def test_what_names_none(text: str) -> None:
    assert audience_of(text) is None


def test_named_audiences_stand_harder_texts_in_turn() -> None:
    assert [*NAMED] == ["general", "professional", "expert"]
    for easier, harder in pairwise(NAMED.values()):
        assert easier.low > harder.low and easier.high > harder.high
        assert easier.low < harder.high, "they overlap: most posts are for more than one"
    assert [each.is_expert for each in NAMED.values()] == [False, False, True]
    assert Audience("", 20, 90).is_expert and not Audience("", 26, 90).is_expert


def read(text: str) -> tuple[FrontMatter, tuple[Finding, ...]]:
    front, _, _, findings = read_front_matter(f"---\n{text}\n---\nbody\n", "p.md", taxonomies=("tags",), zone=UTC)
    return front, findings


@pytest.mark.parametrize(
    "text, wanted",
    [("audience: expert", "expert"), ("Audience: General", "general"), ("audience: 40-60", "40-60"), ("audience:", "")],
)
def test_front_matter(text: str, wanted: str) -> None:
    front, findings = read(text)
    assert (front.audience, findings, front.extra) == (wanted, (), {})


@pytest.mark.parametrize(
    "text, place, shown",
    [
        ("audience: exprt", (2, 11), '"exprt"'),
        ("title: x\naudience: 60-40", (3, 11), '"60-40"'),
        ("audience: [developers, operators]", (2, 11), "a list"),
    ],
)
def test_what_is_wrong_in_front_matter_is_told_at_its_place(text: str, place: tuple[int, int], shown: str) -> None:
    """It may be a theme's own key, so templates still find it."""
    front, (only,) = read(text)
    assert (only.code, only.severity, only.span.line, only.span.column) == ("FM103", "warning", *place)
    assert f"front matter `audience`: {shown} is no audience" in only.message
    assert only.hint == HINT
    assert front.audience == "" and "audience" in front.extra


def test_a_slip_in_the_key_is_told() -> None:
    assert "did you mean `audience`?" in read("audence: expert")[1][0].message


def test_config(tmp_path: Path) -> None:
    (tmp_path / "blogq.yaml").write_text("title: T\naudience: professional\n")
    loaded = load_config(tmp_path)
    assert (loaded.config.audience, loaded.findings) == ("professional", ())
    (tmp_path / "blogq.yaml").write_text("title: T\naudience: profesional\n")
    (only,) = load_config(tmp_path).findings
    assert (only.code, only.severity, only.span.line, only.span.column) == ("CF103", "error", 2, 11)
    assert only.message == '`audience`: "profesional" is no audience'
    assert only.hint == HINT
    assert load_config(tmp_path).config.audience == ""


def test_what_is_wrong_in_what_a_folder_gives_is_told_where_it_stands(tmp_path: Path) -> None:
    (tmp_path / "content/posts").mkdir(parents=True)
    (tmp_path / "blogq.yaml").write_text(
        "title: T\nbase_url: https://example.org/\ndefaults:\n  - values:\n      audience: nobody\n"
    )
    (tmp_path / "content/posts/_index.md").write_text("---\ncascade:\n  audience: 90-80\n---\n")
    (tmp_path / "content/posts/a.md").write_text("---\ntitle: A\ndate: 2024-01-01\n---\nText.\n")
    found = build(Request(tmp_path, 1_780_272_000, jobs=1)).findings
    assert [(each.code, each.severity, *each.span[:3]) for each in found] == [
        ("CF103", "warning", "blogq.yaml", 5, 17),
        ("FM103", "warning", "content/posts/_index.md", 3, 13),
    ]
