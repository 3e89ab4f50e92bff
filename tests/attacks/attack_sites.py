"""Sites made for attacks: built in-process, with everything around them watched.

Each site stands in a folder of its own beside a `outside/` that nothing may touch or read.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from blogq.build import Request, Result, build

NOW = int(datetime(2026, 5, 1, tzinfo=UTC).timestamp())
SECRET = "the-secret-beyond-the-site"
GOOD = "---\ntitle: A good post\ndate: 2026-01-02\n---\nWords that stay.\n"
CONFIG = "title: A blog\nbase_url: https://example.org/\n"
PATIENCE = 20.0
"""Seconds that no build here may take, even on a machine that is busy: far above what is usual, far below a hang."""


def write(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files below `folder`."""
    for name, text in files.items():
        place = os.fsencode(folder) + b"/" + os.fsencode(name)
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(place, "wb") as file:
            file.write(text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape"))


def make_site(tmp_path: Path, files: Mapping[str, str | bytes] | None = None) -> Path:
    """Return a new site with a config, one good post, and `files`."""
    site = tmp_path / "site"
    write(tmp_path, {"outside/secret.md": f"---\ntitle: {SECRET}\ndate: 2026-01-01\n---\n{SECRET}\n"})
    write(site, {"blogq.yaml": CONFIG, "content/good.md": GOOD} | dict(files or {}))
    return site


def run(site: Path, *, keep_going: bool = False, output: Path | None = None, now: int = NOW, jobs: int = 1) -> Result:
    """Build `site`, within the time that any build here may take."""
    started = time.monotonic()
    result = build(Request(site, now, output=output, keep_going=keep_going, jobs=jobs))
    assert time.monotonic() - started < PATIENCE
    return result


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below `folder` by its path; of a symbolic link its target, of anything else nothing."""
    found: dict[str, bytes] = {}
    for place, folders, files in os.walk(folder):
        for name in [*files, *(each for each in folders if os.path.islink(os.path.join(place, each)))]:
            path = os.path.join(place, name)
            mode = os.lstat(path).st_mode
            key = os.path.relpath(path, folder)
            if stat.S_ISLNK(mode):
                found[key] = b"-> " + os.fsencode(os.readlink(path))
            else:
                found[key] = Path(path).read_bytes() if stat.S_ISREG(mode) else b""
    return found


def surroundings(site: Path) -> dict[str, bytes]:
    """Return every file around the site and in it, but for output and store."""
    return {
        path: data
        for path, data in tree(site.parent).items()
        if not path.startswith(f"{site.name}/_site/") and not path.startswith(f"{site.name}/.blogq/")
    }


def output(site: Path) -> dict[str, bytes]:
    """Return what was built."""
    return tree(site / "_site")


def text_of(site: Path) -> str:
    """Return all that was built as one text, but for pictures."""
    texts = (data for path, data in output(site).items() if not path.endswith((".png", ".ico")))
    return "\n".join(data.decode("utf-8", "replace") for data in texts)


def codes(result: Result, severity: str = "error") -> list[str]:
    """Return the codes of the findings of one severity."""
    return [finding.code for finding in result.findings if finding.severity == severity]


def attacked(
    tmp_path: Path, files: Mapping[str, str | bytes], code: str, path: str, line: int | None = None, word: str = ""
) -> Path:
    """Build a good site, then with the hostile `files` in it; return the site.

    The second build must refuse them with an error `code` at `path` (and `line`), leave the first build's output as
    it was, and touch nothing else; told to keep going it builds the rest, and touches nothing else either.
    """
    site = make_site(tmp_path)
    assert run(site).written
    before = output(site)
    write(site, files)
    around = surroundings(site)
    result = run(site)
    assert not result.written
    assert output(site) == before
    assert surroundings(site) == around
    found = [finding for finding in result.findings if finding.code == code and finding.span.path == path]
    assert found, result.findings
    assert line is None or line in [finding.span.line for finding in found], found
    assert word in " ".join(finding.message for finding in found), found
    kept = run(site, keep_going=True)
    assert kept.written and kept.errors
    assert surroundings(site) == around
    assert b"Words that stay." in output(site)["good/index.html"]
    return site
