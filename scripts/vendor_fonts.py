#!/usr/bin/env python3
"""Check the fonts that share images are drawn with, or fetch them again: `scripts/vendor_fonts.py --fetch`.

They are TrueType files of npm packages of @expo-google-fonts, unchanged: Inter (https://github.com/rsms/inter) for the
Latin, Greek and Cyrillic alphabets, Noto Sans Hebrew and Noto Sans Arabic (https://github.com/notofonts), all under the
SIL Open Font License 1.1, whose text stands beside them. To take another version, change it here, fetch, write the new
digests into `blogq/sharing/typeface.py`, and run `tests/sharing`.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "blogq" / "sharing" / "fonts"
PACKAGES = {
    "inter": (
        "0.4.2",
        {"700Bold/Inter_700Bold.ttf": "Inter-Bold.ttf", "500Medium/Inter_500Medium.ttf": "Inter-Medium.ttf"},
    ),
    "noto-sans-hebrew": ("0.4.1", {"700Bold/NotoSansHebrew_700Bold.ttf": "NotoSansHebrew-Bold.ttf"}),
    "noto-sans-arabic": ("0.4.3", {"700Bold/NotoSansArabic_700Bold.ttf": "NotoSansArabic-Bold.ttf"}),
}  # fmt: skip


def fetch() -> None:
    """Take fonts and licences from the packages."""
    FOLDER.mkdir(exist_ok=True)
    for name, (version, files) in PACKAGES.items():
        with tempfile.TemporaryDirectory() as folder:
            wanted = f"@expo-google-fonts/{name}@{version}"
            subprocess.run(["npm", "pack", wanted], cwd=folder, check=True, capture_output=True)
            with tarfile.open(Path(folder, f"expo-google-fonts-{name}-{version}.tgz")) as package:
                for inside, target in {**files, "LICENSE_FONT": f"{name}.LICENSE"}.items():
                    found = package.extractfile(f"package/{inside}")
                    assert found is not None
                    (FOLDER / target).write_bytes(found.read())


if __name__ == "__main__":
    if "--fetch" in sys.argv:
        fetch()
    sys.path.insert(0, str(ROOT))
    from blogq.sharing.typeface import FONTS

    for name, digest in FONTS.items():
        found = hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()
        if found != digest:
            sys.exit(f"{name} is not the one that was chosen: {found}")
