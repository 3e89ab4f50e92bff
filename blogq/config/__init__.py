"""What a site's owner can set: `schema` says what there is, `load` reads `blogq.yaml` against it.

Here stands what a value must be beyond its type, one check per option.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

Complaint = tuple[str, str] | None
"""What is wrong with a value and what to do about it."""

_PARTS = frozenset(("year", "month", "day", "slug", "title", "filename", "folder", "section"))
"""What a permalink pattern can name."""


def _base_url(url: str) -> Complaint:
    host = r"https?://(?:\[[0-9A-Fa-f:.]+\]|[\w-]+(?:\.[\w-]+)*\.?)(?::\d{1,5})?(?:/[^?#\s\\\x00-\x20\x7f-\x9f]*)?"
    if re.fullmatch(host, url, re.IGNORECASE):
        return None
    return "is not the address of a site", "Write it as https://example.org/ or with a subpath."


def _timezone(name: str) -> Complaint:
    if name == "UTC":
        return None
    from zoneinfo import ZoneInfo, available_timezones

    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        from difflib import get_close_matches

        zones = {zone.rpartition("/")[2].lower(): zone for zone in sorted(available_timezones())}
        tail = name.rpartition("/")[2].lower().replace(" ", "_")[:40]
        near = [zones[match] for match in get_close_matches(tail, zones, 3, 0.7)]
        hint = f"Did you mean {' or '.join(near)}?" if near else "Write it as Europe/Berlin, or UTC."
        return "is no time zone", hint
    return None


def _language(tag: str) -> Complaint:
    return (
        None
        if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}", tag)
        else ("is no language tag", "Write a tag such as en, pt-BR or zh-Hant.")
    )


def _folder(name: str) -> Complaint:
    odd = re.search(r"[\\:*?\"<>|\x00-\x1f\x7f]", name)
    if not odd and not {"", ".."} & set(name.rstrip("/").split("/")):
        return None
    return "is no folder below the site's", "Write a name such as _site, without `..` and no `/` before it."


def _output(name: str) -> Complaint:
    if not name.strip("./"):
        return "can't be the site's own folder", "Write a name such as _site."
    return _folder(name)


def _url_folder(name: str) -> Complaint:
    from blogq.library.permalinks import impossible

    folder = name.strip("/")
    why = impossible(f"/{folder}/")
    if folder and why and _folder(folder) is None:
        return f"can't be part of an address: {why}", "Write a name such as topics."
    return _folder(folder) if name else None


def _permalink(pattern: str) -> Complaint:
    parts = re.findall(r":(\w+)", pattern)
    if wrong := [part for part in parts if part not in _PARTS]:
        return f"has the unknown part :{wrong[0]}", "Known: " + " ".join(f":{p}" for p in sorted(_PARTS)) + "."
    if not {"slug", "title", "filename"} & set(parts):
        return "would give all posts one address", "Put :slug into it, as in /:year/:slug/."
    if re.search(r"[\\?#\s]|(?:^|/)\.\.?(?:/|$)", pattern):
        return "has characters that an address can't have there", "Write it as /:year/:month/:slug/."
    return None


def _taxonomy(name: str) -> Complaint:
    return (
        None if re.fullmatch(r"\w[\w.-]*", name) else ("is no name for a taxonomy", "Write one word, such as topics.")
    )


def _between(low: int, high: int) -> Callable[[int], Complaint]:
    return lambda n: None if low <= n <= high else ("is out of range", f"Write a number from {low} to {high}.")


def _one_of(*words: str) -> Callable[[str], Complaint]:
    return lambda word: None if word in words else ("is unknown here", f"Write one of: {', '.join(words)}.")


def _theme(name: str) -> Complaint:
    return (
        None
        if re.fullmatch(r"\w[\w.-]*", name)
        else ("is no theme's name", "Write the name of a folder below themes/.")
    )


def _address(url: str) -> Complaint:
    if re.match(r"(?:javascript|vbscript|data|blob|file):", re.sub(r"[\x00-\x20]", "", url), re.IGNORECASE):
        return "is no address to link to", "Write a web address, a path on the site or a source's name."
    return None


def _date_format(format: str) -> Complaint:
    if format in ("long", "medium", "short", "full"):
        return None
    hint = "Write long, medium, short or full, or a pattern such as d. MMMM y, words of its own in quotes: d 'de' MMMM."
    bare = re.sub(r"'[^']*'", "", format)
    if "'" in bare:
        return "has a quote that is opened and never closed", hint
    fields = re.findall(r"([A-Za-z])\1*", bare)
    if wrong := [letter for letter in fields if letter not in "GyYMLdEecwWDQq"]:
        return f"is no pattern of a date: {wrong[0]} stands for nothing there", hint
    if word := re.search(r"[a-z]*([a-z])(?!\1)[a-z]+", bare):
        return f"has the word {word[0]!r} in it, of which each letter would be taken for a field", hint
    return None if fields else ("names neither day, month nor year", hint)


CHECKS: dict[str, Callable[[Any], Complaint]] = {
    "base_url": _base_url,
    "timezone": _timezone,
    "language": _language,
    "languages{}": _language,
    "content": lambda name: None if name in (".", "./", "") else _folder(name),
    "output": _output,
    "theme": _theme,
    "permalinks.*": _permalink,
    "taxonomies{}": _taxonomy,
    "taxonomies.*.path": _url_folder,
    "pagination.size": _between(1, 1000),
    "pagination.path": _url_folder,
    "feeds.limit": _between(1, 1000),
    "feeds.formats[]": _one_of("rss", "atom", "json"),
    "feeds.content": _one_of("full", "summary"),
    "authors.*.url": _address,
    "menu[].url": _address,
    "date_format": _date_format,
    "languages.*.content": lambda name: _folder(name) if name else None,
    "languages.*.menu[].url": _address,
    "languages.*.taxonomies.*.path": _url_folder,
    "languages.*.date_format": _date_format,
    "languages.*.direction": _one_of("ltr", "rtl"),
    "profiles[].url": _address,
    "profiles[].rel": _one_of("me", "nofollow", "me nofollow", "nofollow me"),
}
"""What a value must be beyond its type, by its option; `*` stands for a name, `{}` is that name itself,
`[]` stands for an entry of a list."""
