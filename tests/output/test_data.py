"""Data files: what templates see of them, which pages an edit renders again, and what is said of mistakes."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from published import post, publish, write

from blogq.data_formats import read_csv, read_json, read_toml, read_yaml

POSTS = {
    "content/a.md": post("A", "2026-01-01"),
    "content/about.md": "# About\n",
    "content/team.md": "---\ntitle: Team\nlayout: team\n---\nWe.\n",
}


def test_templates_see_files_by_their_names(tmp_path: Path) -> None:
    """Of every format, folders nested; what isn't there is undefined; values can't be changed."""
    template = (
        "{{ data.team[0].name }}|{{ data.people.ann.role }}|{{ data.people.bob.tags|join('+') }}|{{ data.rates.eur }}|"
        "{% for row in data.prices %}{{ row.item }}={{ row['in euro'] }};{% endfor %}|{{ data['opening-hours'].sun }}|"
        "{{ data.nobody.at.all|default('nobody') }}|{{ data|length }}|{{ data|join(',') }}"
    )
    write(tmp_path, {"templates/layouts/team.html": template})
    files = POSTS | {
        "data/team.yaml": "- name: Ann\n- name: Bob\n",
        "data/people/ann.toml": 'role = "editor"\n',
        "data/people/bob.json": '{"tags": ["x", "y"]}',
        "data/rates.json": '{"eur": 1.5}',
        "data/prices.csv": '\ufeffitem,in euro\r\n"Pump, large",12\r\n\r\n"A ""small"" one",3\r\n',
        "data/opening-hours.yml": "sun: closed\n",
    }
    made = publish(tmp_path, files)
    assert made.text("team/index.html") == (
        "Ann|editor|x+y|1.5|Pump, large=12;A &#34;small&#34; one=3;|closed|nobody|5|"
        "opening-hours,people,prices,rates,team"
    )


def test_an_edit_renders_only_what_looked_at_the_file(tmp_path: Path) -> None:
    """By name at the top; a file that wasn't there counts as looked for; nothing is read when nobody asks."""
    write(tmp_path, {"templates/layouts/team.html": "{{ data.team.ann }}{{ data.later }}"})
    publish(tmp_path, POSTS | {"data/team.yaml": "ann: editor\n", "data/other.yaml": "x: 1\n"})
    for name, text, rendered in (
        ("data/other.yaml", "x: 2\n", 0),
        ("data/team.yaml", "ann: writer\n", 1),
        ("data/later/on.json", '"now"', 1),
        ("data/team.yaml", "ann: writer\n", 0),
        ("data/unasked.csv", "a,b\n", 0),
    ):
        made = publish(tmp_path, {name: text})
        assert made.result.rendered == rendered, name
    assert made.text("team/index.html") == "writer{&#39;on&#39;: &#39;now&#39;}"
    (tmp_path / "data/later/on.json").unlink()
    assert publish(tmp_path).text("team/index.html") == "writer"


MISTAKES: dict[str, tuple[str, tuple[str, int], str]] = {
    "a.yaml": ("x: 1\ny: [\n", ("DA101", 3), ""),
    "b.json": ('{\n "x": 1,\n}\n', ("DA101", 3), "double quotes"),
    "c.toml": ("x = 1\ny = nope\n", ("DA101", 2), "quotes"),
    "d.csv": ("a,b\n1,2\n1,2,3\n", ("DA104", 3), "comma"),
    "e.csv": ('a,b\n1,"x\n', ("DA101", 2), "quote"),
    "f.csv": ("a,a\n1,2\n", ("DA104", 1), "name of its own"),
    "g.json": ("[" * 40 + "]" * 40, ("DA103", 0), "Flatten"),
    "h.json": ("NaN", ("DA101", 0), "null"),
    "i/j.yaml": ("x: 1", ("", 0), ""),
    "i.json": ("1", ("DA102", 0), "another name"),
}


def test_all_mistakes_are_reported_at_once_with_their_places(tmp_path: Path) -> None:
    """And again at the next build, though nobody asks for the data; once they are mended all is well."""
    files = POSTS | {f"data/{name}": text for name, (text, _, _) in MISTAKES.items()} | {"data/notes.txt": "x"}
    for _ in range(2):
        made = publish(tmp_path, files, clean=False)
        found = {f.span.path.removeprefix("data/"): f for f in made.result.findings if f.code.startswith("DA")}
        wanted = {name: told for name, (_, told, _) in MISTAKES.items() if told[0]} | {"notes.txt": ("DA105", 0)}
        # Of a folder and a file of one name the one that comes later in the order of paths is told.
        clash = found.pop("i/j.yaml", None) or found.pop("i.json")
        assert clash.code == wanted.pop("i.json")[0]
        assert {name: (f.code, f.span.line) for name, f in found.items()} == wanted
        assert not made.result.written
    for name in MISTAKES:
        (tmp_path / "data" / name).unlink()
    assert publish(tmp_path).result.written


def test_a_table_parted_by_semicolons_is_told_apart() -> None:
    _, findings = read_csv(b"a;b\n1;2\n", "data/x.csv")
    assert [(f.code, f.severity) for f in findings] == [("DA104", "warning")]
    assert "semicolons" in findings[0].message


def test_many_wrong_rows_are_counted() -> None:
    _, findings = read_csv(b"a,b\n" + b"1\n" * 50, "data/x.csv")
    assert len(findings) == 11 and "40 more rows" in findings[-1].message


@pytest.mark.parametrize("read", [read_yaml, read_json, read_toml, read_csv])
@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"\0", b"{" * 2000, b"a.b." * 400 + b"c = 1", b"&a [*a]", b'"'])
def test_nothing_hostile_raises(read: object, data: bytes) -> None:
    value, findings = read(data, "data/x")  # type: ignore[operator]
    assert value is None or findings is not None


def test_large_tables_are_bearable() -> None:
    """10 MB of CSV, and 4 MB of JSON."""
    table = b"name,role,city\n" + b'"Ann, the first",editor,Lisbon\n' * 330_000
    started = time.monotonic()
    rows, findings = read_csv(table, "data/x.csv")
    assert not findings and len(rows) == 330_000
    assert time.monotonic() - started < 10
    value, findings = read_json(json.dumps([{"x": 1}] * 400_000).encode(), "data/x.json")
    assert not findings and len(value) == 400_000


def test_too_large_a_yaml_file_says_what_to_do() -> None:
    _, findings = read_yaml(b"- 1\n" * (1 << 20) + b"-", "data/x.yaml")
    assert [(f.code, f.hint) for f in findings] == [("DA103", "Write it as JSON or CSV, or split it.")]


def test_with_keep_going_a_broken_file_is_left_out(tmp_path: Path) -> None:
    from blogq.build import Request, build

    write(tmp_path, POSTS | {"templates/layouts/team.html": "{{ data.team }}", "data/team.yaml": "a: ["})
    result = build(Request(tmp_path, 1_800_000_000, keep_going=True, jobs=1))
    assert result.written and result.errors == 1
    assert (tmp_path / "_site/team/index.html").read_text() == "None"
