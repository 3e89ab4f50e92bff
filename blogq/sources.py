"""Everything that a build reads: which folders, which files of them, and whether they have changed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from blogq.collect import Scan, Stat, Unreadable, digest_file, is_young, real, scan
from blogq.config.schema import Config
from blogq.content.name import is_markdown
from blogq.finding import Finding
from blogq.library.permalinks import plain_folder
from blogq.render.theme import Theme
from blogq.source_names import STORE as STORE
from blogq.source_names import content_folder as content_folder
from blogq.source_names import kept
from blogq.source_names import passed_over as passed_over

ASSETS = "assets"
"""Folder in the site with images and other files that several posts show."""
DATA = "data"
"""Folder in the site with data for templates."""


class LayerScan(NamedTuple):
    """The files of one layer of the theme."""

    templates: Scan
    shortcodes: Scan
    locales: Scan
    """Files of texts."""
    static: Scan
    prefix: str
    """The layer's path as findings show it, with a slash at its end unless it is empty."""
    is_plugged: bool = False
    """Whether it is a plugin's, which has nothing but shortcodes."""


class Sources(NamedTuple):
    """What a scan found."""

    content: Scan
    shown: str
    """The content folder's path relative to the site, with a slash at its end unless it is empty."""
    posts: tuple[int, ...]
    """Indexes of Markdown sources in `content`."""
    assets: Scan
    """Files in the site's folder `assets`, which any post may show; nothing where that is part of the content."""
    beside: str
    """Path of that folder from the content folder on, with a slash at its end: `../assets/`."""
    layers: tuple[LayerScan, ...]
    """The layers of the theme: the site itself, its theme, that one's parents; then the shortcodes of plugins."""
    bounds: tuple[str, ...]
    """Real paths of the folders that may be read."""
    at: int
    """When the scan began, in nanoseconds."""
    findings: tuple[Finding, ...]
    data: Scan
    """Files of the site's folder `data/`."""
    comments: tuple[Scan, ...] = ()
    """Files of each source of comments, in the order of config."""

    def asset_urls(self) -> dict[str, str]:
        """Return the URL of each file in `assets`, by its path from the content folder on."""
        found: dict[str, str] = {}
        for path in self.assets.paths:
            folder, _, name = f"{ASSETS}/{path}".rpartition("/")
            found[self.beside + path] = f"/{plain_folder(folder)}/{name}"
        return found

    def place(self, path: str) -> tuple[str, str, str]:
        """Return where a file of the content or of `assets` lies: real folder, path below it, path for findings.

        `path` is its path from the content folder on.
        """
        if self.assets.root and path.startswith(self.beside):
            own = path[len(self.beside) :]
            return self.assets.root, own, f"{ASSETS}/{own}"
        return self.content.root, path, self.shown + path


def plugged_shortcodes(config: Config) -> list[tuple[str, str]]:
    """Return the folders of shortcodes that plugins offer, each with its plugin's name."""
    if not config.plugins:
        return []
    from blogq.plugins import shortcode_folders

    return shortcode_folders(config.plugins)


def scan_sources(site: Path, config: Config, theme: Theme, output: Path, at: int) -> Sources:
    """List everything that a build reads. `site` and `output` are real paths; `at` is the time, in nanoseconds."""
    folder = content_folder(site, config)
    shown = "" if folder == site else folder.relative_to(site).as_posix() + "/"
    real_folder = real(folder)
    plugged = plugged_shortcodes(config)
    folders = [*(layer.folder for layer in theme.layers[1:]), *(Path(place) for _, place in plugged)]
    bounds = (str(site), *(str(real(each)) for each in folders))
    beside = output.relative_to(real_folder).as_posix() if output.is_relative_to(real_folder) else ""
    made = (str(output), str(site / STORE))
    ignored = config.ignore
    comments: tuple[Scan, ...] = ()
    wrong: tuple[Finding, ...] = ()
    if config.comment_sources:
        from blogq.conversation.scanning import ignored_in, scan_comments

        ignored += ignored_in(site, real_folder, config)
        comments, wrong = scan_comments(site, config)
    content = scan(folder, shown.rstrip("/"), bounds, kept(not shown, beside, ignored), made)
    posts = tuple(index for index, path in enumerate(content.paths) if is_markdown(path))
    layers = []
    findings = [*content.findings, *wrong]
    assets, beside = Scan("", [], [], ()), ""
    if shown and not real_folder.is_relative_to(site / ASSETS):
        assets = scan(site / ASSETS, ASSETS, bounds, _visible, made)
        beside = f"{os.path.relpath(site / ASSETS, folder)}/".replace(os.sep, "/")
        findings += assets.findings
    for layer in theme.layers:
        prefix = f"{layer.shown}/" if layer.shown else ""
        templates = scan(layer.folder / "templates", f"{prefix}templates", bounds, _visible, made)
        shortcodes = scan(layer.folder / "shortcodes", f"{prefix}shortcodes", bounds, _visible, made)
        static = scan(layer.folder / "static", f"{prefix}static", bounds, _published, made)
        locales = scan(layer.folder / "locales", f"{prefix}locales", bounds, _is_locale, made)
        layers.append(LayerScan(templates, shortcodes, locales, static, prefix))
        for each in (templates, shortcodes, locales, static):
            findings += each.findings
    nothing = Scan("", [], [], ())
    for name, place in plugged:
        prefix = f"<{name}>/"
        shortcodes = scan(Path(place), f"{prefix}shortcodes", bounds, _visible, made)
        layers.append(LayerScan(nothing, shortcodes, nothing, nothing, prefix, True))
        findings += shortcodes.findings
    data = scan(site / DATA, DATA, bounds, _visible, made) if folder != site / DATA else Scan("", [], [], ())
    findings += data.findings
    return Sources(content, shown, posts, assets, beside, tuple(layers), bounds, at, tuple(findings), data, comments)


def _visible(path: str, is_folder: bool) -> bool:
    name = path.rpartition("/")[2]
    return not name.startswith(".") and not name.endswith("~")


def _is_locale(path: str, is_folder: bool) -> bool:
    return not is_folder and path.endswith((".yaml", ".yml")) and _visible(path, is_folder)


def _published(path: str, is_folder: bool) -> bool:
    name = path.rpartition("/")[2]
    return name in (".well-known", ".nojekyll", ".htaccess") or _visible(path, is_folder)


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
    groups.append((sources.assets, f"{ASSETS}/", list(range(len(sources.assets.paths)))))
    for layer in sources.layers:
        for part in ("templates", "shortcodes", "static", "locales"):
            listing: Scan = getattr(layer, part)
            groups.append((listing, f"{layer.prefix}{part}/", list(range(len(listing.paths)))))
    groups.append((sources.data, f"{DATA}/", list(range(len(sources.data.paths)))))
    groups += [(each, f"{each.root}/", list(range(len(each.paths)))) for each in sources.comments]
    for listing, prefix, indexes in groups:
        lenient = any(listing is each for each in sources.comments)
        for index in indexes:
            name, state = listing.paths[index], listing.stats[index]
            path = f"{listing.root}/{name}"
            old = known.get(path)
            if old is not None and old[0] == state and not is_young(state, known_at):
                found[path] = old
                continue
            try:
                bounds = (listing.root,) if lenient else sources.bounds
                found[path] = digest_file(listing.root, name, prefix + name, bounds)
            except Unreadable as error:
                # Comments that can't be read are no reason to publish nothing.
                told = error.finding
                findings.append(told._replace(code="CM101", severity="warning") if lenient else told)
    return found, findings
