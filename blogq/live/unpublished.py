"""What isn't public yet: pages that a build would leave out, and the links to them on other pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from urllib.parse import unquote, urljoin

from blogq.config.schema import Config
from blogq.content.post import DRAFT, MISSING, Entry
from blogq.library.permalinks import quoted
from blogq.library.site import moment
from blogq.library.status import goes_live

_LINK = re.compile(rb"""<a\b[^>]*?\shref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_WITH_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def mark_of(entry: Entry | None, config: Config, now: int) -> tuple[str, str]:
    """Return why a build would leave `entry` out, and the day from which it wouldn't.

    That is `draft`, `scheduled` or nothing. `now` is in seconds since 1970; None stands for a page that has no source.
    """
    if entry is None:
        return "", ""
    if entry.flags & DRAFT:
        return ("", "") if config.drafts else ("draft", "")
    live = goes_live(entry)
    if live != MISSING and live > now and not config.future:
        return "scheduled", moment(live, entry.offset).date().isoformat()
    return "", ""


def marked_links(
    page: bytes, url: str, prefix: str, mark: Callable[[str], tuple[str, str]]
) -> tuple[tuple[str, str], ...]:
    """Return the addresses to which `page` links and that aren't public yet, each with a word or two about it.

    `url` is the page's own path, without the site's subpath `prefix`. Addresses are as browsers have them, with it.
    `mark` says of a path on the site why a build would leave it out, as `mark_of` does.
    """
    found: dict[str, str] = {}
    for path in dict.fromkeys(_paths(page, url, prefix)):
        why, when = mark(path) if path != url else ("", "")
        if why:
            found[prefix + quoted(path)] = f"from {when}" if why == "scheduled" else why
    return tuple(found.items())


def _paths(page: bytes, url: str, prefix: str) -> Iterator[str]:
    """Yield the paths on the site to which `page` links, without its subpath."""
    for match in _LINK.finditer(page):
        href = unescape(b"".join(match.groups(b"")).decode("utf-8", "replace")).strip()
        if href.startswith("#") or _WITH_SCHEME.match(href):
            continue
        try:
            path = unquote(urljoin(prefix + quoted(url), href).partition("#")[0].partition("?")[0])
        except ValueError:
            continue
        if path.startswith(f"{prefix}/"):
            yield path[len(prefix) :]
