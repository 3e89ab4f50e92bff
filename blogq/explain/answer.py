"""An answer: whether something is published, and all that hangs on it; told as data, for text and for JSON."""

from __future__ import annotations

from typing import Literal, NamedTuple

from blogq.finding import Finding

Status = Literal[
    "published", "draft", "scheduled", "expired", "broken", "colliding", "held back", "passed over", "overridden",
    "part", "unknown",
]  # fmt: skip
"""Why a thing is online or not; `part` is of a file that shapes the site without being published itself."""


class Reason(NamedTuple):
    """One reason why something isn't published, or isn't where one would look."""

    message: str
    hint: str = ""
    """What to do about it."""


class Place(NamedTuple):
    """An address on the site, and what stands there."""

    url: str
    """Root-relative, percent-encoded, under the site's subpath."""
    what: str


class Version(NamedTuple):
    """The same text in another language."""

    language: str
    url: str
    source: str


class Template(NamedTuple):
    """A file that is or could be the template of a page, in the order in which they are looked for."""

    path: str
    state: Literal["used", "not there", "overridden"]


class Cause(NamedTuple):
    """Why a build rendered something, or would."""

    when: int
    """Seconds since 1970, UTC; 0 for the next build."""
    code: str
    """A word for programs, such as `text`."""
    message: str


class Answer(NamedTuple):
    """What there is to say about one path or address."""

    asked: str
    status: Status
    what: str
    """`post`, `page`, `list`, `feed`, `file`, `template`, …"""
    source: str = ""
    """Path relative to the site."""
    url: str = ""
    """Absolute; where it is, or would be if it weren't for the reasons."""
    output: str = ""
    """Path of the output file relative to the output folder."""
    title: str = ""
    date: str = ""
    """RFC 3339, or empty."""
    language: str = ""
    unlisted: bool = False
    reasons: tuple[Reason, ...] = ()
    findings: tuple[Finding, ...] = ()
    translations: tuple[Version, ...] = ()
    templates: tuple[Template, ...] = ()
    aliases: tuple[str, ...] = ()
    shown_on: tuple[Place, ...] = ()
    """Lists, archives and feeds."""
    linked_from: tuple[Place, ...] = ()
    last_build: Cause | None = None
    next_build: Cause | None = None
    near: tuple[str, ...] = ()
    """What may have been meant, for something unknown."""
