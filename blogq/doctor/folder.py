"""Whether this is the folder of a site, or one above or below it is."""

from __future__ import annotations

import os
from pathlib import Path

from blogq.config.load import NAMES
from blogq.finding import Finding, Span

DEPTH = 3
"""How many folders up and down a config is looked for."""
_PASSED_OVER = frozenset(("node_modules", "_site", "__pycache__", "venv", "site-packages"))
_MOST = 5_000
"""Folders that are looked into at most."""
OTHERS = {
    "_config.yml": "jekyll",
    "hugo.toml": "hugo",
    "hugo.yaml": "hugo",
    "pelicanconf.py": "pelican",
}
"""Files by which a site of another generator is known, and its name."""
MISSPELT = ("blogq.yaml.txt", "blogq.yml.txt", "_blogq.yaml", ".blogq.yaml", "blogq.toml", "blogq.json")


def folder_findings(site: Path) -> list[Finding]:
    """Return what speaks against `site` being the folder of a site."""
    there = {each.name for each in site.iterdir()} if site.is_dir() else set()
    if there & set(NAMES):
        return []
    near = next((name for name in sorted(there) if name in MISSPELT or name.lower() in NAMES), "")
    if near:
        message = f"{near} isn't read: the config's name is blogq.yaml, in small letters"
        return [Finding("DR101", "error", Span(near), message, f"rename it: mv {near} blogq.yaml")]
    found = [*_above(site), *_below(site)]
    if found:
        shown = os.path.relpath(found[0], site)
        others = f" (and {len(found) - 1} more below)" if len(found) > 1 else ""
        message = f"there is no blogq.yaml here; there is one in {shown}{others}, so this is not the site's folder"
        return [Finding("DR101", "error", Span("."), message, f"go there, or say --site {shown}")]
    other = next((OTHERS[name] for name in sorted(there) if name in OTHERS), "")
    if other:
        message = f"this looks like a site of {other}'s, and there is no blogq.yaml"
        hint = f"`blogq import {other} . --into ../NEW` writes a site of it in another folder"
        return [Finding("DR101", "warning", Span("."), message, hint)]
    if not _has_sources(site):
        message = "there is neither a blogq.yaml here nor a Markdown file, in this folder or below it"
        return [Finding("DR101", "error", Span("."), message, "`blogq init` begins a site; or go to the one you have")]
    message = "there is no blogq.yaml: title, address and time zone are guessed"
    return [Finding("DR101", "note", Span("."), message, "`blogq init` writes one")]


def _above(site: Path) -> list[Path]:
    return [each for each in list(site.parents)[:DEPTH] if any((each / name).is_file() for name in NAMES)][:1]


def _below(site: Path) -> list[Path]:
    found: list[Path] = []
    level = [site]
    looked = 0
    for _ in range(DEPTH):
        following: list[Path] = []
        for folder in level:
            try:
                inside = sorted(each for each in folder.iterdir() if each.is_dir() and not each.is_symlink())
            except OSError:
                continue
            for each in inside:
                looked += 1
                if each.name.startswith(".") or each.name in _PASSED_OVER or looked > _MOST:
                    continue
                if any((each / name).is_file() for name in NAMES):
                    found.append(each)
                else:
                    following.append(each)
        level = following
    return found


def _has_sources(site: Path) -> bool:
    for looked, (_, folders, files) in enumerate(os.walk(site)):
        folders[:] = [name for name in folders if not name.startswith(".") and name not in _PASSED_OVER]
        if any(name.endswith((".md", ".markdown")) for name in files):
            return True
        if looked > _MOST:
            break
    return False
