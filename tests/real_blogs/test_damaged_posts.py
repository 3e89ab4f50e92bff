"""A damaged post is told with its line, never with a traceback, and the posts around it are published."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from blog_copies import FIXTURES, built, copy_of
from damage import DAMAGES, damaged
from damaged_posts import complaints, posts_in

STYLES = sorted(path.name for path in FIXTURES.iterdir())


@pytest.mark.parametrize("style", STYLES)
def test_every_damage_is_told_with_its_line(style: str) -> None:
    assert list(complaints(posts_in(FIXTURES / style / "site"), range(60))) == []


def test_all_kinds_of_damage_are_tried_and_change_something() -> None:
    data = (FIXTURES / "jekyll/site/_posts/2014-03-12-coming-soon.md").read_bytes()
    tried = [damaged(data, seed) for seed in range(60)]
    assert {kind.__name__ for kind in DAMAGES} == {name for _, kinds in tried for name in kinds.split(", ")}
    assert sum(changed != data for changed, _ in tried) > 50


@pytest.mark.parametrize("seed", range(3))
def test_a_blog_of_damaged_posts_is_built_as_far_as_it_is_whole(seed: int, tmp_path: Path) -> None:
    site = copy_of(FIXTURES / "zola/site", tmp_path / "blog")
    for number, path in enumerate(posts_in(site)):
        if path.name != "forge.md":
            path.write_bytes(damaged(path.read_bytes(), 100 * seed + number)[0])
    result = built(site)
    assert result.written and (site / "_site/inside/2020/03/17/forge/index.html").is_file()
    assert all(f.span.line >= 1 for f in result.findings if f.code[:2] in ("FM", "SR", "MD"))


def test_the_command_exits_with_2_and_names_file_and_line(tmp_path: Path) -> None:
    site = copy_of(FIXTURES / "jekyll/site", tmp_path / "blog")
    post = site / "_posts/2014-03-12-coming-soon.md"
    post.write_bytes(post.read_bytes().replace(b'"Coming soon: a blog"', b"Coming soon: a blog"))
    command = [sys.executable, "-m", "blogq", "build", "--site", str(site), "--now", "2026-06-01"]
    plain = subprocess.run(command, capture_output=True, text=True, check=False)
    assert plain.returncode == 2 and "Traceback" not in plain.stderr
    assert "_posts/2014-03-12-coming-soon.md:3:8: error FM102" in plain.stderr
    assert not (site / "_site").exists()
    told = subprocess.run([*command, "--keep-going", "--json"], capture_output=True, text=True, check=False)
    assert told.returncode == 2
    [error] = [f for f in json.loads(told.stdout)["findings"] if f["severity"] == "error"]
    assert (error["rule"], error["line"]) == ("FM102", 3)
    assert (site / "_site/about-us/index.html").is_file()
