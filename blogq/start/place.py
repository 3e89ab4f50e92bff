"""Where a new post goes, and how its file looks: as the posts that are already there.

The newest sources are looked at, so it costs the same in a folder of ten and of ten thousand.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from blogq.collect import LARGEST_SOURCE, Unreadable, read_file
from blogq.config.schema import Config
from blogq.content.name import in_drafts, read_name
from blogq.content.post import language_folders
from blogq.sources import Sources
from blogq.start.header import STYLES

SAMPLE = 60
"""How many sources are looked at, the newest first."""
HOUR = 3600 * 10**9
"""Nanoseconds."""


class Manner(NamedTuple):
    """How a blog keeps its posts."""

    folder: str
    """Below the content folder; `:year`, `:month` and `:day` stand for those of the post."""
    style: str
    """Syntax of front matter: one of `STYLES`."""
    extension: str
    dated: bool = False
    """Whether file names begin with the date."""
    bundles: bool = False
    """Whether each post is a folder with an index.md."""
    timed: bool = False
    """Whether dates have a time of day."""
    authored: bool = False
    """Whether posts name their author."""


class _Seen(NamedTuple):
    folder: str
    style: str
    extension: str
    dated: bool
    bundles: bool
    timed: bool
    authored: bool
    is_post: bool
    below: str
    """The folder as it is, without dates made general."""


def manner_of(sources: Sources, config: Config, section: str | None) -> Manner:
    """Return how the blog keeps its posts: in the folder `section` where one is given, else where most posts are."""
    seen = _sample(sources, config)
    posts = [each for each in seen if each.is_post]
    style = _most([each.style for each in seen if each.style in STYLES], "yaml")
    extension = _most([each.extension for each in seen], ".md")
    if section is not None:
        section = section.strip("/")
        like = [each for each in posts if each.below == section or each.below.startswith(f"{section}/")]
        folder = _most([each.folder for each in like], section)
        # Posts of one section may lie in folders of it; those aren't where the next one belongs, unless they are dates.
        folder = folder if re.sub(r"(?:/:(?:year|month|day))+$", "", folder) == section else section
        posts = [each for each in like if each.folder == folder] or posts
    elif posts:
        folder = _most([each.folder for each in posts], "")
        posts = [each for each in posts if each.folder == folder]
    else:
        return Manner("posts", style, extension)
    half = len(posts) / 2
    return Manner(
        folder,
        _most([each.style for each in posts if each.style in STYLES], style),
        _most([each.extension for each in posts], extension),
        sum(each.dated for each in posts) > half,
        sum(each.bundles for each in posts) > half,
        sum(each.timed for each in posts) > half,
        sum(each.authored for each in posts) > half,
    )


def _most(values: Sequence[str], otherwise: str) -> str:
    """Return the value that is there most often; of several the newest, which comes first."""
    return Counter(values).most_common(1)[0][0] if values else otherwise


def _sample(sources: Sources, config: Config) -> list[_Seen]:
    """Return how the newest sources are kept."""
    from blogq.content.front_matter import read_front_matter
    from blogq.content.text import decode

    listing = sources.content
    folders = language_folders(config)
    found: list[_Seen] = []
    for index in _newest(sources):
        path = listing.paths[index]
        name = read_name(path, folders)
        if name.section or in_drafts(name.folder):
            continue
        try:
            data = read_file(listing.root, path, path, sources.bounds, LARGEST_SOURCE).data
        except Unreadable:
            continue
        text, _ = decode(data, path)
        front, *_ = read_front_matter(text, path, taxonomies=tuple(config.taxonomies), zone=UTC)
        day: date | None = None
        when = front.date or front.publish
        if when is not None:
            day = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=when.seconds, minutes=when.offset)).date()
        elif name.date:
            day = date(*map(int, name.date.split("-")))
        found.append(
            _Seen(
                _general(name.folder, day),
                front.style,
                path[path.rindex(".") :],
                bool(name.date),
                bool(name.bundle),
                bool(front.date and front.date.time),
                any(taxonomy == "authors" for taxonomy, _ in front.terms),
                day is not None,
                name.folder,
            )
        )
    return found


def _newest(sources: Sources) -> list[int]:
    """Return the indexes of the newest sources, at most `SAMPLE`.

    A checkout gives all files the time at which it was made: of more that are of one hour some are taken from all over.
    """
    listing = sources.content
    hours: dict[int, list[int]] = {}
    for index in sorted(sources.posts, key=lambda index: -listing.stats[index][1]):
        hours.setdefault(listing.stats[index][1] // HOUR, []).append(index)
    found: list[int] = []
    for hour in sorted(hours, reverse=True):
        room, of_hour = SAMPLE - len(found), hours[hour]
        if len(of_hour) > room:
            of_hour.sort(key=lambda index: listing.paths[index], reverse=True)
            of_hour = [of_hour[at * len(of_hour) // room] for at in range(room)]
        found += of_hour
        if len(found) == SAMPLE:
            break
    return found


def _general(folder: str, day: date | None) -> str:
    """Return `folder` with the parts that are the year, month and day of a post made general."""
    if day is None:
        return folder
    parts: list[str] = []
    wanted = [(":year", f"{day.year:04d}"), (":month", f"{day.month:02d}"), (":day", f"{day.day:02d}")]
    for part in folder.split("/"):
        if wanted and part == wanted[0][1]:
            part = wanted.pop(0)[0]
        parts.append(part)
    return "/".join(parts)


def folder_of(manner: Manner, day: date) -> str:
    """Return the folder of a post of `day`."""
    known = {":year": f"{day.year:04d}", ":month": f"{day.month:02d}", ":day": f"{day.day:02d}"}
    return "/".join(known.get(part, part) for part in manner.folder.split("/"))
