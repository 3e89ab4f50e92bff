"""`dates: git`: dates of commits, never of files; and what is said where Git can't tell them."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from published import Published, publish, write

from blogq.history import dates_in

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
CONFIG = "title: Dated\ndates: git\ntimezone: UTC\n"
NO_CONFIG = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}


def git(site: Path, *arguments: str, when: str = "2026-01-01T10:00:00+02:00") -> str:
    who = {f"GIT_{role}_{part}": "ann@example.org" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
    environment = os.environ | who | NO_CONFIG | {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
    done = subprocess.run(["git", *arguments], cwd=site, env=environment, capture_output=True, text=True, check=True)
    return done.stdout


def commit(site: Path, files: dict[str, str], when: str) -> None:
    write(site, files)
    git(site, "add", "-A")
    git(site, "commit", "-q", "-m", "edit", when=when)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    made = tmp_path / "site"
    made.mkdir()
    git(made, "init", "-q")
    commit(
        made,
        {
            "blogq.yaml": CONFIG,
            ".gitignore": "_site/\n.blogq/\n",
            "content/about.md": "# About\n",
            "content/posts/a.md": "# A\n",
            "content/posts/dated.md": "---\ntitle: Dated\ndate: 2020-02-03\nupdated: 2020-02-04\n---\nText.\n",
            "content/posts/none.md": "---\ntitle: None\ndate: false\n---\nText.\n",
        },
        "2026-01-05T23:30:00-05:00",
    )
    return made


def dates(made: Published, path: str) -> list[str]:
    return [str(each) for each in made.page(f"{path}/index.html").xpath("//main//time/@datetime")]


def test_dates_are_those_of_the_first_and_the_last_commit(site: Path) -> None:
    """In the author's own time zone; what front matter says counts, and a page of the top folder stays a page."""
    commit(site, {"content/posts/a.md": "# A\n\nMore.\n"}, "2026-01-06T08:00:00+01:00")
    made = publish(site)
    assert dates(made, "posts/a") == ["2026-01-05T23:30:00-05:00"], "mended on the day itself"
    commit(site, {"content/posts/a.md": "# A\n\nAnd more.\n"}, "2026-02-01T08:00:00+01:00")
    os.utime(site / "content/posts/a.md", (0, 0))
    made = publish(site)
    assert dates(made, "posts/a") == ["2026-01-05T23:30:00-05:00", "2026-02-01T02:00:00-05:00"]
    assert dates(made, "posts/dated") == ["2020-02-03T00:00:00+00:00", "2020-02-04T00:00:00+00:00"]
    assert dates(made, "about") == dates(made, "posts/none") == []
    assert "archive/2026/01/index.html" in made.paths


def test_a_rename_keeps_the_dates(site: Path) -> None:
    git(site, "mv", "content/posts/a.md", "content/posts/b ü.md")
    commit(site, {}, "2026-03-01T00:00:00+00:00")
    assert dates(publish(site), "posts/b-ü") == ["2026-01-05T23:30:00-05:00"]


def test_an_uncommitted_file_is_told_and_dated_once_it_is_committed(site: Path) -> None:
    """Though its bytes stay the same; what a build makes then equals a clean build."""
    write(site, {"content/posts/new.md": "# New\n"})
    made = publish(site)
    assert [(f.code, f.span.path) for f in made.result.findings] == [("GT103", "content/posts/new.md")]
    assert dates(made, "posts/new") == []
    commit(site, {}, "2026-03-01T12:00:00+00:00")
    made = publish(site)
    assert dates(made, "posts/new") == ["2026-03-01T12:00:00+00:00"]
    incremental = made.files()
    shutil.rmtree(site / ".blogq")
    shutil.rmtree(site / "_site")
    assert publish(site).files() == incremental


def test_git_is_asked_once_for_each_commit(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And a commit that changes no date of a source changes nothing in the output."""
    asked: list[str] = []
    real = subprocess.run

    def run(command: list[str], **more: object) -> object:
        asked.append("log" if "log" in command else "rev-parse")
        return real(command, **more)  # type: ignore[call-overload]

    publish(site)
    monkeypatch.setattr("blogq.repository.subprocess.run", run)
    assert publish(site).result.rendered == 0
    assert asked == ["rev-parse"]
    monkeypatch.undo()
    commit(site, {"README": "x"}, "2026-03-01T12:00:00+00:00")
    monkeypatch.setattr("blogq.repository.subprocess.run", run)
    asked.clear()
    assert publish(site).result.rendered == 0
    assert publish(site).result.rendered == 0
    assert asked == ["rev-parse", "log", "rev-parse"]


@pytest.mark.parametrize("file", ["git", "memo"])
def test_a_damaged_store_is_made_anew(site: Path, file: str) -> None:
    wanted = publish(site).files()
    place = site / ".blogq" / file
    place.write_bytes(place.read_bytes().replace(b"17", b"18", 1)[:-3])
    write(site, {"content/posts/new.md": "# New\n"})
    publish(site)
    (site / "content/posts/new.md").unlink()
    assert publish(site).files() == wanted


def test_a_shallow_clone_says_so(site: Path, tmp_path: Path) -> None:
    commit(site, {"content/posts/a.md": "# A\n\nMore.\n"}, "2026-02-01T08:00:00+01:00")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{site}", "shallow")
    made = publish(tmp_path / "shallow", clean=False)
    told = [f for f in made.result.findings if f.severity == "error"]
    assert [(f.code, f.span.path, f.span.line) for f in told] == [("GT102", "blogq.yaml", 2)]
    assert "git fetch --unshallow" in told[0].hint and "fetch-depth: 0" in told[0].hint
    assert not made.result.written


def test_no_repository_and_no_git_say_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    files = {"blogq.yaml": CONFIG, "content/a.md": "# A\n"}
    made = publish(tmp_path, files, clean=False)
    assert [f.code for f in made.result.findings if f.severity == "error"] == ["GT101"]
    monkeypatch.setenv("PATH", str(tmp_path))
    made = publish(tmp_path, files, clean=False)
    assert "not installed" in next(f.message for f in made.result.findings if f.code == "GT101")


def test_a_repository_before_its_first_commit(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    made = publish(tmp_path, {"blogq.yaml": CONFIG, "content/posts/a.md": "# A\n"})
    assert [f.code for f in made.result.findings] == ["GT103"]


def test_a_hostile_repository_runs_nothing(site: Path, tmp_path: Path) -> None:
    """Whatever its config says: pagers, diffs, text conversion, signatures, file system monitors, transports."""
    trap = tmp_path / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/caught\n")
    trap.chmod(0o755)
    for key in (
        *("core.pager", "core.fsmonitor", "diff.external", "gpg.program", "core.sshCommand", "core.editor"),
        *("diff.evil.textconv", "diff.evil.command", "pager.log", "credential.helper", "uploadpack.packObjectsHook"),
    ):
        git(site, "config", key, str(trap))
    for key, value in (
        ("log.showSignature", "true"),
        ("log.showRoot", "false"),
        ("core.hooksPath", str(tmp_path)),
        ("remote.origin.url", f"ext::{trap}"),
        ("remote.origin.promisor", "true"),
        ("extensions.partialClone", "origin"),
        ("protocol.ext.allow", "always"),
        ("alias.log", f"!{trap}"),
        ("diff.renames", "copies"),
    ):
        git(site, "config", key, value)
    (site / ".gitattributes").write_text("*.md diff=evil\n")
    made = publish(site)
    assert dates(made, "posts/a") == ["2026-01-05T23:30:00-05:00"]
    assert not (tmp_path / "caught").exists()


def test_a_hook_s_environment_leads_nowhere_else(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", "/nonexistent")
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", "false")
    assert dates(publish(site), "posts/a") == ["2026-01-05T23:30:00-05:00"]


def log(*commits: tuple[int, str]) -> bytes:
    """A log, newest first: seconds, and lines of status and paths."""
    told = (f"\1{at} +0000\n" + lines.replace(" ", "\0").replace("\n", "\0") + "\0" for at, lines in commits)
    return "\0".join(told).encode()


def test_histories() -> None:
    """Renames there and back, a name that was somebody else's before, a file that was deleted and came again."""
    back = log((5, "M a"), (4, "R100 b a"), (3, "R100 a b"), (2, "M a"), (1, "A a"))
    assert dates_in(back)["a"][::2] == (1, 5)
    taken = log((5, "A a"), (4, "R100 a b"), (3, "M a"), (1, "A a"))
    assert {path: each[::2] for path, each in dates_in(taken).items()} == {"a": (5, 5), "b": (1, 3)}
    again = log((5, "A a"), (4, "D a"), (1, "A a"))
    assert dates_in(again)["a"][::2] == (5, 5)
    assert dates_in(log((5, "D a"), (1, "A a"))) == {}
    assert dates_in(b"\1" + b"5 +0530") == {} == dates_in(b"")


def test_ten_thousand_files_are_read_in_a_moment() -> None:
    history = log(*((n, f"A posts/p{n}.md\nM posts/p{n + 1}.md") for n in range(20_000, 0, -1)))
    started = time.monotonic()
    assert len(dates_in(history)) == 20_001
    assert time.monotonic() - started < 2
