"""Defaults for the front matter of everything in a folder: `cascade` in an `_index.md`, and `defaults` in config.

The nearest folder wins, config comes last, and what a source says itself wins over all. Which defaults apply to a
source depends on its path alone; their digest is part of what the source is remembered by.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from blogq.config.schema import Default
from blogq.content.name import Folders, Name, read_name, within
from blogq.glob import matcher
from blogq.store.digest import digest

TYPES = ("posts", "pages", "drafts")
"""What Jekyll's `type` can be: sources in `_posts` or with a date in their name, others, and those in `_drafts`."""


class Rule(NamedTuple):
    """Some defaults, and what they are for."""

    folder: str
    """Everything below this folder; empty for the top."""
    language: str
    """Only sources in this language; empty for all."""
    path: str
    """Only paths below the content folder that this pattern matches, or that are below it; empty for all."""
    type: str
    """One of `TYPES`, or empty for all."""
    kind: str
    """`section` for texts of sections, `page` for all others; empty for both."""
    values: str
    """Keys and values as JSON, each scalar with whether it was plain."""


class Cascade(NamedTuple):
    """All defaults of a site."""

    rules: tuple[Rule, ...] = ()
    """Those that win over others come later."""
    folders: Folders = ()
    """Folders of languages: what lies in one inherits as if it lay right in the content folder."""

    def of(self, path: str) -> tuple[Rule, ...]:
        """Return the rules for the source at `path`, below the content folder."""
        if not self.rules:
            return ()
        name = read_name(path, self.folders)
        inner = within(path, self.folders)
        return tuple(rule for rule in self.rules if _applies(rule, path, inner, name))

    def digest(self, path: str) -> str:
        """Return what tells one set of defaults from another: hex, or nothing where there are none."""
        rules = self.of(path)
        return digest("\0".join(rule.values for rule in rules).encode("utf-8", "surrogatepass")).hex() if rules else ""


def _applies(rule: Rule, path: str, inner: str, name: Name) -> bool:
    if rule.folder:
        below = inner.startswith(f"{rule.folder}/")
        if not below or (name.section and name.folder == rule.folder):
            return False
    elif name.section and not name.folder and not (rule.path or rule.type):
        # The text of the home page doesn't inherit from itself.
        return False
    if rule.language and name.language != rule.language:
        return False
    if rule.kind and (rule.kind == "section") != name.section:
        return False
    if rule.path and not _matches(rule.path, path) and not (inner != path and _matches(rule.path, inner)):
        return False
    return not rule.type or rule.type == _type_of(path, name)


def _matches(pattern: str, path: str) -> bool:
    match = matcher(pattern)
    if match(path):
        return True
    above = path.rpartition("/")[0]
    while above:
        if match(above):
            return True
        above = above.rpartition("/")[0]
    return False


def _type_of(path: str, name: Name) -> str:
    parts = path.split("/")
    if "_drafts" in parts:
        return "drafts"
    return "posts" if "_posts" in parts or name.date else "pages"


def cascade_of(defaults: Iterable[Default], own: Mapping[str, str], folders: Folders = ()) -> Cascade:
    """Return all defaults: those of config, and the rules (as JSON) of each `_index.md` by its path.

    `folders` are those of languages.
    """
    rules = [
        Rule("", "", _said(each, "path").strip("/"), _said(each, "type"), "", _encoded_values(each.values))
        for each in defaults
    ]
    of_folders = [Rule(*rule) for text in own.values() for rule in json.loads(text)]
    # The nearest folder wins, and of one folder's texts that in the source's language.
    of_folders.sort(key=lambda rule: (rule.folder.count("/") + bool(rule.folder), rule.language))
    return Cascade((*rules, *of_folders), folders)


def _said(default: Default, key: str) -> str:
    return getattr(default, key) or str(default.scope.get(key) or "")


def _encoded_values(values: Mapping[str, Any]) -> str:
    """Return values of the config in the same form."""

    def plain(value: Any) -> Any:
        if isinstance(value, Mapping):
            return {"table": [[str(key), plain(each)] for key, each in value.items()]}
        if isinstance(value, list | tuple):
            return {"list": [plain(each) for each in value]}
        if value is None or isinstance(value, bool):
            return [{None: "null", True: "true", False: "false"}[value], True]
        return [str(value), not isinstance(value, str)]

    return json.dumps([[key, plain(value)] for key, value in values.items()])
