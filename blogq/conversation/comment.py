"""One comment, wherever it was written: what a page shows of it, and what its answer is counted by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from blogq.content.post import MISSING
from blogq.finding import Finding

KINDS = ("comment", "pingback", "webmention", "mention", "mastodon", "like", "repost")
"""`comment`: written into a form; `pingback`: sent by a machine; `webmention`: an answer on another site; `mention`:
another site that links here; `mastodon`: an answer on Mastodon; `like`, `repost`: said elsewhere without a word."""
WORDLESS = frozenset(("like", "repost"))
"""Kinds without a text: a page says how many there are."""
MACHINES = frozenset(("pingback", "mention")) | WORDLESS
"""Kinds that nobody wrote for the author to answer."""
FORMS = ("markdown", "html", "text")
"""How a comment's text is written."""
LONGEST = 20_000
"""Characters of a comment's text; what comes after is left out."""
LONGEST_NAME = 200
"""Characters of an author's name."""


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment. It has no e-mail address: whose one was given is settled when it is read."""

    id: str
    """What it is called where it is kept; unique within its source."""
    post: str
    """The post as the source names it: an address, a path on the site, a slug."""
    parent: str
    """The id of the comment that it answers; empty where it answers the post."""
    author: str
    """Name as given; may be empty."""
    is_owner: bool
    """Whether one of the blog's authors wrote it."""
    text: str
    """As it was written, in the `form`."""
    form: str
    """`markdown`, `html` or `text`."""
    created: int
    """Seconds since 1970, UTC; `MISSING` where that isn't known."""
    approved: bool
    kind: str
    """One of `KINDS`."""
    url: str
    """Address of its author's website; empty where none was given, or one that is no web address."""
    source: str
    """The source's path, as config has it."""
    address: str = ""
    """Where it can be read and answered, if that isn't the post's own page."""


class Draft(NamedTuple):
    """A comment as a reader of one format finds it, before anybody has judged whose it is."""

    id: str
    post: str
    text: str
    form: str
    created: int = MISSING
    parent: str = ""
    author: str = ""
    email: str = ""
    """Only to know authors of the blog by; it goes no further."""
    email_digest: str = ""
    """MD5 or SHA-256 of it, as hex, where that is what is kept."""
    url: str = ""
    approved: bool | None = None
    """None where nothing says so."""
    kind: str = "comment"
    is_owner: bool = False
    """Whether the source itself says that it is of the blog's author."""
    address: str = ""


class Found(NamedTuple):
    """What one source holds."""

    drafts: list[Draft]
    findings: list[Finding]


class Unavailable(Exception):
    """A source can't be read now; what was read of it last still holds."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


def text_of(value: Any, longest: int = LONGEST) -> str:
    """Return a value of a file as text without control characters, cut to `longest`; nothing for what is none."""
    if value is None or isinstance(value, (Mapping, list, tuple)):
        return ""
    text = str(value)[: longest + 1].replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(each for each in text if each >= " " or each in "\n\t") if not text.isprintable() else text
    return text.encode("utf-8", "replace").decode("utf-8").strip()[:longest]


def line_of(value: Any, longest: int = LONGEST_NAME) -> str:
    """Return a value as one line of text."""
    return " ".join(text_of(value, longest * 2).split())[:longest]
