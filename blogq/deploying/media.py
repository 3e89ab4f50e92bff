"""How a store is to give a file out: its type, and how long it may be kept by who has read it."""

from __future__ import annotations

from blogq.deploying.plan import File, is_fingerprinted

LASTING = "public, max-age=31536000, immutable"
"""For files whose name changes with their content; a year is the most that caches heed (RFC 2616, 14.21)."""
CHECKED = "public, max-age=0, must-revalidate"
"""For the others: they may be kept, and are asked for again each time."""
TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "mjs": "text/javascript; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "map": "application/json; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "xml": "application/xml; charset=utf-8",
    "webmanifest": "application/manifest+json",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "ico": "image/x-icon",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "ttf": "font/ttf",
    "otf": "font/otf",
    "pdf": "application/pdf",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "wasm": "application/wasm",
    "zip": "application/zip",
}
"""By ending. The system's own table differs from machine to machine."""
FEEDS = {"feed.xml": "application/rss+xml; charset=utf-8", "atom.xml": "application/atom+xml; charset=utf-8"}


def type_of(path: str) -> str:
    """Return the media type of a file, with its encoding where it is text."""
    name = path.rpartition("/")[2]
    return FEEDS.get(name) or TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")


def cache_of(file: File) -> str:
    """Return the value of `Cache-Control` for a file."""
    return LASTING if is_fingerprinted(file) else CHECKED
