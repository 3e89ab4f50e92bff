"""The defaults that the text of a section has for the sources below it, read out of its bytes."""

from __future__ import annotations

from collections.abc import Iterable

from blogq.content.post import ParseOptions


def rules_of(data: bytes, path: str, shown: str, options: ParseOptions) -> str:
    """Return what an `_index.md` with the bytes `data` says in `cascade`, as JSON; empty where it says nothing.

    `path` is relative to the content folder, `shown` to the site.
    """
    if b"cascade" not in data[: 1 << 17].lower():
        return ""
    from blogq.content.defaults import rules_in
    from blogq.content.front_matter import read_front_matter
    from blogq.content.name import read_name
    from blogq.content.parser import zone_of
    from blogq.content.text import decode

    text, _ = decode(data, shown)
    front = read_front_matter(text, shown, taxonomies=options.taxonomies, zone=zone_of(options.timezone))[0]
    folders = options.folders
    return rules_in(front.cascade, path, folders) if front.cascade and read_name(path, folders).section else ""


def section_texts(paths: Iterable[str]) -> list[str]:
    """Return those of `paths` that may be texts of sections, by their names."""
    return [path for path in paths if "_index." in path or path.startswith("index.")]
