"""The W3C's checker of HTML, from the npm package vnu-jar: one run of Java for any number of files."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from audit.installed import module, program

MEMORY = "-Xss4m"
"""Its parsers are recursive: deeply nested lists need more than Java's usual stack."""

CRASH = 'Cannot invoke "org.w3c.'
"""How it tells of a mistake of its own: it can't read `light-dark()` with variables in it (26.9.27)."""


class Objection(NamedTuple):
    """One thing that the checker says of a file."""

    path: Path
    line: int
    kind: str
    """`error`, `warning` or `info`."""
    message: str
    extract: str
    """The piece of the file that is meant."""


def check(pages: Iterable[Path]) -> list[Objection]:
    """All that the checker says of `pages`, which may be HTML, CSS or SVG; MissingError without it or without Java."""
    jar, java = module("vnu-jar/build/dist/vnu.jar"), program("java", "default-jre-headless")
    files = sorted(str(page.resolve()) for page in pages)
    if not files:
        return []
    with tempfile.NamedTemporaryFile("w", suffix=".args", encoding="utf-8") as listed:
        # Java reads arguments from a file: thousands of pages don't fit a command line everywhere.
        arguments = [MEMORY, "-jar", str(jar), "--format", "json", "--stdout", "--exit-zero-always"]
        arguments += ["--also-check-css", "--also-check-svg", *files]
        listed.write("\n".join(f'"{each}"' for each in (a.replace("\\", "\\\\") for a in arguments)))
        listed.flush()
        done = subprocess.run([java, f"@{listed.name}"], capture_output=True, text=True, check=False)
    if done.returncode or not done.stdout:
        raise RuntimeError(f"the W3C's checker failed: {done.stderr[-2000:]}")
    found = [_objection(each) for each in json.loads(done.stdout)["messages"]]
    return [each for each in found if CRASH not in each.message]


def _objection(told: dict[str, object]) -> Objection:
    kind = "warning" if told.get("subType") == "warning" else str(told["type"])
    path = Path(unquote(urlsplit(str(told.get("url", ""))).path))
    line = told.get("lastLine", 0)
    assert isinstance(line, int)
    return Objection(path, line, kind, str(told["message"]), str(told.get("extract", "")))
