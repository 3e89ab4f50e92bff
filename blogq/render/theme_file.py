"""Read theme.yaml: what a theme says of itself, and what is wrong with that."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from blogq import __version__
from blogq.collect import Unreadable, read_file
from blogq.finding import Finding, Severity, Span
from blogq.pattern import Pattern

if TYPE_CHECKING:
    from blogq.render.theme import Layer
    from blogq.yaml_document import Node

LARGEST = 1 << 18
"""Bytes of a theme.yaml."""
FILE = "theme.yaml"

_KEYS = ("name", "version", "blogq", "parent", "description", "license", "author", "homepage", "options")
_OPTION_KEYS = ("type", "default", "help", "choices")
_RANGE = Pattern(r"\s*(>=|<=|==|!=|>|<|)\s*v?(\d{1,9}(?:\.\d{1,9}){0,9})\s*")


class Option(NamedTuple):
    """An option as one theme.yaml declares it."""

    says: Mapping[str, Any]
    """`type`, `default`, `help` and `choices`, as far as they are said."""
    places: Mapping[str, Span]
    """Where each of them stands; the option itself under an empty name."""


class ThemeFile(NamedTuple):
    """What a theme.yaml says."""

    shown: str
    """Its path, as findings show it."""
    rows: tuple[str, ...] = ()
    """Its lines."""
    parent: str = ""
    """Name of the theme that it inherits from, or empty."""
    parent_at: Span = Span("")
    options: Mapping[str, Option] = {}

    def wrong(self, place: Span, message: str, hint: str, code: str = "TH101", severity: Severity = "error") -> Finding:
        """Return a finding about this file."""
        evidence = self.rows[place.line - 1][:200] if 0 < place.line <= len(self.rows) else ""
        return Finding(code, severity, place, message, hint, evidence)


def read_theme_file(layer: Layer, children: list[str]) -> tuple[ThemeFile, list[Finding]]:
    """Return what the theme.yaml of `layer` says, and what is wrong with it.

    `children` are the themes that inherit from this one, the site's own first; none when the site names it itself.
    """
    from blogq.yaml_document import Codes, Scalar, is_null, parse_yaml
    from blogq.yaml_document import Mapping as Table

    shown = f"{layer.shown}/{FILE}"
    root = str(layer.folder.resolve())
    try:
        text = read_file(root, FILE, shown, (root,), LARGEST).data.decode("utf-8-sig")
    except (Unreadable, UnicodeDecodeError) as error:
        why = error.finding.message if isinstance(error, Unreadable) else "it is not UTF-8 text"
        hint = "write one that says name and version: docs/themes.md"
        message = f"{FILE} is missing or can't be read: {why}"
        return ThemeFile(shown), [Finding("TH101", "error", Span(shown), message, hint)]
    text = text.replace("\r\n", "\n")
    file = ThemeFile(shown, tuple(text.split("\n")))
    node, noticed = parse_yaml(text, shown, codes=Codes("TH101", "TH101"))
    if node is None:
        return file, list(noticed)
    if not isinstance(node, Table):
        message = f"{FILE} is not a list of keys and values"
        return file, [file.wrong(Span(shown, 1, 1), message, f"begin with `name: {layer.name}`")]
    findings: list[Finding] = []
    found: dict[str, tuple[str, Span]] = {}
    for key, value in _entries(file, node, "", _KEYS, findings):
        if key == "options":
            file = file._replace(options=_options(file, value, findings))
        elif isinstance(value, Scalar):
            found[key] = ("" if is_null(value) else value.text, _place(file, value))
        else:
            findings.append(file.wrong(_place(file, value), f"`{key}` is not a text", f"write `{key}: …`"))
    wanted, place = found.get("blogq", ("", Span(shown)))
    if wanted:
        findings += _unfit(file, place, layer.name, children, wanted)
    parent, place = found.get("parent", ("", Span(shown)))
    return file._replace(parent=parent, parent_at=place), findings


def _place(file: ThemeFile, node: Node) -> Span:
    return Span(file.shown, node.line, node.column, node.end_line, node.end_column)


def _entries(
    file: ThemeFile, node: Any, above: str, known: tuple[str, ...], findings: list[Finding]
) -> list[tuple[str, Node]]:
    """Return the entries of a mapping whose keys are `known`; report the others, and keys that stand twice."""
    found: dict[str, Node] = {}
    for key, value in node.items:
        named = f"{above}{key.text}"
        if key.text in found:
            message = f"`{named}` stands twice; the last one counts"
            findings.append(file.wrong(_place(file, key), message, "remove one of the two", "TH105", "warning"))
        if known and key.text not in known:
            from difflib import get_close_matches

            near = get_close_matches(key.text, known, 1)
            hint = f"did you mean `{near[0]}`?" if near else f"known keys: {', '.join(known)}"
            findings.append(file.wrong(_place(file, key), f"unknown key `{named}`", hint, "TH105", "warning"))
            continue
        found[key.text] = value
    return list(found.items())


def _options(file: ThemeFile, node: Node, findings: list[Finding]) -> dict[str, Option]:
    """Return the options that a theme.yaml declares."""
    from blogq.yaml_document import Mapping as Table
    from blogq.yaml_document import is_null, plain_value

    if is_null(node):
        return {}
    hint = "write each as `name: {type: string, default: …, help: …}`"
    if not isinstance(node, Table):
        findings.append(file.wrong(_place(file, node), "`options` is not a mapping of options", hint))
        return {}
    options = {}
    for name, value in _entries(file, node, "options.", (), findings):
        if not isinstance(value, Table):
            findings.append(file.wrong(_place(file, value), f"option {name!r} is not a mapping", hint))
            continue
        entries = _entries(file, value, f"options.{name}.", _OPTION_KEYS, findings)
        places = {key: _place(file, each) for key, each in entries} | {"": _place(file, value)}
        options[name] = Option({key: plain_value(each) for key, each in entries}, places)
    return options


def _unfit(file: ThemeFile, place: Span, name: str, children: list[str], wanted: str) -> list[Finding]:
    """Report a theme that is made for another blogq than this one."""
    parts = [_RANGE.fullmatch(part) for part in wanted.split(",")]
    if not all(parts):
        message = f"`blogq`: {wanted[:40]!r} is not a range of versions"
        return [file.wrong(place, message, 'write one such as ">=0.1,<2", in quotes')]
    failed = [part[1] for part in parts if part and not _fits(_numbers(__version__), part)]
    if not failed:
        return []
    who = f"the theme {name!r}"
    if children:
        who += f", from which {' → '.join(map(repr, reversed(children)))} inherits,"
    message = f"{who} needs blogq {wanted}, and this is blogq {__version__}"
    install = "pip install 'blogq{}'".format(",".join((part[1] or ">=") + part[2] for part in parts if part))
    if set(failed) <= {">", ">=", ""}:
        hint = f"update blogq: {install}; or take an older version of {name!r}"
    else:
        hint = f"take a newer version of {name!r}, or the blogq that it was made for: {install}"
    return [file.wrong(place, message, hint, "TH106")]


def _fits(mine: tuple[int, ...], part: re.Match[str]) -> bool:
    theirs = _numbers(part[2])
    size = max(len(mine), len(theirs))
    a, b = mine + (0,) * (size - len(mine)), theirs + (0,) * (size - len(theirs))
    return {">=": a >= b, "<=": a <= b, ">": a > b, "<": a < b, "!=": a != b, "==": a == b, "": a >= b}[part[1]]


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version.partition("+")[0])[:3])
