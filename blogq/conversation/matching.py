"""Which post a comment is on: by its address, an older one, its source's path, or its slug where only one has it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import unquote

from blogq.conversation.comment import Comment
from blogq.conversation.threads import ordered


class Place(NamedTuple):
    """Where a post or page stands."""

    url: str
    """Root-relative, without the site's subpath, not percent-encoded."""
    aliases: Sequence[str]
    """Its old URLs."""
    path: str
    """Its source, below the content folder."""


class Matched(NamedTuple):
    """Comments by post."""

    of: Mapping[int, tuple[Comment, ...]]
    """All comments on a post, from the oldest to the newest, by the post's index."""
    lost: Mapping[str, list[str]]
    """What posts are called that aren't there, once for each comment, by source."""


def matched(comments: Iterable[Comment], places: Sequence[Place], prefix: str) -> Matched:
    """Return `comments` by the index of the place that they are on; `prefix` is the site's subpath, such as `/blog`."""
    table, slugs = _tables(places)
    base = plain(prefix)
    known: dict[str, int] = {}
    found: dict[int, list[Comment]] = {}
    lost: dict[str, list[str]] = {}
    for comment in comments:
        at = known.get(comment.post)
        if at is None:
            at = known[comment.post] = _place(plain(comment.post), table, slugs, base)
        if at < 0:
            lost.setdefault(comment.source, []).append(comment.post)
        else:
            found.setdefault(at, []).append(comment)
    return Matched({index: tuple(ordered(some)) for index, some in sorted(found.items())}, lost)


def _tables(places: Sequence[Place]) -> tuple[dict[str, int], dict[str, int]]:
    """Return where posts stand by plain address, and by last part of it (-1 where several have it)."""
    table: dict[str, int] = {}
    slugs: dict[str, int] = {}
    for index, place in enumerate(places):
        table.setdefault(plain(place.url), index)
    for index, place in enumerate(places):
        for alias in place.aliases:
            table.setdefault(plain(alias), index)
    for index, place in enumerate(places):
        stem = re.sub(r"(?:/index|/_index)?\.[A-Za-z]+$", "", place.path)
        table.setdefault(plain(stem), index)
        names = {plain(place.url).rpartition("/")[2], plain(stem).rpartition("/")[2]}
        names |= {plain(alias).rpartition("/")[2] for alias in place.aliases}
        for name in names - {""}:
            slugs[name] = index if slugs.get(name, index) == index else -1
    return table, slugs


def _place(name: str, table: Mapping[str, int], slugs: Mapping[str, int], base: str) -> int:
    if name in table:
        return table[name]
    if base and (name == base or name.startswith(f"{base}/")) and name[len(base) + 1 :] in table:
        return table[name[len(base) + 1 :]]
    return slugs.get(name.rpartition("/")[2], -1)


def plain(name: str) -> str:
    """Return an address or path without host, query, `index.html`, ending and slashes around it."""
    name = re.sub(r"^(?:[a-z][a-z0-9+.-]*:)?//[^/?#]*", "", name.strip(), flags=re.IGNORECASE)
    name = unquote(re.split(r"[?#]", name, maxsplit=1)[0])
    name = re.sub(r"(?:^|/)index\.html?$|\.html?$", "", name)
    return unicodedata.normalize("NFC", name.strip("/"))
