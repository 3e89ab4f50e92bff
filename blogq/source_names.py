"""Which files are sources, told by where they are and what they are called."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from blogq.config.schema import Config
from blogq.content.name import is_markdown
from blogq.glob import matcher

STORE = ".blogq"
"""Folder of the store, in the site."""
COMMENTS = "conversation"
"""Folder in the store with what was read of comments."""
FAILED = "failed"
"""A file in it that is there as long as a source of comments couldn't be read."""
NOT_CONTENT = frozenset(
    (
        "static themes templates shortcodes data archetypes locales layouts node_modules vendor venv scaffolds i18n"
    ).split()
)
"""Folders that hold no sources where the site's folder itself is the content folder."""
PARTS = frozenset(("_layouts", "_includes", "_sass", "_data", "_plugins", "node_modules"))
"""The same at any depth: parts from which other generators make pages."""
MEDIA = frozenset(
    (
        ".png .jpg .jpeg .gif .webp .avif .svg .ico .mp3 .ogg .oga .opus .m4a .flac .wav .mp4 .webm .ogv .mov "
        ".vtt .srt .pdf .epub .zip .csv .tsv .ics .gpx .geojson .woff .woff2"
    ).split()
)
"""Endings of the files beside sources that are published where the site's folder itself is the content folder."""


def content_folder(site: Path, config: Config) -> Path:
    """Return the folder of the sources: as configured, else `content` where there is one, else the site itself."""
    if config.content:
        return site / config.content
    return site / "content" if (site / "content").is_dir() else site


def kept(whole_site: bool, output: str, ignore: tuple[str, ...]) -> Callable[[str, bool], bool]:
    """Return what tells whether a scan of a content folder takes a path (and whether it is a folder's).

    The content folder is the site's folder itself where `whole_site`; `output` is the output folder's path below it, or
    empty.
    """
    ignored = [matcher(each) for each in ignore]

    def keep(path: str, is_folder: bool) -> bool:
        name = path.rpartition("/")[2]
        if name[0] == "." or name.endswith(("~", ".swp", ".tmp")) or path == output:
            return False
        if is_folder and (path == "_site" or name == "node_modules"):
            return False
        if whole_site:
            if is_folder and (path in NOT_CONTENT or name in PARTS):
                return False
            if not is_folder and not is_markdown(path) and Path(name).suffix.lower() not in MEDIA:
                return False
        return not ignored or not any(matches(path) for matches in ignored)

    return keep


def passed_over(path: str, whole_site: bool, output: str, ignore: tuple[str, ...]) -> str:
    """Return why a scan passes over the file at `path`, as a clause; an empty string when it doesn't.

    `path` is relative to the content folder, which is the site's folder itself where `whole_site`; `output` is the
    output folder's path below it, or empty.
    """
    parts = path.split("/")
    keep = kept(whole_site, output, ())
    for count in range(1, len(parts) + 1):
        part, name, is_folder = "/".join(parts[:count]), parts[count - 1], count < len(parts)
        what = f"the folder {part}/" if is_folder else "the file"
        for glob in ignore:
            if matcher(glob)(part):
                return f"{what} matches {glob!r} in `ignore`"
        if keep(part, is_folder):
            continue
        if name[0] == ".":
            return f"{what} is hidden: its name begins with a dot"
        if name.endswith(("~", ".swp", ".tmp")):
            return f"{what} is one that editors leave behind, by its name"
        if part in ("_site", output):
            return f"{what} is where builds write to"
        if is_folder:
            return f"{what} holds no sources, by its name"
        return f"{what} is neither Markdown nor a picture or download that a page could show"
    return ""
