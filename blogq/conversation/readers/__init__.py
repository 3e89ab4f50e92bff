"""Readers of comments: one module for each form in which they are kept; the table, and how a form is guessed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from blogq.conversation.comment import Found
from blogq.conversation.file import File

Read = Callable[[File], Found]
"""Reads one file; raises `Unavailable` where that can't be done now."""

TYPES: Mapping[str, str] = {
    "folder": "blogq.conversation.readers.entries",
    "wordpress": "blogq.conversation.readers.wordpress",
    "isso": "blogq.conversation.readers.isso",
    "webmentions": "blogq.conversation.readers.webmentions",
    "mastodon": "blogq.conversation.readers.mastodon",
}
"""Module of each type; its `read` is a `Read`."""
ENDINGS: Mapping[str, str] = {
    **dict.fromkeys(("db", "sqlite", "sqlite3"), "isso"),
    "xml": "wordpress",
    **dict.fromkeys(("yaml", "yml", "json"), "folder"),
}
"""Type by the ending of a file's name, as far as that tells it."""


def reader_of(file: File, type: str) -> Read:
    """Return what reads `file`, of the `type` that config says; guessed where it says none."""
    ending = file.path.rpartition(".")[2].lower()
    kind = type or ENDINGS.get(ending, "folder")
    if not type and ending == "json":
        kind = _kind_of_json(file.data())
    read: Read = import_module(TYPES[kind]).read
    return read


def _kind_of_json(data: bytes) -> str:
    """Return the type of a JSON file by its first keys."""
    start = data[: 1 << 16].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start.startswith(b"{"):
        return "folder"
    if b'"descendants"' in data:
        return "mastodon"
    return "webmentions" if b'"wm-property"' in data or (b'"links"' in start and b'"activity"' in data) else "folder"
