"""URLs of sources: folder and slug unless a pattern or the source itself says otherwise; and what can't be a URL.

A URL here is a root-relative path as people read it, neither percent-encoded nor under the site's subpath:
`/posts/hello/`. `output_path` says which file it is, `quoted` how it is written into a page.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import quote, unquote

from blogq.content.name import Name
from blogq.pattern import Pattern

LONGEST_NAME = 255
"""Bytes in a file name: the limit of ext4, APFS and NTFS."""
FILES = (".html", ".htm", ".xml", ".txt", ".json")
"""Endings of a permalink that name the file itself instead of a folder with an index."""

UNNAMED = frozenset(("_posts", "_drafts"))
"""Folders that URLs and sections leave out."""

_RESERVED = Pattern(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)", re.IGNORECASE)
_CHECKOUT = frozenset((".git", ".hg", ".svn"))
_CONTROL = Pattern("[\x00-\x1f\x7f-\x9f]")
_INVISIBLE = Pattern("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_UNSAFE = Pattern(r"""[\s?#%"<>|*:\\^`{}\[\]]+""")
_PLAIN = Pattern(r"[A-Za-z0-9/._~!$&'()*+,;=:@-]*")
_SAFE_SLUG = Pattern(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
_SAFE_URL = Pattern(
    r"(?:/(?!(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:[./]|$))[a-z0-9_~-](?:[a-z0-9._~-]{0,100}[a-z0-9_~-])?){0,9}/?",
    re.IGNORECASE | re.ASCII,
)
"""URLs that nothing can be wrong with: nearly all."""
_NOT_WORD = Pattern(r"[^\w.~-]+|_+(?=_)")
_PART = Pattern(r":([a-z]+)")


def slug_of_stem(stem: str) -> str:
    """Return the slug of a file name: as its author wrote it, but for characters that a URL can't hold."""
    if _SAFE_SLUG.fullmatch(stem):
        return stem
    return unicodedata.normalize("NFC", _UNSAFE.sub("-", stem.strip())).strip("-") or stem.strip()


def slugified(text: str) -> str:
    """Return `text` as a slug: lower case, words joined by hyphens, letters of all scripts kept; maybe empty."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = text.replace("++", "-plus-plus").replace("#", "-sharp ").replace("&", " and ")
    if not text.isascii():
        text = "".join(
            c if c.isalnum() or unicodedata.category(c) in ("Mn", "Mc", "So") else "-" if c not in "._~" else c
            for c in text
        )
    return re.sub(r"-{2,}", "-", _NOT_WORD.sub("-", text)).strip("-.~")


def expanded(pattern: str, name: Name, slug: str, title: str, date: tuple[int, int, int] | None) -> str:
    """Return a permalink pattern with its parts filled in; a part that has no value leaves its segment out."""
    folder = plain_folder(name.folder)
    year, month, day = (f"{date[0]:04d}", f"{date[1]:02d}", f"{date[2]:02d}") if date else ("", "", "")
    values: Mapping[str, str] = {
        "year": year,
        "month": month,
        "day": day,
        "slug": slug,
        "title": slugified(title),
        "filename": slug_of_stem(name.stem),
        "folder": folder,
        "section": folder.partition("/")[0],
    }
    return re.sub(r"/{2,}", "/", _PART.sub(lambda m: values.get(m[1], m[0]), pattern))


@lru_cache(maxsize=4096)
def plain_folder(folder: str) -> str:
    """Return a source's folder as it stands in URLs: `_posts` and `_drafts` dropped, unsafe characters replaced."""
    return "/".join(slug_of_stem(part) for part in folder.split("/") if part and part not in UNNAMED)


def as_url(permalink: str) -> str:
    """Return a permalink or alias as a URL: it begins with a slash, and ends with one unless it names a file."""
    path = permalink.strip()
    path = re.sub(r"^https?://[^/]*", "", path)
    path = path.partition("?")[0].partition("#")[0]
    path = "/" + path.removeprefix("./").lstrip("/") if not path.startswith("//") else path
    if path.endswith("/index.html"):
        path = path.removesuffix("index.html")
    if not path.endswith("/") and not path.lower().endswith(FILES):
        path += "/"
    if "%" in path:
        path = unquote(path, errors="replace")
    return unicodedata.normalize("NFC", path)


def output_path(url: str) -> str:
    """Return the file that a URL stands for, relative to the output folder."""
    return url[1:] + "index.html" if url.endswith("/") else url[1:]


def quoted(url: str) -> str:
    """Return a URL as it is written into pages and feeds: percent-encoded where need be."""
    return url if _PLAIN.fullmatch(url) else quote(url, safe="/._~!$&'()*+,;=:@-")


def impossible(url: str) -> str:
    """Return why `url` can't be published, as a clause; or an empty string when it can."""
    if _SAFE_URL.fullmatch(url):
        return ""
    if _CONTROL.search(url):
        return "it has a control character in it"
    if "\\" in url:
        return "it has a backslash in it"
    parts = url.strip("/").split("/") if url.strip("/") else []
    if url.startswith("//") or "//" in url:
        return "it has an empty part between two slashes"
    for part in parts:
        again = unquote(part)
        if part in ("..", ".") or again in ("..", ".") or "/" in again:
            return f"{part!r} would lead to another folder"
        if part.lower() in _CHECKOUT:
            return f"{part!r} is the folder of a version control system"
        if len(part.encode("utf-8", "surrogatepass")) > LONGEST_NAME - len(".html"):
            return f"one part of it is longer than {LONGEST_NAME} bytes"
        if _RESERVED.match(part):
            return f"{part!r} is a name that Windows reserves"
        if part.endswith((".", " ")):
            return f"{part!r} ends with a {'dot' if part.endswith('.') else 'space'}, which Windows drops"
        try:
            part.encode()
        except UnicodeEncodeError:
            return "it has half a character in it"
    if len(url.encode("utf-8", "surrogatepass")) > 2000:
        return "it is longer than 2,000 bytes"
    return ""


def invisible(url: str) -> bool:
    """Return whether `url` has characters that nobody sees: zero-width ones, marks of direction."""
    return not url.isascii() and bool(_INVISIBLE.search(url))


def folded(path: str) -> str:
    """Return what two paths share when some file system takes them for one: case and Unicode form aside."""
    return (
        path.lower() if path.isascii() else unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
    )
