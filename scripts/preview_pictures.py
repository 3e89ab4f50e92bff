"""Make the pictures of the preview in `docs/pictures/`: a mistake, the margin, the start page and a list with drafts.

    python scripts/preview_pictures.py [NAME…]

They are taken of a copy of `example-site` with a few staged edits, by Playwright with the system's Chromium, light and
dark, wide and on a phone; NAME is the beginning of those that are wanted. They have few colours, so that each is small.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
NOW = "2026-11-02 12:00"
WIDTHS = {"wide": (1440, 860), "phone": (390, 780)}
"""Of the window, in CSS pixels."""
LARGEST = 80 << 10
"""Bytes of a picture."""
COLORS = (128, 64, 48, 32, 24, 16)
"""How many a picture has, the most with which it is small enough."""

POST = "content/posts/nine-words-out-two-back.md"
URL = "/posts/nine-words-out-two-back/"


def staged(site: Path) -> None:
    """Make the copy in `site` one that is being worked on: a draft with a few slips, and a post for later."""
    edit(site / POST, ("date: 2025-02-11 08:10", "date: 2026-11-02 08:10\ndraft: true"))
    edit(
        site / POST,
        ("some words are a place to hide", "some words are a a place to hide"),
        ("I have no quarrel with the words.", "I have [no quarrel](a-quarrel.md) with the words."),
    )
    edit(site / "content/posts/who-switched-it-off.md", ("date: 2025-09-09 09:30", "date: 2026-12-01 09:30"))


def edit(path: Path, *pairs: tuple[str, str]) -> None:
    """Write other words in the place of some in a file, as somebody does who saves it."""
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        if old not in text:
            raise SystemExit(f"{path.name} no longer says {old!r}: the script is to be brought up to date")
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")


def mistake(page: Any, site: Path, address: str) -> None:
    """Show a mistake that is saved while the page is open."""
    page.goto(address + URL)
    page.locator("blogq-panel").wait_for(state="attached")
    edit(site / POST, ("date: 2026-11-02 08:10", "date: 2026-11-32 08:10"))
    page.locator("blogq-panel #problems").wait_for()


def margin(page: Any, site: Path, address: str) -> None:
    """Show what the gate says of the page."""
    page.goto(address + URL)
    gate = page.locator("blogq-panel #gate")
    gate.get_by_text(re.compile("Score")).wait_for()
    unfold = gate.get_by_role("button", name="Unfold")
    if unfold.is_visible():
        unfold.click()
    gate.get_by_text("LK001").wait_for()


def start(page: Any, site: Path, address: str) -> None:
    """Show what isn't public yet."""
    page.goto(f"{address}/_blogq/")
    page.get_by_role("link", name="Nine words").wait_for()


def marks(page: Any, site: Path, address: str) -> None:
    """Show a list in which drafts and scheduled posts are marked."""
    page.goto(f"{address}/")
    page.locator("[data-blogq-unpublished]").first.wait_for()


SHOWN: dict[str, Callable[[Any, Path, str], None]] = {
    "mistake": mistake,
    "margin": margin,
    "start": start,
    "marks": marks,
}


@contextmanager
def serving(site: Path) -> Iterator[str]:
    """Serve the site in `site`, and give its address."""
    command = [sys.executable, "-m", "blogq", "serve", "--site", str(site), "--port", "0", "--now", NOW]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "BLOGQ_EDITOR": "vscode"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            assert process.stdout is not None
            found = next(filter(None, (re.search(r"http://localhost:\d+", line) for line in process.stdout)))
            yield found[0]
        finally:
            process.send_signal(signal.SIGINT)


def small(picture: bytes) -> bytes:
    """Return `picture` as a PNG of at most `LARGEST` bytes, with as many colours as that allows."""
    whole = Image.open(io.BytesIO(picture)).convert("RGB")
    for colors in COLORS:
        made = io.BytesIO()
        few = whole.quantize(colors, Image.Quantize.MEDIANCUT, kmeans=1, dither=Image.Dither.NONE)
        few.save(made, "PNG", optimize=True)
        if made.tell() <= LARGEST:
            break
    return made.getvalue()


def main(wanted: tuple[str, ...]) -> None:
    """Make the pictures whose names begin with one of `wanted`; all where that is empty."""
    PICTURES.mkdir(exist_ok=True)
    program = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(folder) / "second-pass"
        shutil.copytree(ROOT / "example-site", site, ignore=shutil.ignore_patterns("_site", ".blogq"))
        staged(site)
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        with serving(site) as address:
            for name, show in SHOWN.items():
                for scheme in ("light", "dark"):
                    for kind, (width, height) in WIDTHS.items():
                        file = PICTURES / f"serve-{name}-{scheme}-{kind}.png"
                        if wanted and not file.stem.removeprefix("serve-").startswith(wanted):
                            continue
                        context = browser.new_context(
                            viewport={"width": width, "height": height},
                            color_scheme=scheme,
                            reduced_motion="reduce",
                            is_mobile=width < 500,
                        )
                        page = context.new_page()
                        before = (site / POST).read_bytes()
                        show(page, site, address)
                        page.wait_for_timeout(400)
                        file.write_bytes(small(page.screenshot()))
                        context.close()
                        (site / POST).write_bytes(before)
                        print(f"{file.relative_to(ROOT)}: {file.stat().st_size:,} bytes")
        browser.close()


if __name__ == "__main__":
    main(tuple(sys.argv[1:]))
