"""Where `blogq check --output` may write: over a report, and over nothing that is part of the site."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sessions import run, write

POST = "---\ntitle: One\ndate: 2026-05-01\n---\nHere is a sentence.\n"
SITE = {
    "blogq.yaml": "title: Blog\nbase_url: https://blog.example/\n",
    "content/posts/one.md": POST,
    "templates/page.html": "{% extends 'base.html' %}\n",
    "static/app.json": "{}\n",
    "data/people.json": "[]\n",
    "notes.md": "Mine.\n",
    "script.py": "print()\n",
}
CHECK = "check --now 2026-06-01 --format json"


@pytest.mark.parametrize(
    ("file", "why"),
    [
        ("content/posts/one.md", "content/ is part of the site"),
        ("content/report.json", "content/ is part of the site"),
        ("static/app.json", "static/ is part of the site"),
        ("_site/report.json", "_site/ is part of the site"),
        ("templates/page.html", "templates/ is part of the site"),
        ("data/people.json", "data/ is part of the site"),
        ("blogq.yaml", "is the site's config"),
        ("notes.md", "is there already and is no report"),
        ("script.py", "is there already and is no report"),
        ("blogq-baseline.json", "is a baseline"),
    ],
)
def test_part_of_the_site_is_refused(tmp_path: Path, file: str, why: str) -> None:
    write(tmp_path, SITE)
    run(tmp_path, "check --write-baseline")
    before = {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    told = run(tmp_path, f"{CHECK} --format text --output first.json --output {file}")
    assert why in told and file in told and told.endswith("exit code 2\n")
    assert {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before
    assert (tmp_path / "content/posts/one.md").read_text(encoding="utf-8") == POST


@pytest.mark.parametrize("file", ["found.json", "found", "found.log", "tmp.x7Zq"])
def test_report_is_written_over_a_report(tmp_path: Path, file: str) -> None:
    write(tmp_path, SITE)
    for _ in range(2):
        assert "exit code 0" in run(tmp_path, f"{CHECK} --output {file}")
        assert json.loads((tmp_path / file).read_text(encoding="utf-8"))["posts"]
        with (tmp_path / file).open("a") as more:
            more.write("older")


def test_post_of_a_site_that_is_its_own_content(tmp_path: Path) -> None:
    write(tmp_path, {"one.md": POST})
    assert "is no report" in run(tmp_path, f"{CHECK} --output one.md")
    assert (tmp_path / "one.md").read_text(encoding="utf-8") == POST
    assert "is the site's config" in run(tmp_path, f"{CHECK} --output blogq.yaml")
    assert "exit code 0" in run(tmp_path, f"{CHECK} --output found.json")


def test_device_is_written_to(tmp_path: Path) -> None:
    write(tmp_path, SITE)
    assert "exit code 0" in run(tmp_path, f"{CHECK} --output /dev/null")
