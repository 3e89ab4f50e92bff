"""The wheel works where the checkout is not: alone in an empty environment, with its themes inside."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import blogq

ROOT = Path(__file__).parent.parent

# One worker builds and installs the wheel, once.
pytestmark = pytest.mark.xdist_group("wheel")

POST = """\
---
title: The first post
date: 2026-03-01
---
A short text with *one* emphasis.
"""


def run(*command: str | Path, cwd: Path) -> str:
    """Run `command` in `cwd`, seeing nothing of this checkout; return what it prints, fail if it fails."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "COV_", "VIRTUAL_ENV"))}
    environment |= {"PIP_NO_INPUT": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 0, f"{command[0]} exited {done.returncode}\n{done.stdout[-3000:]}{done.stderr[-3000:]}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, ROOT, cwd=folder)
    (built,) = folder.glob("blogq-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `blogq` command of a new virtual environment that holds the wheel and its dependencies."""
    home = tmp_path_factory.mktemp("elsewhere")
    run(sys.executable, "-m", "venv", "--without-pip", home / "venv", cwd=home)
    scripts = home / "venv" / ("Scripts" if os.name == "nt" else "bin")
    # The pip that runs this suite installs into the new environment: making a pip there takes seconds.
    run(sys.executable, "-m", "pip", "--python", scripts / "python", "install", "--quiet", wheel, cwd=home)
    return scripts / "blogq"


def test_wheel_holds_every_module_and_theme_file(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "blogq").rglob("*.py")}
    themes = {f"blogq/{path.relative_to(ROOT).as_posix()}" for path in (ROOT / "themes").rglob("*") if path.is_file()}
    assert themes
    assert modules | themes <= inside
    foreign = {name for name in inside if not name.startswith(("blogq/", f"blogq-{blogq.__version__}.dist-info/"))}
    assert foreign == set()


def test_installed_command_says_its_version(installed: Path, tmp_path: Path) -> None:
    assert blogq.__version__ in run(installed, "--version", cwd=tmp_path)


def test_installed_command_builds_a_site_with_the_theme_inside_the_wheel(installed: Path, tmp_path: Path) -> None:
    site = tmp_path / "My notes"
    (site / "content" / "posts").mkdir(parents=True)
    (site / "content" / "posts" / "first.md").write_text(POST, encoding="utf-8")
    (site / "content" / "about.md").write_text("# About\n\nWho writes here.\n", encoding="utf-8")
    run(installed, "build", "--site", site, "--now", "2026-06-01", cwd=tmp_path)
    post = (site / "_site" / "posts" / "first" / "index.html").read_text(encoding="utf-8")
    assert "<em>one</em>" in post
    assert "The first post" in (site / "_site" / "index.html").read_text(encoding="utf-8")
    assert (site / "_site" / "about" / "index.html").is_file()
    assert list((site / "_site").rglob("*.css")), "the theme's style sheet"


def test_installed_package_is_not_this_checkout(installed: Path, tmp_path: Path) -> None:
    where = run(installed.parent / "python", "-c", "import blogq; print(blogq.__file__)", cwd=tmp_path)
    assert not Path(where.strip()).is_relative_to(ROOT)
