"""Two outputs of one site, page by page."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection
from difflib import unified_diff
from filecmp import cmp
from pathlib import Path
from typing import Literal, NamedTuple

from blogq.deploying.record import NAME
from blogq.store.digest import digest
from blogq.upgrading.page_text import FINGERPRINT, visible_lines, without_fingerprints
from blogq.write import SPARED

Kind = Literal["text", "markup", "files"]
MOST_LINES = 5_000
"""Lines of a page that are compared one by one; of a longer one only the beginning is shown."""
SHOWN = 40
"""Lines of a difference that are kept."""
_CUT = 300
"""Characters of a line that are kept."""


class Changed(NamedTuple):
    """A page that is another one."""

    path: str
    kind: Kind
    """`text`: readers read something else; `markup`: only tags and attributes differ; `files`: only the fingerprints of
    files that it loads."""
    lines: tuple[str, ...] = ()
    """What differs, as `-old` and `+new`."""
    way: bytes = b""
    """The same for pages that differ in the same way: in the same lines of text, or in the same tags."""


class Group(NamedTuple):
    """Pages that changed in the same way."""

    paths: tuple[str, ...]
    lines: tuple[str, ...]
    """What differs in the first of them."""


class Changes(NamedTuple):
    """What differs between two outputs."""

    added: tuple[str, ...]
    """Pages that are only in the new one, by path."""
    gone: tuple[str, ...]
    """Pages that are only in the old one."""
    changed: tuple[Changed, ...]
    same: int
    """Pages that are the same in every byte."""
    lost: tuple[str, ...]
    """URLs of pages and files that nothing answers to any more; those that redirect are none of them."""
    other_added: tuple[str, ...]
    """Files that are no pages: pictures, feeds, styles."""
    other_gone: tuple[str, ...]
    other_changed: tuple[str, ...]

    def of(self, kind: Kind) -> list[Changed]:
        """Return the pages that changed in one way."""
        return [each for each in self.changed if each.kind == kind]

    def groups(self, kind: Kind) -> list[Group]:
        """Return the pages that changed in one way, those together that differ alike; the largest groups first."""
        found: dict[bytes, list[Changed]] = {}
        for each in self.of(kind):
            found.setdefault(each.way, []).append(each)
        groups = [Group(tuple(each.path for each in pages), pages[0].lines) for pages in found.values()]
        return sorted(groups, key=lambda group: (-len(group.paths), group.paths))

    @property
    def nothing(self) -> bool:
        """Whether the two are the same in every byte."""
        return not any((self.added, self.gone, self.changed, self.other_added, self.other_gone, self.other_changed))


def files_below(folder: Path) -> set[str]:
    """Return the paths of the files of an output; links that lead nowhere and pipes are none."""
    found: set[str] = set()
    for place, folders, names in os.walk(folder):
        below = os.path.relpath(place, folder).replace(os.sep, "/")
        if below == ".":
            folders[:] = [name for name in folders if name not in SPARED]
            found |= {name for name in names if name != NAME and os.path.isfile(f"{place}/{name}")}
        else:
            found |= {f"{below}/{name}" for name in names if os.path.isfile(f"{place}/{name}")}
    return found


def compared(
    old: Path,
    new: Path,
    old_files: Collection[str],
    new_files: Collection[str],
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Changes:
    """Return what differs between the files of the folders `old` and `new`; OSError where one can't be read."""
    before, after = set(old_files), set(new_files)
    changed: list[Changed] = []
    others: list[str] = []
    same = 0
    both = sorted(before & after)
    for at, path in enumerate(both):
        progress(at, len(both))
        if not _is_page(path):
            # A film may be larger than what there is of memory.
            others += [] if cmp(old / path, new / path, shallow=False) else [path]
            continue
        was, now = (old / path).read_bytes(), (new / path).read_bytes()
        if was == now:
            same += 1
        else:
            changed.append(_told(path, was, now))
    added, gone = after - before, before - after
    redirected = _redirects(new / "_redirects")
    answered = {_url(path) for path in after}
    fresh = {FINGERPRINT.sub(b"", path.encode("utf-8", "surrogateescape")) for path in added}
    lost = [
        _url(path)
        for path in sorted(gone)
        if _url(path) not in answered
        and not any(pattern.fullmatch(_url(path)) for pattern in redirected)
        # What a fingerprint in the name is for: only pages of the site name such files, and these name others now.
        and FINGERPRINT.sub(b"", path.encode("utf-8", "surrogateescape")) not in fresh
        and not _STYLE.search(path)
    ]
    return Changes(
        tuple(sorted(path for path in added if _is_page(path))),
        tuple(sorted(path for path in gone if _is_page(path))),
        tuple(changed),
        same,
        tuple(lost),
        tuple(sorted(path for path in added if not _is_page(path))),
        tuple(sorted(path for path in gone if not _is_page(path))),
        tuple(others),
    )


_STYLE = re.compile(r"\.[0-9a-f]{8}\.(?:css|m?js|woff2?)$")
"""Styles, scripts and fonts with a fingerprint; another theme has others."""


def _is_page(path: str) -> bool:
    return path.endswith((".html", ".htm"))


def _told(path: str, was: bytes, now: bytes) -> Changed:
    if without_fingerprints(was) == without_fingerprints(now):
        return Changed(path, "files")
    old, new = visible_lines(was), visible_lines(now)
    if old != new:
        lines = _difference(old, new)
        return Changed(path, "text", _cut(lines), _way(lines))
    markup = [
        re.sub(rb">\s*<", b">\n<", without_fingerprints(each)).decode("utf-8", "replace").split("\n")
        for each in (was, now)
    ]
    lines = _difference(*markup)
    return Changed(path, "markup", _cut(lines), _way([_OWN.sub(_without_own, line) for line in lines]))


_OWN = re.compile(
    r"(\s(?:href|src|srcset|content|datetime|title|alt|id|for|value|style|aria-[a-z]+|data-[\w-]+)=)"
    r"""(?:"[^"]*"|'[^']*'|[^\s>]+)"""
    r"|(>)[^<>]+(?=<|$)|^([-+])[^<>]+(?=<|$)"
)
"""What is a page's own in a line of its markup: addresses, names, dates and texts."""


def _without_own(found: re.Match[str]) -> str:
    return found[1] or found[2] or found[3]


def _way(lines: list[str]) -> bytes:
    return digest("\n".join(lines).encode("utf-8", "surrogatepass"))


def _difference(old: list[str], new: list[str]) -> list[str]:
    """Return the lines that differ."""
    # What is the same at both ends is most of a page, and needs no search.
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    found = unified_diff(old[start : start + MOST_LINES], new[start : start + MOST_LINES], n=0, lineterm="")
    return [line for line in found if line[:1] in "+-" and not line.startswith(("+++ ", "--- "))]


def _cut(kept: list[str]) -> tuple[str, ...]:
    """Return lines that differ as they are shown, cut where there are many."""
    return tuple(line if len(line) <= _CUT else f"{line[:_CUT]}…" for line in kept[:SHOWN])


def _url(path: str) -> str:
    """Return the URL of a file, below the site's."""
    return "/" + re.sub(r"(?:^|(?<=/))index\.html$", "", path)


def _redirects(file: Path) -> list[re.Pattern[str]]:
    """Return the patterns of what a `_redirects` file leads on, a rule a line: from, to, status."""
    try:
        text = file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    found = []
    for line in text.splitlines():
        parts = line.split("#")[0].split()
        if len(parts) >= 2:
            pattern = re.escape(parts[0]).replace(r"\*", ".*")
            found.append(re.compile(re.sub(r":\w+", "[^/]+", pattern) + "/?"))
    return found
