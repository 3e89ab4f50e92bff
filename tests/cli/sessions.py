"""Command lines run as a person would run them, and what they print as text that can be kept in a file."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

from click.testing import CliRunner

from blogq.cli import cli

GOLDEN = Path(__file__).parent / "golden"
UPDATE = "BLOGQ_UPDATE_GOLDENS"
"""Environment variable under which the kept texts are written anew."""


def run(site: Path, command: str) -> str:
    """Run a command line in `site`; return what it printed, with what differs from run to run made alike."""
    before = Path.cwd()
    os.chdir(site)
    try:
        result = CliRunner().invoke(cli, shlex.split(command), prog_name="blogq", terminal_width=100)
    finally:
        os.chdir(before)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    text = f"$ blogq {command}\n{result.stdout}"
    if result.stderr:
        text += f"--- on stderr\n{result.stderr}"
    text += f"--- exit code {result.exit_code}\n"
    text = text.replace(str(site.resolve()), "SITE")
    text = re.sub(r"\d+\.\d\d s\b", "0.00 s", text)
    return re.sub(r'"seconds": [\d.]+', '"seconds": 0.0', text)


def check(name: str, text: str) -> None:
    """Compare `text` with the golden file `name`."""
    path = GOLDEN / f"{name}.txt"
    if os.environ.get(UPDATE):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    kept = path.read_text(encoding="utf-8") if path.exists() else ""
    assert text == kept, f"{path.name} differs; when that is meant, write it anew with {UPDATE}=1 pytest tests/cli"


def write(site: Path, files: dict[str, str]) -> Path:
    """Write the sources of a site."""
    for name, text in files.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return site
