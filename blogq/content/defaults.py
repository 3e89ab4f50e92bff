"""What defaults say: `cascade` read from an `_index.md`, and its values read as front matter (see cascade.py)."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import tzinfo
from functools import lru_cache
from typing import Any

from blogq.content.cascade import Rule
from blogq.content.fields import FrontMatter
from blogq.content.front_matter import front_matter_of
from blogq.content.name import Folders, read_name
from blogq.finding import Finding
from blogq.yaml_document import Mapping as Table
from blogq.yaml_document import Node, Scalar, Sequence, span


def rules_in(node: Node, path: str, folders: Folders) -> str:
    """Return the rules that `cascade` says in the `_index.md` at `path`, as JSON; empty where it says none.

    As in Hugo it is a mapping, or a list of mappings that say with `target` (or `_target`) what they are for: `path` as
    a pattern, `kind` (`page` or `section`) and `lang`.
    """
    name = read_name(path, folders)
    rules: list[Rule] = []
    for block in node.items if isinstance(node, Sequence) else (node,):
        if not isinstance(block, Table):
            continue
        target: dict[str, str] = {}
        items: list[tuple[Scalar, Node]] = []
        for key, value in block.items:
            if key.text in ("target", "_target") and isinstance(value, Table):
                target = {each.text: said.text for each, said in value.items if isinstance(said, Scalar)}
            else:
                items.append((key, value))
        pattern = target.get("path", "").strip("{}").lstrip("/")
        kind = target.get("kind", "") if target.get("kind") in ("page", "section") else ""
        language = target.get("lang", "").lower() or name.language
        rules.append(Rule(name.folder, language, pattern, "", kind, _encoded(tuple(items))))
    return json.dumps(rules) if rules else ""


def mistakes_in(node: Node, text: str, path: str, taxonomies: tuple[str, ...], zone: tzinfo) -> list[Finding]:
    """Return what is wrong with `cascade`, which stands in the file at `path`; `text` is the file's, for excerpts."""
    findings: list[Finding] = []
    for block in node.items if isinstance(node, Sequence) else (node,):
        if not isinstance(block, Table):
            message = "front matter `cascade` is no mapping of keys to values"
            hint = "Write `key: value` lines below it, as in front matter."
            findings.append(Finding("FM103", "error", span(path, block), message, hint))
            continue
        told = tuple((key, value) for key, value in block.items if key.text not in ("target", "_target"))
        findings += front_matter_of(block._replace(items=told), text, path, taxonomies=taxonomies, zone=zone)[1]
    return findings


def mistakes_in_config(node: Node, text: str, path: str, taxonomies: tuple[str, ...], zone: tzinfo) -> list[Finding]:
    """Return what is wrong with the values of `defaults`, which stand in the config at `path`."""
    findings: list[Finding] = []
    for item in node.items if isinstance(node, Sequence) else (node,):
        for key, value in item.items if isinstance(item, Table) else ():
            if key.text == "values" and isinstance(value, Table):
                noticed = front_matter_of(value, text, path, taxonomies=taxonomies, zone=zone)[1]
                findings += [each._replace(code="CF103") for each in noticed]
    return findings


def _encoded(items: tuple[tuple[Scalar, Node], ...]) -> str:
    def plain(node: Node) -> Any:
        if isinstance(node, Scalar):
            return [node.text, node.plain]
        if isinstance(node, Sequence):
            return {"list": [plain(item) for item in node.items]}
        return {"table": [[key.text, plain(value)] for key, value in node.items]}

    return json.dumps([[key.text, plain(value)] for key, value in items])


def _node(value: Any) -> Node:
    nowhere = (0, 0, 0, 0)
    if isinstance(value, list):
        return Scalar(value[0], value[1], *nowhere)
    if "list" in value:
        return Sequence(tuple(map(_node, value["list"])), *nowhere)
    return _table(value["table"])


def _table(items: list[Any]) -> Table:
    return Table(tuple((Scalar(key, False, 0, 0, 0, 0), _node(value)) for key, value in items), 0, 0, 0, 0)


@lru_cache(maxsize=256)
def defaults_of(rules: tuple[Rule, ...], taxonomies: tuple[str, ...], zone: tzinfo) -> FrontMatter:
    """Return what `rules` say together; their mistakes are told where they stand, so not here."""
    front = FrontMatter()
    for rule in rules:
        front = over(read_values(rule.values, taxonomies, zone)[0], front)
    return front


def read_values(values: str, taxonomies: tuple[str, ...], zone: tzinfo) -> tuple[FrontMatter, tuple[Finding, ...]]:
    """Return the values of a rule, read as front matter, and what is wrong with them."""
    return front_matter_of(_table(json.loads(values)), "", "", zone=zone, taxonomies=taxonomies)


def over(own: FrontMatter, defaults: FrontMatter) -> FrontMatter:
    """Return front matter that says what `own` says, and `defaults` where that says nothing."""
    given = {each.name for each in fields(FrontMatter)} - {"terms", "extra", "style", "lines", "cascade"}
    taken = {name: getattr(defaults, name) for name in given if name in defaults.lines and name not in own.lines}
    terms = {taxonomy: labels for taxonomy, labels in defaults.terms if taxonomy not in own.lines} | dict(own.terms)
    lines = dict.fromkeys(defaults.lines, 0) | own.lines
    return replace(own, **taken, terms=tuple(terms.items()), extra=defaults.extra | own.extra, lines=lines)
