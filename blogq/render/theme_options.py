"""A theme's options: what it declares and inherits, and what a site chooses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from blogq.finding import Finding, Span
from blogq.pattern import Pattern
from blogq.render.theme_file import ThemeFile

TYPES = ("string", "boolean", "integer", "color", "choice")

_OTHER_NAMES = {
    **dict.fromkeys(("text", "str", "url", "path"), "string"),
    **dict.fromkeys(("bool", "toggle", "flag"), "boolean"),
    **dict.fromkeys(("int", "number"), "integer"),
    **dict.fromkeys(("select", "enum", "list"), "choice"),
}
_COLOR = Pattern(r"#(?:[0-9a-fA-F]{3,4}){1,2}|[a-zA-Z]{3,30}|(?:rgb|hsl|oklch|oklab|lab|lch)a?\([\d\s.,%/deg-]+\)")
_CONTROL = Pattern("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def merged_options(files: Iterable[ThemeFile]) -> tuple[dict[str, Mapping[str, Any]], list[Finding]]:
    """Return what a theme and its parents declare of each option, and what is wrong with that.

    `files` are theirs, the theme's first. What a theme doesn't say of an option its parent says: a theme that wants
    another default states the default alone.
    """
    declared: dict[str, Mapping[str, Any]] = {}
    findings: list[Finding] = []
    for file in reversed(list(files)):
        for name, option in file.options.items():
            inherited = declared.get(name, {})
            about = {**inherited, **option.says}
            place = option.places.get("type", option.places[""])
            kind = about.get("type")
            if kind is None:
                findings.append(file.wrong(place, f"option {name!r} says no type", f"types: {', '.join(TYPES)}"))
                continue
            if kind not in TYPES:
                findings.append(file.wrong(place, f"option {name!r} has the unknown type {kind!r}", _near(kind)))
                continue
            if inherited and kind != inherited["type"]:
                message = f"option {name!r} is of type {inherited['type']!r} in the parent theme"
                findings.append(file.wrong(place, message, "leave `type` out, or give the option another name"))
                continue
            if why := misfit(about, about.get("default")):
                place = option.places.get("default", option.places[""])
                said = f"the default of option {name!r} is not" if "default" in about else f"option {name!r} needs"
                findings.append(file.wrong(place, f"{said} {why}", "mend the default"))
                continue
            declared[name] = about
    return declared, findings


def _near(kind: object) -> str:
    from difflib import get_close_matches

    near = _OTHER_NAMES.get(str(kind).lower()) or next(iter(get_close_matches(str(kind), TYPES, 1)), "")
    return f"did you mean `{near}`?" if near else f"types: {', '.join(TYPES)}"


def chosen_options(
    declared: Mapping[str, Mapping[str, Any]], chosen: Mapping[str, Any], theme: str, origins: Mapping[str, str]
) -> tuple[dict[str, Any], list[Finding]]:
    """Return the options' values, and what is wrong with those that the config of a site has `chosen`."""
    options = {option: about.get("default") for option, about in declared.items()}
    findings: list[Finding] = []
    for option, given in chosen.items():
        about = declared.get(option)
        if about is None:
            from difflib import get_close_matches

            near = get_close_matches(option, declared, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"known options: {', '.join(declared) or 'none'}"
            message = f"theme_options: the theme {theme!r} has no option {option!r}"
            findings.append(Finding("CF102", "error", stated_at(origins, f"theme_options.{option}"), message, hint))
        elif why := misfit(about, given):
            message = f"theme_options.{option}: {given!r} is not {why}"
            span = stated_at(origins, f"theme_options.{option}")
            findings.append(Finding("CF103", "error", span, message, str(about.get("help", ""))))
        else:
            options[option] = given
    return options, findings


def stated_at(origins: Mapping[str, str], option: str) -> Span:
    """Return where `option` of the config is stated: a line of the file, or the command line's `--option`."""
    origin = origins.get(option) or origins.get(option.partition(".")[0], "default")
    path, _, line = origin.rpartition(":")
    if path and line.isdigit():
        return Span(path, int(line))
    return Span("blogq.yaml" if origin == "default" else origin)


def misfit(about: Mapping[str, Any], given: Any) -> str:
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
