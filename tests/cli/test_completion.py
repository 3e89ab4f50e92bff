"""Completion in the shells themselves, where they are installed: what the tab key offers, and how little it loads."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sessions import run, write

ROOT = Path(__file__).parent.parent.parent
SITE = {
    "blogq.yaml": "title: T\n",
    "content/posts/one.md": "# One\n",
    "content/posts/other.md": "# Other\n",
    "content/about.md": "# About\n",
    "archetypes/post.md": "x",
    "archetypes/review.md": "x",
    "archetypes/photo/index.md": "x",
    "themes/mine/theme.yaml": "name: mine\n",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site, and beside it a `blogq` that is this one."""
    binary = tmp_path / "bin" / "blogq"
    binary.parent.mkdir()
    binary.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m blogq "$@"\n')
    binary.chmod(0o755)
    return write(tmp_path / "site", SITE)


def environment(site: Path, **more: str) -> dict[str, str]:
    path = f"{site.parent / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PYTHONPATH": str(ROOT), "PATH": path, "HOME": str(site.parent), **more}


def complete(site: Path, words: str) -> list[str]:
    """Return what is offered for a command line, as bash asks for it."""
    parts = words.split(" ")
    more = {"_BLOGQ_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(len(parts) - 1)}
    done = subprocess.run(
        [sys.executable, "-m", "blogq"], cwd=site, env=environment(site, **more), capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip
    assert done.stderr == ""
    return [line.partition(",")[2] for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("blogq ini", ["init"]),
        ("blogq c", ["check", "compare", "corpus", "comments", "config", "clean", "completion"]),
        ("blogq new --kind ", ["photo", "post", "review"]),
        ("blogq new --kind r", ["review"]),
        ("blogq build --theme m", ["mine"]),
        ("blogq build --theme ", ["broadsheet", "mine", "plain"]),
        ("blogq why content/po", ["content/posts/one.md", "content/posts/other.md"]),
        ("blogq why content/posts/on", ["content/posts/one.md"]),
        ("blogq completion ", ["bash", "zsh", "fish"]),
        ("blogq config --sch", ["--schema"]),
    ],
)
def test_what_is_offered(site: Path, words: str, offered: list[str]) -> None:
    assert complete(site, words) == offered


def test_sources_from_another_folder(site: Path) -> None:
    assert complete(site / "content" / "posts", "blogq why --site ../.. on") == ["one.md"]


def test_many_sources_are_left_to_the_shell(site: Path) -> None:
    write(site, {f"content/many/{number}.md": "x" for number in range(250)})
    assert complete(site, "blogq why content/m") == ["content/m"]


@pytest.mark.parametrize("words", ["blogq n", "blogq why c", "blogq new --kind p", "blogq build --theme p"])
def test_a_press_of_the_tab_key_loads_little(site: Path, words: str) -> None:
    code = (
        "import sys, json\nfrom blogq.cli import run\nsys.argv = ['blogq']\nrun()\n"
        "print('loaded:', json.dumps(sorted(sys.modules)), file=sys.stderr)\n"
    )
    more = {"_BLOGQ_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=site, env=environment(site, **more), capture_output=True, text=True,
        timeout=60, check=True,
    )  # fmt: skip
    loaded = set(json.loads(done.stderr.rpartition("loaded: ")[2]))
    assert not loaded & {"yaml", "jinja2", "markdown_it", "pygments", "rich", "tzlocal"}
    if "build" not in words:
        assert not {name for name in loaded if name.startswith("blogq.")} & {"blogq.build", "blogq.plan"}


def shell(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def test_bash(site: Path) -> None:
    script = (
        'eval "$(blogq completion bash)"\nCOMP_WORDS=(blogq why content/posts/on)\nCOMP_CWORD=2\n'
        '_blogq_completion blogq\necho "${COMPREPLY[@]}"\ncomplete -p blogq\n'
    )
    done = subprocess.run(
        [shell("bash"), "--norc", "-c", script], cwd=site, env=environment(site), capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip
    assert done.stderr == ""
    assert done.stdout.startswith("content/posts/one.md\n") and "_blogq_completion blogq" in done.stdout


def test_zsh(site: Path) -> None:
    """Zsh completes in an interactive shell only: one is run in a terminal of its own, and the tab key pressed."""
    zsh = shell("zsh")
    import pty
    import select

    write(site.parent, {".zshrc": 'autoload -Uz compinit; compinit -u\neval "$(blogq completion zsh)"\nPS1="> "\n'})
    child, terminal = pty.fork()
    if not child:
        os.chdir(site)
        os.execve(zsh, [zsh, "-i"], environment(site, TERM="dumb"))
    shown = b""

    def wait_for(text: bytes) -> None:
        nonlocal shown
        while text not in shown:
            assert select.select([terminal], [], [], 60)[0], shown
            data = os.read(terminal, 65536)
            assert data, shown
            shown += data

    wait_for(b"> ")
    os.write(terminal, b"echo blogq-is-${+functions[_blogq_completion]}\n")
    wait_for(b"blogq-is-1")
    os.write(terminal, b"blogq new --kind rev\t")
    wait_for(b"review")
    os.write(terminal, b"\x03exit\n")
    os.close(terminal)
    os.waitpid(child, 0)


def test_fish(site: Path) -> None:
    script = "blogq completion fish | source; complete --do-complete 'blogq why content/posts/on'"
    done = subprocess.run(
        [shell("fish"), "--no-config", "-c", script], cwd=site, env=environment(site), capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip
    assert "content/posts/one.md" in done.stdout.split()


def test_unknown_shell(tmp_path: Path) -> None:
    told = run(tmp_path, "completion powershell")
    assert told.endswith("--- exit code 2\n") and "'powershell' is not one of" in told
