"""What `blogq doctor` finds: each thing made, found with its next step, and gone when it is mended."""

from __future__ import annotations

import errno
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from blogq.cli import cli
from blogq.config.load import load_config
from blogq.doctor import storage, system
from blogq.doctor.address import address_findings, pages_address
from blogq.doctor.system import missing_pieces, watch_findings

NOW = 1_780_000_000
"""28 May 2026."""


def doctor(site: Path, code: int = 0) -> list[tuple[str, str]]:
    result = CliRunner().invoke(cli, ["doctor", "--site", str(site), "--json", "--now", "2026-05-28"])
    assert result.exit_code == code, result.output
    told = json.loads(result.stdout)
    assert told["schema"] == "blogq-doctor/1" and told["python"]
    assert all(finding["path"] and finding["message"] and finding["help"] for finding in told["findings"])
    return [(finding["rule"], finding["severity"]) for finding in told["findings"]]


def git(folder: Path, *arguments: str, **environment: str) -> None:
    told = ("-c", "user.name=W", "-c", "user.email=w@wren.org.uk", *arguments)
    done = {**os.environ, **environment}
    subprocess.run(["git", "-C", str(folder), *told], check=True, capture_output=True, env=done)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("NETLIFY", "GITLAB_CI", "CF_PAGES", "GITHUB_ACTIONS"):
        # The suite may run where such a host builds.
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "place" / "site"
    (folder / "content").mkdir(parents=True)
    (folder / "blogq.yaml").write_text("title: Wren\nbase_url: https://wren.org.uk/\ntimezone: Europe/London\n")
    os.utime(folder / "blogq.yaml", (NOW - 9, NOW - 9))
    (folder / "content/a.md").write_text("# A\n")
    return folder


def add(site: Path, text: str) -> None:
    config = site / "blogq.yaml"
    config.write_text(config.read_text() + text)
    os.utime(config, (NOW - 9, NOW - 9))


def test_a_sound_site(site: Path) -> None:
    before = sorted(site.rglob("*"))
    assert doctor(site) == []
    assert sorted(site.rglob("*")) == before
    result = CliRunner().invoke(cli, ["doctor", "--site", str(site), "--now", "2026-05-28"])
    assert "Nothing stands in the way" in result.stdout


@pytest.mark.parametrize(("place", "shown"), [("..", "site"), ("content", "..")])
def test_the_wrong_folder(site: Path, place: str, shown: str) -> None:
    result = CliRunner().invoke(cli, ["doctor", "--site", str(site / place)])
    assert result.exit_code == 2
    assert "DR101" in result.stdout and f"--site {shown}" in result.stdout
    assert "1 thing to look at" in result.stdout, "what is said of a folder that is no site's leads astray"


def test_a_folder_with_nothing_in_it_and_one_of_another_generator(tmp_path: Path) -> None:
    assert doctor(tmp_path, 2) == [("DR101", "error")]
    (tmp_path / "_config.yml").write_text("title: x\n")
    assert ("DR101", "warning") in doctor(tmp_path)
    (tmp_path / "_config.yml").unlink()
    (tmp_path / "a.md").write_text("# A\n")
    assert [each for each in doctor(tmp_path) if each[0] != "DR103"] == [("DR101", "note")]


def test_a_config_under_another_name(site: Path) -> None:
    (site / "blogq.yaml").rename(site / "blogq.yaml.txt")
    assert ("DR101", "error") in doctor(site, 2)


def test_missing_programs(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(site, "dates: git\ndeploy:\n  live: wren@host.org:/www\n")
    monkeypatch.setenv("PATH", str(site))
    found = missing_pieces(load_config(site).config)
    assert {finding.span.path for finding in found if finding.code == "DR102"} == {"git", "rsync", "ssh"}


def test_a_disk_that_can_only_be_read(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It refuses even to remove a file that isn't there."""

    def refuse(*arguments: Any, **named: Any) -> Any:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr("builtins.open", refuse)
    monkeypatch.setattr(Path, "unlink", refuse)
    found = storage.storage_findings(site, load_config(site).config)
    monkeypatch.undo()
    assert found and all("Read-only file system" in finding.message for finding in found)


def test_missing_packages(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib import metadata

    def version(name: str) -> str:
        if name in ("watchdog", "gone"):
            raise metadata.PackageNotFoundError
        return "1"

    # blogq itself may be run without being installed.
    needed = ["click>=8.1", "watchdog>=4", "gone>=1; python_version < '3'"]
    monkeypatch.setattr(metadata, "requires", lambda name: needed)
    monkeypatch.setattr(metadata, "version", version)
    assert system._missing_packages() == ["watchdog"]


def test_a_shallow_clone(site: Path, tmp_path: Path) -> None:
    git(site, "init", "--quiet", "-b", "main")
    day = {"GIT_COMMITTER_DATE": "2026-05-01T00:00:00Z", "GIT_AUTHOR_DATE": "2026-05-01T00:00:00Z"}
    for number in range(2):
        (site / "content/b.md").write_text(f"# {number}\n")
        git(site, "add", ".")
        git(site, "commit", "--quiet", "-m", "x", **day)
    assert doctor(site) == []
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{site}", str(tmp_path / "clone"))
    assert doctor(tmp_path / "clone") == [("DR105", "warning")]
    add(tmp_path / "clone", "dates: git\n")
    assert ("DR105", "error") in doctor(tmp_path / "clone", 2)


def test_an_output_in_git(site: Path) -> None:
    git(site, "init", "--quiet", "-b", "main")
    (site / "_site").mkdir()
    (site / "_site/index.html").write_text("x")
    assert doctor(site) == [("DR106", "note")]
    git(site, "add", "_site")
    assert doctor(site) == [("DR106", "warning")]
    git(site, "rm", "-r", "--cached", "--quiet", "_site")
    (site / ".gitignore").write_text("/_site/\n")
    assert doctor(site) == []


def test_a_clock_that_is_behind(site: Path) -> None:
    os.utime(site / "blogq.yaml", (NOW + 40 * 86_400,) * 2)
    assert ("DR103", "error") in doctor(site, 2)


def test_time_zones(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlni")
    assert doctor(site) == [("DR103", "warning")]
    config = site / "blogq.yaml"
    config.write_text(config.read_text().replace("timezone: Europe/London\n", ""))
    monkeypatch.setattr(system, "_hours_from_utc", lambda now: 2.0)
    monkeypatch.setenv("TZ", "UTC")
    os.utime(config, (NOW - 9, NOW - 9))
    assert doctor(site) == [("DR103", "warning")]


def test_limits_of_watching(site: Path, tmp_path: Path) -> None:
    config = load_config(site).config
    limits = tmp_path / "inotify"
    limits.mkdir()
    for watches, instances, expected in ((8192, 128, 0), (3, 128, 1), (8192, 2, 1)):
        (limits / "max_user_watches").write_text(f"{watches}\n")
        (limits / "max_user_instances").write_text(f"{instances}\n")
        for name in "bcde":
            (site / "content" / name).mkdir(exist_ok=True)
        found = watch_findings(site, config, limits)
        assert [finding.code for finding in found] == ["DR104"] * expected
    assert watch_findings(site, config, tmp_path / "none") == []


def test_a_store_that_cannot_be_written(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (site / ".blogq").write_text("a file")
    assert doctor(site, 2) == [("DR107", "error")]
    (site / ".blogq").unlink()
    (site / ".blogq").symlink_to(site.parent)
    assert doctor(site, 2) == [("DR107", "error")]
    (site / ".blogq").unlink()
    monkeypatch.setattr(storage, "_refusal", lambda folder: "Permission denied")
    assert doctor(site, 2) == [("DR107", "error")] * 2


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_the_right_to_write(site: Path) -> None:
    (site / ".blogq").mkdir(mode=0o555)
    assert doctor(site, 2) == [("DR107", "error")]


@pytest.mark.parametrize(
    ("base_url", "remote", "found"),
    [
        ("https://wren.github.io/blog/", "git@github.com:Wren/blog.git", []),
        ("https://wren.github.io/", "https://github.com/wren/wren.github.io.git", []),
        ("https://wren.github.io/", "git@github.com:wren/blog.git", ["error"]),
        ("https://wren.org.uk/", "git@github.com:wren/blog.git", ["warning"]),
        ("https://wren.gitlab.io/blog/", "git@gitlab.com:wren/blog.git", []),
        ("http://localhost:8000/", "git@github.com:wren/blog.git", ["error"]),
        ("https://wren.org.uk/", "git@codeberg.org:wren/blog.git", []),
        ("https://blog-0a1b2c.gitlab.io/", "git@gitlab.com:wren/blog.git", []),
        ("https://other-0a1b2c.gitlab.io/", "git@gitlab.com:wren/blog.git", ["error"]),
    ],
)
def test_an_address_that_is_another(site: Path, base_url: str, remote: str, found: list[str]) -> None:
    config = site / "blogq.yaml"
    config.write_text(config.read_text().replace("https://wren.org.uk/", base_url))
    add(site, f"deploy:\n  live: {remote}\n")
    told: list[Any] = doctor(site, 2 if "error" in found else 0)
    assert told == [("DR108", severity) for severity in found]


def test_a_name_of_its_own(site: Path) -> None:
    add(site, "deploy:\n  live: git@github.com:wren/blog.git\n")
    (site / "static").mkdir()
    (site / "static/CNAME").write_text("wren.org.uk\n")
    assert doctor(site) == []
    (site / "static/CNAME").write_text("other.org.uk\n")
    assert doctor(site) == [("DR108", "warning")]


def test_where_pages_are_read() -> None:
    assert pages_address("ssh://git@github.com:22/Wren/Blog.git") == "https://wren.github.io/Blog/"
    assert pages_address("/srv/git/blog.git") == "" and pages_address("git@github.com:wren") == ""


@pytest.mark.parametrize(
    ("base_url", "environment", "found"),
    [
        ("https://wren.org.uk/", {"NETLIFY": "true", "URL": "https://wren.org.uk"}, 0),
        ("https://wren.org.uk/", {"NETLIFY": "true", "URL": "https://wren.netlify.app"}, 1),
        ("https://wren.org.uk/", {"URL": "https://elsewhere.org"}, 0),
        ("https://wren.org.uk/", {"GITLAB_CI": "true", "CI_PAGES_URL": "https://wren.gitlab.io/blog"}, 1),
        ("https://wren.gitlab.io/blog/", {"GITLAB_CI": "true", "CI_PAGES_URL": "https://wren.gitlab.io/blog"}, 0),
        ("https://wren.pages.dev/", {"CF_PAGES": "1", "CF_PAGES_URL": "https://0a1b.wren.pages.dev"}, 0),
        ("https://wern.pages.dev/", {"CF_PAGES": "1", "CF_PAGES_URL": "https://0a1b.wren.pages.dev"}, 1),
        ("https://wren.org.uk/", {"CF_PAGES": "1", "CF_PAGES_URL": "https://0a1b.wren.pages.dev"}, 0),
        ("https://wren.github.io/", {"GITHUB_ACTIONS": "true", "GITHUB_REPOSITORY": "wren/blog"}, 1),
        ("https://wren.github.io/blog/", {"GITHUB_ACTIONS": "true", "GITHUB_REPOSITORY": "Wren/blog"}, 0),
        ("https://wren.org.uk/", {"GITHUB_ACTIONS": "true", "GITHUB_REPOSITORY": "wren/blog"}, 0),
    ],
)
def test_what_the_host_that_builds_says(site: Path, base_url: str, environment: dict[str, str], found: int) -> None:
    config = site / "blogq.yaml"
    config.write_text(config.read_text().replace("https://wren.org.uk/", base_url))
    loaded = load_config(site)
    told = address_findings(site, loaded.config, loaded.origins, environment)
    assert [(each.code, each.severity) for each in told] == [("DR108", "warning")] * found
    assert all("--base-url https://" in each.hint for each in told)


def test_pages_of_the_remote_without_a_target(site: Path) -> None:
    git(site, "init", "--quiet", "-b", "main")
    git(site, "remote", "add", "origin", "git@github.com:wren/blog.git")
    assert doctor(site) == []
    config = site / "blogq.yaml"
    config.write_text(config.read_text().replace("https://wren.org.uk/", "https://wren.github.io/"))
    os.utime(config, (NOW - 9, NOW - 9))
    assert doctor(site) == [("DR108", "warning")]
    config.write_text(config.read_text().replace("github.io/", "github.io/blog/"))
    os.utime(config, (NOW - 9, NOW - 9))
    assert doctor(site) == []


def test_places_that_deploy_would_refuse(site: Path) -> None:
    add(site, "deploy:\n  pages: {type: git}\n  web: ../public\n  self: _site\n")
    assert doctor(site, 2) == [("DR109", "error"), ("DR109", "error")]
    result = CliRunner().invoke(cli, ["doctor", "--site", str(site), "--now", "2026-05-28"])
    assert "`deploy.pages`: the site's repository has no remote 'origin'" in result.stderr + result.stdout
    assert "`deploy.self`" in result.stderr + result.stdout and "`deploy.web`" not in result.stderr + result.stdout
