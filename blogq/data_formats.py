"""The formats of data files, each from bytes to values: YAML, JSON, TOML and CSV.

What is wrong is told with its place. Limits keep a file from taking the build's time or memory.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from blogq.finding import Finding, Severity, Span
from blogq.yaml_document import NESTING, Codes

LARGEST_YAML = 4 << 20
"""Characters of a YAML file. JSON and CSV are read many times faster."""
MOST_VALUES = 400_000
"""Values in a YAML file."""
LARGEST_TOML = 1 << 20
"""Characters of a TOML file."""
MOST_ROWS_TOLD = 10
"""Wrong rows of one table that are reported one by one."""

Read = tuple[Any, tuple[Finding, ...]]


def _text(data: bytes, path: str) -> tuple[str, tuple[Finding, ...]]:
    from blogq.content.text import decode

    return decode(data, path)


def _wrong(path: str, code: str, message: str, hint: str, line: int = 0, column: int = 0, row: str = "") -> Finding:
    end = (line, column + 1) if column else (0, 0)
    return Finding(code, "error", Span(path, line, column, *end), message, hint, row[:200])


def read_yaml(data: bytes, path: str) -> Read:
    """Return the document in `data`."""
    from blogq.yaml_document import parse_yaml, plain_value

    text, noticed = _text(data, path)
    if noticed:
        return None, noticed
    codes = Codes("DA101", "DA103")
    node, noticed = parse_yaml(text, path, size=LARGEST_YAML, codes=codes, values=MOST_VALUES)
    if any(finding.code == "DA103" for finding in noticed):
        noticed = tuple(finding._replace(hint="Write it as JSON or CSV, or split it.") for finding in noticed)
    return None if node is None else plain_value(node), noticed


def read_json(data: bytes, path: str) -> Read:
    """Return the document in `data`. Numbers that JavaScript couldn't hold stay texts."""
    import json

    text, noticed = _text(data, path)
    if noticed:
        return None, noticed
    try:
        value = json.loads(text, parse_int=_whole, parse_float=_broken, parse_constant=_refused)
        if _is_deep(value, 0):
            raise RecursionError
    except json.JSONDecodeError as error:
        row = text.split("\n")[error.lineno - 1]
        hint = "Keys and texts need double quotes; between two entries, and only there, stands a comma."
        message = f"this is not JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        return None, (_wrong(path, "DA101", message, hint, error.lineno, error.colno, row),)
    except RecursionError:
        return None, (_wrong(path, "DA103", f"values nested deeper than {NESTING} levels", "Flatten them."),)
    except ValueError as error:
        return None, (_wrong(path, "DA101", f"this is not JSON: {error}", "Write null or a number."),)
    return value, ()


def _whole(digits: str) -> int | str:
    return int(digits) if len(digits) <= 18 else digits


def _broken(digits: str) -> float | str:
    number = float(digits)
    return number if abs(number) < float("inf") else digits


def _refused(word: str) -> Any:
    raise ValueError(f"{word} is no value there")


def _is_deep(value: Any, depth: int) -> bool:
    if depth > NESTING:
        return True
    if isinstance(value, dict):
        return any(_is_deep(each, depth + 1) for each in value.values())
    return isinstance(value, list) and any(_is_deep(each, depth + 1) for each in value)


def read_toml(data: bytes, path: str) -> Read:
    """Return the document in `data`; dates are texts."""
    from blogq.content.syntax import read_toml as nodes_of
    from blogq.yaml_document import plain_value

    text, noticed = _text(data, path)
    if noticed:
        return None, noticed
    if len(text) > LARGEST_TOML:
        message = f"more than {LARGEST_TOML >> 20} MiB of TOML"
        return None, (_wrong(path, "DA103", message, "Write it as JSON or CSV, or split it."),)
    node, noticed = nodes_of(text, path)
    codes = {"FM106": "DA103"}
    noticed = tuple(finding._replace(code=codes.get(finding.code, "DA101")) for finding in noticed)
    return None if node is None else plain_value(node), noticed


def read_csv(data: bytes, path: str) -> Read:
    """Return the rows of a table as mappings by its header; every cell is a text.

    Cells are parted by commas and may stand in double quotes, in which a quote is doubled (RFC 4180). Empty lines are
    passed over. Nothing is guessed: a file that is parted otherwise has one column, and says so.
    """
    import csv
    from io import StringIO

    text, noticed = _text(data, path)
    if noticed:
        return None, noticed
    rows = csv.reader(StringIO(text, newline=""), strict=True)
    header: list[str] = []
    made: list[Mapping[str, str]] = []
    findings: list[Finding] = []
    wrong = 0
    csv.field_size_limit(1 << 20)
    start = 1
    try:
        for row in rows:
            line, start = start, rows.line_num + 1
            if not row:
                continue
            if not header:
                header = [cell.strip() for cell in row]
                findings += _header(header, path, line, text)
            elif len(row) == len(header):
                made.append(dict(zip(header, row, strict=True)))
            else:
                wrong += 1
                if wrong <= MOST_ROWS_TOLD:
                    message = f"this row has {len(row)} cells, and the header has {len(header)}"
                    hint = "A cell with a comma in it needs quotes; an empty cell still needs its comma."
                    findings.append(_wrong(path, "DA104", message, hint, line, row=text.split("\n")[line - 1]))
    except csv.Error as error:
        said = str(error)
        hint = "A quote within a quoted cell is doubled; a quoted cell ends before its comma."
        if "limit" in said:
            said, hint = "a cell of more than 1 MiB", "Is the closing quote of a cell missing?"
        findings.append(_wrong(path, "DA101", f"this is not CSV: {said}", hint, start))
    if wrong > MOST_ROWS_TOLD:
        message = f"{wrong - MOST_ROWS_TOLD:,} more rows have more or fewer cells than the header"
        findings.append(_wrong(path, "DA104", message, "Mend the first ones and build again."))
    return made, tuple(findings)


def _header(header: list[str], path: str, line: int, text: str) -> list[Finding]:
    """Return what is wrong with the names of a table's columns."""
    row = text.split("\n", line)[line - 1]
    findings: list[Finding] = []
    for at, name in enumerate(header):
        if not name:
            message = f"column {at + 1} has no name in the header"
            findings.append(_wrong(path, "DA104", message, "Name each column in the first row.", line, row=row))
        elif name in header[:at]:
            message = f"two columns are called {name[:60]!r}"
            findings.append(_wrong(path, "DA104", message, "Give each column a name of its own.", line, row=row))
    if len(header) == 1 and (marks := [mark for mark in (";", "\t", "|") if mark in header[0]]):
        severity: Severity = "warning"
        what = {";": "semicolons", "\t": "tabs", "|": "bars"}[marks[0]]
        message = f"the header is one column with {what} in it; only commas part cells here"
        hint = "Save the table with commas between its cells."
        findings.append(Finding("DA104", severity, Span(path, line), message, hint, row[:200]))
    return findings


READERS: Mapping[str, Callable[[bytes, str], Read]] = {
    "yaml": read_yaml,
    "yml": read_yaml,
    "json": read_json,
    "toml": read_toml,
    "csv": read_csv,
}
"""What reads a file, by its ending."""
