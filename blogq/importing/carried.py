"""What is carried from an old blog to a new one: the one form that all exports are read into."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

Kind = Literal["post", "page"]
Form = Literal["html", "markdown"]
Level = Literal["lost", "changed", "told"]
"""`lost`: something of the old site isn't in the new one. `changed`: it is, in another form. `told`: good to know."""


class Note(NamedTuple):
    """Something that can't be carried, or not as it was."""

    level: Level
    code: str
    """A word by which notes of one kind are counted: `url`, `text`, `media`, `shortcode`…"""
    place: str
    """File of the export, or the address or title within it."""
    line: int
    """Line of that file, from 1; 0 where it isn't known."""
    message: str
    file: str = ""
    """File of the new site that it is about; empty where there is none."""


Tell = Callable[[Note], None]


class Comment(NamedTuple):
    """What a reader has said about a post. E-mail addresses are never carried."""

    id: str
    parent: str
    name: str
    url: str
    date: str
    """In UTC, as ISO 8601; empty where it isn't known."""
    text: str
    form: Literal["html", "text"]
    approved: bool
    kind: str
    """`comment` or `pingback`."""
    is_owner: bool = False


class Person(NamedTuple):
    """Somebody who writes on the blog."""

    key: str
    name: str
    url: str = ""
    bio: str = ""


class About(NamedTuple):
    """What an export says of the blog as a whole; empty for what it doesn't say."""

    title: str = ""
    description: str = ""
    url: str = ""
    """Address of its home page."""
    language: str = ""
    timezone: str = ""
    people: tuple[Person, ...] = ()
    permalinks: str = ""
    """The pattern of its posts' addresses, in our words."""
    labels: Mapping[str, str] = {}
    """Folder in which the pages of a taxonomy's terms stood, by taxonomy: `category` of `/category/pumps/`."""


@dataclass(frozen=True, slots=True)
class Item:
    """One post or page of the old blog."""

    kind: Kind
    id: str
    """What the export knows it by; empty where it has no such thing."""
    place: str
    """File of the export, for people."""
    line: int
    """Line in that file, 0 where it isn't known."""
    title: str
    url: str
    """Its old address, a full one or a path on the site; empty where it had none."""
    body: str
    form: Form
    slug: str = ""
    date: str = ""
    """As front matter has it: `2024-05-01 09:30:00+02:00`; empty for none."""
    updated: str = ""
    draft: bool = False
    live: bool = True
    """Whether readers could see it at its address."""
    hidden: bool = False
    """Whether it was at its address and in no list."""
    pinned: bool = False
    terms: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Taxonomy and labels."""
    authors: tuple[str, ...] = ()
    series: str = ""
    summary: str = ""
    description: str = ""
    image: str = ""
    language: str = ""
    redirect_to: str = ""
    """Where its page only sends readers on to."""
    aliases: tuple[str, ...] = ()
    """Further old addresses that lead to it."""
    comments: tuple[Comment, ...] = ()
    front: str = ""
    """Front matter as its author wrote it, fences included, where the old blog had any that blogq reads too."""
    unread: str = ""
    """Why its front matter can't be read; empty where it can."""
    file: str = ""
    """Where it stood below the folder of the old blog's texts, where that is worth keeping; empty otherwise."""


class Address(NamedTuple):
    """An old address that isn't one of a post or page: a list, the page of a picture."""

    url: str
    what: str
    to: str = ""
    """Address of the post or page that readers are to be sent on to; empty where there is none."""


class TermPage(NamedTuple):
    """The old page that listed what has a label."""

    url: str
    taxonomy: str
    label: str


class Carry(NamedTuple):
    """A file that goes into the new site as it is."""

    target: str
    """Path in the new site, with `/`."""
    source: Path
    root: Path
    """Folder out of which `source` may not lead, through links either."""


@dataclass(frozen=True, slots=True)
class Export:
    """An export that has been opened: what it says of the blog, and ways to its items, one at a time."""

    about: About
    items: Callable[[Tell], Iterator[Item]]
    """Reads the items; what goes wrong on the way is told, and the rest is read."""
    addresses: Iterable[Address] = ()
    files: Iterable[Carry] = ()
    uploads: Callable[[str], Carry | None] = lambda path: None
    """Finds the file beside the export that stood at a path of the old site, such as `/wp-content/uploads/a.jpg`."""
    hosts: frozenset[str] = frozenset()
    """Further hosts that the old blog showed its pictures from."""
    urls: Callable[[], Iterable[str]] | None = None
    """Addresses of all live items, where that is quicker than to read the items once more."""
    resolve: Callable[[str], str] = lambda address: address
    """Says what address is meant by one that only the old program understands, such as `/?p=12`."""
    lists: Callable[[], Iterable[TermPage]] = lambda: ()
    """The old pages of terms; asked when all items have been read."""


class Unreadable(Exception):
    """The export can't be read at all; says why, for the person who named it."""
