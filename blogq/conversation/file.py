"""One file with comments, as readers get it."""

from __future__ import annotations

from typing import Any, NamedTuple

from blogq.collect import Unreadable, read_file
from blogq.conversation.comment import Unavailable
from blogq.finding import Finding, Span

LARGEST = 64 << 20
"""Bytes of a file that is read whole."""


class File(NamedTuple):
    """A file, and where it lies."""

    root: str
    """Real folder."""
    path: str
    """Below it."""
    shown: str
    """As findings name it."""
    bounds: tuple[str, ...]
    """Real paths of the folders that it may lie in."""

    @property
    def folder(self) -> str:
        """The folder that it lies in, below the source's own."""
        return self.path.rpartition("/")[0]

    def data(self) -> bytes:
        """Return its bytes; raise `Unavailable` where it can't be read."""
        try:
            return read_file(self.root, self.path, self.shown, self.bounds, LARGEST).data
        except Unreadable as error:
            raise Unavailable(error.finding._replace(code="CM101", severity="warning")) from error

    def json(self) -> Any:
        """Return the document in it; raise `Unavailable` where it is none."""
        import json

        try:
            return json.loads(self.data().decode("utf-8-sig"), parse_int=_whole)
        except (ValueError, RecursionError) as error:
            line = getattr(error, "lineno", 0)
            raise Unavailable(self.damaged(f"this is not JSON: {str(error)[:120]}", line)) from error

    def damaged(self, what: str, line: int = 0, hint: str = "") -> Finding:
        """Return the finding that says what is wrong with the file."""
        hint = hint or "Save it anew, or mend it; what could be read counts."
        return Finding("CM102", "warning", Span(self.shown, line), what, hint)


def _whole(digits: str) -> int | str:
    return int(digits) if len(digits) <= 18 else digits
