"""What the manual shows in boxes: files to write, commands to type, what they print; with the line of each."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
PAGES = ("README.md", *sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")))
SHELL = ("sh", "console", "text", "")
"""Languages of boxes in which commands may stand: `sh` holds nothing else, in the others they come after `$ `."""

_FENCE = re.compile(r"^( *)(`{3,}) *([\w-]*)[^\n]*\n(.*?)^\1\2 *$", re.M | re.S)
_NAMED = re.compile(r"(?:^|\n)(Add to )?`([\w./-]+)`(, and the same as [^:]*)?:\s*\Z")


class Box(NamedTuple):
    """A fenced block of a page."""

    page: str
    line: int
    """Of its first fence."""
    language: str
    text: str
    files: tuple[str, ...]
    """Paths of the files that it is shown as; none for what is no file."""
    adds: bool
    """Whether its lines are to be added to the file that is there."""


class Typed(NamedTuple):
    """A command that a page shows, with what it says comes out."""

    page: str
    line: int
    command: str
    shown: str
    """What is shown below it; empty where nothing is."""


def text_of(page: str) -> str:
    """Return the Markdown of a page."""
    return (ROOT / page).read_text(encoding="utf-8")


def boxes(page: str, text: str | None = None) -> list[Box]:
    """Return the fenced blocks of a page, in order; those within another one are none."""
    text = text_of(page) if text is None else text
    found = []
    for match in _FENCE.finditer(text):
        indent = len(match[1])
        body = "".join(
            line[indent:] if line[:indent].isspace() else line for line in match[4].splitlines(keepends=True)
        )
        above = text[: match.start()].rstrip(" ")
        named = _NAMED.search(above.rpartition("\n\n\n")[2][-600:]) if above.endswith("\n\n") else None
        files: tuple[str, ...] = ()
        if named:
            folder = named[2].rpartition("/")[0]
            others = re.findall("`([^`]+)`", named[3] or "")
            files = (named[2], *(f"{folder}/{name}" for name in others))
        line = text.count("\n", 0, match.start()) + 1
        found.append(Box(page, line, match[3], body, files, bool(named and named[1])))
    return found


def typed(box: Box) -> list[Typed]:
    """Return the commands in a box, each with the lines below it; lines that end in a backslash are one."""
    if box.language not in SHELL or box.files:
        return []
    found: list[Typed] = []
    prompt = "" if box.language == "sh" else "$ "
    lines = iter(enumerate(box.text.splitlines(), box.line + 1))
    for number, line in lines:
        if prompt and not line.startswith(prompt):
            if found:
                found[-1] = found[-1]._replace(shown=f"{found[-1].shown}{line}\n")
            continue
        command = line.removeprefix(prompt)
        while command.endswith("\\"):
            command = command[:-1] + next(lines, (0, ""))[1].strip()
        if command.strip() and not command.startswith("#"):
            found.append(Typed(box.page, number, command.strip(), ""))
    return [each._replace(shown=each.shown.strip("\n")) for each in found]


def in_prose(page: str) -> list[Typed]:
    """Return the commands of blogq that stand between backticks within sentences and tables, and in YAML boxes."""
    text = text_of(page)
    fenced = [(match.start(), match.end(), match[3]) for match in _FENCE.finditer(text)]
    found = []
    for match in re.finditer(r"(?<!`)`(?:\$ )?(blogq(?: [^`]*)?)`(?!`)", text):
        if not any(start <= match.start() < end for start, end, _ in fenced):
            command = " ".join(match[1].replace("\\|", "|").split())
            found.append(Typed(page, text.count("\n", 0, match.start()) + 1, command, ""))
    for start, end, language in fenced:
        if language in ("yaml", "toml"):
            for match in re.finditer(r"(?m)^[^#\n]*?(?<![\w-])(blogq [a-z][^\n\"']*)", text[start:end]):
                line = text.count("\n", 0, start + match.start(1)) + 1
                found.append(Typed(page, line, match[1].partition(" &&")[0].strip(), ""))
    return found


def pattern_of(shown: str, any_number: bool = False) -> re.Pattern[str]:
    """Return what output has to match: `…` alone in a line stands for any lines, within one for any characters.

    With `any_number` a number stands for any, and what it counts may be one or many.
    """
    parts = []
    for line in shown.splitlines():
        if line.strip() == "…":
            parts.append(r"(?:.*\n)*?")
        else:
            part = ".*?".join(map(re.escape, line.rstrip().split("…")))
            if any_number:
                part = re.sub(r"(?<![\w\\])\d[\d,.]*(?!\w)", r"\\d[\\d,.]*", part)
                part = re.sub(r"(finding|file|post|page)s?\b", r"\1s?", part)
            parts.append(part + " *\n")
    return re.compile("".join(parts))
