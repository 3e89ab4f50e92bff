"""Front matter as text: written anew, or changed in what is there, in each of the four syntaxes.

Whatever a text is made of, it is read back as the same text.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from blogq.content.keys import fold, meanings
from blogq.content.syntax import read_mapping
from blogq.content.text import split
from blogq.content.values import TRUTHS
from blogq.pattern import Pattern

STYLES = ("yaml", "toml", "json", "pelican")

_UNWRITABLE = Pattern("[\0-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_PLAIN = Pattern(r"[^\W\d_](?:[\w ,.!?()/&’–—+'-]*[\w.!?)’])?")
_PLAIN_LABEL = Pattern(r"[^\W\d_](?:[\w .+-]*[\w+])?")
_WORDS = frozenset((*TRUTHS, "null", "nan", "inf"))


class Literal(NamedTuple):
    """A value that is written without quotes where the syntax has such values: a date."""

    text: str


Value = str | bool | Literal | Sequence[str]


def one_line(text: str) -> str:
    """Return `text` without what front matter can't hold: control characters, line ends, halves of characters."""
    return " ".join(_UNWRITABLE.sub(" ", text).split())


def yaml_text(text: str, plain: Any = _PLAIN) -> str:
    """Return `text` as YAML: as it is where nobody could take it for something else, in quotes otherwise."""
    if plain.fullmatch(text) and text.lower() not in _WORDS:
        return text
    return json.dumps(text, ensure_ascii=False)


def toml_text(text: str) -> str:
    """Return `text` as a TOML string."""
    return json.dumps(text, ensure_ascii=False)


def value_text(style: str, value: Value) -> str:
    """Return a value as `style` writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Literal):
        return json.dumps(value.text) if style == "json" else value.text
    if isinstance(value, str):
        return value if style == "pelican" else yaml_text(value) if style == "yaml" else toml_text(value)
    if style == "pelican":
        return ", ".join(value)
    quote = (lambda text: yaml_text(text, _PLAIN_LABEL)) if style == "yaml" else toml_text
    return f"[{', '.join(map(quote, value))}]"


def written(style: str, fields: Mapping[str, Value]) -> str:
    """Return `fields` as front matter in `style`, with its fences and a line feed at its end."""
    if style == "json":
        rows = [f"  {json.dumps(key)}: {value_text(style, value)}" for key, value in fields.items()]
        return "{\n" + ",\n".join(rows) + "\n}\n"
    lines = "".join(_line(style, key, value) for key, value in fields.items())
    fence = {"yaml": "---\n", "toml": "+++\n", "pelican": ""}[style]
    return f"{fence}{lines}{fence or chr(10)}"


def _line(style: str, key: str, value: Value) -> str:
    if style == "pelican":
        if key == "draft":
            return "Status: draft\n" if value else "Status: published\n"
        return f"{key[:1].upper()}{key[1:]}: {value_text(style, value)}\n"
    return f"{key}{' =' if style == 'toml' else ':'} {value_text(style, value)}\n"


def changed(text: str, key: str, value: Value, taxonomies: tuple[str, ...]) -> str:
    """Return the source `text` with `value` for the key that means `key`, in its place, or where a new one may stand.

    `text` has front matter that can be read; comments, order and all other keys stay as they are.
    """
    parts = split(text, "")
    mapping, parts, _ = read_mapping(text, "", parts)
    known = meanings(taxonomies)
    items = [] if mapping is None else [(name, node) for name, node in mapping.items]
    found = [(name, node) for name, node in items if known.get(fold(name.text), "").removeprefix("=") == key]
    style = parts.style if parts.style in STYLES else "yaml"
    if style == "json":
        values: dict[str, Any] = json.loads(text[parts.start : parts.end])
        spelled = found[-1][0].text if found else key
        values[spelled] = json.loads(value_text("json", value))
        return text[: parts.start] + json.dumps(values, indent=2, ensure_ascii=False) + text[parts.end :]
    lines = text.split("\n")
    if not found:
        # A new key stands first: further down it could fall into a table of TOML. Pelican's headers have no fence, and
        # are known by their first line.
        at = text.count("\n", 0, parts.end) + 1 if style == "pelican" else parts.line - 1
        lines.insert(at, _line(style, key, value).rstrip("\n"))
        return "\n".join(lines)
    name, node = found[-1]
    first = name.line - 1
    last = _end(lines, first) if style == "toml" else max(first, node.end_line - (node.end_column == 1))
    lines[first : max(last, first + 1)] = [_line(style, name.text, value).rstrip("\n")]
    return "\n".join(lines)


def _end(lines: list[str], first: int) -> int:
    """Return the line behind the TOML value that begins in the line `first`: it may be a list of many lines."""
    import tomllib

    for end in range(first + 1, len(lines) + 1):
        try:
            tomllib.loads("\n".join(lines[first:end]))
        except ValueError:
            continue
        return end
    return first + 1
