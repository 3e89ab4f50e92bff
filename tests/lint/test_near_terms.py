"""FM007: keys and terms that are probably others misspelt, and those that are not."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from judged_blogs import blog, found, post

from blogq.gate import Ask, run_gate
from blogq.lint.blog import Judged
from blogq.lint.rules.metadata.misspelt import RULE
from blogq.lint.rules.metadata.near_terms import is_near


def tagged(*labels: str, start: int = 0, taxonomy: str = "tags", **said: object) -> list[Judged]:
    return [
        post(number, facts={"terms": [[taxonomy, label, 4, 7]]}, **said) for number, label in enumerate(labels, start)
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("event", "events"),
        ("acessibility", "accessibility"),
        ("open source", "open-source"),
        ("opensource", "open source"),
        ("acccessibility", "accessibility"),
        ("pyhton", "python"),
        ("procurament", "procurement"),
        ("città-nuove", "cittànuove"),
    ],
)
def test_terms_that_are_near(one: str, other: str) -> None:
    assert is_near(one, other) and is_near(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ai", "api"),
        ("test", "tests"),
        ("python2", "python3"),
        ("python", "python3"),
        ("v1.28", "v1.29"),
        ("release 1.9", "release 1.10"),
        ("react", "preact"),
        ("motional", "emotional"),
        ("linus", "linux"),
        ("trial", "trail"),
        ("county", "country"),
        ("princes", "princess"),
        ("design", "designing"),
        ("accessibility", "accessibility"[:-2]),
    ],
)
def test_terms_that_are_two(one: str, other: str) -> None:
    assert not is_near(one, other) and not is_near(other, one)


def test_a_rare_tag_near_to_a_common_one() -> None:
    (told,) = found(RULE, blog(tagged("Events", "events", "Events", "event")))
    assert (told.span.path, told.span.line, told.span.column) == ("content/posts/00003.md", 4, 7)
    assert told.message == "tags: “event” is hardly used; did you mean “Events”, as in 3 posts?"
    assert (told.severity, told.about) == ("note", "tags event")


@pytest.mark.parametrize(
    "posts",
    [
        tagged("events", "events", "event"),
        tagged(*["events"] * 5, "event", "event"),
        tagged(*["events"] * 30, *["event"] * 3),
        [*tagged(*["events"] * 3), *tagged("event", start=9, taxonomy="categories")],
        [*tagged(*["events"] * 3), *tagged("event", start=9, language="fr")],
        [*tagged(*["events"] * 3, status="draft"), *tagged("event", start=9)],
        [*tagged(*["events"] * 3), post(9, facts={"terms": [["tags", "event", 4, 1], ["tags", "events", 4, 9]]})],
    ],
    ids="few,twice,thrice,taxonomy,language,drafts,both".split(","),
)
def test_terms_that_are_left_alone(posts: list[Judged]) -> None:
    assert found(RULE, blog(posts)) == []


def test_options() -> None:
    posts = blog(tagged(*["events"] * 4, "event", "event"))
    assert found(RULE, posts) == []
    assert len(found(RULE, posts, times=2)) == 2
    assert found(RULE, posts, times=2, posts=1) == []


def test_four_thousand_tags_take_a_moment() -> None:
    """Measured at 45 ms; all pairs would be eight million."""
    source = random.Random(1)
    tags = ["".join(source.choices("abcdefghijklmnopqrstuvwxyz", k=source.randint(4, 14))) for _ in range(4000)]
    posts = (post(at, facts={"terms": [["tags", source.choice(tags), 4, 1]] * 3}) for at in range(10_000))
    judged = blog(posts)
    begin = time.process_time()
    found(RULE, judged)
    assert time.process_time() - begin < 1


def test_on_a_site(tmp_path: Path) -> None:
    """Keys on a page count, too; a term stands where its line says it, and one that a folder gives at no place."""
    (tmp_path / "content").mkdir()
    for at in range(4):
        text = f"---\ntitle: P{at}\ndate: 2026-01-0{at + 1}\ntags: [tea, gardens]\nauthors: Kate Moor\n---\nText\n"
        (tmp_path / f"content/p{at}.md").write_text(text)
    odd = "---\ntitle: Odd\ndate: 2026-01-09\ntags:\n  - tea\n  - garden\nauthors: Kane Moor\n---\nText\n"
    (tmp_path / "content/odd.md").write_text(odd)
    (tmp_path / "content/about.md").write_text("---\ntitle: About\ntgas: [tea]\n---\nText\n")
    found = run_gate(Ask(tmp_path, 1_790_000_000, ("FM007",), jobs=1)).findings
    assert [(f.span.path, f.span.line, f.span.column, f.severity) for f in found] == [
        ("content/about.md", 3, 1, "note"),
        ("content/odd.md", 6, 5, "note"),
    ]
    assert "did you mean `tags`?" in found[0].message
    assert "“garden”" in found[1].message
