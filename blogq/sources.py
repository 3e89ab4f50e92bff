"""Everything that a build reads: which folders, which files of them, and whether they have changed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from blogq.collect import Scan, Stat, Unreadable, is_young, read_file, scan
from blogq.config.schema import Config
from blogq.content.name import is_markdown
from blogq.finding import Finding
from blogq.render.theme import Theme
from blogq.store.digest import digest

STORE = ".blogq"
"""Folder of the store, in the site."""
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


class Sources(NamedTuple):
    """What a scan found."""

    content: Scan
    shown: str
    """The content folder's path relative to the site, with a slash at its end unless it is empty."""
    posts: tuple[int, ...]
    """Indexes of Markdown sources in `content`."""
    layers: tuple[tuple[Scan, Scan, str], ...]
    """Templates and static files of each layer of the theme, and the layer's path as findings show it."""
    bounds: tuple[str, ...]
    """Real paths of the folders that may be read."""
    at: int
    """When the scan began, in nanoseconds."""
    findings: tuple[Finding, ...]
    locales: tuple[Scan, ...] = ()
    """Files of texts of each layer of the theme; parallel to `layers`."""


def content_folder(site: Path, config: Config) -> Path:
    """Return the folder of the sources: as configured, else `content` where there is one, else the site itself."""
    if config.content:
        return site / config.content
    return site / "content" if (site / "content").is_dir() else site


def scan_sources(site: Path, config: Config, theme: Theme, output: Path, at: int) -> Sources:
    """List everything that a build reads. `site` and `output` are real paths; `at` is the time, in nanoseconds."""
    folder = content_folder(site, config)
    shown = "" if folder == site else folder.relative_to(site).as_posix() + "/"
    real_folder = folder.resolve()
    bounds = (str(site), *(str(layer.folder.resolve()) for layer in theme.layers[1:]))
    beside = output.relative_to(real_folder).as_posix() if output.is_relative_to(real_folder) else ""
    made = (str(output), str(site / STORE))
    content = scan(folder, shown.rstrip("/"), bounds, _kept(not shown, beside, config.ignore), made)
    posts = tuple(index for index, path in enumerate(content.paths) if is_markdown(path))
    layers = []
    locales = []
    findings = list(content.findings)
    for layer in theme.layers:
        prefix = f"{layer.shown}/" if layer.shown else ""
        templates = scan(layer.folder / "templates", f"{prefix}templates", bounds, _visible, made)
        static = scan(layer.folder / "static", f"{prefix}static", bounds, _published, made)
        locales.append(scan(layer.folder / "locales", f"{prefix}locales", bounds, _is_locale, made))
        findings += [*templates.findings, *static.findings, *locales[-1].findings]
        layers.append((templates, static, prefix))
    return Sources(content, shown, posts, tuple(layers), bounds, at, tuple(findings), tuple(locales))


def _visible(path: str, is_folder: bool) -> bool:
    name = path.rpartition("/")[2]
    return not name.startswith(".") and not name.endswith("~")


def _is_locale(path: str, is_folder: bool) -> bool:
    return not is_folder and path.endswith((".yaml", ".yml")) and _visible(path, is_folder)


def _published(path: str, is_folder: bool) -> bool:
    name = path.rpartition("/")[2]
    return name in (".well-known", ".nojekyll", ".htaccess") or _visible(path, is_folder)


def _kept(whole_site: bool, output: str, ignore: tuple[str, ...]) -> Callable[[str, bool], bool]:
    ignored = [_pattern(each) for each in ignore]

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


def _pattern(glob: str) -> Callable[[str], object]:
    """Return a function that matches paths with a glob: `*` and `?` stay within a folder, `**` doesn't."""
    if glob.count("*") > 2:
        return _long_pattern(glob)
    parts = re.split(r"(\*\*/?|\*|\?)", glob.strip("/"))
    known = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return re.compile(
        "".join(known.get(part, re.escape(part)) for part in parts) + ("(?:/.*)?" if glob[-1:] == "/" else "")
    ).fullmatch


def _long_pattern(glob: str) -> Callable[[str], bool]:
    """Do the same folder by folder, for globs with which a single regular expression could take for ever."""
    from fnmatch import translate

    names = [*glob.strip("/").split("/"), *(["**"] if glob[-1:] == "/" else [])]
    parts = [None if name == "**" else re.compile(translate(name.replace("[", "[[]"))) for name in names]

    def matches(path: str) -> bool:
        reached = {0}
        for name in [*path.split("/"), ""]:
            for at in range(len(parts)):
                if at in reached and parts[at] is None:
                    reached.add(at + 1)
            if not name:
                break
            after = {at for at in reached if at < len(parts) and parts[at] is None}
            reached = after | {at + 1 for at in reached if at < len(parts) and (p := parts[at]) and p.match(name)}
        return len(parts) in reached

    return matches


def digest_files(
    sources: Sources, known: dict[str, tuple[Stat, bytes]], known_at: int
) -> tuple[dict[str, tuple[Stat, bytes]], list[Finding]]:
    """Return stat tuple and content digest of every file but Markdown sources, by real path, and what can't be read.

    A digest is taken from `known`, as of the time `known_at` (ns), where the stat tuple hasn't changed since.
    """
    found: dict[str, tuple[Stat, bytes]] = {}
    findings: list[Finding] = []
    posts = set(sources.posts)
    groups = [(sources.content, sources.shown, [i for i in range(len(sources.content.paths)) if i not in posts])]
    for templates, static, prefix in sources.layers:
        groups.append((templates, f"{prefix}templates/", list(range(len(templates.paths)))))
        groups.append((static, f"{prefix}static/", list(range(len(static.paths)))))
    for locales, (_, _, prefix) in zip(sources.locales, sources.layers, strict=True):
        groups.append((locales, f"{prefix}locales/", list(range(len(locales.paths)))))
    for listing, prefix, indexes in groups:
        for index in indexes:
            name, state = listing.paths[index], listing.stats[index]
            path = f"{listing.root}/{name}"
            old = known.get(path)
            if old is not None and old[0] == state and not is_young(state, known_at):
                found[path] = old
                continue
            try:
                file = read_file(listing.root, name, prefix + name, sources.bounds)
            except Unreadable as error:
                findings.append(error.finding)
                continue
            found[path] = (file.stat, digest(file.data))
    return found, findings
