"""What the path of a source says: its folder, its name, its language, its date, and whether it heads a folder."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from blogq.pattern import Pattern

EXTENSIONS = (".md", ".markdown", ".mdown", ".mkd", ".mdx")
"""Endings of Markdown sources."""

IMAGES = (".jpg", ".jpeg", ".jfif", ".png", ".webp", ".avif", ".gif", ".svg", ".heic", ".heif")
"""Endings of images."""

LANGUAGES = frozenset(
    (
        "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de "
        "dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id "
        "ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu "
        "lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu "
        "rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr "
        "ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu fil haw yue"
    ).split()
)
"""Language tags that a file name may end in before its extension: ISO 639-1, and three of ISO 639-3 in wide use."""

_LANGUAGE = Pattern(r"\.([a-z]{2,3})((?:[-_](?:[a-z]{4}|[a-z]{2}|\d{3})){0,2})$", re.IGNORECASE)
_DATE = Pattern(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[-_ ]+|$)")


class Name(NamedTuple):
    """What a path says."""

    folder: str
    """Folder in which the page stands, without slashes around it; empty at the top, and in a language's folder."""
    stem: str
    """File name without date, language and extension; of a bundle, its folder's name; empty for a section."""
    date: str
    """`YYYY-MM-DD` from the start of the name, as written there; or empty."""
    language: str
    """Lower-case tag such as `es` or `pt-br`, or empty."""
    bundle: str
    """Folder of whose files this page is the head (`index.md`, `_index.md`), or empty."""
    section: bool
    """Whether it is the text of a section: `_index.md`, or the top folder's `index.md`."""


def in_drafts(folder: str) -> bool:
    """Return whether `folder` lies in one that Jekyll and Hexo keep drafts in."""
    return "_drafts" in folder.split("/")


def is_image(path: str) -> bool:
    """Return whether a path is that of an image, by its ending."""
    return path[-5:].lower().endswith(IMAGES)


def is_markdown(path: str) -> bool:
    """Return whether the file at `path` is a source, by its ending."""
    return path.lower().endswith(EXTENSIONS)


def without_date(stem: str) -> tuple[str, str]:
    """Split a date prefix off `stem`: ("2024-1-5-hello") → ("hello", "2024-1-5"). A bare date stays the stem."""
    match = _DATE.match(stem)
    if not match or not _exists(int(match[1]), int(match[2]), int(match[3])):
        return stem, ""
    date = f"{match[1]}-{match[2]}-{match[3]}"
    return stem[match.end() :] or date, date


def _exists(year: int, month: int, day: int) -> bool:
    """Return whether there is such a day."""
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


Folders = Sequence[tuple[str, str]]
"""Folders whose sources are in one language, with that language; a folder within another stands before it."""


def within(path: str, folders: Folders) -> str:
    """Return `path` from the language folder on that it lies in, if it lies in one."""
    for each, _ in folders:
        if path.startswith(f"{each}/"):
            return path[len(each) + 1 :]
    return path


def read_name(path: str, folders: Folders = ()) -> Name:
    """Return what `path`, relative to the content folder and with `/`, says.

    What lies in one of the language folders is read as if it lay right in the content folder.
    """
    real, _, file = path.rpartition("/")
    folder, language = real, ""
    for each, tag in folders:
        if real == each or real.startswith(f"{each}/"):
            folder, language = real[len(each) + 1 :], tag
            break
    stem = file.rpartition(".")[0]
    match = _LANGUAGE.search(stem)
    if match and match[1].lower() in LANGUAGES and match.start() > 0:
        language = (match[1] + match[2]).lower().replace("_", "-")
        stem = stem[: match.start()]
    if stem == "_index" or (stem == "index" and not folder):
        return Name(folder, "", "", language, real, True)
    bundle = ""
    if stem == "index":
        bundle = real
        folder, _, stem = folder.rpartition("/")
    stem, date = without_date(stem)
    return Name(folder, stem, date, language, bundle, False)
