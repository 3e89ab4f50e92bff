"""What a rule of scope `site` may see: what sources lead to and show that isn't there, or is too much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from blogq.finding import Severity


class Astray(NamedTuple):
    """A link or an image of a source that leads nowhere."""

    path: str
    """Of the source, relative to the site, with `/`."""
    line: int
    column: int
    """0 where an image stands in front matter: the line as a whole."""
    target: str
    what: str
    """`link`, `image` or `elsewhere` (an address on another site)."""
    message: str
    hint: str
    severity: Severity = "error"


class Shown(NamedTuple):
    """An image that a source shows and readers download as it is, in no smaller size."""

    path: str
    line: int
    column: int
    target: str
    size: int
    """Bytes."""


@dataclass(frozen=True, slots=True)
class Whole:
    """The site as a whole, as far as links and images go; live sources, and those that may become live."""

    astray: tuple[Astray, ...]
    shown: tuple[Shown, ...]
    """Images of at least as many bytes as MD002 allows."""
