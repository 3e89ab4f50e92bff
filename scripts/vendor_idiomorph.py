#!/usr/bin/env python3
"""Check the copy of idiomorph in the preview's client, or fetch it again: `scripts/vendor_idiomorph.py --fetch`.

It is the file `dist/idiomorph.min.js` of the npm package idiomorph (0BSD, https://github.com/bigskysoftware/idiomorph),
unchanged. To take another version, change `VERSION` and `DIGEST` here, fetch, and run `tests/preview`.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

VERSION = "0.8.0"
DIGEST = "4cbd535caf7663a51eda9bce6595371c384fc430d54b8d414e29a61167f19f96"
"""SHA-256 of the file."""
CLIENT = Path(__file__).resolve().parent.parent / "blogq" / "preview" / "client"
FILES = {"package/dist/idiomorph.min.js": "idiomorph.js", "package/LICENSE": "idiomorph.LICENSE"}


def fetch() -> None:
    """Take both files from the package."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", f"idiomorph@{VERSION}"], cwd=folder, check=True, capture_output=True)
        with tarfile.open(Path(folder, f"idiomorph-{VERSION}.tgz")) as package:
            for name, target in FILES.items():
                found = package.extractfile(name)
                assert found is not None
                (CLIENT / target).write_bytes(found.read())


if __name__ == "__main__":
    if "--fetch" in sys.argv:
        fetch()
    digest = hashlib.sha256((CLIENT / "idiomorph.js").read_bytes()).hexdigest()
    if digest != DIGEST:
        sys.exit(f"idiomorph.js is not that of version {VERSION}: {digest}")
