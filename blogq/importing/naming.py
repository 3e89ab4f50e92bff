"""Names of the new site's sources: from what a text was called, fit for every file system, no two alike."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from blogq.importing.carried import Item
from blogq.library.permalinks import folded, slugified

LONGEST = 120
"""Bytes of a name, without its ending; `posts/` and numbers come on top."""
_SPECIAL = frozenset("index _index con prn aux nul".split())


def stem_of(text: str) -> str:
    """Return `text` as the name of a file, without an ending; maybe empty."""
    name = slugified(unquote(text)).replace(".", "-").replace("~", "-").strip("-_")
    while len(name.encode()) > LONGEST:
        name = name[:-1]
    name = name.strip("-_")
    return f"{name}-page" if name in _SPECIAL or re.fullmatch(r"(?:com|lpt)\d", name) else name


class Names:
    """The names that are taken."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, item: Item) -> str:
        """Return the path of an item's source below the content folder, and keep it from all others."""
        folder, wanted = self._wanted(item)
        number, name = 1, f"{folder}{wanted}.md"
        while folded(name) in self._taken:
            number += 1
            name = f"{folder}{wanted}-{number}.md"
        self._taken.add(folded(name))
        return name

    def _wanted(self, item: Item) -> tuple[str, str]:
        if item.file:
            folder, _, stem = item.file.rpartition("/")
            return f"{folder}/" if folder else "", stem.rpartition(".")[0] or stem
        try:
            parts = [each for each in urlsplit(item.url).path.split("/") if each]
        except ValueError:
            parts = []
        last = re.sub(r"\.(?:html?|php|aspx?)\Z", "", parts[-1]) if parts else ""
        stem = stem_of(item.slug) or stem_of(last) or stem_of(item.title) or stem_of(item.id) or "untitled"
        if item.kind == "post":
            return "posts/", stem
        above = [stem_of(each) for each in parts[:-1]]
        return ("".join(f"{each}/" for each in above) if all(above) and len(above) < 8 else ""), stem
