"""Files beside sources: which of them are published, and where."""

from __future__ import annotations

from blogq.content.name import Folders, Name, read_name
from blogq.content.post import Entry
from blogq.library.permalinks import plain_folder


def held_bundles(entries: list[Entry], live: list[Entry], folders: Folders) -> frozenset[str]:
    """Return the folders of bundles that are not to be published, or not as a page: their files stay back.

    `folders` are those of languages.
    """
    if len(entries) == len(live):
        return frozenset()
    shown = {entry.path for entry in live}
    names = [read_name(entry.path, folders) for entry in entries if entry.path not in shown]
    return frozenset(name.bundle for name in names if name.bundle and not name.section)


def place_files(files: list[str], names: list[Name], urls: list[str], held: frozenset[str]) -> dict[str, str]:
    """Return the URL of each file: below its page's URL in a bundle, else by its folder."""
    bundles: dict[str, str] = {}
    for head, url in zip(names, urls, strict=True):
        if head.bundle and not head.section and (head.bundle not in bundles or not head.language):
            bundles[head.bundle] = url
    placed: dict[str, str] = {}
    for path in files:
        folder = path.rpartition("/")[0]
        rest = path.rpartition("/")[2]
        while folder and folder not in bundles and folder not in held:
            folder, _, part = folder.rpartition("/")
            rest = f"{part}/{rest}"
        if folder and folder not in bundles:
            continue
        if folder:
            url = bundles[folder]
            placed[path] = (url if url.endswith("/") else url.removesuffix(".html") + "/") + rest
        else:
            place = plain_folder(path.rpartition("/")[0])
            name = path.rpartition("/")[2]
            placed[path] = f"/{place}/{name}" if place else f"/{name}"
    return placed
