"""The fields of front matter: what a source says of itself, and what it takes over where it says nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from blogq.content.dates import Moment
from blogq.content.values import Placement
from blogq.yaml_document import Node


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the front matter of one source says, in our words whatever generator it was written for."""

    title: str = ""
    date: Moment | None = None
    updated: Moment | None = None
    publish: Moment | None = None
    """When to put it online."""
    expiry: Moment | None = None
    """When to take it off again."""
    draft: bool = False
    unlisted: bool = False
    """Published at its address, and in no list, feed or search."""
    slug: str = ""
    permalink: str = ""
    """Its path on the site, as written; still to be checked."""
    aliases: tuple[str, ...] = ()
    """Paths it was at before, as written; still to be checked."""
    redirect_to: str = ""
    """Address that its page sends readers on to instead of showing anything, percent-encoded; it is unlisted then."""
    terms: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Taxonomy and labels, in the order of the taxonomies; only those that have labels."""
    weight: int = 0
    series_order: int | None = None
    """Which part of its series it is."""
    replaces: tuple[str, ...] = ()
    """Posts whose text it takes up on purpose: paths of sources, slugs or addresses."""
    pinned: bool = False
    menus: tuple[Placement, ...] = ()
    """Menus that it puts itself into."""
    language: str = ""
    layout: str = ""
    summary: str = ""
    description: str = ""
    audience: str = ""
    """For whom it is written: a name or a range, as `blogq.content.audience` takes it."""
    image: str = ""
    cascade: Node | None = None
    """What it wants everything below it to say; of an `_index.md`."""
    extra: dict[str, Any] = field(default_factory=dict)
    """What is the site's own, by the key as written; can be written as JSON."""
    style: str = "none"
    """`yaml`, `toml`, `json`, `pelican` or `none`."""
    lines: dict[str, int] = field(default_factory=dict)
    """Line of the file in which each known key stands, by our name for it."""
