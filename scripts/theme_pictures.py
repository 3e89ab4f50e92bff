"""Take the pictures of both themes that docs/themes.md shows: `python scripts/theme_pictures.py`.

It builds example-site in a temporary folder, opens each kind of page in Chromium, and writes a contact sheet for each
theme and scheme to docs/pictures/themes/: every page on a desk's screen, a tablet's and a telephone's.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from blogq.build import Request, build  # noqa: E402

OUT = ROOT / "docs" / "pictures" / "themes"
PAGES = (
    *("/", "/posts/fourteen-editions/", "/posts/a-diff-for-sentences/", "/about/", "/posts/", "/tags/"),
    *("/tags/editing/", "/authors/nuria/", "/series/a-label-for-the-300/", "/archive/", "/archive/2026/"),
    *("/search/?q=letters", "/404.html", "/page/2/", "/es/"),
)
SIZES = (1440, 1000), (820, 1000), (390, 1000)
"""Width and height of what is shown, in CSS pixels."""
COLUMNS = 3
CELL = 430
"""Width of a page on the sheet, in all its sizes, in pixels."""
GAP = 14
LARGEST = 80 * 1024
"""Bytes of a sheet at most."""


class Quiet(SimpleHTTPRequestHandler):
    """Serves without a word."""

    def log_message(self, *arguments: Any) -> None:
        """Say nothing."""


def main() -> None:
    """Write a sheet for each theme and scheme."""
    from playwright.sync_api import sync_playwright

    OUT.mkdir(parents=True, exist_ok=True)
    program = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as started:
        browser = started.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for theme in ("plain", "broadsheet"):
            site = Path(folder, theme)
            shutil.copytree(ROOT / "example-site", site, ignore=shutil.ignore_patterns("_site", ".blogq"))
            build(Request(site, int(time.time()), site / "_site", {"theme": theme, "search": True}))
            server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site / "_site")))
            threading.Thread(target=server.serve_forever, daemon=True).start()
            address = f"http://127.0.0.1:{server.server_port}"
            for scheme in ("light", "dark"):
                shown = [tuple(taken(browser, address + path, size, scheme) for size in SIZES) for path in PAGES]
                written = packed(sheet(shown, scheme))
                (OUT / f"{theme}-{scheme}.webp").write_bytes(written)
                print(f"docs/pictures/themes/{theme}-{scheme}.webp: {len(written):,} bytes")
            server.shutdown()
        browser.close()


def taken(browser: Any, address: str, size: tuple[int, int], scheme: str) -> Image.Image:
    """Return the top of a page as it is shown in a window of `size`."""
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
    if page.goto(address).status != 200:
        raise SystemExit(f"there is no page {address}")
    page.wait_for_load_state("networkidle")
    if "?q=" in address:
        page.locator(".results li").first.wait_for()
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    page.close()
    return picture


def sheet(shown: list[tuple[Image.Image, ...]], scheme: str) -> Image.Image:
    """Return the pages in rows, each in all sizes side by side, as high as one another."""
    height = round((CELL - (len(SIZES) - 1) * GAP / 2) / sum(width / height for width, height in SIZES))
    rows = -(-len(shown) // COLUMNS)
    ground = (216, 214, 208) if scheme == "light" else (58, 58, 60)
    made = Image.new("RGB", (COLUMNS * (CELL + GAP) + GAP, rows * (height + GAP) + GAP), ground)
    for at, sizes in enumerate(shown):
        x, y = GAP + at % COLUMNS * (CELL + GAP), GAP + at // COLUMNS * (height + GAP)
        for picture in sizes:
            small = picture.resize((round(picture.width * height / picture.height), height), Image.Resampling.LANCZOS)
            made.paste(small, (x, y))
            x += small.width + GAP // 2
    return made


def packed(picture: Image.Image) -> bytes:
    """Return `picture` as WebP, as good as `LARGEST` allows."""
    for quality in range(86, 10, -6):
        written = BytesIO()
        picture.save(written, "webp", quality=quality, method=6)
        if written.tell() <= LARGEST:
            break
    return written.getvalue()


if __name__ == "__main__":
    main()
