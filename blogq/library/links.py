"""Where the links of a post lead: sources and files by path, pages by URL."""

from __future__ import annotations

import re
from collections.abc import Mapping
from posixpath import normpath
from typing import NamedTuple
from urllib.parse import unquote

from blogq.content.name import is_markdown
from blogq.content.post import UNIT
from blogq.library.permalinks import as_url, quoted
from blogq.library.site import Site
from blogq.pattern import Pattern

_PELICAN = Pattern(r"[{|](?:filename|static|attach)[|}](.+)", re.DOTALL)
"""A path as Pelican writes it, from the content folder on when it begins with a slash."""


class Targets(NamedTuple):
    """What a link on the site can lead to."""

    by_path: Mapping[str, int]
    """Index of each live entry, by the path of its source."""
    files: Mapping[str, str]
    """URL of each other file, by its path below the content folder."""
    urls: frozenset[str]
    """Every URL of the site, pages and files."""


def targets_of(site: Site, urls: frozenset[str] = frozenset()) -> Targets:
    """Return what the links on `site` can lead to."""
    return Targets({entry.path: index for index, entry in enumerate(site.entries)}, site.files, urls)


def resolve(site: Site, targets: Targets, index: int, target: str) -> tuple[str, int, bool]:
    """Return where `target`, a link of the entry at `index`, leads.

    The answer is a root-relative URL with its query and fragment, percent-encoded and without the site's
    subpath; the index of the entry it leads to or -1; and whether it was found as a source or a file. One that
    wasn't is a URL seen from the page's own place, which may still exist.
    """
    path, mark, rest = _split(target)
    rest = mark + rest
    if not path:
        return quoted(site.urls[index]) + rest, index, True
    plain = unquote(path) if "%" in path else path
    entry = site.entries[index]
    if plain[:1] in ("{", "|") and (named := _PELICAN.match(plain)):
        plain = f"@{named[1]}" if named[1].startswith("/") else named[1]
    if plain.startswith("/"):
        found = targets.by_path.get(plain[1:]) if is_markdown(plain) else None
        return (quoted(site.urls[found]) + rest, found, True) if found is not None else (path + rest, -1, False)
    if plain.startswith("@/"):
        place = normpath(plain[2:])
    else:
        place = normpath(f"{entry.path.rpartition('/')[0]}/{plain}".lstrip("/"))
    found = targets.by_path.get(place)
    if found is None and plain.startswith("@/"):
        # Where each language has a folder, `@/about.md` means the page of one's own.
        own = site.config.languages.get(site.languages[index])
        found = targets.by_path.get(f"{own.content}/{place}") if own and own.content else None
    if found is not None and site.languages[found] != site.languages[index] and not site.names[found].language:
        # `b.md` in a Spanish page means b.es.md; but `a.md` in a.es.md means what it says, as `b.es.md` does.
        versions = site.translations.get(found, ())
        if index not in versions:
            found = next((i for i in versions if site.languages[i] == site.languages[index]), found)
    if found is not None:
        return quoted(site.urls[found]) + rest, found, True
    if place in targets.files:
        return quoted(targets.files[place]) + rest, -1, True
    for folder in ("static/", "../static/"):
        if place.startswith(folder):
            return "/" + place[len(folder) :] + rest, -1, False
    base = quoted(site.urls[index])
    joined = normpath(base.rpartition("/")[0] + "/" + path)
    return "/" + joined.lstrip("/") + ("/" if path.endswith("/") and joined != "/" else "") + rest, -1, False


def where_to(site: Site, targets: Targets, index: int) -> tuple[str, bool]:
    """Return the address that the entry at `index` sends readers on to, and whether it names a host of its own.

    Without one it is a root-relative URL, percent-encoded and without the site's subpath.
    """
    entry = site.entries[index]
    if not entry.links:
        return entry.redirect_to, True
    return resolve(site, targets, index, entry.redirect_to)[0], False


def resolve_image(site: Site, targets: Targets, index: int, image: str) -> str:
    """Return the URL of an image that front matter names, as `resolve` does.

    A relative path that is none from the source on is taken from the site's root, as Jekyll's themes do.
    """
    url, _, found = resolve(site, targets, index, image)
    return url if found or image.startswith(("/", ".", "@")) else f"/{image}"


def exists(targets: Targets, url: str) -> bool:
    """Return whether a root-relative URL, percent-encoded or not, is one of the site's."""
    path = _split(url)[0]
    plain = unquote(path) if "%" in path else path
    return plain in targets.urls or as_url(plain) in targets.urls or plain.removesuffix("index.html") in targets.urls


def links_of(joined: str) -> list[str]:
    """Return the local link targets of an entry."""
    return joined.split(UNIT) if joined else []


def _split(target: str) -> tuple[str, str, str]:
    """Split a target into path, the mark that ends it (`?`, `#` or nothing), and the rest."""
    cut = min((at for at in (target.find("?"), target.find("#")) if at >= 0), default=-1)
    return (target[:cut], target[cut], target[cut + 1 :]) if cut >= 0 else (target, "", "")
