"""The pieces for hosts: they can be read, what they run exists, and what they keep makes a build incremental."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from published_site import make_site

from blogq.cli import cli

CI = Path(__file__).parent.parent.parent / "ci"
WORKFLOWS = ("github-pages.yml", "cloudflare-pages.yml")
PIECES = (*WORKFLOWS, "gitlab-pages.yml", "netlify.toml")


def read(name: str) -> Any:
    text = (CI / name).read_text(encoding="utf-8")
    return tomllib.loads(text) if name.endswith(".toml") else yaml.safe_load(text)


def scripts(value: Any) -> list[str]:
    """Return every text of a piece that a shell runs."""
    if isinstance(value, dict):
        found = []
        for key, inner in value.items():
            if key in ("run", "command") and isinstance(inner, str):
                found.append(inner)
            elif key == "script":
                found += inner
            else:
                found += scripts(inner)
        return found
    return [each for inner in value for each in scripts(inner)] if isinstance(value, list) else []


@pytest.mark.parametrize("name", PIECES)
def test_every_command_of_blogqs_is_one(name: str) -> None:
    """Each is parsed by the command itself: name, options and how many arguments."""
    text = "\n".join(scripts(read(name)))
    commands = re.findall(r"(?:^|&&|\n)\s*blogq ([^&\n]+)", text)
    assert commands
    for line in commands:
        words = shlex.split(line.replace("$BLOGQ_SITE", ".").replace("$SITE", "."))
        command = cli.get_command(None, words[0])  # type: ignore[arg-type]
        assert command is not None, line
        command.make_context(words[0], words[1:], resilient_parsing=False)


@pytest.mark.parametrize("name", PIECES)
def test_store_and_output_are_kept_between_runs(name: str) -> None:
    told = (CI / name).read_text(encoding="utf-8")
    made = "public" if name.startswith("gitlab") else "_site"
    assert ".blogq" in told and made in told
    piece = read(name)
    if name in WORKFLOWS:
        steps = next(iter(piece["jobs"].values()))["steps"]
        uses = [step.get("uses", "") for step in steps]
        cache = next(step for step in steps if step.get("uses", "").startswith("actions/cache@"))
        assert cache["with"]["path"].split() == ["${{", "env.SITE", "}}/.blogq", "${{", "env.SITE", "}}/_site"]
        # Restored before the build, and never under a key that is there already: that would not be saved again.
        assert uses.index(cache["uses"]) < next(at for at, s in enumerate(steps) if "blogq build" in s.get("run", ""))
        assert "run_id" in cache["with"]["key"] and cache["with"]["restore-keys"]
        assert all(re.fullmatch(r"[\w./-]+@[\w.-]+", each) for each in uses if each)
    elif name.startswith("gitlab"):
        assert {".blogq/", "public/"} <= set(piece["pages"]["cache"]["paths"])
        assert piece["pages"]["artifacts"]["paths"] == ["public"]
    else:
        assert piece["plugins"][0]["inputs"]["paths"] == [".blogq", "_site"]
        assert piece["build"]["publish"] == "_site"


@pytest.mark.parametrize("name", WORKFLOWS)
def test_nothing_that_a_stranger_chooses_gets_into_a_script(name: str) -> None:
    for step in next(iter(read(name)["jobs"].values()))["steps"]:
        assert "${{" not in step.get("run", "")


@pytest.mark.parametrize("name", PIECES)
def test_the_gate_comes_before_the_build(name: str) -> None:
    text = "\n".join(scripts(read(name)))
    assert text.index("blogq check") < text.index("blogq build")


@pytest.mark.parametrize("output", ["_site", "public"])
def test_a_build_in_another_clone_with_what_was_kept_renders_only_what_has_changed(tmp_path: Path, output: str) -> None:
    def built(site: Path) -> str:
        place = ["--output", str(site / output)] if output != "_site" else []
        done = CliRunner().invoke(cli, ["build", "--site", str(site), "--no-check", "--jobs", "1", *place])
        assert done.exit_code == 0, done.output
        return done.stdout

    def git(folder: Path, *arguments: str) -> None:
        told = ("-c", "user.name=W", "-c", "user.email=w@wren.org.uk", *arguments)
        subprocess.run(["git", "-C", str(folder), *told], check=True, capture_output=True)

    first = make_site(tmp_path / "first" / "site", "  live: ../public\n")
    (first / ".gitignore").write_text("/_site/\n/public/\n/.blogq/\n")
    git(first, "init", "--quiet", "-b", "main")
    git(first, "add", ".")
    git(first, "commit", "--quiet", "-m", "Begin")
    built(first)
    second = tmp_path / "second" / "site"
    git(tmp_path, "clone", "--quiet", str(first), str(second))
    for kept in (".blogq", output):
        # As an archive restores them: other inodes, times as they were.
        shutil.copytree(first / kept, second / kept)
    assert " 0 rendered" in built(second)
    post = second / "content/posts/post-1/index.md"
    post.write_text(post.read_text().replace("Text of", "Words of"))
    rendered = int(re.search(r"(\d+) rendered", built(second))[1])  # type: ignore[index]
    assert 0 < rendered < 15


@pytest.mark.parametrize("kind", ["as they were", "all new", "all old"])
def test_times_of_what_was_kept_do_not_matter(tmp_path: Path, kind: str) -> None:
    """Hosts pack what they keep in their own ways: the times of files may be those of restoring, or any other."""

    def rendered(site: Path) -> int:
        done = CliRunner().invoke(cli, ["build", "--site", str(site), "--no-check", "--jobs", "1"])
        assert done.exit_code == 0, done.output
        return int(re.search(r"(\d+) rendered", done.stdout)[1])  # type: ignore[index]

    def written(site: Path) -> dict[str, int]:
        return {str(path): path.stat().st_mtime_ns for path in (site / "_site").rglob("*") if path.is_file()}

    first = make_site(tmp_path / "first", "  live: ../public\n", posts=9)
    (first / ".gitignore").write_text("/_site/\n/.blogq/\n")
    told = ("-c", "user.name=W", "-c", "user.email=w@wren.org.uk")
    for command in (("init", "--quiet", "-b", "main"), ("add", "."), ("commit", "--quiet", "-m", "Begin")):
        subprocess.run(["git", "-C", str(first), *told, *command], check=True, capture_output=True)
    whole = rendered(first)
    second = tmp_path / "second"
    subprocess.run(["git", "clone", "--quiet", str(first), str(second)], check=True, capture_output=True)
    for kept in (".blogq", "_site"):
        shutil.copytree(first / kept, second / kept)
        for path in (second / kept).rglob("*"):
            if kind != "as they were" and path.is_file():
                os.utime(path, None if kind == "all new" else (1_000_000_000, 1_000_000_000))
    before = written(second)
    assert rendered(second) == 0 and written(second) == before
    post = second / "content/posts/post-1/index.md"
    post.write_text(post.read_text() + "\nA last line that no list shows.\n")
    assert 0 < rendered(second) <= whole / 2
    assert len(written(second)) == len(before)
    again = {path for path, at in written(second).items() if at != before[path]}
    assert {path for path in again if "/posts/post-" in path} <= {
        str(second / f"_site/posts/post-{number}/index.html") for number in (1, 2)
    }
    shutil.rmtree(second / ".blogq")
    assert rendered(second) >= whole - 2, "without the store all is made anew"
