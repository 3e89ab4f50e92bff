"""A theme: an ordered list of folders, site before theme before parent, and the options that theme.yaml declares."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from os.path import isdir, isfile
from pathlib import Path
from typing import Any

from blogq import __version__
from blogq.collect import Unreadable, read_file, real
from blogq.finding import Finding, Span
from blogq.pattern import Pattern

LARGEST = 1 << 18
"""Bytes of a theme.yaml."""
DEEPEST = 8
"""Parents of parents."""

_COLOR = Pattern(r"#(?:[0-9a-fA-F]{3,4}){1,2}|[a-zA-Z]{3,30}|(?:rgb|hsl|oklch|oklab|lab|lch)a?\([\d\s.,%/deg-]+\)")
_CONTROL = Pattern("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
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
    declared: dict[str, Mapping[str, Any]] = {}
    seen: list[str] = []
    while name and len(seen) < DEEPEST:
        if name in seen:
            chain = " → ".join([*seen, name])
            findings.append(_wrong(layers[-1], f"themes are each other's parents: {chain}", "leave one `parent` out"))
            break
        seen.append(name)
        layer = _find(site, name)
        if layer is None:
            known = ", ".join(sorted(_known(site))) or "none"
            who = f"the parent theme {name!r} of {seen[-2]!r}" if len(seen) > 1 else f"the theme {name!r}"
            span = _place(stated, "theme") if len(seen) == 1 else Span(f"{layers[-1].shown}/theme.yaml")
            message = f"{who} is not there: no folder themes/{name} in the site, and none that comes with blogq"
            findings.append(Finding("TH101", "error", span, message, f"themes that are there: {known}"))
            chosen = {}
            break
        layers.append(layer)
        described, noticed = _describe(layer)
        findings += noticed
        for option, about in described["options"].items():
            declared.setdefault(option, about)
        name = described["parent"]
    options = {option: about.get("default") for option, about in declared.items()}
    for option, given in chosen.items():
        about = declared.get(option)
        if about is None:
            from difflib import get_close_matches

            near = get_close_matches(option, declared, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"known options: {', '.join(declared) or 'none'}"
            message = f"theme_options: the theme {seen[0]!r} has no option {option!r}"
            findings.append(Finding("CF102", "error", _place(stated, f"theme_options.{option}"), message, hint))
        elif why := _misfit(about, given):
            message = f"theme_options.{option}: {given!r} is not {why}"
            span = _place(stated, f"theme_options.{option}")
            findings.append(Finding("CF103", "error", span, message, str(about.get("help", ""))))
        else:
            options[option] = given
    return Theme(tuple(layers), options), findings


def _place(origins: Mapping[str, str], option: str) -> Span:
    """Return where `option` of the config is stated: a line of the file, or the command line's `--option`."""
    origin = origins.get(option) or origins.get(option.partition(".")[0], "default")
    path, _, line = origin.rpartition(":")
    if path and line.isdigit():
        return Span(path, int(line))
    return Span("blogq.yaml" if origin == "default" else origin)


def _find(site: Path, name: str) -> Layer | None:
    if not _NAME.fullmatch(name):
        return None
    own = site / "themes" / name
    if isdir(own):
        return Layer(name, own, f"themes/{name}")
    ours = bundled_themes() / name
    return Layer(name, ours, f"<blogq>/themes/{name}") if ours.is_dir() else None


def _known(site: Path) -> set[str]:
    names: set[str] = set()
    for folder in (site / "themes", bundled_themes()):
        with suppress(OSError):
            names |= {name for name in os.listdir(folder) if isfile(folder / name / "theme.yaml")}
    return names


def _wrong(layer: Layer, message: str, hint: str, line: int = 0, column: int = 0) -> Finding:
    return Finding("TH101", "error", Span(f"{layer.shown}/theme.yaml", line, column), message, hint)


def _describe(layer: Layer) -> tuple[dict[str, Any], list[Finding]]:
    """Return parent and options as theme.yaml declares them, and what is wrong with it."""
    from blogq.yaml_document import Codes, parse_yaml, plain_value

    nothing: dict[str, Any] = {"parent": "", "options": {}}
    shown = f"{layer.shown}/theme.yaml"
    root = str(real(layer.folder))
    try:
        text = read_file(root, "theme.yaml", shown, (root,), LARGEST).data.decode("utf-8-sig")
    except (Unreadable, UnicodeDecodeError) as error:
        why = error.finding.message if isinstance(error, Unreadable) else "it is not UTF-8 text"
        hint = "a theme says its name and version there"
        return nothing, [Finding("TH101", "error", Span(shown), f"theme.yaml is missing or can't be read: {why}", hint)]
    node, noticed = parse_yaml(text.replace("\r\n", "\n"), shown, codes=Codes("TH101", "TH101"))
    if node is None or noticed:
        return nothing, list(noticed)
    about = plain_value(node)
    if not isinstance(about, dict):
        return nothing, [_wrong(layer, "theme.yaml is not a list of keys and values", "begin with `name:`", 1, 1)]
    findings: list[Finding] = []
    wanted = str(about.get("blogq") or "")
    if wanted and not in_range(__version__, wanted):
        message = f"this theme is for blogq {wanted[:40]}, and this is blogq {__version__}"
        findings.append(_wrong(layer, message, "take another version of the theme, or of blogq"))
    options = about.get("options") or {}
    if not isinstance(options, dict) or not all(isinstance(option, dict) for option in options.values()):
        findings.append(_wrong(layer, "`options` is not a mapping of mappings", "name: {type: string, default: …}"))
        options = {}
    for option, declared in options.items():
        if declared.get("type") not in ("string", "boolean", "integer", "color", "choice"):
            message = f"option {option!r} has the unknown type {declared.get('type')!r}"
            findings.append(_wrong(layer, message, "types: string, boolean, integer, color, choice"))
        elif why := _misfit(declared, declared.get("default")):
            findings.append(_wrong(layer, f"the default of option {option!r} is not {why}", "mend the default"))
    return {"parent": str(about.get("parent") or ""), "options": options}, findings


def _misfit(about: Mapping[str, Any], given: Any) -> str:
    """Return what `given` should have been, or an empty string when it fits."""
    kind = about.get("type")
    if kind == "boolean":
        return "" if isinstance(given, bool) else "true or false"
    if kind == "integer":
        return "" if isinstance(given, int) and not isinstance(given, bool) else "a whole number"
    if kind == "choice":
        choices = about.get("choices")
        if not isinstance(choices, list) or not choices:
            return "one of its `choices`, which must be a list"
        return "" if given in choices else f"one of {', '.join(map(str, choices))}"
    if kind == "color":
        return "" if isinstance(given, str) and (not given or _COLOR.fullmatch(given)) else "a CSS colour"
    if isinstance(given, str) and _CONTROL.search(given):
        return "a text, for it has a control character in it"
    return "" if isinstance(given, str) else "a text"


def in_range(version: str, wanted: str) -> bool:
    """Return whether `version` fits a range such as `>=0.1,<2`. An unreadable range fits nothing."""
    mine = _numbers(version)
    for part in wanted.split(","):
        match = re.fullmatch(r"\s*(>=|<=|==|!=|>|<|)\s*v?(\d{1,9}(?:\.\d{1,9}){0,9})\s*", part)
        if not match:
            return False
        theirs = _numbers(match[2])
        size = max(len(mine), len(theirs))
        a, b = mine + (0,) * (size - len(mine)), theirs + (0,) * (size - len(theirs))
        fits = {">=": a >= b, "<=": a <= b, ">": a > b, "<": a < b, "!=": a != b, "==": a == b, "": a >= b}[match[1]]
        if not fits:
            return False
    return True


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version.partition("+")[0])[:3])


def declared_options(theme: Theme) -> dict[str, Mapping[str, Any]]:
    """Return the options of a theme as it and its parents declare them: type, default, help."""
    declared: dict[str, Mapping[str, Any]] = {}
    for layer in theme.layers[1:]:
        for option, about in _describe(layer)[0]["options"].items():
            declared.setdefault(option, about)
    return declared


def theme_names(site: Path) -> list[str]:
    """Return the names of the themes that `site` can use: its own, and those that come with blogq."""
    return sorted(_known(site))
