"""Code from elsewhere that a site asks for: installed packages named under `plugins` in config, and nothing else.

A package offers its parts as entry points (packaging.python.org/specifications/entry-points):

- `blogq.filters`: functions that templates can use as filters, by the entry point's name;
- `blogq.blocks`: functions that draw fenced blocks of Markdown, by the word that opens the fence;
- `blogq.inlines`: an `Inline` each, which marks up a pattern in running text;
- `blogq.shortcodes`: packages with a folder `shortcodes/` of templates, which are looked up after all others.

Nothing is imported for sites that name no plugins. What a plugin returns must follow from its arguments alone, as with
everything that shapes a page; its files are part of all keys, so a changed plugin renders its sites anew.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from importlib.metadata import Distribution, EntryPoint, PackageNotFoundError
from typing import Any

from blogq.content.markdown.extensions import Block, Inline
from blogq.finding import Finding, Span
from blogq.store.digest import NONE, compose, digest

__all__ = ["GROUPS", "Inline", "blocks", "check_plugins", "filters", "inlines", "plugins_digest", "shortcode_folders"]

FILTERS = "blogq.filters"
BLOCKS = "blogq.blocks"
INLINES = "blogq.inlines"
SHORTCODES = "blogq.shortcodes"
GROUPS = (FILTERS, BLOCKS, INLINES, SHORTCODES)
"""Every kind of part that a package can offer."""


def plugins_digest(names: Sequence[str]) -> bytes:
    """Return the digest of the files of all plugins; the same for ever where there are none.

    Shortcodes are left out: as templates they count for the pages that use them, and for no others.
    """
    if not names:
        return NONE
    parts: list[str] = []
    for name in names:
        distribution = _installed(name)
        if distribution is None:
            continue
        parts += [name, distribution.version]
        for file in sorted(_modules(distribution)):
            with open(file, "rb") as opened:
                parts += [file, digest(opened.read()).hex()]
    return compose((), *parts)


def check_plugins(names: Sequence[str], origin: str) -> list[Finding]:
    """Return what is wrong with the plugins that config names; `origin` says where it does."""
    path, _, line = origin.rpartition(":")
    span = Span(path, int(line)) if path and line.isdigit() else Span("blogq.yaml")
    findings: list[Finding] = []

    def add(message: str, hint: str) -> None:
        findings.append(Finding("CF107", "error", span, f"`plugins`: {message}", hint))

    owners: dict[tuple[str, str], str] = {}
    for name in names:
        distribution = _installed(name)
        if distribution is None:
            near = _near(name)
            hint = f"Did you mean {near!r}?" if near else f"Install it with: pip install {name}"
            add(f"{name} isn't installed", hint)
            continue
        points = _points(distribution)
        if not points:
            add(f"{name} has nothing for blogq", f"A plugin offers entry points of the groups {', '.join(GROUPS)}.")
        for point in points:
            if point.group == SHORTCODES:
                if _shortcodes(point) is None:
                    message = f"{name} offers {point.name!r}, but {point.value} has no folder shortcodes/"
                    add(message, "Tell the plugin's author, or leave it out.")
                continue
            owner = owners.setdefault((point.group, point.name), name)
            if owner != name:
                add(f"{owner} and {name} both offer {point.name!r}", "Name only one of them.")
            try:
                found = point.load()
            except Exception as error:
                add(f"{name} can't be loaded: {error} ({type(error).__name__})", "Update it, or leave it out.")
                continue
            why = _unfit(point, found)
            if why:
                add(f"{name} offers {point.name!r}, which {why}", "Tell the plugin's author, or leave it out.")
    return findings


def filters(names: Sequence[str]) -> dict[str, Callable[..., Any]]:
    """Return the filters that the plugins `names` offer, by name; `check_plugins` has found them sound."""
    return {point.name: point.load() for point in _all(names, FILTERS)}


def blocks(names: Sequence[str]) -> dict[str, Block]:
    """Return the functions that draw fenced blocks, by the word that opens the fence."""
    return {point.name: point.load() for point in _all(names, BLOCKS)}


def inlines(names: Sequence[str]) -> list[Inline]:
    """Return what the plugins `names` mark up in running text."""
    return [point.load() for point in _all(names, INLINES)]


def shortcode_folders(names: Sequence[str]) -> list[tuple[str, str]]:
    """Return the folders of shortcodes that the plugins `names` offer, each with its plugin's name, in that order."""
    found = []
    for name in names:
        distribution = _installed(name)
        for point in sorted(_points(distribution), key=lambda each: each.name) if distribution else ():
            folder = _shortcodes(point) if point.group == SHORTCODES else None
            if folder is not None and (name, folder) not in found:
                found.append((name, folder))
    return found


def _shortcodes(point: EntryPoint) -> str | None:
    """Return the folder of shortcodes in the package that an entry point names, or None; imports nothing of it."""
    from importlib.util import find_spec

    top, *inner = point.module.split(".")
    try:
        spec = find_spec(top)
    except (ImportError, ValueError):
        return None
    for place in (spec.submodule_search_locations or ()) if spec else ():
        folder = os.path.join(place, *inner, "shortcodes")
        if os.path.isdir(folder):
            return folder
    return None


def _all(names: Sequence[str], group: str) -> list[EntryPoint]:
    found = []
    for name in names:
        distribution = _installed(name)
        if distribution is not None:
            found += [point for point in _points(distribution) if point.group == group]
    return found


def _points(distribution: Distribution) -> list[EntryPoint]:
    return [point for point in distribution.entry_points if point.group in GROUPS]


def _installed(name: str) -> Distribution | None:
    try:
        return Distribution.from_name(name)
    except (PackageNotFoundError, ValueError):
        return None


def _near(name: str) -> str:
    """Return the installed package whose name is closest to `name`, of those that have something for blogq."""
    from difflib import get_close_matches

    known = sorted({each.name for each in Distribution.discover() if each.name and _points(each)})
    return next(iter(get_close_matches(name, known, 1)), "")


def _unfit(point: EntryPoint, found: object) -> str:
    """Return why something can't be what its group says, as a clause; or an empty string."""
    from jinja2.filters import FILTERS as BUILT_IN

    if point.group == INLINES:
        return _unfit_pattern(found)
    if not callable(found):
        return "is no function"
    if point.group == BLOCKS:
        return ""
    if not re.fullmatch(r"[A-Za-z_]\w*", point.name):
        return "is no name that a template could use"
    if point.name in BUILT_IN:
        return "is the name of a filter that Jinja has itself"
    return ""


def _unfit_pattern(found: object) -> str:
    if not isinstance(found, Inline) or not callable(found.write):
        return "is no blogq.plugins.Inline"
    try:
        re.compile(found.pattern)
    except re.error as error:
        return f"has a pattern that can't be read: {error}"
    return ""


def _modules(distribution: Distribution) -> set[str]:
    """Return the files of the packages and modules that a distribution's entry points stand in."""
    from importlib.util import find_spec

    files: set[str] = set()
    shortcodes = {_shortcodes(point) for point in _points(distribution) if point.group == SHORTCODES}
    for point in _points(distribution):
        top = point.module.partition(".")[0]
        spec = find_spec(top)
        if spec is None:
            continue
        for folder in spec.submodule_search_locations or ():
            for root, folders, names in os.walk(folder):
                folders[:] = [
                    each for each in folders if each != "__pycache__" and os.path.join(root, each) not in shortcodes
                ]
                files.update(os.path.join(root, name) for name in names)
        if spec.origin and not spec.submodule_search_locations:
            files.add(spec.origin)
    return files
