"""Old addresses and what becomes of them: the same path on the new site, a redirect, or a line among those lost."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from blogq.library.permalinks import as_url, folded, impossible

_LOCAL = re.compile(r"[a-z][a-z0-9+.-]*:|//|#|\?|\Z", re.I)


class Home(NamedTuple):
    """Where the old site was."""

    hosts: frozenset[str]
    """Its hosts, lower case, `www.` left out."""
    base: str
    """The path of its home page, with a slash at its end: `/`, `/blog/`."""


def home_of(url: str, more: frozenset[str] = frozenset()) -> Home:
    """Return where the site with the home page `url` is."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower().removeprefix("www.")
    except ValueError:
        return Home(more, "/")
    path = re.sub(r"/+", "/", f"/{parts.path.strip('/')}/")
    return Home(frozenset(({host} if host else set()) | {each.lower().removeprefix("www.") for each in more}), path)


def pattern_of(url: str, date: str) -> str:
    """Return the pattern that an address follows (`/:year/:month/:slug/`), with the parts of its `date` in order."""
    parts = [each for each in url.split("/") if each]
    if not parts or not url.endswith("/"):
        return ""
    wanted = {date[:4]: ":year", date[5:7]: ":month", date[8:10]: ":day"}
    made, left = [], list(wanted.items())
    for part in parts[:-1]:
        if left and date and part == left[0][0]:
            made.append(left.pop(0)[1])
        elif re.fullmatch(r"\d+|:.*", part):
            return ""
        else:
            made.append(part)
    return f"/{'/'.join([*made, ':slug'])}/"


def path_of(address: str, home: Home) -> str:
    """Return the path, query and fragment on the new site of an address of the old one; empty where it is no such."""
    address = address.strip()
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower().removeprefix("www.")
    except ValueError:
        return ""
    if parts.scheme or address.startswith("//"):
        if parts.scheme not in ("http", "https", "") or host not in home.hosts:
            return ""
    elif not address.startswith("/"):
        return ""
    path = parts.path or "/"
    if home.base != "/":
        if not f"{path.rstrip('/')}/".startswith(home.base):
            return ""
        path = "/" + path[len(home.base) :]
    more = (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")
    return path + more


def kept_url(address: str, home: Home) -> tuple[str, str]:
    """Return the URL that a page at `address` has in the new site, and if there can be none, why, as a clause."""
    path = path_of(address, home)
    if not path:
        return "", "it is on another site"
    bare = path.partition("#")[0]
    if "?" in bare:
        return "", "it is told apart by what stands behind its `?` only, which no file can be"
    try:
        bare = unquote(bare, errors="strict")
    except UnicodeDecodeError:
        return "", "it isn't UTF-8"
    if "%" in bare and re.search(r"%[0-9A-Fa-f]{2}", bare):
        return "", "it is percent-encoded twice"
    url = as_url(bare)
    return ("", why) if (why := impossible(url)) else (url, "")


class Claims:
    """The URLs of the new site that are taken, by whom."""

    def __init__(self) -> None:
        self._taken: dict[str, str] = {}

    def take(self, url: str, by: str) -> str:
        """Take `url`; return who had it before, or nothing where it is free or the same one's."""
        had = self._taken.setdefault(folded(url).rstrip("/"), by)
        return "" if had == by else had

    def owner(self, url: str) -> str:
        """Return who has `url`, or nothing."""
        return self._taken.get(folded(url).rstrip("/"), "")


def is_relative(address: str) -> bool:
    """Return whether an address depends on the page that it stands on."""
    return not _LOCAL.match(address) and not address.startswith("/")
