"""Sitemaps: which pages belong to a site, and under which names saved ones are looked for."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from blogq.corpora.document import Place
from blogq.corpora.feed import SITEMAPS
from blogq.corpora.xml_stream import Root, XmlStream, child_texts, name_of
from blogq.finding import Finding, Span
from blogq.pattern import Pattern
from blogq.store.digest import digest

MOST = 200_000
"""Addresses of a sitemap that are read; the protocol allows 50,000 in a file."""
LONGEST_NAME = 100
"""Characters of a name on disk."""
_ODD = Pattern(r'[\x00-\x1f\x7f<>:"/\\|?*]|^\.+|[. ]+$')
_PAGE = (".html", ".htm", ".xhtml")


class Located(NamedTuple):
    """An address in a sitemap."""

    url: str
    changed: str
    """When it was last changed, as written there; or empty."""
    is_sitemap: bool
    """Whether it leads to another sitemap."""


def read_sitemap(data: bytes, place: Place) -> tuple[tuple[Located, ...], list[Finding]]:
    """Return the addresses in the sitemap `data`, in their order, and what is wrong with it."""
    found: list[Located] = []
    wrong: list[Finding] = []

    def take(element: Any) -> bool:
        told: dict[str, str] = {}
        for name, text, _ in child_texts(element):
            told.setdefault(name, text.strip())
        url = told.get("loc", "")
        if url.lower().startswith(("http://", "https://")) and len(found) < MOST:
            found.append(Located(url, told.get("lastmod", ""), name_of(element) == "sitemap"))
        return True

    def begin(root: Root) -> bool:
        if root.name in SITEMAPS:
            return True
        message = f"this is no sitemap: it begins with <{root.name[:40]}>"
        hint = "Name the right file in blogq.yaml, or leave `type` out."
        wrong.append(Finding("CO103", "warning", Span(place.shown, root.line), message, hint))
        return False

    stream = XmlStream(("{*}url", "url", "{*}sitemap", "sitemap"), take, place, begin)
    stream.feed(data)
    stream.close()
    return tuple(found), [*wrong, *stream.findings]


def saved_as(url: str) -> str:
    """Return the path under which a page is saved below the folder of its sitemap: `example.org/2024/first.html`."""
    return _names(url)[0]


def candidates(url: str) -> tuple[str, ...]:
    """Return the paths at which a saved page may lie, the likeliest first: with and without a folder for the host."""
    found = _names(url)
    return (*found, *(each.partition("/")[2] for each in found))


def sitemap_names(url: str) -> tuple[str, str]:
    """Return the names under which a sitemap that another one leads to is looked for, beside that."""
    own = _clean(url.partition("?")[0].rpartition("/")[2].removesuffix(".gz")) or "sitemap.xml"
    return f"sitemap-{digest(url.encode('utf-8', 'replace')).hex()[:10]}.xml", own


def _names(url: str) -> list[str]:
    split = urlsplit(url)
    parts = [_clean(unquote(part, errors="replace")) for part in split.path.split("/")]
    host = _clean(split.netloc.rpartition("@")[2].lower().replace(":", "_")) or "_"
    folder, last = [part for part in parts[:-1] if part], parts[-1]
    above = "/".join((host, *folder))
    asked = f"@{digest(split.query.encode('utf-8', 'replace')).hex()[:10]}" if split.query else ""
    if not last:
        found = [f"{above}/index{asked}.html"]
        return found if asked else [*found, f"{above}.html", f"{above}/index.htm"]
    stem, dot, ending = last.rpartition(".")
    if f".{ending.lower()}" in _PAGE and dot:
        return [f"{above}/{stem}{asked}.{ending}"]
    return [f"{above}/{last}{asked}.html", *([] if asked else [f"{above}/{last}/index.html", f"{above}/{last}"])]


def _clean(part: str) -> str:
    """Return a part of an address as a name that every file system takes, and that climbs nowhere."""
    name = _ODD.sub("_", part)
    if len(name.encode("utf-8", "replace")) > LONGEST_NAME:
        ending = name.rpartition(".")[2] if f".{name.rpartition('.')[2].lower()}" in _PAGE else ""
        name = f"{name[: LONGEST_NAME // 4]}~{digest(part.encode('utf-8', 'replace')).hex()[:10]}"
        name += f".{ending}" if ending else ""
    return name.encode("utf-8", "replace").decode("utf-8")
