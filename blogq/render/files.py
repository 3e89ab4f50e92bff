"""Templates, shortcodes, static files and data files, by the names they are looked up by; and outputs made of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

BUNDLED = "<blogq>"
"""How paths of what comes with blogq begin."""
TEMPLATES = "templates/"
STATIC = "static/"
SHORTCODES = "shortcodes/"
DATA = "data/"
LOCALES = "locales/"
DRAWN_FROM = "drawn-from/"
"""Static files that icons and share images are made of, under names of their own: no page links to them."""


class Setup(NamedTuple):
    """What the templates of a build are loaded with; the same in each of its processes."""

    files: Mapping[str, Found]
    """Templates, static files and texts of the theme's layers, by name; templates whose place others take, by `below`,
    texts by `locale_name`."""
    prefix: str
    """Subpath of the site, without a slash at the end."""
    minify: bool = False
    """Whether pages are minified."""
    plugins: tuple[str, ...] = ()
    """Packages whose filters templates can use."""
    fingerprints: bool = True
    """Whether URLs of static files have a fingerprint of their content in them."""
    fonts: tuple[str, ...] = ()
    """Static files that are fonts for share images, beside those that come with blogq."""
    kept: str = ""
    """Folder in which share images are kept once they are drawn."""


class Expanded(NamedTuple):
    """Texts with what their shortcodes make, and the names that were looked up for it."""

    texts: list[str]
    lookups: frozenset[str]


class Found(NamedTuple):
    """A file of a theme's layer."""

    name: str
    """`templates/base.html`, `shortcodes/figure.html`, `static/style.css`; of texts the path in `root`: `es.yaml`."""
    root: str
    """Real path of the layer."""
    bounds: tuple[str, ...]
    shown: str
    """Path as findings show it."""
    digest: bytes
    parts: tuple[tuple[str, bytes], ...] = ()
    """Of data: the files that make it, with their digests."""


def with_sources_of_drawings(files: Mapping[str, Found], names: Iterable[str]) -> dict[str, Found]:
    """Return `files` with the static files `names` (their URLs) once more, as what drawings are made of."""
    again = {drawn_from(name): files[found] for name in names if (found := STATIC + name.lstrip("/")) in files}
    return {**files, **again}


def drawn_from(name: str) -> str:
    """Return the name under which the static file at the URL `name` is looked up to make a drawing of it."""
    return DRAWN_FROM + name.lstrip("/")


def below(name: str) -> str:
    """Return the name under which the next template of the same name is found, in a layer below.

    Layers that have no such file don't count. As NUL is in these names, no file can have one of them.
    """
    base, _, depth = name.partition("\0")
    return f"{base}\0{int(depth or 0) + 1}"


class Output(NamedTuple):
    """Bytes to write, and the names that were looked up to make them."""

    path: str
    data: bytes
    lookups: frozenset[str]


def locale_name(layer: int, path: str) -> str:
    """Return the name under which a file of texts is looked up: (0, `pt_BR.yaml`) → `locales/0/pt-br`.

    Files of all layers count, not only the first one's, so each has a name of its own.
    """
    return f"{LOCALES}{layer}/{path.rpartition('.')[0].lower().replace('_', '-')}"


def fingerprinted(name: str, digest: bytes) -> str:
    """Return the name under which a static file is published by `asset`: `style.css` → `style.0a1b2c3d.css`."""
    folder, slash, file = name.rpartition("/")
    stem, dot, ending = file.rpartition(".")
    if not stem:
        stem, dot, ending = file, "", ""
    return f"{folder}{slash}{stem}.{digest.hex()[:8]}{dot}{ending}"
