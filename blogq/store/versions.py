"""Which code shapes the output: blogq itself, by content, and the libraries it renders with, by version.

Nothing is imported to find out: reading the metadata of packages costs more than a whole unchanged build may.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from blogq.store.digest import digest

LIBRARIES = ("markdown_it_py", "jinja2", "markupsafe", "pygments", "pyyaml", "babel")
"""Distributions whose version is part of every key, by their normalised names."""


def _versions() -> list[str]:
    found: dict[str, str] = {}
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue
        for name in names:
            if name.endswith((".dist-info", ".egg-info")):
                package, _, version = name.rpartition(".")[0].partition("-")
                package = package.lower().replace("-", "_").replace(".", "_")
                if package in LIBRARIES:
                    found.setdefault(package, version)
    return [f"{name} {found.get(name, '?')}" for name in LIBRARIES]


def code_digest() -> bytes:
    """Return the digest of blogq's own modules and of the versions of Python and the libraries."""
    package = Path(__file__).resolve().parent.parent
    parts = [".".join(map(str, sys.version_info[:2])), *_versions()]
    stack = [str(package)]
    modules: list[str] = []
    while stack:
        with os.scandir(stack.pop()) as entries:
            for entry in entries:
                if entry.name.endswith(".py"):
                    modules.append(entry.path)
                elif entry.name not in ("__pycache__", "themes") and entry.is_dir():
                    stack.append(entry.path)
    for path in sorted(modules):
        with open(path, "rb") as file:
            parts.append(digest(file.read()).hex())
    return digest("\n".join(parts).encode())
