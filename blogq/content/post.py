"""One source, parsed: an `Entry` with what the rest of the site needs to know of it, and a record with the rest."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, NamedTuple

from blogq.config.schema import Config, Default, Markdown
from blogq.finding import Finding, to_json
from blogq.store.digest import NONE

MISSING = -(1 << 62)
"""A moment that isn't there."""
BROKEN, DRAFT, UNLISTED, PINNED, HAS_TITLE, HELD, HAS_IMAGE = 1, 2, 4, 8, 16, 32, 64
"""Flags of an entry. `HELD` is never remembered: the gate decides about it in each build."""
WORDS = 16
"""Telling words that a post is found by."""
STRONG = 8
"""Those of them, the most used ones, that count double."""
LABELS = 8
"""Labels of taxonomies that a post is found by."""
SLOTS = WORDS + LABELS
"""What a vector has room for: hashes of 32 bits, words first; 0 where there is nothing."""
VECTOR = 4 * SLOTS
"""Bytes of a vector."""
NO_VECTOR = bytes(VECTOR)
UNIT, GROUP = "\x1f", "\x1e"
"""Separators inside the joined texts of an entry; they can't occur in its parts."""


@dataclass(frozen=True, slots=True)
class ParseOptions:
    """The part of the config that parsing depends on."""

    markdown: Markdown
    taxonomies: tuple[str, ...]
    timezone: str
    language: str = "en"
    """Of sources that don't say: it decides about quotation marks, and what admonitions are called."""
    plugins: tuple[str, ...] = ()
    """Packages that add to Markdown."""
    defaults: tuple[Default, ...] = ()
    dates: str = ""
    folders: tuple[tuple[str, str], ...] = ()
    """Folders of languages, as `read_name` takes them."""
    audience: str = ""
    """For whom sources are written that don't say; for the gate."""

    @classmethod
    def of(cls, config: Config) -> ParseOptions:
        """Return the part of `config` that parsing depends on."""
        return cls(
            config.markdown,
            tuple(config.taxonomies),
            config.timezone,
            config.language,
            config.plugins,
            config.defaults,
            config.dates,
            language_folders(config),
            config.audience,
        )


def language_folders(config: Config) -> tuple[tuple[str, str], ...]:
    """Return the folders of languages below the content folder, with their languages, the deepest first."""
    folders = [(each.content, tag) for tag, each in config.languages.items() if each.content]
    return tuple(sorted(folders, key=lambda folder: (-folder[0].count("/"), folder)))


class Entry(NamedTuple):
    """What library and plan know of one source: metadata only, and cheap to load for ten thousand."""

    path: str
    """Relative to the content folder, with `/`."""
    source: bytes
    """Digest of the bytes."""
    kind: str
    """`post`, `page` or `section`."""
    flags: int
    title: str
    date: int
    """UTC, in seconds since 1970; `MISSING` where there is none. So are the other moments."""
    offset: int
    """Minutes east of UTC in which the date was written."""
    updated: int
    publish: int
    expiry: int
    slug: str
    permalink: str
    language: str
    """As front matter says; empty where it doesn't."""
    layout: str
    weight: int
    series_order: int
    """Which part of its series it is; `MISSING` where it doesn't say."""
    menus: str
    """Places in menus: `menu UNIT weight UNIT title UNIT parent GROUP menu …`."""
    terms: str
    """`taxonomy UNIT label UNIT label GROUP taxonomy …`."""
    aliases: str
    redirect_to: str
    """Address that its page sends readers on to, percent-encoded; or empty. On the site, it is its only link."""
    links: str
    """Targets of links and media that stay on the site, each once, joined by UNIT; fragments of its own left out."""
    references: str
    """Those of them that lead where other sources or files say, joined by UNIT; and what may be paths in shortcodes."""
    shortcodes: str
    """Names of the shortcodes that its text uses, joined by UNIT; with `-` before those that it doesn't close."""
    images: str
    """Targets of local images that it shows, its front matter's among them, each once, joined by UNIT."""
    ids: bytes
    """Digest of the ids in its text, to which links can lead."""
    findings: str
    """Findings of parsing, as JSON; or empty."""
    card: bytes
    """Digest of what lists show of it."""
    segment: str
    """Where the record stands."""
    start: int
    size: int
    record: bytes
    """Digest of the record: of everything that its own page shows."""
    vector: bytes
    """What related posts are found by: hashes of telling words and labels, of a fixed size (content/telling.py)."""
    telling: str
    """Those words, as many as there are, as the text has them, joined by UNIT: what its page says of related posts."""


class Post(NamedTuple):
    """A parsed source: its entry, whose place in the store is still to be filled in, and its record."""

    entry: Entry
    record: bytes


class Dates(NamedTuple):
    """When a source was first and last committed."""

    created: int
    """UTC, in seconds since 1970."""
    offset: int
    """Minutes east of UTC where it was first committed."""
    updated: int
    """That of the last commit that changed it; equal to `created` where there was only one."""


class Cold(NamedTuple):
    """A record, decoded."""

    card: dict[str, Any]
    """`summary description more minutes image authors language`."""
    page: dict[str, Any]
    """`words toc extra ids links lines`, and `calls` where there are shortcodes."""
    body: str
    """HTML with placeholders."""


def split_card(record: bytes) -> dict[str, Any]:
    """Decode the part of a record that lists show."""
    card: dict[str, Any] = json.loads(record[: record.index(b"\n")])
    return card


def split_record(record: bytes) -> Cold:
    """Decode a record made by `parse`."""
    card, page, body = record.split(b"\n", 2)
    return Cold(json.loads(card), json.loads(page), body.decode("utf-8", "surrogatepass"))


def broken(path: str, source: bytes, findings: list[Finding]) -> Post:
    """Return the entry of a source that can't be published, with the `findings` that say why."""
    nothing = NOTHING._replace(path=path, source=source, findings=to_json(findings))
    return Post(nothing, b"{}\n{}\n")


NOTHING = Entry(
    path="",
    source=b"",
    kind="page",
    flags=BROKEN,
    title="",
    date=MISSING,
    offset=0,
    updated=MISSING,
    publish=MISSING,
    expiry=MISSING,
    slug="",
    permalink="",
    language="",
    layout="",
    weight=0,
    series_order=MISSING,
    menus="",
    terms="",
    aliases="",
    redirect_to="",
    links="",
    references="",
    shortcodes="",
    images="",
    ids=NONE,
    findings="",
    card=NONE,
    segment="",
    start=0,
    size=0,
    record=NONE,
    vector=NO_VECTOR,
    telling="",
)
"""An entry that says nothing."""
