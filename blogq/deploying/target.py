"""What a place to publish at has to be able to do; each kind of place is a module of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from blogq.deploying.plan import File


class Unusable(Exception):
    """A target can't be used or reached; the message says why, as a sentence's second half, `hint` what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class Target(Protocol):
    """A place that holds a published site. All paths are relative to it, with `/`. Methods raise `Unusable`."""

    shown: str
    """Its address, as people would write it."""
    batch: int
    """How many files are sent between two notes of how far it has come."""
    comparable: bool
    """Whether reading single files is cheap enough to compare them."""
    together: int
    """How many files may be read at the same time."""

    def files(self) -> Mapping[str, int]:
        """Return the files that are there, with their sizes in bytes."""
        ...

    def read(self, path: str) -> bytes | None:
        """Return the content of a file; None where there is none."""
        ...

    def send(self, files: Sequence[File]) -> None:
        """Put files there, each whole or not at all, in any order."""
        ...

    def remove(self, paths: Sequence[str]) -> None:
        """Remove files, and folders that become empty by it. One that isn't there any more is no mistake."""
        ...

    def note(self, record: bytes) -> None:
        """Keep the record."""
        ...

    def finish(self, message: str) -> None:
        """End the work: what was sent is to be seen now at the latest."""
        ...
