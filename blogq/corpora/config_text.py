"""Put a corpus into the text of `blogq.yaml`, or take one out, and leave every other byte as it is."""

from __future__ import annotations

import json
import re

from blogq.config.rarities import Corpus
from blogq.start.header import yaml_text
from blogq.yaml_document import Codes, Mapping, Node, Scalar, is_null, parse_yaml

KEY = "corpora"


class Unchangeable(Exception):
    """The text can't be changed by a program; the message says what to do by hand."""


def entry_text(name: str, corpus: Corpus) -> str:
    """Return the line, without indentation, that declares `corpus`."""
    shown = name if re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", name) and yaml_text(name) == name else json.dumps(name)
    if corpus.path and not corpus.url and not corpus.type:
        return f"{shown}: {_value(corpus.path)}"
    given = [(key, getattr(corpus, key)) for key in ("path", "type", "url")]
    return f"{shown}: {{{', '.join(f'{key}: {_value(value)}' for key, value in given if value)}}}"


def _value(text: str) -> str:
    if re.fullmatch(r"[A-Za-z./_][A-Za-z0-9./_-]*", text) and text.lower() not in (
        "true",
        "false",
        "yes",
        "no",
        "on",
        "off",
        "null",
    ):
        return text
    return json.dumps(text, ensure_ascii=False)


def with_corpus(text: str, name: str, corpus: Corpus) -> str:
    """Return the config `text` with `corpus` declared under `name`; raise `Unchangeable` where it can't be put in."""
    end = "\r\n" if "\r\n" in text else "\n"
    line = entry_text(name, corpus)
    found = _declared(text)
    if found is None:
        # A last line without an end stays one: so taking the entry out again gives the same bytes.
        if text and not text.endswith("\n"):
            return f"{text}{end}{KEY}:{end}  {line}"
        return f"{text}{KEY}:{end}  {line}{end}"
    key, value = found
    rows = _rows(text)
    if isinstance(value, Mapping) and value.items and not _is_flow(rows, value):
        indent = value.items[0][0].column - 1
        return _inserted(rows, _last_row(rows, value), " " * indent + line, end)
    if is_null(value) or (isinstance(value, Mapping) and not value.items):
        row = rows[key.line - 1]
        bare = re.fullmatch(rf"({KEY}:)(?:[ \t]+(?:\{{[ \t]*\}}|~|null))?((?:[ \t]+#[^\r\n]*)?[ \t]*)(\r?\n)?", row)
        if bare:
            rows[key.line - 1] = f"{bare[1]}{bare[2]}{bare[3] or ''}"
            return _inserted(rows, key.line, f"  {line}", end)
    raise Unchangeable(f"`{KEY}` in line {key.line} is not written as a block; add this to it by hand: {line}")


def without_corpus(text: str, name: str) -> str:
    """Return the config `text` without the corpus `name`; raise `Unchangeable` where it can't be taken out."""
    found = _declared(text)
    key, value = found if found else (None, None)
    if key is None or not isinstance(value, Mapping):
        raise Unchangeable(f"no corpus is called {name}")
    at = next((at for at, (each, _) in enumerate(value.items) if each.text == name), -1)
    if at < 0:
        raise Unchangeable(f"no corpus is called {name}")
    rows = _rows(text)
    if _is_flow(rows, value):
        raise Unchangeable(f"`{KEY}` in line {key.line} is not written as a block; take {name} out by hand")
    first = value.items[at][0].line
    last = _end_row(rows, value, at)
    kept = rows[: first - 1] + rows[last:]
    is_alone = len(value.items) == 1 and re.fullmatch(rf"{KEY}:[ \t]*\r?\n", rows[key.line - 1]) is not None
    if is_alone and first == key.line + 1:
        kept = rows[: key.line - 1] + rows[last:]
    if last == len(rows) and kept and rows and not rows[-1].endswith("\n"):
        kept[-1] = kept[-1].removesuffix("\n").removesuffix("\r")
    return "".join(kept)


def _declared(text: str) -> tuple[Scalar, Node] | None:
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    node, findings = parse_yaml(plain, "blogq.yaml", codes=Codes("CF101", "CF101"))
    if findings:
        raise Unchangeable(f"blogq.yaml can't be read: line {findings[0].span.line}: {findings[0].message}")
    if node is None:
        return None
    if not isinstance(node, Mapping):
        raise Unchangeable("blogq.yaml has no lines of `option: value`")
    return next(((key, value) for key, value in node.items if key.text == KEY), None)


def _rows(text: str) -> list[str]:
    """Return the lines of `text`, with their ends, as YAML counts them."""
    return re.findall(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+", text)


def _is_flow(rows: list[str], value: Mapping) -> bool:
    return rows[value.line - 1][value.column - 1 : value.column] == "{"


def _end_row(rows: list[str], value: Mapping, at: int) -> int:
    """Return the number of the last line of an entry: lines below it that are indented deeper are its own."""
    key, _ = value.items[at]
    row = key.line
    end = value.items[at + 1][0].line - 1 if at + 1 < len(value.items) else len(rows)
    last = row
    while row < end:
        line = rows[row]
        indent = len(line) - len(line.lstrip(" "))
        if line.strip() and indent <= key.column - 1:
            break
        if line.strip():
            last = row + 1
        row += 1
    return last


def _last_row(rows: list[str], value: Mapping) -> int:
    return _end_row(rows, value, len(value.items) - 1)


def _inserted(rows: list[str], after: int, line: str, end: str) -> str:
    """Return the rows with `line` put in after the row numbered `after`, from 1."""
    before, behind = "".join(rows[:after]), "".join(rows[after:])
    if before.endswith("\n"):
        return f"{before}{line}{end}{behind}"
    return f"{before}{end}{line}"
