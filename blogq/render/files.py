"""Templates and static files of a theme, by the names under which they are looked up; and outputs made of them."""

from __future__ import annotations

from typing import NamedTuple

TEMPLATES = "templates/"
STATIC = "static/"
LOCALES = "locales/"


class Found(NamedTuple):
    """A file of a theme's layer."""

    name: str
    """`templates/base.html`, `static/style.css`; of texts their path below `root`: `es.yaml`."""
    root: str
    """Real path of the layer."""
    bounds: tuple[str, ...]
    shown: str
    """Path as findings show it."""
    digest: bytes


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
