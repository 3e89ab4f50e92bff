"""Folders of texts with front matter, as Jekyll, Hugo and Pelican have them: walked and read, nothing in them run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path
from typing import Any, NamedTuple

from blogq.config.schema import Config
from blogq.content.fields import FrontMatter
from blogq.content.front_matter import read_front_matter
from blogq.content.syntax import read_mapping
from blogq.content.text import decode, split
from blogq.importing.carried import Carry, Note, Tell
from blogq.importing.uploads import is_inside
from blogq.yaml_document import plain_value

MARKDOWN = (".md", ".markdown", ".mkd", ".mdown")
_PASSED = frozenset("node_modules vendor _site public resources .git output __pycache__ _sass".split())
MOST = 200_000
"""Files of a folder that are looked at."""


class Text(NamedTuple):
    """One text of a folder."""

    path: str
    """Below the folder, with `/`."""
    front: str
    """Its front matter as written, fences included; empty where it has none."""
    body: str
    told: FrontMatter
    values: dict[str, Any]
    """What its front matter says, by key in lower case, as plain values."""
    line: int
    """Line at which the body begins."""
    problem: str
    """Why its front matter can't be read; empty where it can."""


def paths_in(root: Path) -> list[str]:
    """Return the paths of all files below `root`, with `/`, sorted; hidden ones and what generators make left out."""
    found: list[str] = []
    for folder, folders, names in os.walk(root, followlinks=False):
        folders[:] = sorted(each for each in folders if each not in _PASSED and not each.startswith("."))
        below = os.path.relpath(folder, root).replace(os.sep, "/")
        found += [name if below == "." else f"{below}/{name}" for name in sorted(names) if not name.startswith(".")]
        if len(found) > MOST:
            break
    return found


def read_text(root: Path, path: str, tell: Tell) -> Text | None:
    """Return the text at `path` below `root`; None where it can't be read, which is told."""
    if not is_inside(root / path, root):
        tell(Note("lost", "file", path, 0, "it leads out of the folder, or is no plain file"))
        return None
    try:
        data = (root / path).read_bytes()
    except OSError as error:
        tell(Note("lost", "file", path, 0, f"it can't be read: {error.strerror}"))
        return None
    text, findings = decode(data, path)
    if findings:
        tell(Note("lost", "file", path, findings[0].span.line, findings[0].message))
        return None
    told, body, line, findings = read_front_matter(text, path, taxonomies=tuple(Config().taxonomies), zone=UTC)
    wrong = [each for each in findings if each.severity == "error"]
    problem = f"{wrong[0].message} (line {wrong[0].span.line})" if wrong else ""
    return Text(path, text[:body], text[body:], told, values_of(text), line, problem)


def values_of(text: str) -> dict[str, Any]:
    """Return what the front matter of `text` says, by key in lower case; empty where it can't be read."""
    parts = split(text, "")
    if parts.style == "none" or parts.start == parts.end:
        return {}
    mapping, _, _ = read_mapping(text, "", parts)
    return {} if mapping is None else {key.text.lower(): plain_value(node) for key, node in mapping.items}


def config_values(root: Path, names: tuple[str, ...]) -> dict[str, Any]:
    """Return what the first config there is of `names` says (YAML, TOML or JSON), by key in lower case."""
    for name in names:
        path = root / name
        if not is_inside(path, root) or path.stat().st_size > 1 << 20:
            continue
        text, findings = decode(path.read_bytes(), name)
        if findings:
            continue
        text = text if text.endswith("\n") else f"{text}\n"
        if text.startswith("---\n"):
            text = text[4:]
        if name.endswith(".json"):
            return values_of(text.lstrip())
        fence = "+++" if name.endswith(".toml") else "---"
        return values_of(f"{fence}\n{text}{fence}\n")
    return {}


def carried(root: Path, path: str, target: str) -> Carry:
    """Return the file at `path` below `root` as one that goes to `target`."""
    return Carry(target, root / path, root)


def words(value: Any) -> str:
    """Return a value of a config as a text; empty where it is none."""
    return value.strip() if isinstance(value, str) else str(value) if isinstance(value, int | float) else ""


def texts_of(root: Path, paths: list[str], tell: Tell) -> Iterator[Text]:
    """Yield the texts at `paths` that can be read."""
    for path in paths:
        if (text := read_text(root, path, tell)) is not None:
            yield text
