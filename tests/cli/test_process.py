"""blogq as a process: how it is started, what it exits with, and how little it loads for little to do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sessions import write

import blogq

ROOT = Path(__file__).parent.parent.parent
HEAVY = {
    "markdown_it",
    "mdit_py_plugins",
    "yaml",
    "jinja2",
    "pygments",
    "rich",
    "numpy",
    "textstat",
    "watchdog",
    "slugify",
}
POST = "---\ntitle: A\ndate: 2026-01-01\n---\nText with `code`.\n\n```python\nx = 1\n```\n"


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=cwd, capture_output=True, text=True, timeout=120, env=environment()
    )


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}


def loaded(cwd: Path, *arguments: str) -> set[str]:
    """Heavy libraries that a command line loads."""
    code = (
        "import sys, json\nfrom blogq.cli import run\n"
        f"sys.argv = ['blogq', *{list(arguments)!r}]\n"
        "code = run()\n"
        f"heavy = {sorted(HEAVY)!r}\n"
        "print('loaded:', json.dumps([name for name in heavy if name in sys.modules]), file=sys.stderr)\n"
        "sys.exit(code)\n"
    )
    done = run("-c", code, cwd=cwd)
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stderr.rpartition("loaded: ")[2]))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write(tmp_path, {"content/a.md": POST, "content/about.md": "# About\n"})


def test_runs_as_a_module(site: Path) -> None:
    done = run("-m", "blogq", "--version", cwd=site)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"blogq {blogq.__version__}\n", "")


def test_without_a_command_it_says_what_there_is(site: Path) -> None:
    done = run("-m", "blogq", cwd=site)
    assert "Publish:" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_exit_codes(site: Path) -> None:
    """0 when all is well, 2 for mistakes in input and usage; a mistake never shows a traceback."""
    assert run("-m", "blogq", "build", cwd=site).returncode == 0
    wrong = run("-m", "blogq", "biuld", cwd=site)
    assert (wrong.returncode, "Traceback" in wrong.stderr) == (2, False)
    (site / "content" / "a.md").write_bytes(b"---\ntitle: \xff\n---\n")
    broken = run("-m", "blogq", "build", cwd=site)
    assert (broken.returncode, broken.stdout, "Traceback" in broken.stderr) == (2, "", False)
    assert "content/a.md:2" in broken.stderr
    assert "Nothing written: 1 error. The site built before stands as it was." in broken.stderr


def test_bug_exits_with_3_and_says_where_to_turn(site: Path) -> None:
    code = (
        "import sys, blogq.build\nfrom blogq.cli import main\n"
        "def fails(*args, **kwargs): raise KeyError('a bug')\n"
        "blogq.build.build = fails\nsys.argv = ['blogq', 'build']\nmain()\n"
    )
    done = run("-c", code, cwd=site)
    assert done.returncode == 3
    assert "KeyError" in done.stderr and "bug in blogq" in done.stderr and "report" in done.stderr


def test_json_goes_to_stdout_alone(site: Path) -> None:
    write(site, {"content/b.md": POST + "\n[x](gone.md)\n"})
    done = run("-m", "blogq", "build", "--json", cwd=site)
    told = json.loads(done.stdout)
    assert done.stderr == ""
    assert told["schema"] == "blogq-build/1"
    assert {
        "written",
        "output",
        "posts",
        "pages",
        "rendered",
        "reused",
        "removed",
        "seconds",
        "findings",
    } <= told.keys()
    finding = next(each for each in told["findings"] if each["rule"] == "LK001")
    assert list(finding) == [
        "rule", "severity", "path", "line", "column", "end_line", "end_column", "message", "help", "evidence",
    ]  # fmt: skip
    listed = json.loads(run("-m", "blogq", "list", "--json", cwd=site).stdout)
    assert {tuple(row) for row in listed} == {("path", "url", "title", "date", "kind", "status", "language")}


def test_reader_that_stops_reading_is_no_bug(site: Path) -> None:
    """`blogq config | head -1` ends quietly."""
    command = f"{sys.executable} -m blogq config --json | head -c 1 >/dev/null; exit ${{PIPESTATUS[0]}}"
    write(site, {"blogq.yaml": "extra:\n  long: '" + "x" * 200_000 + "'\n"})
    done = subprocess.run(
        ["bash", "-c", command], cwd=site, capture_output=True, text=True, timeout=60, env=environment()
    )
    assert "bug in blogq" not in done.stderr and "Traceback" not in done.stderr


def test_terminal_that_can_not_show_a_character_gets_it_written_out(site: Path) -> None:
    write(site, {"content/ü.md": POST.replace("A", "日本")})
    done = subprocess.run(
        [sys.executable, "-m", "blogq", "list"], cwd=site, capture_output=True, timeout=60,
        env={**environment(), "PYTHONIOENCODING": "latin-1"},
    )  # fmt: skip
    assert done.returncode == 0
    assert b"\\u65e5\\u672c" in done.stdout


def test_help_loads_nothing_heavy(site: Path) -> None:
    assert loaded(site, "--help") == set()
    assert loaded(site, "--version") == set()
    assert loaded(site, "build", "--help") == set()


def test_config_loads_what_reads_yaml_and_no_more(site: Path) -> None:
    assert loaded(site, "config") == set()
    write(site, {"blogq.yaml": "title: x\n"})
    assert loaded(site, "config") <= {"yaml"}


def test_unchanged_build_loads_neither_parser_nor_templates(site: Path) -> None:
    """Nothing changed, nothing loaded: that is what makes the second build quick."""
    first = loaded(site, "build", "--jobs", "1")
    assert {"markdown_it", "jinja2", "pygments"} <= first
    assert loaded(site, "build", "--jobs", "1") <= {"yaml"}
    assert not loaded(site, "list") & {"markdown_it", "jinja2", "pygments"}
