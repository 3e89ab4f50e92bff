"""Faults F4 to F9: odd bytes, odd clocks, two builds at once, a damaged store, much at once, renames."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from attack_sites import CONFIG, GOOD, NOW, codes, make_site, output, run, write

from blogq.build import Request, build
from blogq.store.lock import exclusive

ROOT = Path(__file__).parent.parent.parent
POST = (
    "---\ntitle: Ünï\ndate: 2026-01-02\ntags: [a, b]\n---\n\n"
    "# One\n\nTwo  \nthree\n\n```python\nx = 1\n```\n\n- a\n- b\n"
)
SOURCES = {
    "content/x.md": POST,
    "content/t.md": '+++\ntitle = "T"\ntags = ["a"]\n+++\nText.\n',
    "content/j.md": '{\n"title": "J"\n}\nText.\n',
    "content/n.md": "# Heading\n\nText.\n",
    "templates/partials/mine.html": "{# mine #}\nx\n",
    "templates/page.html": (
        '{% extends "base.html" %}\n{% block main %}\n{% include "partials/mine.html" %}\n{% endblock %}\n'
    ),
}


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "BOM"])
def test_fault_4_line_ends_and_byte_order_mark_change_nothing(tmp_path: Path, ending: str, mark: bytes) -> None:
    """A site saved on Windows is the same site."""
    site = make_site(tmp_path, SOURCES)
    assert run(site).written
    sources = SOURCES | {"content/good.md": GOOD, "blogq.yaml": CONFIG}
    other = make_site(tmp_path / "other", SOURCES)
    write(other, {name: mark + text.replace("\n", ending).encode() for name, text in sources.items()})
    result = run(other)
    assert result.written, result.findings
    assert output(other) == output(site)


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("name", ["content/good.md", "blogq.yaml", "templates/page.html", "themes/mine/theme.yaml"])
def test_fault_4_other_encodings_are_told(tmp_path: Path, name: str, encoding: str) -> None:
    text = {"content/good.md": POST, "blogq.yaml": "title: Ünï\n", "templates/page.html": "Ünï"}.get(
        name, "name: Ünï\n"
    )
    site = make_site(tmp_path, {"content/page.md": "Text.\n"})
    if name.startswith("themes"):
        write(site, {"blogq.yaml": f"{CONFIG}theme: mine\n"})
    write(site, {name: text.encode(encoding)})
    result = run(site)
    assert not result.written
    assert {f.span.path for f in result.findings if f.severity == "error"} == {name}


@pytest.mark.parametrize("name", ["content/x.md", "static/a.txt", "templates/partials/mine.html", "blogq.yaml"])
@pytest.mark.parametrize("when", [0, 10**9, NOW + 10**9], ids=["1970", "2001", "future"])
def test_fault_5_content_decides_and_never_the_clock(tmp_path: Path, name: str, when: int) -> None:
    """An edit of the same size under any time, as a branch switch or a copy may leave it, is noticed."""
    first = SOURCES | {"static/a.txt": "Text.", "blogq.yaml": f"{CONFIG}description: Text.\n"}
    first["templates/partials/mine.html"] = "Text."
    site = make_site(tmp_path, first)
    os.utime(site / name, (when, when))
    assert run(site).written
    state = (site / name).stat()
    old, new = ("two", "owt") if name == "content/x.md" else ("Text.", "Tesu.")
    old, new = ("three", "eerht") if name == "content/x.md" else (old, new)
    text = first[name].replace(old, new)
    assert text != first[name] and len(text) == len(first[name])
    write(site, {name: text})
    os.utime(site / name, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert run(site).written
    clean = make_site(tmp_path / "clean", first | {name: text})
    assert run(clean).written
    assert output(site) == output(clean)


def test_fault_5_touching_everything_renders_nothing(tmp_path: Path) -> None:
    site = make_site(tmp_path, SOURCES)
    assert run(site).written
    made = output(site)
    for when in (0, 10**9, NOW * 2):
        for path in [*site.glob("content/*"), *site.glob("templates/*.html"), site / "blogq.yaml"]:
            os.utime(path, (when, when))
        result = run(site)
        assert result.written and result.rendered == 0
        assert output(site) == made


def test_fault_6_second_build_waits_and_says_for_whom(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    command = [sys.executable, "-m", "blogq", "build", "--now", "2026-05-01"]
    with exclusive(site / ".blogq", lambda who: None):
        process = subprocess.Popen(
            command,
            cwd=site,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stderr is not None
        said = process.stderr.readline()
        assert f"process {os.getpid()}" in said and "waiting" in said
        assert not (site / "_site").exists()
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 0, errors
    assert "good/index.html" in output(site)


def test_fault_6_many_builds_at_once_end_well(tmp_path: Path) -> None:
    site = make_site(tmp_path, SOURCES)
    command = [sys.executable, "-m", "blogq", "build", "--now", "2026-05-01", "--quiet"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    started = [subprocess.Popen(command, cwd=site, env=environment) for _ in range(4)]
    assert [process.wait(timeout=60) for process in started] == [0] * 4
    clean = make_site(tmp_path / "clean", SOURCES)
    assert run(clean).written
    assert output(site) == output(clean)


@pytest.mark.parametrize("content", [b"", b"1", b"999999999", b"\xff\xfe garbage", b"x" * 100_000])
def test_fault_6_stale_lock_is_no_obstacle(tmp_path: Path, content: bytes) -> None:
    """A lock ends with its process; what a dead one left in the file means nothing."""
    site = make_site(tmp_path)
    write(site, {".blogq/lock": content})
    waited: list[str] = []
    assert build(Request(site, NOW), waiting=waited.append).written
    assert not waited


def damaged(data: bytes) -> list[bytes]:
    """Return `data` truncated, extended, emptied, and with bits flipped here and there."""
    size = len(data)
    found = [b"", data[: size // 2], data[:-1], b"\0" * size, data.replace(b"1\n", b"2\n", 1)]
    for at in {20, size // 3, size - 1}:
        if 0 <= at < size:
            found.append(data[:at] + bytes((data[at] ^ 0x41,)) + data[at + 1 :])
    return [each for each in found if each != data]


@pytest.mark.parametrize("edited", [False, True], ids=["nothing else", "after an edit"])
def test_fault_7_damaged_store_is_discarded(tmp_path: Path, edited: bool) -> None:
    """Whatever became of any of its files, the next build makes what a clean one does."""
    site = make_site(tmp_path, SOURCES | {"static/a.txt": "a"})
    assert run(site).written
    pristine = tmp_path / "pristine"
    shutil.copytree(site, pristine)
    text = GOOD + "\nMore.\n" if edited else GOOD
    clean = make_site(tmp_path / "clean", SOURCES | {"static/a.txt": "a", "content/good.md": text})
    assert run(clean).written
    expected = output(clean)
    names = [path.relative_to(site) for path in sorted((site / ".blogq").rglob("*")) if path.is_file()]
    names = [name for name in names if name.name not in ("lock", ".gitignore")]
    assert len(names) >= 3
    for name in names:
        for wrong in damaged((pristine / name).read_bytes()):
            for folder in (".blogq", "_site", "content"):
                shutil.rmtree(site / folder)
                shutil.copytree(pristine / folder, site / folder)
            (site / name).write_bytes(wrong)
            write(site, {"content/good.md": text})
            result = run(site)
            assert result.written, (name, result.findings)
            assert output(site) == expected, name


@pytest.mark.parametrize("name", [".blogq", ".blogq/bodies", ".blogq/memo"])
def test_fault_7_lost_store_is_made_anew(tmp_path: Path, name: str) -> None:
    site = make_site(tmp_path, SOURCES)
    assert run(site).written
    made = output(site)
    path = site / name
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert run(site).written
    assert output(site) == made


def test_fault_7_store_that_is_a_file(tmp_path: Path) -> None:
    site = make_site(tmp_path, {".blogq": "not a folder"})
    result = run(site)
    assert not result.written and codes(result) == ["OU102"]
    assert (site / ".blogq").read_text() == "not a folder"


def test_fault_8_two_thousand_files_changed_at_once(tmp_path: Path) -> None:
    """As after a branch switch: the build that follows makes what a clean one does."""
    posts = {f"content/p{n}.md": f"---\ntitle: P {n}\ndate: 2026-01-01\n---\nText {n}.\n" for n in range(2000)}
    site = make_site(tmp_path, posts)
    assert run(site, jobs=2).written
    changed = {name: text.replace("Text", "Other text") for name, text in posts.items()}
    write(site, changed)
    result = run(site, jobs=2)
    assert result.written and result.rendered >= 2000
    made = output(site)
    assert all(f"Other text {n}." in made[f"p{n}/index.html"].decode() for n in range(2000))
    assert not run(site, jobs=2).rendered


def test_fault_8_files_far_larger_than_what_a_build_holds(tmp_path: Path) -> None:
    """Movies are copied in parts, and compared in parts when somebody has touched what was made of them."""
    site = make_site(tmp_path, {"content/b/index.md": GOOD})
    size = 200 << 20
    for path in ("static/movie.mp4", "content/b/movie.mp4"):
        (site / path).parent.mkdir(exist_ok=True)
        with open(site / path, "wb") as file:
            file.truncate(size)
    code = (
        "import sys\nfrom pathlib import Path\nfrom blogq.build import Request, build\n"
        f"assert build(Request(Path(sys.argv[1]), {NOW}, jobs=1)).written\n"
        "lines = Path('/proc/self/status').read_text().splitlines()\n"
        "print(next(line.split()[1] for line in lines if line.startswith('VmHWM:')))\n"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    for _ in range(2):
        command = [sys.executable, "-c", code, str(site)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        assert int(done.stdout) << 10 < 100 << 20
        assert {(site / "_site" / path).stat().st_size for path in ("movie.mp4", "b/movie.mp4")} == {size}
        (site / "_site/movie.mp4").touch()
    shutil.rmtree(site)


def test_fault_8_folders_two_hundred_deep(tmp_path: Path) -> None:
    deep = "/".join(["a"] * 200)
    site = make_site(tmp_path, {f"content/{deep}/x.md": GOOD, f"static/{deep}/y.txt": "y"})
    result = run(site)
    assert result.written, result.findings
    assert f"{deep}/x/index.html" in output(site) and f"{deep}/y.txt" in output(site)
    assert len(output(site)) < 300
    shutil.rmtree(site / "content/a")
    assert run(site).written
    assert not any(path.startswith("a/") and path.endswith("html") for path in output(site))


def test_fault_8_folders_without_end_are_refused(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    place = site / "content"
    for _ in range(300):
        place = place / "a"
        place.mkdir()
    (place / "x.md").write_text(GOOD)
    assert codes(run(site)) == ["SR106"]


def test_fault_8_hundreds_of_saves_in_a_row(tmp_path: Path) -> None:
    """However often a file is saved, also while a build runs, the last build has the last text."""
    site = make_site(tmp_path)
    done = threading.Event()
    saves = 0

    def save() -> None:
        nonlocal saves
        while not done.is_set():
            saves += 1
            beside = site / "content" / ".good.md.swp"
            beside.write_text(GOOD + f"\nSave {saves}.\n")
            os.replace(beside, site / "content/good.md")

    thread = threading.Thread(target=save)
    thread.start()
    try:
        for _ in range(20):
            result = run(site)
            assert result.written or codes(result) == ["SR101"]
            page = output(site).get("good/index.html")
            assert page is None or re.search(rb"Save \d+\.</p>", page)
    finally:
        done.set()
        thread.join()
    assert run(site).written
    assert f"Save {saves}." in output(site)["good/index.html"].decode()


def test_fault_9_rename_that_changes_only_the_case(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/Foo.md": "---\ntitle: X\n---\nText.\n", "static/Bar.txt": "b"})
    assert run(site).written
    os.rename(site / "content/Foo.md", site / "content/foo.md")
    os.rename(site / "static/Bar.txt", site / "static/bar.txt")
    assert run(site).written
    clean = make_site(tmp_path / "clean", {"content/foo.md": "---\ntitle: X\n---\nText.\n", "static/bar.txt": "b"})
    assert run(clean).written
    assert output(site) == output(clean)
