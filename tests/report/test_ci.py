"""The files that CI systems take: they parse, and their scripts run blogq as they should, whatever is in a variable.

The scripts run under bash with a blogq and a pip that write down what they were called with.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
GITLAB: dict[str, Any] = yaml.safe_load((ROOT / "ci/gitlab.yml").read_text(encoding="utf-8"))["blogq-check"]
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
INSTALL, CHECK = (step for step in ACTION["runs"]["steps"] if "run" in step)

pytestmark = pytest.mark.skipif(not (shutil.which("bash") and shutil.which("git")), reason="needs bash and git")


def git(folder: Path, *words: str) -> str:
    named = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    return subprocess.run(
        ["git", *named, *words], cwd=folder, check=True, capture_output=True, text=True
    ).stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with two commits."""
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "-q")
    for number in "12":
        git(folder, "commit", "-q", "--allow-empty", "-m", number)
    return folder


class Run:
    """One run of a script: its exit code, what it printed, and each call of blogq and of Python."""

    def __init__(self, script: str, folder: Path, variables: dict[str, str], options: str = "-eo pipefail") -> None:
        programs = folder.parent / "programs"
        programs.mkdir(exist_ok=True)
        calls = folder.parent / "calls"
        calls.write_text("")
        for name in ("blogq", "python"):
            program = programs / name
            program.write_text(
                f'#!/bin/sh\n{{ printf "%s\\n" {name} "$@"; echo; }} >> "{calls}"\nexit "${{CODE:-0}}"\n'
            )
            program.chmod(0o755)
        path = f"{programs}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", *options.split(), "-c", script],
            cwd=folder,
            env={"PATH": path, "HOME": str(folder), **variables},
            capture_output=True,
            text=True,
            check=False,
        )
        self.code, self.said = done.returncode, done.stdout + done.stderr
        self.calls = [block.split("\n") for block in calls.read_text().rstrip("\n").split("\n\n") if block]


def check(folder: Path, **variables: str) -> Run:
    given = {"SITE": ".", "CHANGED": "true", "FAIL_ON": "error", "ARGS": "", "BASE": ""} | variables
    return Run(
        CHECK["run"], folder, {f"BLOGQ_{name}" if name != "CODE" else name: value for name, value in given.items()}
    )


# The action.


def test_action_has_what_actions_need() -> None:
    assert ACTION["runs"]["using"] == "composite"
    assert all(step["shell"] == "bash" for step in ACTION["runs"]["steps"] if "run" in step)
    assert {name: each["default"] for name, each in ACTION["inputs"].items()} == {
        "site": ".", "changed": "true", "fail-on": "error", "version": "", "args": "",
    }  # fmt: skip
    assert all(each["description"] for each in ACTION["inputs"].values())


def test_nothing_is_pasted_into_a_script_and_no_secret_is_asked_for() -> None:
    """A pull request from a fork has no secrets, and its titles and branch names are a stranger's."""
    for step in (INSTALL, CHECK):
        assert "${{" not in step["run"]
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    assert not re.search(r"secrets\.|github\.token|GITHUB_TOKEN|head_ref|pull_request\.title", text)


def test_a_pull_request_judges_what_it_changes(repository: Path) -> None:
    base = git(repository, "rev-parse", "HEAD~1")
    run = check(repository, BASE=base, SITE=".", FAIL_ON="warning")
    assert run.code == 0
    assert run.calls == [
        ["blogq", "check", "--site", ".", "--fail-on", "warning", "--format", "github", f"--changed={base}"]
    ]


@pytest.mark.parametrize("base", ["", "0" * 40, "main", "$(touch owned)", "--output=x", "a" * 40 + "; touch owned"])
def test_without_a_base_all_posts_are_judged(repository: Path, base: str) -> None:
    run = check(repository, BASE=base)
    assert run.calls == [["blogq", "check", "--site", ".", "--fail-on", "error", "--format", "github"]]
    assert "all posts are judged" in run.said and not (repository / "owned").exists()


def test_a_base_that_is_gone_is_said(repository: Path) -> None:
    run = check(repository, BASE="a" * 40)
    assert "gone" in run.said and not any("--changed" in word for word in run.calls[0])


def test_a_shallow_clone_is_an_error_that_says_what_to_do(repository: Path) -> None:
    base = git(repository, "rev-parse", "HEAD~1")
    git(repository.parent, "clone", "-q", "--depth", "1", repository.as_uri(), "shallow")
    run = check(repository.parent / "shallow", BASE=base)
    assert (run.code, run.calls) == (2, [])
    assert "::error::" in run.said and "fetch-depth: 0" in run.said
    assert check(repository.parent / "shallow", BASE=base, CHANGED="false").code == 0


def test_arguments_are_split_and_never_run(repository: Path) -> None:
    run = check(repository, ARGS="--now  2026-01-01\n$(touch owned) `touch owned` *", SITE="./a b", CHANGED="false")
    assert run.calls[0][:4] == ["blogq", "check", "--site", "./a b"]
    assert run.calls[0][8:] == ["--now", "2026-01-01", "$(touch", "owned)", "`touch", "owned`", "*"]
    assert not (repository / "owned").exists()


@pytest.mark.parametrize("code", [0, 1, 2, 3])
def test_the_exit_code_is_that_of_blogq(repository: Path, code: int) -> None:
    assert check(repository, CODE=str(code)).code == code


@pytest.mark.parametrize(("version", "package"), [("", "/action"), ("1.2.3", "blogq==1.2.3"), ("1; x", "blogq==1; x")])
def test_what_is_installed(repository: Path, version: str, package: str) -> None:
    run = Run(INSTALL["run"], repository, {"BLOGQ_VERSION": version, "GITHUB_ACTION_PATH": "/action"})
    assert run.calls == [["python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", package]]


# GitLab.

REPORTS = [
    "--format", "gitlab", "--output", "gl-code-quality-report.json", "--format", "junit", "--output", "blogq-junit.xml",
    "--format", "text",
]  # fmt: skip


@pytest.mark.parametrize("base", ["", "b" * 40])
def test_gitlab(repository: Path, base: str) -> None:
    variables = {name: str(value) for name, value in GITLAB["variables"].items()}
    variables |= {"CI_MERGE_REQUEST_DIFF_BASE_SHA": base} if base else {}
    run = Run("\n".join(GITLAB["script"]), repository, variables, "-e")
    changed = [f"--changed={base}"] if base else []
    assert run.calls[0][-1] == "blogq"
    assert run.calls[1:] == [["blogq", "check", "--site", ".", "--fail-on", "error", *changed, *REPORTS]]


def test_gitlab_keeps_the_reports_of_a_job_that_fails() -> None:
    assert GITLAB["artifacts"]["when"] == "always"
    assert set(GITLAB["artifacts"]["reports"].values()) <= set(REPORTS)
    assert GITLAB["variables"]["GIT_DEPTH"] == "0"


# pre-commit.


def test_hook_runs_once_and_takes_any_file_name() -> None:
    (hook,) = HOOKS
    assert hook["require_serial"] is True and hook["types"] == ["markdown"] and hook["language"] == "python"
    assert hook["entry"].split() == ["blogq", "check"] and hook["args"][-1] == "--"


# The pages.


@pytest.mark.parametrize("name", ["ci-github.md", "ci-gitlab.md", "pre-commit.md", "check-output.md"])
def test_what_the_pages_show_can_be_parsed(name: str) -> None:
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    blocks = re.findall(r"^```yaml\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    assert name == "check-output.md" or blocks
    assert all(yaml.safe_load(block) for block in blocks)
    for link in re.findall(r"\]\((?!https?:)([^)#]+)", text):
        assert (ROOT / "docs" / link).exists(), link


def test_the_page_on_github_names_every_input() -> None:
    text = (ROOT / "docs/ci-github.md").read_text(encoding="utf-8")
    assert all(f"| `{name}` |" in text for name in ACTION["inputs"])


def test_the_page_on_output_names_every_format() -> None:
    from blogq.report.formats import FORMATS

    text = (ROOT / "docs/check-output.md").read_text(encoding="utf-8")
    assert all(f"| `{name}` |" in text for name in FORMATS)
