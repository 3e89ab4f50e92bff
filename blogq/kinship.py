"""Related posts in a build: whether any page shows them, what they are made from, and where their lists are kept.

What is kept is all that lists were made from, so that a build that changes little looks at little again. It is checked
as a whole when it is read; what is damaged, or of other code or config, is made anew.
"""

from __future__ import annotations

import os
import sys
from array import array
from collections.abc import Mapping
from pathlib import Path
from zlib import crc32

from blogq.collect import LARGEST_SOURCE, Unreadable, read_file
from blogq.content.post import DRAFT, VECTOR
from blogq.library.related import NOBODY, Fact, Kinship, Post
from blogq.library.related_lists import Related
from blogq.library.site import Site
from blogq.library.status import status_of
from blogq.render.files import TEMPLATES, Found
from blogq.store.columns import Damaged, Table, integers, strings, write

WORD = b"related"
"""Where no template has this word, no page shows related posts."""
_SWAPPED = sys.byteorder == "big"


def kept_at(manifest: Path) -> Path:
    """Return where the lists are kept beside a manifest."""
    return manifest.with_name(f"{manifest.name}.related")


def are_shown(found: Mapping[str, Found]) -> bool:
    """Return whether a template among `found` may show related posts."""
    for name, each in found.items():
        if name.startswith(TEMPLATES):
            try:
                if WORD in read_file(each.root, each.name, each.shown, each.bounds, LARGEST_SOURCE).data:
                    return True
            except Unreadable:
                # Whoever needs it will say so.
                continue
    return False


def posts_of(site: Site, now: int) -> tuple[list[Post], list[int]]:
    """Return the posts that may be related, and their indexes; `now` decides which of them others may be told of."""
    posts: list[Post] = []
    indexes: list[int] = []
    parts = {index: crc32(f"{site.languages[index]}\0{slug}".encode()) or 1 for index, (slug, _) in site.parts.items()}
    entries = site.entries
    groups: dict[tuple[str, str], int] = {}
    for edition in site.editions:
        for index in edition.posts:
            entry = entries[index]
            if entry.redirect_to:
                continue
            spoken = (edition.language, entry.language)
            group = groups.get(spoken)
            if group is None:
                group = groups[spoken] = crc32("\0".join(dict.fromkeys(spoken)).encode("utf-8", "surrogatepass"))
            is_open = not entry.flags & DRAFT and status_of(entry, now) == "live"
            posts.append(Post(entry.path, entry.vector, Fact(entry.date, group, parts.get(index, 0), int(is_open))))
            indexes.append(index)
    return posts, indexes


def find_related(
    site: Site, now: int, found: Mapping[str, Found], manifest: Path, key: bytes, keeping: bool = True
) -> tuple[Related | None, str]:
    """Return the related posts of a site, and the mark of what is kept of them beside `manifest`.

    None, and nothing is kept, where no template among the files `found` shows any. `now` is in seconds since 1970;
    `key` is the digest of code and config. Unless it is `keeping`, nothing is written, and there is no mark.
    """
    path = kept_at(manifest)
    if not site.config.related or not are_shown(found):
        if keeping:
            path.unlink(missing_ok=True)
        return None, ""
    posts, indexes = posts_of(site, now)
    try:
        kept = Kept(path, key)
        before, mark = kept.indexes, kept.mark
        kinship, is_new = kept.kinship().updated(posts)
    except Damaged:
        kinship, is_new, before, mark = Kinship.of(posts, site.config.related), True, array("q"), ""
    number_of = {path: number for number, path in enumerate(kinship.paths)}
    now_at = array("q", [NOBODY]) * len(kinship.paths)
    for post, index in zip(posts, indexes, strict=True):
        now_at[number_of[post.path]] = index
    if not keeping:
        mark = ""
    elif is_new or now_at != before:
        mark = keep(path, key, kinship, now_at)
    return kinship.lists(now_at, len(site.entries)), mark


def keep(path: Path, key: bytes, kinship: Kinship, indexes: array[int]) -> str:
    """Keep lists and what they were made from; return a mark by which they are known again."""
    mark = os.urandom(8).hex()
    columns = {
        "path": strings(kinship.paths),
        "vector": bytes(kinship.vectors),
        **{f"fact {name}": integers(column) for name, column in kinship.facts.items()},
        "sample": bytes(kinship.sample),
        "index": _encoded(kinship.index),
        "members": integers(kinship.members),
        "points": integers(kinship.points),
        "reasons": integers(kinship.reasons),
        "at": integers(indexes),
    }
    write(path, {"key": key.hex(), "mark": mark, "size": kinship.size}, columns)
    return mark


class Kept:
    """Lists as they were kept; columns are decoded when they are asked for."""

    def __init__(self, path: Path, key: bytes) -> None:
        """Open what `keep` wrote; raise `Damaged` when it isn't there, isn't whole, or is of another `key`."""
        try:
            self._table = Table(path)
            self.mark = str(self._table.meta["mark"])
            self._size = int(self._table.meta["size"])
            if self._table.meta["key"] != key.hex():
                raise Damaged(path)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise Damaged(path) from error
        self.indexes = self._decoded("at")

    def _decoded(self, name: str, code: str = "q") -> array[int]:
        column = array(code)
        column.frombytes(self._table.raw(name))
        if _SWAPPED:
            column.byteswap()
        return column

    def lists(self, entries: int) -> Related:
        """Return the lists for a plan of so many `entries`."""
        kinship = Kinship(self._size)
        kinship.members, kinship.reasons = self._decoded("members"), self._decoded("reasons")
        return kinship.lists(self.indexes, entries)

    def kinship(self) -> Kinship:
        """Return the lists and what they were made from."""
        found = Kinship(self._size)
        found.paths = self._table.strings("path")
        found.vectors = bytearray(self._table.raw("vector"))
        found.facts = {name: self._decoded(f"fact {name}") for name in Fact._fields}
        found.sample = bytearray(self._table.raw("sample"))
        found.index = self._decoded("index", "Q")
        found.members, found.points = self._decoded("members"), self._decoded("points")
        found.reasons = self._decoded("reasons")
        found.count_groups()
        return found


def _encoded(column: array[int]) -> bytes:
    if _SWAPPED:
        column = column[:]
        column.byteswap()
    return column.tobytes()


class Kin:
    """The lists of the last build, and what becomes of them when only texts have changed."""

    def __init__(self, manifest: Path, key: bytes, mark: str, entries: int) -> None:
        """Open what is kept beside `manifest`; raise `Damaged` unless it is of this `key` and has this `mark`."""
        self._path, self._key, self._entries = kept_at(manifest), key, entries
        self._kept = Kept(self._path, key)
        if self._kept.mark != mark:
            raise Damaged(self._path)
        self.before = self._kept.lists(entries)
        self._kinship: Kinship | None = None

    def change(self, index: int, old: bytes, new: bytes) -> None:
        """Give the entry at `index` another vector; raise `Damaged` when the `old` one isn't what was kept."""
        number = self.before.numbers[index]
        if old == new or number < 0:
            return
        if self._kinship is None:
            self._kinship = self._kept.kinship()
        if self._kinship.vectors[number * VECTOR : (number + 1) * VECTOR] != old:
            raise Damaged(self._path)
        self._kinship.changed(number, new)

    def after(self) -> Related:
        """Return the lists as they are now."""
        return self.before if self._kinship is None else self._kinship.lists(self._kept.indexes, self._entries)

    def changed(self) -> list[int]:
        """Return the indexes of the posts whose lists have changed."""
        now, before = self._kinship, self.before
        if now is None or not now.size:
            return []
        pairs = ((now.members, before.members), (now.reasons, before.reasons))
        differing = ((at, new != old) for both in pairs for at, (new, old) in enumerate(zip(*both, strict=True)))
        numbers = {at // now.size for at, differs in differing if differs}
        return sorted(before.indexes[number] for number in numbers)

    def keep(self) -> str:
        """Keep the lists as they are now; return their mark."""
        if self._kinship is None:
            return self._kept.mark
        return keep(self._path, self._key, self._kinship, self._kept.indexes)
