"""Fault F1: a build that is killed at any moment leaves every file old or new, and the next build mends the rest."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

from attack_sites import CONFIG, GOOD, NOW, make_site, output, run, tree, write

ROOT = Path(__file__).parent.parent.parent
HERE = Path(__file__).parent


def environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(ROOT)}


def post(number: int, text: str = "Text.", tag: str = "one") -> str:
    front = f"title: Post {number}\ndate: 2026-01-{number:02d}\ntags: [{tag}]\naliases: [/old/{number}/]\n"
    return f"---\n{front}---\n{text}\n"


def before(site: Path) -> None:
    """Write the site as it is at first."""
    files = {f"content/p{number}.md": post(number) for number in range(1, 6)}
    write(site, files | {"static/a.txt": "a", "content/b/index.md": GOOD, "content/b/c.png": "c"})


def edit(site: Path) -> None:
    """Change a bit of everything: a post, its tag, a new one, a page less, static files, the site's title."""
    write(site, {"content/p1.md": post(1, "Changed."), "content/p2.md": post(2, tag="two"), "content/p9.md": post(9)})
    write(site, {"static/a.txt": "A", "static/new/b.txt": "b", "blogq.yaml": CONFIG.replace("A blog", "The blog")})
    (site / "content/p3.md").unlink()
    shutil.rmtree(site / "content/b")


def assert_whole(found: Mapping[str, bytes], *allowed: Mapping[str, bytes]) -> None:
    """Every file that was found is as one of the builds `allowed` makes it."""
    for path, data in found.items():
        assert any(each.get(path) == data for each in allowed), path


def assert_mended(site: Path, expected: Mapping[str, bytes]) -> None:
    """The next build makes what a clean one does, and leaves nothing behind; the one after has nothing to do."""
    assert run(site).written
    assert output(site) == expected
    left = [path for path in tree(site / ".blogq") if "stage-" in path or path.endswith((".new", ".journal"))]
    assert not left
    again = run(site)
    assert again.written and not again.rendered
    assert output(site) == expected


def killer(*arguments: str) -> str:
    """Run killed_build.py and return what it prints."""
    command = [sys.executable, str(HERE / "killed_build.py"), *arguments]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def changes_of(site: Path) -> list[str]:
    """Return the changes to the disk that a build of `site`, as it is now, makes; build a copy to know."""
    copy = f"{site}-counted"
    shutil.copytree(site, copy)
    return killer(copy, str(NOW)).split()


def kill_at(site: Path, points: Iterable[int]) -> None:
    """Build a copy of `site` for each of `points` and kill it there."""
    for point in points:
        shutil.copytree(site, f"{site}-{point}")
    killer(str(site), str(NOW), *map(str, points))


def killed_everywhere(site: Path, times: int = 20) -> list[Path]:
    """Build about as many copies of `site` as `times` says, and kill each at another place; return them."""
    changes = changes_of(site)
    points = range(1, len(changes) - 4, len(changes) // times)
    kill_at(site, points)
    return [Path(f"{site}-{point}") for point in points]


def clean_build(site: Path) -> dict[str, bytes]:
    """Return what a clean build of `site` makes, elsewhere."""
    clean = site.parent / "clean" / "site"
    shutil.copytree(site, clean, ignore=shutil.ignore_patterns("_site", ".blogq"))
    assert run(clean, jobs=2).written
    return output(clean)


def test_fault_1_rebuild_killed_before_any_change_to_the_disk(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    before(site)
    assert run(site).written
    old = output(site)
    edit(site)
    new = clean_build(site)
    for killed in killed_everywhere(site):
        assert_whole(output(killed), old, new)
        assert_mended(killed, new)


def test_fault_1_first_build_killed_before_any_change_to_the_disk(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    before(site)
    new = clean_build(site)
    for killed in killed_everywhere(site):
        found = output(killed)
        assert not found or found == new
        assert_mended(killed, new)


def test_fault_1_second_kill_forgets_nothing(tmp_path: Path) -> None:
    """What a killed build had added is removed in the end, even when the build that was to mend it is killed too."""
    site = make_site(tmp_path)
    before(site)
    assert run(site).written
    expected = output(site)
    write(site, {f"content/q{number}.md": GOOD for number in range(1, 6)})
    moves = [at for at, change in enumerate(changes_of(site)) if change == "replace"]
    late = moves[-2]
    kill_at(site, [late])
    half = Path(f"{site}-{late}")
    assert len(output(half)) > len(expected)
    for number in range(1, 6):
        (half / f"content/q{number}.md").unlink()
    for killed in killed_everywhere(half, 12):
        assert_mended(killed, expected)


def test_fault_1_killed_at_random_with_workers(tmp_path: Path) -> None:
    """The process that leads and its workers go down together, and nothing waits for them."""
    site = make_site(tmp_path, {f"content/p{n}.md": post(1 + n % 28, f"Text {n}.") for n in range(300)})
    for n in range(300):
        write(site, {f"content/p{n}.md": f"---\ntitle: P {n}\ndate: 2026-01-01\ntags: [t{n % 9}]\n---\nText {n}.\n"})
    assert run(site, jobs=2).written
    old = output(site)
    write(site, {"blogq.yaml": CONFIG.replace("A blog", "The blog")})
    for n in range(0, 300, 2):
        path = site / f"content/p{n}.md"
        path.write_text(path.read_text() + "\nMore.\n")
    new = clean_build(site)
    command = [sys.executable, "-m", "blogq", "build", "--now", "2026-05-01", "--jobs", "2", "--quiet"]
    chance = random.Random(8)
    killed = 0
    for attempt in range(5):
        copy = tmp_path / f"copy-{attempt}"
        shutil.copytree(site, copy)
        process = subprocess.Popen(
            command, cwd=copy, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(chance.uniform(0.3, 1.2))
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        assert_whole(output(copy), old, new)
    assert killed
    assert_mended(copy, new)
