"""Front matter in four syntaxes: what can't be read is told by line and column, and nothing takes long."""

from __future__ import annotations

import time
from datetime import UTC

import pytest

from blogq.content.dates import Moment
from blogq.content.fields import FrontMatter
from blogq.content.front_matter import read_front_matter
from blogq.finding import Finding

TAXONOMIES = ("tags", "categories", "authors", "series")


def read(text: str) -> tuple[FrontMatter, str, tuple[Finding, ...]]:
    front_matter, body, line, findings = read_front_matter(text, "p.md", taxonomies=TAXONOMIES, zone=UTC)
    assert line == text.count("\n", 0, body) + 1
    return front_matter, text[body:], findings


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("---\ntitle: A\ndate: 2024-01-05T10:00:00Z\ntags: [x, 3]\nweight: 2\nver: 3.10\n---\nbody", "yaml"),
        ('+++\ntitle = "A"\ndate = 2024-01-05T10:00:00Z\nweight = 2\ntags = ["x", 3]\nver = 3.10\n+++\nbody', "toml"),
        ('+++\ntitle = "A"\ndate = 2024-01-05T10:00:00Z\nweight = 2\n[taxonomies]\ntags = ["x", "3"]\n'
         "[extra]\nver = 3.10\n+++\nbody", "toml"),
        ('{"title":"A","date":"2024-01-05T10:00:00Z","tags":["x",3],"weight":2,"ver":3.10}\nbody', "json"),
        ('{\n\t"title": "\\u0041",\n\t"date": "2024-01-05 10:00",\n\t"tags": ["x", "3"],\n\t"weight": 2,\n'
         '\t"ver": 3.1\n}\nbody', "json"),
        ('---json\n{"title": "A", "date": "2024-01-05 10:00", "tags": "x, 3", "weight": 2, "ver": 3.1}\n---\nbody',
         "json"),
    ],
)  # fmt: skip
def test_one_post_in_every_syntax(text: str, style: str) -> None:
    front_matter, body, findings = read(text)
    assert findings == ()
    assert (front_matter.style, front_matter.title, body) == (style, "A", "body")
    assert front_matter.date == Moment(1704448800, 0, True)
    assert front_matter.terms == (("tags", ("x", "3")),)
    assert (front_matter.weight, front_matter.extra) == (2, {"ver": 3.1})


def test_json_that_is_no_yaml() -> None:
    front_matter, _, findings = read(
        '{"title": "\\ud83d\\ude00", "tags": ["x", 3], "n": 1.50, "m": {"b": [null, true]}}\n'
    )
    assert findings == ()
    assert (front_matter.title, front_matter.terms) == ("\U0001f600", (("tags", ("x", "3")),))
    assert front_matter.extra == {"n": 1.5, "m": {"b": [None, True]}}


def test_pelicans_header() -> None:
    front_matter, body, findings = read(
        "Title: One: two\nDate: 2024-01-05 10:00\nTags: x, 3\nCategory: C\nAuthors: Jane Doe; John Roe\n"
        "Status: draft\nSummary: one\n    two\nOwn: 3\n\nBody\n"
    )
    assert findings == ()
    assert (front_matter.style, front_matter.title, body) == ("pelican", "One: two", "Body\n")
    assert front_matter.draft
    assert front_matter.summary == "one two"
    assert dict(front_matter.terms)["authors"] == ("Jane Doe", "John Roe")
    assert front_matter.extra == {"Own": "3"}
    assert front_matter.lines["categories"] == 4


@pytest.mark.parametrize(
    ("text", "line", "column", "says"),
    [
        ("title: One: two", 2, 8, "the value of `title` has a colon and a space"),
        ("title: \u00e9\U0001f600: x", 2, 8, "has a colon and a space"),
        ("tags:\n\t- a", 3, 1, "a tab"),
        ('title: "one', 2, 8, "the quote that opens here is never closed"),
        ("title: 'it's'", 2, 12, "goes on after its closing quote"),
        ("tags: [a, b\ntitle: x", 2, 7, "the `[` that opens here lacks its `]`"),
        ("title: @x", 2, 8, "can't start with `@`"),
        ("title: *bold* words", 2, 8, "starts with `*` needs quotes"),
        ("title: *bold", 2, 8, "`*bold` refers to `&bold`"),
        ("title: !!python/object/apply:os.system [x]", 2, 8, "the tag `!!python/object/apply:os.system`"),
        ("title: !custom x", 2, 8, "the tag `!custom`"),
        ('title: "a \\q"', 2, 11, "a backslash in double quotes"),
        ("title:x\ndate: 2024-01-05", 2, 1, "a space is missing after the colon of `title:`"),
        ("title: x\nslug\n", 3, 1, "no `key: value`: slug"),
        ("title: x\n  slug: y", 3, 3, "indented deeper"),
        ("tags:\n  - a\n - b", 4, 2, "not indented as"),
        ("title: {{ page.title }}", 2, 9, "a key must be a word"),
        ("title: |x", 2, 9, "begins on the next line"),
        ("a: \u2028\ntitle: [", 4, 1, "bracket"),
    ],
)
def test_yaml_mistakes(text: str, line: int, column: int, says: str) -> None:
    front_matter, body, (finding,) = read(f"---\n{text}\n---\nbody")
    assert (finding.code, finding.severity) == ("FM102", "error")
    assert (finding.span.line, finding.span.column) == (line, column)
    assert says in finding.message
    assert finding.hint
    assert (front_matter, body) == (FrontMatter(style="yaml"), "body")


@pytest.mark.parametrize(
    ("text", "line", "column", "says"),
    [
        ("+++\ntitle = x\n+++\n", 2, 9, "this value is neither"),
        ("+++\ntitle: x\n+++\n", 2, 6, "joined by `=`"),
        ('+++\ntitle = "x\n+++\n', 2, 11, "a quote is not closed"),
        ("+++\na = 1\na = 2\n+++\n", 3, 6, "stands twice"),
        ("+++\ndate = 2024-02-30\n+++\n", 2, 8, "no such date"),
        ('{"title": "A",}\nx\n', 1, 15, "not JSON"),
        ('{\n  "title": "\\ud800"\n}\nx\n', 1, 0, "half a character"),
        ("---js\n{ title: process.exit() }\n---\n", 2, 0, "front matter in JavaScript is never run"),
        ('{"title": "A"} and more\nx\n', 1, 15, "goes on after its closing brace"),
        ("---json\n[1, 2]\n---\n", 2, 0, "must be lines of `key: value`"),
        ('---\ntitle = "x"\n---\n', 2, 0, "must be lines of `key: value`"),
    ],
)
def test_other_mistakes(text: str, line: int, column: int, says: str) -> None:
    _, _, (finding,) = read(text)
    assert (finding.code, finding.severity) == ("FM102", "error")
    assert (finding.span.line, finding.span.column) == (line, column)
    assert says in finding.message


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("---\ntitle: x\ndate: 2024-01-05\n\nHello there.\n", "after line 3"),
        ("---\ntitle: x\ntags:\n  - a\n\nHello there.\n\n---\n\nMore.\n", "after line 4"),
        ("---\ntitle: x\n----\n\nHello there.\n", "`---` in line 3"),
        ("---\ntitle: x\n- - -\n\nHello there.\n", "`---` in line 3"),
        ("---\ntitle: x", "after line 2"),
        ('+++\ntitle = "x"\n\nHello there.\n', "Write a line `+++` after line 2"),
        ("------\ntitle: x\n---\n\nHello there.\n", "Write `---` in this line"),
        ("\u2014-\ntitle: x\n---\n\nHello there.\n", "Write `---` in this line"),
    ],
)
def test_never_closed(text: str, hint: str) -> None:
    _, _, (finding,) = read(text)
    assert (finding.code, finding.severity, finding.span.line) == ("FM101", "error", 1)
    assert hint in finding.hint


def test_conflict_in_front_matter_is_told_alone() -> None:
    _, _, (finding,) = read("---\n<<<<<<< HEAD\ntitle: a\n=======\ntitle: b\n>>>>>>> x\n---\n")
    assert (finding.code, finding.severity, finding.span.line) == ("FM107", "error", 2)


def fenced(text: str, mark: str = "---") -> str:
    return f"{mark}\n{text}\n{mark}\nbody\n"


def chain(link: str, first: str, count: int) -> str:
    return first + "\n" + "\n".join(link.format(i, i - 1) for i in range(1, count))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param(fenced("a: " + "[" * 30_000), "FM106", id="attack 49, lists"),
        pytest.param(fenced("a: " + "{" * 30_000), "FM106", id="attack 49, mappings"),
        pytest.param(fenced("a:\n" + "- " * 30_000), "FM106", id="attack 49, compact lists"),
        pytest.param(fenced("\n".join(" " * n + "a:" for n in range(300))), "FM106", id="attack 49, by indentation"),
        pytest.param(
            fenced(chain("a{0}: &a{0} {{<<: [" + "*a{1}, " * 9 + "*a{1}], k{0}: 1}}", "a0: &a0 {x: 1}", 400)),
            "FM106",
            id="attack 50",
        ),
        pytest.param(
            fenced(chain("a{0}: &a{0} [" + "*a{1}, " * 9 + "*a{1}]", "a0: &a0 [x]", 300)), "FM106", id="attack 51"
        ),
        pytest.param(fenced("a: &a [*a]"), "FM102", id="attack 52"),
        pytest.param(fenced("a: &a {<<: *a}"), "FM102", id="attack 52, merged"),
        pytest.param(fenced("a." * 10_000 + "a = 1", "+++"), "FM106", id="attack 53"),
        pytest.param(fenced('"a" . ' * 9_000 + "a = 1", "+++"), "FM106", id="attack 53, quoted"),
        pytest.param(fenced("[" + "a." * 10_000 + "a]", "+++"), "FM106", id="attack 53, header"),
        pytest.param(fenced("a = " + "[" * 60_000, "+++"), "FM106", id="attack 53, nested lists"),
        pytest.param(fenced("a = " + "{a=" * 20_000, "+++"), "FM106", id="attack 53, nested tables"),
        pytest.param(fenced("a = " + '"' * 60_000, "+++"), "FM102", id="quotes"),
        pytest.param(fenced("a = " + "9" * 50_000, "+++"), "FM106", id="attack 54, TOML"),
        pytest.param(fenced("a = 0x" + "f" * 60_000, "+++"), "FM106", id="attack 54, hexadecimal"),
        pytest.param('{"a":' * 12_000, "FM106", id="nested JSON"),
        pytest.param('{"a":' + "[" * 40 + "]" * 40 + "}\n", "FM106", id="JSON of 40 levels"),
        pytest.param(fenced("a: [" + "1," * 31_000 + "]"), "FM106", id="too many values"),
        pytest.param(fenced("a: " + "x" * 70_000), "FM106", id="too large"),
        pytest.param(fenced("a = '" + "x" * 70_000 + "'", "+++"), "FM106", id="too large, TOML"),
        pytest.param('{"a": "' + "x" * 70_000 + '"}\n', "FM106", id="too large, JSON"),
    ],
)
def test_attacks_are_refused_in_time(text: str, code: str) -> None:
    read(fenced("a: b"))
    start = time.process_time()
    _, _, (finding,) = read(text)
    assert time.process_time() - start < 0.25
    assert (finding.code, finding.severity) == (code, "error")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(fenced("a: " + "9" * 50_000), id="attack 54, YAML"),
        pytest.param('{"a": ' + "9" * 50_000 + "}\n", id="attack 54, JSON"),
        pytest.param(fenced("a: 0x" + "f" * 60_000), id="attack 54, hexadecimal"),
        pytest.param(fenced("a: &a [x]\nb: [*a, *a]\nc: &c {y: 1}\nd: {<<: *c, z: 2}"), id="honest aliases"),
        pytest.param(fenced("\n".join(f"kez{n}x: 1" for n in range(5_000))), id="many keys"),
        pytest.param(fenced("a: '" + ",(" * 30_000 + "'\ntags: '" + ",(" * 2_000 + "'"), id="commas"),
        pytest.param("---\n" + "[" * 60_000 + "\n---\n", id="brackets below a rule"),
    ],
)
def test_what_looks_bad_and_is_not(text: str) -> None:
    start = time.process_time()
    assert read(text)[2] == ()
    assert time.process_time() - start < 0.25


def test_merge_keys_fill_in_what_is_missing() -> None:
    front_matter, _, findings = read("---\nbase: &b {x: 1, y: 2}\nown: {<<: *b, y: 3}\n---\n")
    assert findings == ()
    assert front_matter.extra["own"] == {"y": 3, "x": 1}
