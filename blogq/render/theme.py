"""A theme: an ordered list of folders, site before theme before parent, and the options that they declare."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from os.path import isdir, isfile
from pathlib import Path
from typing import Any

from blogq.finding import Finding
from blogq.pattern import Pattern
from blogq.render.theme_file import FILE, ThemeFile, read_theme_file
from blogq.render.theme_options import chosen_options, merged_options, stated_at

DEEPEST = 8
"""Themes in a chain of parents."""

_NAME = Pattern(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class Layer:
    """One folder in which templates and static files are looked up."""

    name: str
    """`site`, or the theme's name."""
    folder: Path
    shown: str
    """Path as findings show it; empty for the site itself."""


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme with its parents."""

    layers: tuple[Layer, ...]
    """In order of precedence."""
    options: Mapping[str, Any]
    """The options' values, defaults filled in."""
    declared: Mapping[str, Mapping[str, Any]]
    """What it or its parents declare of each option: `type`, `default`, `help`, `choices`."""


def bundled_themes() -> Path:
    """Return the folder of the themes that come with blogq: in the wheel, or beside the package in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "themes"
    return inside if inside.is_dir() else package.parent / "themes"


def load_theme(
    site: Path, name: str, chosen: Mapping[str, Any], origins: Iterable[tuple[str, str]] = ()
) -> tuple[Theme, list[Finding]]:
    """Return the theme called `name` with the options `chosen` in config, and what is wrong with it.

    `origins` say where the config's options come from, as `Loaded.origins` does.
    """
    stated = dict(origins)
    findings: list[Finding] = []
    layers = [Layer("site", site, "")]
    files: list[ThemeFile] = []
    seen: list[str] = []
    whole = True
    while name:
        if name in seen or len(seen) == DEEPEST:
            chain = " → ".join([*seen, name])
            message, hint = f"themes inherit from one another in a circle: {chain}", "leave this `parent` out"
            if name not in seen:
                message, hint = f"too many parents: {chain}", f"a theme has at most {DEEPEST - 1} above it"
            findings.append(files[-1].wrong(files[-1].parent_at, message, hint))
            break
        layer = _find(site, name)
        if layer is None:
            findings.append(_missing(site, name, seen, files, stated))
            whole = False
            break
        layers.append(layer)
        file, noticed = read_theme_file(layer, seen)
        findings += noticed
        whole = whole and not any(finding.code == "TH101" for finding in noticed)
        files.append(file)
        seen.append(name)
        name = file.parent
    declared, noticed = merged_options(files)
    findings += noticed
    # Of a theme that isn't there, or can't be read, nobody knows the options.
    options, noticed = chosen_options(declared, chosen if whole else {}, seen[0] if seen else name, stated)
    return Theme(tuple(layers), options, declared), findings + noticed


def _missing(site: Path, name: str, seen: list[str], files: list[ThemeFile], stated: Mapping[str, str]) -> Finding:
    """Report a theme that isn't there."""
    from difflib import get_close_matches

    known = theme_names(site)
    near = get_close_matches(name, known, 1)
    hint = (f"did you mean {near[0]!r}? " if near else "") + f"themes that are there: {', '.join(known) or 'none'}"
    where = f"no folder themes/{name} in the site, and none that comes with blogq"
    if seen:
        message = f"the parent theme {name!r} of {seen[-1]!r} is not there: {where}"
        return files[-1].wrong(files[-1].parent_at, message, hint)
    return Finding("TH101", "error", stated_at(stated, "theme"), f"the theme {name!r} is not there: {where}", hint)


def _find(site: Path, name: str) -> Layer | None:
    if not _NAME.fullmatch(name):
        return None
    own = site / "themes" / name
    if isdir(own):
        return Layer(name, own, f"themes/{name}")
    ours = bundled_themes() / name
    return Layer(name, ours, f"<blogq>/themes/{name}") if ours.is_dir() else None


def theme_names(site: Path) -> list[str]:
    """Return the names of the themes that `site` can use: its own, and those that come with blogq."""
    names: set[str] = set()
    for folder in (site / "themes", bundled_themes()):
        with suppress(OSError):
            names |= {name for name in os.listdir(folder) if isfile(folder / name / FILE)}
    return sorted(names)
