"""What blogq prints can steer neither a terminal nor the eye of who reads it, whatever files and titles are called."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from attack_sites import make_site, write
from click.testing import CliRunner, Result

from blogq.cli import cli

STEERS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""Control characters but the line feed, and marks of direction."""
ESCAPES = ["\x1b[2J", "\x1b]0;title\x07", "\x9b31m", "\u202eabc", "\u2066x", "\r", "\x08\x08", "\x7f"]


def call(site: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(cli, [*arguments, "--site", str(site)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code in (0, 2), result.output
    assert "Traceback" not in result.output
    return result


def commands(site: Path) -> list[Result]:
    now = ["--now", "2026-05-01"]
    found = [call(site, "build", *now), call(site, "build", *now, "--keep-going"), call(site, "build", *now, "--json")]
    return [
        *found,
        call(site, "list", *now),
        call(site, "list", *now, "--json"),
        call(site, "config"),
        call(site, "clean"),
    ]


def assert_safe(site: Path) -> None:
    for result in commands(site):
        found = STEERS.search(result.output)
        assert not found, result.output[max(0, found.start() - 60) : found.end() + 60]


@pytest.mark.parametrize("escape", ESCAPES, ids=ascii)
def test_terminal_is_safe_from_file_names(tmp_path: Path, escape: str) -> None:
    broken = "---\ntitle: [\n---\n"
    files = {f"content/a{escape}b.md": broken, f"content/c{escape}d.md": "Text.\n", f"static/e{escape}f.txt": "x"}
    assert_safe(make_site(tmp_path, files))


def test_terminal_is_safe_from_file_names_that_are_no_text(tmp_path: Path) -> None:
    name = b"content/a\xff\x9bb.md".decode("utf-8", "surrogateescape")
    assert_safe(make_site(tmp_path, {name: "---\ntitle: [\n---\n"}))


@pytest.mark.parametrize("escape", ESCAPES, ids=ascii)
def test_terminal_is_safe_from_titles_tags_and_config(tmp_path: Path, escape: str) -> None:
    value = json.dumps(f"a{escape}b")
    keys = "".join(f"{key}: {value}\n" for key in ("title", "slug", "permalink", "layout", "lang", "image", "author"))
    post = f"---\n{keys}tags: [{value}, '.']\ntagss: x\n{value}: {value}\ndate: 2026-01-01\n---\n[x](/a{escape}b)\n"
    config = f"title: {value}\nauthors: {{{value}: {{name: {value}}}}}\n{value}: {value}\nextra: {{{value}: {value}}}\n"
    site = make_site(tmp_path, {"content/x.md": post, "content/y.md": f"---\ntitle: {value}\n---\n"})
    assert_safe(site)
    write(site, {"blogq.yaml": config})
    assert_safe(site)
    write(site, {"blogq.yaml": f"theme: {value}\ntheme_options: {{{value}: {value}}}\noutput: {value}\n"})
    assert_safe(site)


@pytest.mark.parametrize("escape", ESCAPES, ids=ascii)
def test_terminal_is_safe_from_templates_and_folders(tmp_path: Path, escape: str) -> None:
    site = make_site(
        tmp_path / f"s{escape}t", {"templates/post.html": f"{{{{ page['a{escape}b'] }}}} {{% if {escape} %}}"}
    )
    assert_safe(site)
    write(site, {"templates/post.html": f"{{% include 'a{escape}b' %}}"})
    assert_safe(site)


def test_ci_output_can_not_be_taken_for_a_command(tmp_path: Path) -> None:
    """Nothing that blogq prints begins a line with `::`, which a runner in CI would obey."""
    title = json.dumps("x\n::error::y")
    site = make_site(
        tmp_path, {"content/::error::x.md": f"---\ntitle: {title}\nslug: {title}\n---\n", "content/a\n::b.md": "x"}
    )
    for result in commands(site):
        if not result.output.startswith(("{", "[")):
            assert not re.search(r"^\s*::", result.output, re.MULTILINE), result.output
