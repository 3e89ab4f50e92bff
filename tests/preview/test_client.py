"""The client's files: what is vendored is what was published, with its licence; and all are in the package."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from blogq.preview.server import CLIENT, OWN_FILES

ROOT = Path(__file__).parents[2]


def test_the_vendored_library_is_as_it_was_published() -> None:
    subprocess.run([sys.executable, ROOT / "scripts" / "vendor_idiomorph.py"], check=True)
    assert "Zero-Clause BSD" in (CLIENT / "idiomorph.LICENSE").read_text()


def test_the_client_is_small_and_asks_nobody_else() -> None:
    for name in OWN_FILES:
        text = (CLIENT / name).read_text()
        assert len(text) < 24_000
        # What XHTML is called is an address that nobody asks.
        addresses = text.replace("http://www.w3.org/1999/xhtml", "")
        assert "http://" not in addresses and "https://" not in addresses
