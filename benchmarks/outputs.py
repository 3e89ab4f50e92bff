"""What a build made, looked at after every run: a broken build must not look fast."""

from __future__ import annotations

import filecmp
import os
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import NamedTuple

from corpus import Corpus
from errors import BenchmarkError

SMALLEST_SHARE = 0.8
"""A post's page is HTML around the post's text, so it is hardly smaller than the Markdown it came from."""


class Output(NamedTuple):
    """The files of one build."""

    pages: dict[str, Path]
    """The page of each post, by slug."""
    files: int
    size: int
    """Bytes of all files together."""


def inspect(folder: Path, posts: Corpus, feed: str) -> Output:
    """Return what lies in the output `folder` of a build of `posts`.

    Raises `BenchmarkError` unless each post has exactly one page, none is much smaller than its source, and
    the file `feed` is an XML feed with entries.
    """
    wanted = set(posts.slugs)
    pages: dict[str, Path] = {}
    files = size = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            path = Path(parent, name)
            stat = path.stat()
            files += 1
            size += stat.st_size
            slug = path.parent.name if name == "index.html" else path.stem
            if path.suffix != ".html" or slug not in wanted:
                continue
            if slug in pages:
                raise BenchmarkError(f"the post {slug} has two pages")
            if stat.st_size < SMALLEST_SHARE * (posts.folder / f"{slug}.md").stat().st_size:
                raise BenchmarkError(f"the page of {slug} is smaller than its source: {stat.st_size} bytes")
            pages[slug] = path
    if len(pages) != posts.posts:
        lacking = sorted(wanted - set(pages))[:3]
        raise BenchmarkError(f"{len(pages)} post pages, not {posts.posts}; none for {', '.join(lacking)}")
    _check_feed(folder / feed)
    return Output(pages, files, size)


def check_edit(page: Path, marker: str) -> None:
    """Raise `BenchmarkError` unless `page` shows `marker`: the edit has arrived."""
    if marker not in page.read_text(encoding="utf-8"):
        raise BenchmarkError(f"the build says it succeeded, but it left out an edit: no {marker} in {page}")


def check_same(built: Path, clean: Path) -> None:
    """Raise `BenchmarkError` unless two output folders hold the same files with the same bytes."""
    theirs, ours = _files(built), _files(clean)
    differing = sorted(theirs ^ ours) or filecmp.cmpfiles(built, clean, sorted(ours), shallow=False)[1]
    if differing:
        raise BenchmarkError(
            f"the incremental build differs from a clean one in {len(differing)} files,"
            f" such as {', '.join(differing[:5])}"
        )


def _files(folder: Path) -> set[str]:
    return {str(Path(parent, name).relative_to(folder)) for parent, _, names in os.walk(folder) for name in names}


def _check_feed(path: Path) -> None:
    try:
        root = ElementTree.parse(path).getroot()
    except (OSError, ElementTree.ParseError) as error:
        raise BenchmarkError(f"there is no readable feed at {path.name}: {error}") from error
    if not any(element.tag.rpartition("}")[2] in ("item", "entry") for element in root.iter()):
        raise BenchmarkError(f"the feed {path.name} has no entries")
