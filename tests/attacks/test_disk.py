"""Faults F1 and F2: a disk that is full or may not be written, and files that may not be read."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attack_sites import CONFIG, GOOD, codes, make_site, output, run, text_of, tree, write

import blogq.outputs
from blogq.collect import Take

ROOT = Path(__file__).parent.parent.parent
HERE = Path(__file__).parent
BLOGQ = [sys.executable, "-m", "blogq"]
PLAIN = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search", *BLOGQ] if os.geteuid() == 0 else BLOGQ
"""blogq as a user to whom permissions apply: root is stripped of the powers that pass over them."""
NAMESPACES = (["unshare", "-Urm"], ["unshare", "-m"])
"""How to get mounts of one's own: as any user, or as root."""


def call(command: list[str], cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{HERE}"}
    return subprocess.run([*command, *arguments], cwd=cwd, env=environment, capture_output=True, text=True, timeout=60)


def build(site: Path, *arguments: str) -> tuple[int, list[tuple[str, str]]]:
    """Build `site` as a plain user; return the exit code, and code and path of each error."""
    done = call(PLAIN, site, "build", "--now", "2026-05-01", "--json", *arguments)
    assert "Traceback" not in done.stderr, done.stderr
    findings = json.loads(done.stdout)["findings"]
    return done.returncode, [(f["rule"], f["path"]) for f in findings if f["severity"] == "error"]


def may_mount(command: list[str], tmp_path: Path) -> bool:
    (tmp_path / "try").mkdir(exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m,nr_inodes=50", "tmpfs", str(tmp_path / "try")]
    try:
        return subprocess.run([*command, *mount], capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


@pytest.mark.parametrize("limit", ["space", "inodes"])
@pytest.mark.parametrize("where", ["output", "site"])
def test_fault_1_full_disk_leaves_the_site_whole(tmp_path: Path, where: str, limit: str) -> None:
    """With neither namespaces nor the right to mount, `test_fault_1_write_that_fails` is all that can be tried."""
    for command in NAMESPACES:
        if may_mount(command, tmp_path):
            folder = tmp_path / "disk"
            folder.mkdir()
            script = [*command, sys.executable, str(HERE / "full_disk.py")]
            done = call(script, tmp_path, str(folder), where, limit)
            assert done.returncode == 0, done.stderr
            return


@pytest.mark.parametrize("largest", [0, 100, 2_000, 9_000])
def test_fault_1_write_that_fails_leaves_the_site_whole(tmp_path: Path, largest: int) -> None:
    """Whichever file can't be written to its end, none is left half-written, and nothing is lost for the next build."""
    site = make_site(tmp_path, {"static/large.bin": b"x" * 10_000})
    assert run(site).written
    before = output(site)
    write(site, {"content/good.md": GOOD + "More.\n", "content/new.md": GOOD, "static/large.bin": b"y" * 10_000})
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
        result = run(site)
        os._exit(0 if codes(result) == ["OU102"] and not result.written else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert output(site) == before
    assert run(site).written
    clean = make_site(tmp_path / "clean", {"content/good.md": GOOD + "More.\n", "content/new.md": GOOD})
    write(clean, {"static/large.bin": b"y" * 10_000})
    assert run(clean).written
    assert output(site) == output(clean)


@pytest.mark.parametrize("folder", ["_site", "_site/good", ".blogq", "."])
def test_fault_1_read_only_folder_is_named(tmp_path: Path, folder: str) -> None:
    site = make_site(tmp_path)
    assert run(site).written
    before = output(site)
    write(site, {"content/good.md": GOOD + "More.\n", "content/new.md": GOOD})
    if folder == ".":
        for place in ("_site", ".blogq"):
            subprocess.run(["rm", "-rf", place], cwd=site, check=True)
        before = {}
    mode = (site / folder).stat().st_mode
    (site / folder).chmod(0o555)
    try:
        code, errors = build(site)
        assert code == 2
        assert [rule for rule, _ in errors] == ["OU102"]
        assert all(
            path in before and (data == before[path] or b"</html>" in data or b"?xml" in data or b"{" in data)
            for path, data in output(site).items()
            if not path.startswith("new")
        )
    finally:
        (site / folder).chmod(mode)
    assert build(site) == (0, [])
    clean = make_site(tmp_path / "clean", {"content/good.md": GOOD + "More.\n", "content/new.md": GOOD})
    assert run(clean).written
    assert output(site) == output(clean)


@pytest.mark.parametrize(
    "name, shown",
    [
        ("content/x.md", "content/x.md"),
        ("content/folder", "content/folder"),
        ("static/a.txt", "static/a.txt"),
        ("static/folder", "static/folder"),
        ("templates/partials", "templates/partials"),
        ("blogq.yaml", "blogq.yaml"),
        ("themes/mine/theme.yaml", "themes/mine/theme.yaml"),
        ("content", "content"),
    ],
)
def test_fault_2_file_that_may_not_be_read_is_named(tmp_path: Path, name: str, shown: str) -> None:
    """Nothing is written without it; told to keep going blogq builds the rest."""
    site = make_site(tmp_path, {"content/folder/y.md": GOOD, "static/folder/b.txt": "b", "static/a.txt": "a"})
    write(site, {"templates/partials/mine.html": "x", "content/x.md": GOOD, "themes/mine/templates/x.html": "x"})
    write(site, {"themes/mine/theme.yaml": "name: mine\nparent: plain\n", "blogq.yaml": f"{CONFIG}theme: mine\n"})
    assert run(site).written
    before = output(site)
    mode = (site / name).stat().st_mode
    (site / name).chmod(0)
    try:
        code, errors = build(site)
        assert code == 2
        assert {path for _, path in errors} == {shown}
        assert output(site) == before
        code, errors = build(site, "--keep-going", "--output", "../other")
        assert code == 2
        assert {path for _, path in errors} >= {shown}
        for command in ("list", "config", "clean"):
            done = call(PLAIN, site, command, *(["--now", "2026-05-01"] if command == "list" else []))
            assert done.returncode in (0, 2), done.stderr
            assert "Traceback" not in done.stderr, done.stderr
    finally:
        (site / name).chmod(mode)
    if name in ("content/x.md", "static/a.txt"):
        assert "good/index.html" in tree(tmp_path / "other")


def test_fault_2_site_that_may_not_be_entered(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    site.chmod(0o400)
    try:
        done = call(PLAIN, tmp_path, "build", "--site", str(site))
    finally:
        site.chmod(0o755)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr


def test_fault_2_post_that_vanishes_while_it_is_read(tmp_path: Path) -> None:
    """It was there when the folder was listed, and isn't when its turn comes: named, and nothing is written."""
    from attack_sites import NOW

    from blogq.build import Request
    from blogq.build import build as build_here

    files = {f"content/p{n:03}.md": f"---\ntitle: P {n}\n---\nText.\n" for n in range(100)}
    site = make_site(tmp_path, files)

    def vanish(stage: str, done: int, total: int) -> None:
        (site / "content/p099.md").unlink(missing_ok=True)

    result = build_here(Request(site, NOW, jobs=1), progress=vanish)
    assert not result.written
    assert [(f.code, f.span.path) for f in result.findings if f.severity == "error"] == [("SR101", "content/p099.md")]
    assert not output(site)
    assert run(site).written
    assert "p098/index.html" in output(site)


@pytest.mark.parametrize("writes", [1, 1000])
def test_fault_2_file_that_changes_while_it_is_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    """It is copied again; one that doesn't come to rest is named, and no part of it is published."""
    site = make_site(tmp_path)
    movie = site / "static" / "movie.mp4"
    write(site, {"static/movie.mp4": b"1" * 3_000_000})
    real, left = blogq.outputs.read_in_parts, writes

    def read_in_parts(root: str, path: str, shown: str, bounds: Any, begin: Callable[[], Take], limit: int) -> Any:
        def beginning() -> Take:
            take = begin()

            def taking(part: bytes) -> None:
                nonlocal left
                if left and path == "movie.mp4":
                    left -= 1
                    movie.write_bytes(b"2" * (2_000_000 + left))
                take(part)

            return taking

        return real(root, path, shown, bounds, beginning, limit)

    monkeypatch.setattr(blogq.outputs, "read_in_parts", read_in_parts)
    result = run(site, keep_going=True)
    assert result.written
    if writes == 1:
        assert not result.errors
        assert output(site)["movie.mp4"] == b"2" * 2_000_000
    else:
        assert [(f.code, f.span.path) for f in result.findings if f.severity == "error"] == [
            ("SR101", "static/movie.mp4")
        ]
        assert "movie.mp4" not in output(site)
    left = 0
    assert run(site).written
    assert output(site)["movie.mp4"] == movie.read_bytes()


@pytest.mark.parametrize("cut", [5, 20, 30])
def test_fault_2_post_that_is_half_written(tmp_path: Path, cut: int) -> None:
    site = make_site(tmp_path)
    assert run(site).written
    before = output(site)
    (site / "content/good.md").write_text(GOOD[:cut])
    result = run(site)
    if result.errors:
        assert [(f.code, f.span.path) for f in result.findings if f.severity == "error"] == [
            ("FM101", "content/good.md")
        ]
        assert output(site) == before
    (site / "content/good.md").write_text(GOOD)
    assert run(site).written
    assert output(site) == before


def test_fault_2_keep_going_builds_what_can_be(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/x.md": "---\ntitle: X\ndate: 2026-13-01\n---\nNever seen.\n"})
    result = run(site, keep_going=True)
    assert result.written and codes(result) == ["FM103"]
    assert b"Words that stay." in output(site)["good/index.html"]
    assert "Never seen." not in text_of(site)
