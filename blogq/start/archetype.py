"""Archetypes: what a new post starts from, with a few placeholders that are filled in and never evaluated.

An archetype is `archetypes/NAME.md` of the site, or a folder `archetypes/NAME/` with an `index.md` and whatever
else is to stand beside the post.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from os import scandir
from pathlib import Path
from typing import NamedTuple

from blogq.collect import LARGEST_SOURCE, Unreadable, read_file
from blogq.content.name import EXTENSIONS, is_markdown
from blogq.content.text import decode, split
from blogq.finding import Finding, Span
from blogq.pattern import Pattern
from blogq.start.header import toml_text, yaml_text

FOLDER = "archetypes"
PLACEHOLDERS = ("title", "date", "slug", "author")
"""What can stand between `{{` and `}}`."""
MOST_FILES = 200
"""Files of an archetype that is a folder."""

_BRACES = Pattern(r"\{\{(?![<%])-?\s*([^{}\n]*?)\s*-?\}\}")
_YAML_LINE = Pattern(r"""(\s*(?:-\s+)*(?:[\w.-]+|"[^"]*"|'[^']*')\s*:\s+|\s*(?:-\s+)+)(.*?)(\s+#.*)?""")
_TOML_LINE = Pattern(r"""(\s*(?:[\w.-]+|"[^"]*"|'[^']*')\s*=\s*)(.*?)(\s+#.*)?""")
_QUOTED = Pattern(r""""((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)'""")
_IN_LIST = Pattern(r"""(["']?)(\{\{(?![<%])[^{}\n]*\}\})\1""")
_JSON_TEXT = Pattern(r'"(?:[^"\\]|\\.)*"')


class Archetype(NamedTuple):
    """What a post starts from."""

    shown: str
    """Path of its text relative to the site."""
    text: str
    files: Mapping[str, bytes]
    """What else stands in its folder, by path."""
    is_folder: bool


def kinds(site: Path) -> list[str]:
    """Return the names of the archetypes of `site`."""
    try:
        with scandir(site / FOLDER) as entries:
            names = {
                each.name if each.is_dir() else each.name.rpartition(".")[0]
                for each in entries
                if not each.name.startswith(".") and (each.is_dir() or is_markdown(each.name))
            }
    except OSError:
        return []
    return sorted(names)


def load_archetype(site: Path, name: str) -> Archetype | tuple[Finding, ...] | None:
    """Return the archetype called `name`, what is wrong with it, or None when there is none."""
    if name not in kinds(site):
        return None
    bounds = (str(site),)

    def read(path: str) -> bytes:
        return read_file(str(site), path, path, bounds, LARGEST_SOURCE).data

    base = f"{FOLDER}/{name}"
    is_folder = (site / base).is_dir()
    paths = [f"{base}{'/index' if is_folder else ''}{extension}" for extension in EXTENSIONS]
    head = next((path for path in paths if (site / path).is_file()), "")
    if not head:
        message = "an archetype that is a folder needs an index.md"
        return (Finding("AR101", "error", Span(base), message, "put the text of new posts there"),)
    try:
        text, noticed = decode(read(head), head)
        if noticed:
            return noticed
        files: dict[str, bytes] = {}
        if is_folder:
            for path in sorted((site / base).rglob("*")):
                inner = path.relative_to(site / base).as_posix()
                hidden = any(part.startswith(".") for part in inner.split("/"))
                if path.is_file() and not hidden and f"{base}/{inner}" != head:
                    files[inner] = read(f"{base}/{inner}")
                if len(files) > MOST_FILES:
                    message = f"more than {MOST_FILES} files stand in this archetype"
                    return (Finding("AR101", "error", Span(base), message, "keep what posts share in static/"),)
    except Unreadable as error:
        return (error.finding,)
    return Archetype(head, text, files, is_folder)


def filled(archetype: Archetype, values: Mapping[str, str]) -> tuple[str, list[Finding]]:
    """Return the archetype's text with `values` for its placeholders, and which placeholders mean nothing.

    In front matter a value is quoted as its place asks for. In the body an unknown placeholder stays as it is, with a
    note: it may be text about templates.
    """
    text = archetype.text
    parts = split(text, archetype.shown)
    findings: list[Finding] = []
    for match in _BRACES.finditer(text):
        if match[1] in PLACEHOLDERS:
            continue
        line = text.count("\n", 0, match.start()) + 1
        column = match.start() - text.rfind("\n", 0, match.start())
        near = get_close_matches(match[1].strip(". ").lower(), PLACEHOLDERS, 1)
        known = ", ".join(f"{{{{ {name} }}}}" for name in PLACEHOLDERS)
        hint = f"did you mean {{{{ {near[0]} }}}}?" if near else f"known: {known}; nothing else is evaluated"
        span = Span(archetype.shown, line, column, line, column + len(match[0]))
        severe = match.start() < parts.body and parts.style != "none"
        stays = "" if severe else ", so it stays as it is"
        message = f"{match[0][:60]} is no placeholder{stays}"
        evidence = text.split("\n")[line - 1][:200]
        findings.append(Finding("AR102", "error" if severe else "note", span, message, hint, evidence))
    end = 0 if parts.style == "none" else parts.body
    if parts.style == "json":
        closing = text.find("\n}", parts.start)
        end = closing + 2 if closing >= 0 else len(text)
    head, body = text[:end], text[end:]
    if parts.style == "json":
        head = _in_json(head, values)
    elif parts.style in ("yaml", "toml"):
        shape, quote = (_YAML_LINE, yaml_text) if parts.style == "yaml" else (_TOML_LINE, toml_text)
        head = "\n".join(_in_line(line, shape, quote, values) for line in head.split("\n"))
    else:
        head = _put(head, values)
    return head + _put(body, values), findings


def _put(text: str, values: Mapping[str, str]) -> str:
    return _BRACES.sub(lambda match: values.get(match[1], match[0]), text)


def _in_line(line: str, shape: Pattern, quote: Callable[[str], str], values: Mapping[str, str]) -> str:
    """Return one line of YAML or TOML with its placeholders filled in."""
    if "{{" not in line:
        return line
    match = shape.fullmatch(line)
    if match is None:
        return _put(line, values)
    before, value, comment = match[1], match[2], match[3] or ""
    whole = _BRACES.fullmatch(value)
    quoted = _QUOTED.fullmatch(value)
    if whole:
        # A date is one where it stands alone; in quotes it would be a text.
        put = values.get(whole[1], value) if whole[1] == "date" else quote(values.get(whole[1], value))
    elif quoted:
        inner = quoted[2].replace("''", "'") if quoted[1] is None else _unescaped(quoted[1])
        put = json.dumps(_put(inner, values), ensure_ascii=False)
    elif value[:1] == "[" or (value[:1] == "{" and value[:2] != "{{"):
        put = _IN_LIST.sub(lambda m: json.dumps(_put(m[2], values), ensure_ascii=False), value)
    elif value[:1] in ("|", ">"):
        put = value
    else:
        put = quote(_put(value, values))
    return before + put + comment


def _unescaped(text: str) -> str:
    """Return what a text in double quotes says; as it is where it has escapes that JSON doesn't know."""
    try:
        return str(json.loads(f'"{text}"'))
    except ValueError:
        return text


def _in_json(text: str, values: Mapping[str, str]) -> str:
    """Return JSON with its placeholders filled in, in texts or in the place of them."""

    def put(match: re.Match[str]) -> str:
        inner = match[0]
        return json.dumps(_put(_unescaped(inner[1:-1]), values), ensure_ascii=False) if "{{" in inner else inner

    parts: list[str] = []
    at = 0
    for match in _JSON_TEXT.finditer(text):
        parts += [_bare(text[at : match.start()], values), put(match)]
        at = match.end()
    return "".join(parts) + _bare(text[at:], values)


def _bare(text: str, values: Mapping[str, str]) -> str:
    return _BRACES.sub(
        lambda m: json.dumps(values[m[1]], ensure_ascii=False) if m[1] in values else m[0],
        text,
    )
