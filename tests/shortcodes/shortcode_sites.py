"""Small sites whose posts use shortcodes, built for real."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image

from blogq.build import Request, Result, build
from blogq.finding import Finding

NOW = 1_800_000_000
CONFIG = "title: The site\nbase_url: https://example.org/sub/\nimages: {formats: []}\n"


@dataclass
class Site:
    """A site, and what was built of it."""

    folder: Path
    result: Result

    def page(self, path: str = "posts/x") -> str:
        """Return a page's HTML."""
        return (self.folder / "_site" / path / "index.html").read_text()

    def text(self, path: str = "posts/x") -> str:
        """Return the HTML of a post's text."""
        inner = self.page(path).partition('<div class="text e-content">\n')[2]
        return inner.partition("\n</div>\n<footer>")[0].strip()

    def feed(self) -> str:
        """Return the feed for programs."""
        return (self.folder / "_site" / "feed.json").read_text()

    def said(self, code: str) -> list[Finding]:
        """Return the findings with a code."""
        return [finding for finding in self.result.findings if finding.code == code]

    def write(self, files: Mapping[str, str | bytes | None], jobs: int = 2) -> None:
        """Write files, or remove those that are None, and build again with so many processes."""
        for name, text in files.items():
            place = self.folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            if text is None:
                place.unlink()
            elif isinstance(text, bytes):
                place.write_bytes(text)
            else:
                place.write_text(text)
        self.result = build(Request(self.folder, NOW, jobs=jobs))


def photo(width: int, height: int) -> bytes:
    """Return a JPEG of noise, of which a smaller one has fewer bytes."""
    out = BytesIO()
    noise = Image.frombytes("RGB", (width, height), random.Random(1).randbytes(width * height * 3))
    noise.save(out, "JPEG", quality=95)
    return out.getvalue()


def post(text: str, title: str = "X", day: int = 2) -> str:
    """Return a post; its text begins on line 5."""
    return f"---\ntitle: {title}\ndate: 2026-01-{day:02d}\n---\n{text}\n"


SMALL = photo(8, 6)
"""Of which nothing smaller is made."""


def made(folder: Path, text: str, files: Mapping[str, str | bytes] | None = None) -> Site:
    """Build a site with a post `posts/x.md` of `text`, a picture beside it, another post `posts/y.md`, and `files`."""
    site = Site(folder / "site", Result((), folder, False))
    x, y = post(text), post("Y.", "Y", 1)
    beside = {"blogq.yaml": CONFIG, "content/posts/photo.jpg": SMALL, "content/posts/x.md": x, "content/posts/y.md": y}
    site.write({**beside, **(files or {})})
    return site
