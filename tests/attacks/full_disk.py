"""Fill a small disk while blogq builds, within a mount namespace of this process's own.

    unshare -Urm python full_disk.py FOLDER WHERE LIMIT

`FOLDER` is empty, `WHERE` is `output` or `site`: what lies on the small disk; `LIMIT` is `space` or `inodes`.
Ends with 0 when every file stayed old or new and the next build with room was as a clean one.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from attack_sites import GOOD, codes, make_site, output, run, write


def mount(place: Path, size: str, inodes: int) -> None:
    """Put a small, empty disk at `place`."""
    place.mkdir(parents=True, exist_ok=True)
    options = f"size={size},nr_inodes={inodes}"
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)], check=True)


def main(folder: Path, where: str, limit: str) -> None:
    """Build, run out of room, and build again with room."""
    site = folder / "site"
    if where == "site":
        mount(site, "1m", 200 if limit == "space" else 110)
    else:
        mount(site / "_site", "400k" if limit == "space" else "1m", 200 if limit == "space" else 50)
    make_site(folder)
    assert run(site).written
    old = output(site)

    more = {f"content/p{n}.md": f"---\ntitle: P {n}\n---\nText.\n" for n in range(60)}
    if limit == "space":
        more = {f"content/p{n}.md": f"---\ntitle: P {n}\n---\n{'Long text. ' * 3000}\n" for n in range(12)}
        shutil.rmtree(site / ".blogq") if where == "site" else None
    write(folder / "large", more)
    try:
        for name in more:
            shutil.copy(folder / "large" / name, site / name)
    except OSError:
        assert where == "site"
    write_over = site / "content/good.md"
    try:
        write_over.write_text(GOOD.replace("Words", "Other words"))
    except OSError:
        assert where == "site"
    for _ in range(2):
        result = run(site)
        assert not result.written, "the disk was meant to be too small"
        assert set(codes(result)) == {"OU102"}, result.findings
        found = output(site)
        assert found.keys() >= old.keys()
        for path, data in found.items():
            assert path in old or b"</html>" in data or not path.endswith(".html"), path
            assert data, path
    for name in more:
        (site / name).unlink(missing_ok=True)
    write_over.write_text(GOOD)
    assert run(site).written
    assert output(site) == old
    assert not run(site).rendered


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
