"""Files of a site by the paths that findings show: looked up among those that were read, never made from a path."""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TypeVar

from blogq.collect import Scan, within
from blogq.config.load import NAMES
from blogq.live.state import State
from blogq.render.files import DATA, LOCALES, SHORTCODES, STATIC, TEMPLATES

_T = TypeVar("_T", str, int)
_STRANGE = "<"
"""How paths begin of what comes with blogq or with a plugin, and is nobody's to edit here."""


def file_of(state: State, site: str, shown: str) -> str:
    """Return the real path of the source, config, template, shortcode, text, data or static file that is `shown` so.

    `site` is the real path of the site. Empty where there is none, or where it leads out of the site and its theme.
    """
    for root, name in _places(state, site, shown):
        path = os.path.realpath(f"{root}/{name}")
        if within(path, state.read.sources.bounds) and os.path.isfile(path):
            return path
    return ""


def _places(state: State, site: str, shown: str) -> Iterator[tuple[str, str]]:
    """Yield folder and name of what is `shown` so, in the order in which blogq would take them."""
    sources = state.read.sources
    if shown in NAMES:
        yield site, shown
    if shown.startswith(sources.shown):
        path = shown[len(sources.shown) :]
        at = _index(sources.content.paths, path)
        if at >= 0 and _index(sources.posts, at) >= 0:
            yield sources.content.root, path
    own: list[tuple[str, Scan]] = [(DATA, sources.data)]
    for layer in sources.layers:
        if not layer.prefix.startswith(_STRANGE):
            folders = ((TEMPLATES, layer.templates), (SHORTCODES, layer.shortcodes), (LOCALES, layer.locales))
            own += [(layer.prefix + folder, scan) for folder, scan in (*folders, (STATIC, layer.static))]
    for folder, scan in own:
        path = shown.removeprefix(folder)
        if path != shown and _index(scan.paths, path) >= 0:
            yield scan.root, path
    for theme in state.read.theme.layers[1:]:
        if shown == f"{theme.shown}/theme.yaml" and not shown.startswith(_STRANGE):
            yield str(theme.folder), "theme.yaml"


def _index(ordered: Sequence[_T], wanted: _T) -> int:
    """Return where `wanted` stands in a sequence that is in order; -1 where it doesn't."""
    at = bisect_left(ordered, wanted)
    return at if at < len(ordered) and ordered[at] == wanted else -1
