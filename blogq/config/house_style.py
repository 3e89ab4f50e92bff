"""Entries of `style` in the config, after checks that need several of their options, or an engine for patterns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace

from blogq.config.rarities import StyleEntry
from blogq.pattern import Pattern
from blogq.yaml_document import Mapping as Table
from blogq.yaml_document import Node, Scalar, Sequence, is_null

_REFERENCE = Pattern(r"\\(\\|\d+|.?)")
_ENGINE = "google-re2"


def settled_entry(
    entry: StyleEntry, table: Table, option: str, wrong: Callable[[Node, str, str, str], None]
) -> StyleEntry:
    """Return `entry`, which the mapping `table` of the config says.

    `wrong` is told what is: the node, the option, what is the matter with it, what to do. A word to swap for nothing
    is swapped for an empty text, which means that it is to be left out.
    """
    nodes = {key.text: node for key, node in table.items}
    pattern = nodes.get("pattern")
    if not (entry.words or entry.swap or entry.pattern) and not _is_told(nodes):
        hint = "Write what isn't wanted: `words: […]`, or `swap: {this: that}`."
        wrong(table, option, "has an entry without `words`, `swap` or `pattern`", hint)
    if entry.pattern and (entry.words or entry.swap):
        hint = "Make two entries of it."
        wrong(pattern or table, f"{option}.pattern", "stands beside `words` or `swap`", hint)
    if entry.swap and entry.replacement:
        hint = "Take it out, or write `words` instead of `swap`."
        wrong(nodes["replacement"], f"{option}.replacement", "stands beside `swap`, which says what to write", hint)
    for name in ("words", "exceptions"):
        given = nodes.get(name)
        for item in given.items if isinstance(given, Sequence) else ():
            if is_null(item):
                wrong(item, f"{option}.{name}", "has an entry that is nothing", 'Write the word "null" in quotes.')
    swap = nodes.get("swap")
    if isinstance(swap, Table):
        left_out = {key.text: "" for key, value in swap.items if key.text and is_null(value)}
        entry = replace(entry, swap={**left_out, **entry.swap})
    if pattern is not None and entry.pattern:
        groups = _groups(entry, pattern, option, wrong)
        if groups is None:
            return replace(entry, pattern="")
        if entry.replacement and (about := _reference(entry.replacement, groups)):
            wrong(nodes["replacement"], f"{option}.replacement", *about)
            return replace(entry, replacement="")
    return entry


def _is_told(nodes: dict[str, Node]) -> bool:
    """Return whether something else is wrong with an entry, so that what it lacks needs no words."""
    if nodes.keys() - {field.name for field in fields(StyleEntry)}:
        return True
    words, swap = nodes.get("words"), nodes.get("swap")
    if isinstance(words, Scalar):
        return not is_null(words)
    return any(each is not None and not isinstance(each, Scalar) and bool(each.items) for each in (words, swap))


def _groups(entry: StyleEntry, node: Node, option: str, wrong: Callable[[Node, str, str, str], None]) -> int | None:
    """Return how many groups the pattern of `entry` has; None where it can't be used."""
    from blogq.expression import Expression, Wrong

    name = f"of “{entry.name}” " if entry.name else ""
    try:
        return Expression(entry.pattern, entry.case).groups
    except Wrong as error:
        hint = "docs/house-style.md says what patterns can say."
        wrong(node, f"{option}.pattern", f"{name}{error.what}", hint)
    except ImportError:
        hint = f"Install it with: pip install {_ENGINE}"
        wrong(node, f"{option}.pattern", f"needs {_ENGINE}, which isn't installed", hint)
    return None


def _reference(replacement: str, groups: int) -> tuple[str, str] | None:
    """Return what is wrong with how `replacement` refers to the groups of a pattern, and what to do."""
    for found in _REFERENCE.finditer(replacement):
        what: str = found[1]
        if what.isdigit() and int(what) > groups:
            count = f"{groups} groups" if groups != 1 else "1 group"
            return f"refers to the group {found[0]}, and the pattern has {count}", "Put what is meant in parentheses."
        if what != "\\" and not what.isdigit():
            return f"has {found[0]} in it, which means nothing", r"Write \1 for the first group, \\ for a backslash."
    return None
