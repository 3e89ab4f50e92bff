"""A small site to publish, and what can be asked of the place where it was published."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from blogq.cli import cli

ROOT = Path(__file__).parent.parent.parent
POST = "---\ntitle: Post {n}\ndate: 2026-01-0{n}\n---\nText of post {n}, with a picture.\n\n![A dot](dot{n}.svg)\n"
DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="{n}"/></svg>\n'
BASE_URL = "https://blog.wren.org.uk/"


def make_site(folder: Path, deploy: str, posts: int = 4, config: str = "") -> Path:
    """Write a site whose posts have a picture each; `deploy` is what stands under that option."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "blogq.yaml").write_text(
        f"title: Wren\nbase_url: {BASE_URL}\n{config}deploy:\n{deploy}", encoding="utf-8"
    )
    for number in range(1, posts + 1):
        add_post(folder, number)
    return folder


def add_post(site: Path, number: int) -> None:
    """Write a post with a picture beside it."""
    place = site / "content" / "posts" / f"post-{number}"
    place.mkdir(parents=True, exist_ok=True)
    (place / "index.md").write_text(POST.format(n=number), encoding="utf-8")
    (place / f"dot{number}.svg").write_text(DOT.format(n=number), encoding="utf-8")


def deploy(site: Path, *arguments: str, code: int = 0, before: str = "") -> Any:
    """Run `blogq deploy --json` and return what it printed.

    With `before`, Python that runs first, it is a process of its own, which may be killed.
    """
    told = ["deploy", *arguments, "--site", str(site), "--json", "--jobs", "1"]
    if not before:
        result = CliRunner().invoke(cli, told)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == code, result.output
        return json.loads(result.stdout)
    script = f"import sys\n{before}\nfrom blogq.cli import main\nsys.argv = ['blogq', *sys.argv[1:]]\nmain()\n"
    done = subprocess.run(
        [sys.executable, "-c", script, *told],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == code, done.stdout + done.stderr
    return json.loads(done.stdout) if done.stdout else {}


def tree(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder with their content, but for what deploying keeps for itself."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".blogq-published.json" and ".git" not in path.relative_to(folder).parts
    }


def missing(files: dict[str, bytes]) -> set[str]:
    """Return what pages among `files` show or link to on the site and that isn't among them."""
    found = set()
    for path, data in files.items():
        text = data.decode("utf-8", "replace")
        if path.endswith(".html"):
            named = re.findall(r'(?:src|href)="(?:https://blog\.wren\.org\.uk)?(/[^"#?]*)', text)
        elif path.endswith(".xml"):
            named = re.findall(r"https://blog\.wren\.org\.uk(/[^<\"&]*)", text)
        else:
            continue
        for target in named:
            name = target.lstrip("/")
            name = f"{name}index.html" if not name or name.endswith("/") else name
            if name not in files:
                found.add(f"{path}: {target}")
    return found
