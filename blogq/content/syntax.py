"""The syntaxes of front matter: YAML, TOML, JSON and Pelican's header, each read into the nodes of yaml_document."""

from __future__ import annotations

import re
from datetime import date, time
from typing import TYPE_CHECKING, Any

from blogq.finding import Finding, Span
from blogq.pattern import Pattern
from blogq.yaml_document import NESTING, Codes, Mapping, Node, Scalar, Sequence, parse_yaml

if TYPE_CHECKING:
    from blogq.content.text import Parts

_CODES = Codes("FM102", "FM106")
_SIZE = 1 << 16
_TOML_TEXT = Pattern(r"""\"{3}(?:[^\\]|\\.)*?\"{3}|'{3}.*?'{3}|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|#[^\n]*""", re.DOTALL)
_TOML_BOMB = Pattern(r"(?<![\w-])(?:(?:[\w-]++[ \t]*+\.[ \t]*+){32}|[0-9_]{400}|0x[0-9A-Fa-f_]{400})")
_TOML_PLACE = Pattern(
    r"""^[ \t]*(?:(?P<key>[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*=[ \t]*(?P<value>[^\n]*)"""
    r"""|\[(?P<table>[^\[\]\n]+)\])""",
    re.MULTILINE,
)
_SURROGATE = Pattern(r"\\u[Dd][89A-Fa-f]")
_TOML_AT = Pattern(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)\Z")


def read_mapping(text: str, path: str, parts: Parts) -> tuple[Mapping | None, Parts, tuple[Finding, ...]]:
    """Return the keys and values of the front matter at `parts`, and `parts` with the body's place known.

    Keys and values are None where there are none or where a finding says why they can't be read.
    """
    block = text[parts.start : parts.end if parts.end >= 0 else parts.start + _SIZE + 1]
    node: Node | None
    if parts.style == "script":
        hint = "Write the values as YAML, between two lines of `---`."
        return None, parts, _refused(path, parts, "front matter in JavaScript is never run", hint)
    if len(block) > _SIZE and parts.style != "json":
        hint = "Is its closing line missing? Long texts belong into the body."
        return None, parts, _refused(path, parts, "front matter of more than 64 KiB", hint, _CODES.limit)
    if parts.style == "toml":
        node, findings = _toml(block, path, parts)
    elif parts.style == "json":
        node, parts, findings = _json(text, block, path, parts)
    elif parts.style == "pelican":
        node, findings = _pelican(block, parts.line), ()
    else:
        node, findings = parse_yaml(block, path, first_line=parts.line, codes=_CODES)
    if node is not None and not isinstance(node, Mapping):
        hint = "Write `title: …`."
        return None, parts, _refused(path, parts, "front matter must be lines of `key: value`", hint)
    return node, parts, findings


def _refused(
    path: str,
    parts: Parts,
    message: str,
    hint: str,
    code: str = "FM102",
    place: tuple[int, int] = (0, 0),
    row: str = "",
) -> tuple[Finding, ...]:
    """Return an error at `place` (line and column of the file), or where the front matter starts."""
    line, column = place if place[0] else (parts.line, 0)
    span = Span(path, line, column, line, column + 1 if column else 0)
    return (Finding(code, "error", span, message, hint, row[:200]),)


def _toml(block: str, path: str, parts: Parts) -> tuple[Node | None, tuple[Finding, ...]]:
    import tomllib

    # tomllib takes quadratic time and more for long dotted keys and long integers.
    if _TOML_BOMB.search(_TOML_TEXT.sub("x", block)):
        hint = "Shorten the key or the number."
        return None, _refused(path, parts, "a key of more than 32 parts or a number of 400 digits", hint, "FM106")
    try:
        values = tomllib.loads(block, parse_float=_Written)
        places = {}
        table, line, counted = "", parts.line, 0
        for match in _TOML_PLACE.finditer(block):
            line += block.count("\n", counted, match.end())
            counted = match.end()
            if match["table"]:
                table = match["table"].strip()
                places[("", table)] = (line, match.start("table") - match.start() + 1, line, 0)
            else:
                start = match.start("key") - match.start() + 1
                value = match.start("value") - match.start() + 1
                places.setdefault((table, match["key"].strip("\"'")), (line, start, line, value))
        return _placed(values, "", places, block, parts.line), ()
    except RecursionError:
        return None, _refused(path, parts, "values nested too deep", "Flatten them.", "FM106")
    except ValueError as error:
        return None, _toml_mistake(str(error), block, path, parts)


def _placed(
    values: dict[str, Any],
    table: str,
    places: dict[tuple[str, str], tuple[int, int, int, int]],
    block: str,
    line: int,
) -> Mapping:
    """Return `values` as nodes, with the places at which the keys of the top and of its tables were seen."""
    rows = block.split("\n")
    items: list[tuple[Scalar, Node]] = []
    for key, value in values.items():
        at, start, _, from_ = places.get((table, key), (line, 1, line, 1))
        end = max(from_, len(rows[at - line].rstrip())) + 1 if at - line < len(rows) else from_
        node: Node
        if isinstance(value, dict) and not table:
            node = _placed(value, key, places, block, line)._replace(line=at, column=start, end_line=at, end_column=end)
        else:
            node = _node(value, (at, from_, at, end))
        items.append((Scalar(key, False, at, start, at, start + len(key)), node))
    return Mapping(tuple(items), line, 1, line, 1)


def _node(value: object, place: tuple[int, int, int, int], depth: int = 0) -> Node:
    """Return the node that stands for a value which was not written in YAML, all of it at `place`.

    Raises RecursionError where it is nested deeper than `NESTING`.
    """
    if depth > NESTING:
        raise RecursionError
    if isinstance(value, str):
        return Scalar(value, isinstance(value, _Written), *place)
    if isinstance(value, dict):
        items = tuple((Scalar(str(k), False, *place), _node(v, place, depth + 1)) for k, v in value.items())
        return Mapping(items, *place)
    if isinstance(value, list | tuple):
        return Sequence(tuple(_node(item, place, depth + 1) for item in value), *place)
    if value is None or isinstance(value, bool):
        return Scalar({None: "null", True: "true", False: "false"}[value], True, *place)
    if isinstance(value, int) and value.bit_length() > 64:
        # str() of long integers takes quadratic time, and Python refuses it beyond 4300 digits.
        return Scalar(hex(value), False, *place)
    if isinstance(value, date | time):
        return Scalar(value.isoformat(), True, *place)
    return Scalar(str(value), True, *place)


class _Written(str):
    """A number or the like that keeps the letters it was written with."""

    __slots__ = ()


def _toml_mistake(said: str, block: str, path: str, parts: Parts) -> tuple[Finding, ...]:
    """Return in plain words what tomllib says of `block`."""
    match = _TOML_AT.match(said)
    problem = match[1] if match else said
    rows = block.split("\n")
    row = int(match[2]) if match and match[2] else len(rows)
    column = int(match[3]) if match and match[3] else 1
    evidence = rows[row - 1] if row <= len(rows) else ""
    hint = 'A text needs quotes, a list needs brackets: title = "…", tags = ["one", "two"].'
    if "Invalid value" in problem:
        problem = "this value is neither a text in quotes nor a number, date, list, true or false"
    elif "overwrite" in problem or "twice" in problem or "already" in problem:
        problem, hint = "a key or table stands twice", "Remove one of the two."
    elif "Invalid date" in problem:
        problem, hint = "no such date", "Write it as YYYY-MM-DD, with a month and day that exist."
    elif "after a key" in problem:
        problem, hint = (
            "a key and its value are joined by `=`",
            'Write title = "…"; `:` is for YAML, between `---`.',
        )
    elif "Unterminated" in problem or "Illegal character '\\n'" in problem:
        problem = "a quote is not closed"
    message = f"front matter is not TOML: {problem[:1].lower()}{problem[1:]}"
    return _refused(path, parts, message, hint, "FM102", (parts.line + row - 1, column), evidence)


def _json(text: str, block: str, path: str, parts: Parts) -> tuple[Node | None, Parts, tuple[Finding, ...]]:
    import json

    start = len(block) - len(block.lstrip())
    try:
        value, end = json.JSONDecoder(parse_int=_Written, parse_float=_Written).raw_decode(block, start)
    except RecursionError:
        return None, parts, _refused(path, parts, "values nested too deep", "Flatten them.", "FM106")
    except json.JSONDecodeError as error:
        if len(block) > _SIZE:
            message = "front matter of more than 64 KiB"
            return None, parts, _refused(path, parts, message, "Is its closing brace missing?", "FM106")
        hint = "Keys and texts need double quotes; between two entries, and only there, stands a comma."
        row = block.split("\n")[error.lineno - 1]
        place = (parts.line + error.lineno - 1, error.colno)
        message = f"front matter is not JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        return None, parts, _refused(path, parts, message, hint, "FM102", place, row)
    stop = len(block) if parts.end >= 0 else block.find("\n", end)
    if after := block[end : stop if stop >= 0 else len(block)].strip():
        line = parts.line + block.count("\n", 0, end)
        place = (line, end - block.rfind("\n", 0, end))
        message = f"front matter goes on after its closing brace: {after[:40]}"
        return None, parts, _refused(path, parts, message, "Start a new line there.", place=place)
    if parts.end < 0:
        body = len(text) if stop < 0 else parts.start + stop + 1
        below = parts.line + text.count("\n", parts.start, body)
        parts = parts._replace(end=parts.start + end, body=body, body_line=below)
    # Nearly all JSON is YAML too, which tells places; the rest is told at the line where it starts.
    node, findings = parse_yaml(block[:end], path, first_line=parts.line, codes=_CODES)
    if (findings and findings[0].code == _CODES.syntax) or _SURROGATE.search(block, 0, end):
        try:
            if re.search("[\ud800-\udfff]", json.dumps(value, ensure_ascii=False)):
                message = "front matter has half a character in it, such as \\ud83d without its other half"
                return None, parts, _refused(path, parts, message, "Write the character itself.")
            node, findings = _node(value, (parts.line, 1, parts.line, 1)), ()
        except RecursionError:
            return None, parts, _refused(path, parts, "values nested too deep", "Flatten them.", "FM106")
    return node, parts, findings


def _pelican(block: str, line: int) -> Mapping:
    """Return a header's lines; one that is indented goes on with the value above it."""
    items: list[tuple[Scalar, Node]] = []
    for number, row in enumerate(block.split("\n"), line):
        key, colon, value = row.partition(":")
        if row[:1] in (" ", "\t") and items:
            name, node = items.pop()
            joined = f"{node.text} {row.strip()}" if isinstance(node, Scalar) else row.strip()
            items.append((name, Scalar(joined, False, node.line, node.column, number, len(row) + 1)))
        elif colon:
            start = len(row) - len(value.lstrip()) + 1
            place = (number, start, number, len(row) + 1)
            items.append(
                (
                    Scalar(key.strip(), False, number, 1, number, len(key) + 1),
                    Scalar(value.strip(), False, *place),
                )
            )
    return Mapping(tuple(items), line, 1, line, 1)
