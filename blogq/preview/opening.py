"""Places that can be opened: as links to an editor, or as buttons for which the server runs one."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from blogq.preview.editor import Editor, address, command
from blogq.report.text import safe

APART = 0.3
"""Seconds between two programs that are run."""
WAIT = 1.5
"""Seconds in which a program that fails is found out. One that shows a window goes on for long."""
MOST_BODY = 4096
"""Bytes of a request to open something."""
MOST_NUMBER = 10_000_000
"""Of lines and columns."""


class Places(NamedTuple):
    """How places are shown on a page: as links, as buttons, or as text where no editor is known."""

    editor: Editor | None = None
    file_of: Callable[[str], str] = lambda shown: ""
    """Returns the real path of a file by the path that findings show; empty where it can't be opened."""
    site: Path = Path()
    """Real path of the site, in which no program is looked for."""

    def html(self, text: str, path: str, line: int, column: int) -> str:
        """Return `text` as what opens a line of the file that is shown as `path`; 0 stands for the beginning."""
        where = self.told(path, line, column)
        if where is None:
            return escape(text)
        title = f"Open in {where['editor']}"
        if "href" in where:
            return f'<a class="place" href="{escape(where["href"])}" title="{escape(title)}">{escape(text)}</a>'
        data = escape(json.dumps(where["open"], separators=(",", ":")))
        return f'<button type="button" class="place" data-open="{data}" title="{escape(title)}">{escape(text)}</button>'

    def told(self, path: str, line: int = 1, column: int = 1) -> dict[str, Any] | None:
        """Return what the client needs to open a place: `href`, or `open` for the server; None where it can't be."""
        file = self.file_of(path) if self.editor is not None and path else ""
        if self.editor is None or not file:
            return None
        name = safe(self.editor.name)
        if self.editor.url:
            return {"editor": name, "href": address(self.editor, file, line or 1, column or 1)}
        return {"editor": name, "open": [path, line or 1, column or 1]}


class Opening:
    """Runs editors, one at a time and not too many. Safe to use from several threads."""

    def __init__(self, environment: Mapping[str, str], which: Callable[[str], str | None] = shutil.which) -> None:
        """`which` finds programs."""
        self._environment = environment
        self._which = which
        self._lock = threading.Lock()
        self._last = -APART
        self._running: list[subprocess.Popen[bytes]] = []

    def open(self, places: Places, asked: object) -> tuple[int, str]:
        """Open what a request asks for; return the status of the answer, and why where it can't be."""
        editor = places.editor
        if editor is None or not editor.command:
            return 404, "There is no editor that this server runs."
        if not isinstance(asked, dict):
            return 400, "Ask with a path, a line and a column."
        path, line, column = (asked.get(name) for name in ("path", "line", "column"))
        if not isinstance(path, str) or not isinstance(line, int) or not isinstance(column, int):
            return 400, "Ask with a path, a line and a column."
        if not _is_number(line) or not _is_number(column):
            return 400, "Ask with a path, a line and a column."
        file = places.file_of(path)
        if not file or any(ord(letter) < 32 or ord(letter) == 127 for letter in file):
            return 404, "That is no file of this site."
        arguments = command(editor, file, line, column, self._environment, self._which, places.site)
        if arguments is None:
            return 502, f"{safe(editor.name)} can't be run. {editor.hint}".strip()
        return self._run(editor, arguments)

    def _run(self, editor: Editor, arguments: list[str]) -> tuple[int, str]:
        with self._lock:
            now = time.monotonic()
            if now - self._last < APART:
                return 429, "Too fast: another place has just been opened."
            self._last = now
            self._running = [each for each in self._running if each.poll() is None]
            try:
                # In no folder of the site: what editors and their plugins find there is the site's word.
                process = subprocess.Popen(
                    arguments,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    cwd=Path.home() if Path.home().is_dir() else os.sep,
                    env=dict(self._environment),
                    start_new_session=True,
                )
            except OSError as error:
                return 502, f"{safe(editor.name)} can't be run: {error.strerror or error}."
            self._running.append(process)
        try:
            ended = process.wait(WAIT)
        except subprocess.TimeoutExpired:
            return 204, ""
        return (204, "") if ended == 0 else (502, f"{safe(editor.name)} has failed. {editor.hint}".strip())


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value <= MOST_NUMBER
