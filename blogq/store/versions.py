"""Which code shapes the output: blogq itself, by content, and the libraries it renders with, by version.

Nothing is imported to find out: reading the metadata of packages costs more than a whole unchanged build may.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path

from blogq.store.digest import digest

LIBRARIES = (
    *("markdown_it_py", "jinja2", "markupsafe", "pygments", "pyyaml", "babel"),
    *("minify_html", "latex2mathml", "nh3", "resvg_py", "pagefind"),
)
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


@cache
def code_digest() -> bytes:
    """Return the digest of blogq's own modules and of the versions of Python and the libraries.

    It is taken once: the code that runs is the one that was there when the process began.
    """
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


@cache
def imaging_version() -> str:
    """Return what stands for the code that makes derivatives of images: our own, Pillow's, and its encoders'.

    Pillow isn't imported where its wheel brings the encoders, in files that have their versions in their names.
    """
    from importlib.util import find_spec

    package = Path(__file__).resolve().parent.parent
    parts = [digest((package / "images" / name).read_bytes()).hex() for name in ("encode.py",)]
    spec = find_spec("PIL")
    if spec is None or spec.origin is None:
        return digest("\n".join(parts).encode()).hex()
    pillow = Path(spec.origin).parent
    parts.append(digest((pillow / "_version.py").read_bytes()).hex())
    for bundled in (pillow.parent / "pillow.libs", pillow / ".dylibs"):
        if bundled.is_dir():
            parts += sorted(os.listdir(bundled))
            break
    else:
        if sys.platform != "win32":
            from PIL import features

            parts += [str(features.version(name)) for name in ("jpg", "zlib", "littlecms2", "webp", "avif")]
    return digest("\n".join(parts).encode()).hex()
