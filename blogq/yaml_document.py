"""A YAML document as nodes that know their places, for the config and for front matter.

Built from the parser's events and never from a loader: no tag constructs anything, scalars keep the letters
they were written with (`3.10`, `012`, `yes`), and every limit is checked while events come in, so that no
input makes the parser recurse, expand aliases without end or take long.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from blogq.finding import Finding, Span
from blogq.pattern import Pattern

if TYPE_CHECKING:
    from collections.abc import Callable

NESTING = 32
"""How deep lists and mappings may stand in one another."""
NODES = 20_000
"""How many values a document may have, aliases counted with all that they stand for."""

_EVIDENCE = 200
_NOT_YAML = Pattern("[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_CORE_TAGS = frozenset(
    ("!", *(f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "map", "seq")))
)
_INTEGER = Pattern(r"[-+]?(?:0|[1-9][0-9]{0,17})\Z")
_FLOAT = Pattern(r"[-+]?(?:(?:0|[1-9][0-9]{0,17})?\.[0-9]{1,40}|(?:0|[1-9][0-9]{0,17})\.?)(?:[eE][-+]?[0-9]{1,3})?\Z")
_CONSTANTS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


class Scalar(NamedTuple):
    """A single value, as its letters. Lines and columns count from 1; the end is exclusive."""

    text: str
    plain: bool
    """Whether it stands without quotes, so that `null`, `true` and `3` mean what they say."""
    line: int
    column: int
    end_line: int
    end_column: int


class Mapping(NamedTuple):
    """Keys and values in the order in which they were written; a key may stand twice."""

    items: tuple[tuple[Scalar, Node], ...]
    line: int
    column: int
    end_line: int
    end_column: int


class Sequence(NamedTuple):
    """A list."""

    items: tuple[Node, ...]
    line: int
    column: int
    end_line: int
    end_column: int


Node: TypeAlias = Scalar | Mapping | Sequence


class Codes(NamedTuple):
    """Under which codes findings about a document are reported."""

    syntax: str
    limit: str


def span(path: str, node: Node) -> Span:
    """Return the place of `node`, which stands in the file at `path`."""
    return Span(path, node.line, node.column, node.end_line, node.end_column)


def node_of(value: object) -> Node:
    """Return the node of a value that stands in no file."""
    if isinstance(value, list | tuple):
        return Sequence(tuple(map(node_of, value)), 0, 0, 0, 0)
    if isinstance(value, dict):
        return Mapping(tuple((Scalar(str(k), False, 0, 0, 0, 0), node_of(v)) for k, v in value.items()), 0, 0, 0, 0)
    return Scalar("" if value is None else str(value), not isinstance(value, str), 0, 0, 0, 0)


def is_null(node: Node) -> bool:
    """Return whether `node` says that there is no value: nothing, `~` or `null`, without quotes."""
    return type(node) is Scalar and node.plain and _CONSTANTS.get(node.text, False) is None


def plain_value(node: Node) -> Any:
    """Return `node` as text, number, bool, None, list or dict, such as JSON can hold.

    Only what stands without quotes is more than text, by the core schema of YAML 1.2.2 (§10.3) without
    octal and hexadecimal: `yes`, `012`, `+0900`, `12:30:45`, dates, integers beyond 18 digits and numbers
    that JSON can't hold stay text. Of keys that stand twice the last wins.
    """
    if type(node) is Scalar:
        return _typed(node.text) if node.plain else node.text
    if type(node) is Sequence:
        return [plain_value(item) for item in node.items]
    assert type(node) is Mapping
    return {key.text: plain_value(value) for key, value in node.items}


def _typed(text: str) -> str | int | float | bool | None:
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if text[0] in "-+.0123456789":
        if _INTEGER.match(text):
            return int(text)
        if _FLOAT.match(text) and abs(number := float(text)) < float("inf"):
            return number
    return text


@cache
def _parser() -> Callable[[str], Any]:
    """Return the parser that libyaml gives, or where PyYAML was built without it the slow one."""
    import yaml

    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Mistake(Exception):
    """What is wrong with a document, and where (line and column from 0); never leaves this module."""

    def __init__(self, line: int, column: int, message: str, hint: str, end: int = 0, *, limit: bool = False) -> None:
        super().__init__(message)
        self.line, self.column, self.end = line, column, max(end, column + 1)
        self.message, self.hint, self.limit = message, hint, limit


def parse_yaml(
    text: str, path: str, *, first_line: int = 1, size: int = 1 << 16, values: int = NODES, codes: Codes
) -> tuple[Node | None, tuple[Finding, ...]]:
    """Return the document in `text`, or None where there is nothing in it or a finding says why not.

    `path` and `first_line` tell where `text` stands, for findings; `size` is how many characters it may have, and
    `values` how many values.
    """
    from yaml import YAMLError

    try:
        if len(text) > size:
            hint = "Move long texts into the body or into a data file."
            raise _Mistake(0, 0, f"more than {size >> 10} KiB of YAML", hint, limit=True)
        # libyaml refuses control characters and breaks lines at U+2028, which would shift all places below.
        source = text
        restore: dict[int, str] = {}
        if _NOT_YAML.search(text):
            free = (chr(code) for code in range(0x100000, 0x10FFFE) if chr(code) not in text)
            restore = {ord(next(free)): found for found in sorted(set(_NOT_YAML.findall(text)))}
            source = text.translate({ord(found): chr(code) for code, found in restore.items()})
        try:
            return _read(source, first_line, restore, values), ()
        except YAMLError as error:
            raise _explain(error, source.split("\n")) from None
    except _Mistake as wrong:
        rows = text.split("\n", wrong.line + 1)
        evidence = rows[wrong.line][:_EVIDENCE].rstrip() if wrong.line < len(rows) else ""
        line = wrong.line + first_line
        place = Span(path, line, wrong.column + 1, line, wrong.end + 1)
        code = codes.limit if wrong.limit else codes.syntax
        return None, (Finding(code, "error", place, wrong.message, wrong.hint, evidence),)


def _read(source: str, first_line: int, restore: dict[int, str], most: int) -> Node | None:
    """Return the nodes of `source`, `most` at most, in whose values `restore` tells what stands for what."""
    from yaml.events import (
        AliasEvent,
        DocumentStartEvent,
        MappingEndEvent,
        MappingStartEvent,
        ScalarEvent,
        SequenceEndEvent,
        SequenceStartEvent,
        StreamEndEvent,
    )

    root: Node | None = None
    open_nodes: list[tuple[list[Any], Any, int]] = []
    anchors: dict[str, tuple[Node, int]] = {}
    documents = count = 0
    next_event = _parser()(source).get_event
    while (kind := type(event := next_event())) is not StreamEndEvent:
        node: Node
        if kind is ScalarEvent:
            start, end, value = event.start_mark, event.end_mark, event.value
            node = Scalar(
                value.translate(restore) if restore else value,
                not event.style,
                start.line + first_line,
                start.column + 1,
                end.line + first_line,
                end.column + 1,
            )
            count += 1
            if event.tag is not None:
                _check_tag(event)
                node = node._replace(plain=node.plain and not event.tag.endswith(":str"))
            if event.anchor is not None:
                anchors[event.anchor] = (node, 1)
        elif kind is SequenceStartEvent or kind is MappingStartEvent:
            if event.tag is not None:
                _check_tag(event)
            if len(open_nodes) == NESTING:
                message = f"lists and mappings nested deeper than {NESTING} levels"
                raise _Mistake(*_start(event), message, "Flatten them.", limit=True)
            count += 1
            open_nodes.append(([], event, count))
            continue
        elif kind is SequenceEndEvent or kind is MappingEndEvent:
            items, opening, before = open_nodes.pop()
            start, end = opening.start_mark, event.end_mark
            place = (start.line + first_line, start.column + 1, end.line + first_line, end.column + 1)
            if kind is SequenceEndEvent:
                node = Sequence(tuple(items), *place)
            else:
                for key in items[::2]:
                    if type(key) is not Scalar:
                        hint = "Write `key: value`; a text with brackets or braces needs quotes."
                        message = "a key must be a word, not a list or a mapping"
                        raise _Mistake(key.line - first_line, key.column - 1, message, hint)
                node = Mapping(_merged(tuple(zip(items[::2], items[1::2], strict=True))), *place)
            if opening.anchor is not None:
                anchors[opening.anchor] = (node, count - before + 1)
        elif kind is AliasEvent:
            if event.anchor not in anchors:
                hint = f'If it is meant as text, put the value in quotes: "*{event.anchor} …".'
                message = f"`*{event.anchor}` refers to `&{event.anchor}`, which is nowhere above"
                raise _Mistake(*_start(event), message, hint)
            node, weight = anchors[event.anchor]
            count += weight
        elif kind is DocumentStartEvent:
            documents += 1
            if documents > 1:
                hint = "Remove the line `---`, or what stands above it."
                raise _Mistake(*_start(event), "a second YAML document starts here", hint)
            continue
        else:
            continue
        if count > most:
            hint = "Aliases (`*name`) count with all that they repeat."
            raise _Mistake(*_start(event), f"more than {most} values", hint, limit=True)
        if open_nodes:
            open_nodes[-1][0].append(node)
        else:
            root = node
    return root


def _start(event: Any) -> tuple[int, int]:
    return event.start_mark.line, event.start_mark.column


def _check_tag(event: Any) -> None:
    if event.tag not in _CORE_TAGS:
        shown = event.tag.replace("tag:yaml.org,2002:", "!!")[:80]
        hint = "Remove it; if the `!` is meant as text, put the value in quotes."
        raise _Mistake(*_start(event), f"the tag `{shown}` is not understood", hint)


def _merged(pairs: tuple[tuple[Scalar, Node], ...]) -> tuple[tuple[Scalar, Node], ...]:
    """Return `pairs` with what a merge key (`<<: *other`) brings in, below what stands there itself."""
    if not any(key.text == "<<" and key.plain for key, _ in pairs):
        return pairs
    own = [pair for pair in pairs if not (pair[0].text == "<<" and pair[0].plain)]
    seen = {key.text for key, _ in own}
    for key, value in pairs:
        if key.text == "<<" and key.plain:
            for source in value.items if type(value) is Sequence else (value,):
                for pair in source.items if type(source) is Mapping else ():
                    if pair[0].text not in seen:
                        seen.add(pair[0].text)
                        own.append(pair)
    return tuple(own)


_COLON = Pattern(r"[ \t]*(?:- +)?(?P<key>[^\s:#\"'][^:#]*):[ \t]+(?P<value>.*\S)")


def _explain(error: Any, rows: list[str]) -> _Mistake:
    """Return in plain words what the YAML parser says in `error`."""
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return _Mistake(0, 0, "this is not text that YAML can hold", "Remove unusual characters.")
    problem, context = str(error.problem or ""), str(error.context or "")
    opened = error.context_mark or mark
    # The end of the document may be told as a line below the last.
    rows = [*rows, *[""] * (max(mark.line, opened.line) + 1 - len(rows))]
    line, column, row = mark.line, mark.column, rows[mark.line]
    here, opened_row = row[column : column + 1], rows[opened.line]
    if "mapping values are not allowed" in problem:
        return _stray_colon(rows, line, column)
    if "quoted scalar" in context and "escape" in problem:
        hint = "Use single quotes, in which a backslash is only a backslash, or write it twice."
        return _Mistake(line, column, "a backslash in double quotes starts an escape, and this is none", hint)
    if "quoted scalar" in context:
        hint = f"Put the missing quote at the value's end: {opened_row[opened.column :][:40]}…"
        return _Mistake(opened.line, opened.column, "the quote that opens here is never closed", hint)
    if "\t" in here or "tab character" in problem:
        return _Mistake(line, column, "a tab stands where the line is indented", "Indent with spaces.")
    if "cannot start any token" in problem:
        hint = f'Put the value in quotes: "{row[column:].strip()[:40]}".'
        return _Mistake(line, column, f"a value can't start with `{here}`", hint, len(row.rstrip()) - 1)
    if "while parsing a flow" in context:
        bracket = opened_row[opened.column : opened.column + 1]
        closing = {"[": "]", "{": "}"}.get(bracket)
        if not closing:
            hint = "Write [one, two], or quote the value."
            return _Mistake(line, column, "a bracket above is not closed, or nothing stands after a comma", hint)
        message = f"the `{bracket}` that opens here lacks its `{closing}`, or a comma between two values"
        hint = f"Write {bracket}one, two{closing}, or quote the value."
        return _Mistake(opened.line, opened.column, message, hint)
    if any(word in context for word in ("alias", "anchor", "tag")):
        sign = opened_row[opened.column : opened.column + 1]
        hint = f'Put the value in quotes: "{opened_row[opened.column :].strip()[:40]}".'
        message = f"a value that starts with `{sign}` needs quotes"
        return _Mistake(opened.line, opened.column, message, hint, column)
    if "block scalar" in context:
        hint = "Nothing but a comment may follow `|` or `>` on its line; a value that starts so needs quotes."
        return _Mistake(line, column, "the text after `|` or `>` begins on the next line", hint)
    if "expected ':'" in problem:
        column = len(opened_row) - len(opened_row.lstrip())
        hint = "Each line says `key: value`; indent the lines on which a long value goes on."
        end = len(opened_row.rstrip()) - 1
        return _Mistake(opened.line, column, f"no `key: value`: {opened_row.strip()[:60]}", hint, end)
    if "directive" in context:
        return _Mistake(line, 0, "a line can't start with `%`", "Put the text in quotes.")
    if "expected key" in problem or "'-' indicator" in problem or "<block end>" in problem:
        if row[:column].rstrip()[-1:] in ('"', "'"):
            hint = "Inside '…' write '' for an apostrophe; inside \"…\" write \\\" for a quote."
            message = "the value goes on after its closing quote"
            return _Mistake(line, column, message, hint, len(row.rstrip()) - 1)
        if rows[line][column : column + 2] == "- ":
            hint = "Put all items of the list under one another, below their key."
            return _Mistake(line, column, "this list item is not indented as the items above it", hint)
        hint = "Start all keys of a level in the same column."
        return _Mistake(line, column, "this line is not indented as the lines above it", hint)
    hint = "Put values with punctuation in quotes."
    return _Mistake(line, column, f"this is not YAML ({problem or context})", hint)


def _stray_colon(rows: list[str], line: int, column: int) -> _Mistake:
    """Explain a `: ` where no key can stand: in an unquoted value, or after a line that lacks its own."""
    row = rows[line]
    match = _COLON.match(row)
    if match and match.start("value") <= column < match.end("value"):
        value = match["value"]
        quote = "'" if '"' in value else '"'
        shown = value if len(value) <= 60 else f"{value[:60].rstrip()}…"
        hint = f"Put the whole value in quotes: {match['key']}: {quote}{shown}{quote}"
        message = f"the value of `{match['key']}` has a colon and a space in it, so it needs quotes"
        return _Mistake(line, match.start("value"), message, hint, match.end("value") - 1)
    above = next((n for n in range(line - 1, -1, -1) if rows[n].strip() and not rows[n].lstrip().startswith("#")), -1)
    if above >= 0:
        text = rows[above].strip()
        start = rows[above].index(text)
        end = start + len(text) - 1
        key, colon, value = text.partition(":")
        if colon and value and not value.startswith(" "):
            hint = f"Write: {key}: {value[:60]}"
            return _Mistake(above, start, f"a space is missing after the colon of `{key[:60]}:`", hint, end)
        if not colon:
            hint = "Write a colon and a space after the key."
            return _Mistake(above, start, f"no `key: value`: {text[:60]}", hint, end)
    hint = "Start it in the column of the key above, or quote the value above if this is part of it."
    message = "this line is indented deeper than the keys above it"
    return _Mistake(line, len(row) - len(row.lstrip()), message, hint, column)
