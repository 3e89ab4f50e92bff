"""The running server, asked over HTTP: paths, ports, subpaths, how it ends, and files saved as editors save them."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from previewed import CONFIG, ROOT, SITE, Served, lay, post, serving, wait_for

FIRST = "/posts/first/"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(lay(tmp_path_factory.mktemp("served") / "site", SITE)) as running:
        yield running


def tree(folder: Path) -> dict[str, tuple[int, int]]:
    return {str(p): (p.lstat().st_size, p.lstat().st_mtime_ns) for p in folder.rglob("*")}


# Editors


def over(path: Path, text: str) -> None:
    """Write beside, rename over: Vim with backupcopy=no, Emacs, gedit, JetBrains."""
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    beside.write_text(text)
    os.replace(beside, path)


def truncated(path: Path, text: str) -> None:
    """Empty the file, write a moment later: VS Code, nano and others, when the machine is busy."""
    with path.open("w") as file:
        file.flush()
        time.sleep(0.08)
        file.write(text)


def backed_up(path: Path, text: str) -> None:
    """Move the file away, write a new one, remove the old: Vim with backups, and its probe and swap files."""
    swap, probe, backup = path.with_name(f".{path.name}.swp"), path.with_name("4913"), path.with_name(f"{path.name}~")
    swap.write_bytes(b"b0VIM")
    probe.touch()
    probe.unlink()
    path.rename(backup)
    time.sleep(0.05)
    path.write_text(text)
    backup.unlink()
    swap.unlink()


def in_pieces(path: Path, text: str) -> None:
    """Write piece by piece."""
    with path.open("w") as file:
        for at in range(0, len(text), 40):
            file.write(text[at : at + 40])
            file.flush()


def locked(path: Path, text: str) -> None:
    """Emacs: a lock that is a link to nowhere, an autosave file."""
    lock, autosave = path.with_name(f".#{path.name}"), path.with_name(f"#{path.name}#")
    lock.symlink_to("somebody@somewhere.1234")
    autosave.write_text(text)
    over(path, text)
    autosave.unlink()
    lock.unlink()


def told_of_saving(served: Served, save: Callable[[Path, str], None]) -> list[str]:
    """Save the first post in a way, see that no page is empty meanwhile, and return what browsers were told of it."""
    path = served.root / "content/posts/first.md"
    events = Listener(served)
    pages: list[str] = []
    ended = threading.Event()

    def look() -> None:
        while not ended.is_set():
            pages.append(served.get(FIRST).text)

    looking = threading.Thread(target=look)
    looking.start()
    words = f"Saved by {save.__name__}. " * 20
    save(path, post(text=words))
    served.shows(FIRST, words.strip())
    time.sleep(0.3)
    ended.set()
    looking.join()
    assert all("<h1" in page and ("Some text." in page or "Saved by" in page) for page in pages)
    assert all("blogq-preview" in page and "<li class" not in page for page in pages)
    return [each for each in events.end() if '"urls":' in each and FIRST in each]


@pytest.mark.parametrize("save", [over, truncated, backed_up, in_pieces, locked])
def test_fault_3_a_save_is_one_update_and_never_an_empty_page(
    served: Served, save: Callable[[Path, str], None]
) -> None:
    told = told_of_saving(served, save)
    # One; but a machine that is busy may pause for longer than an editor does.
    assert 1 <= len(told) <= 2, told


class Listener:
    """Reads an event stream in a thread."""

    def __init__(self, served: Served, **headers: str) -> None:
        self.connection = http.client.HTTPConnection(served.host, served.port, timeout=30)
        self.connection.request("GET", "/_blogq/events", headers=headers)
        self.answer = self.connection.getresponse()
        self.lines: list[str] = []
        self._sock = self.answer.fp
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()
        wait_for(lambda: self.lines)

    def _read(self) -> None:
        try:
            while line := self.answer.fp.readline():
                if line.startswith(b"data:"):
                    self.lines.append(line.decode())
        except (OSError, AttributeError, ValueError):
            pass

    def end(self) -> list[str]:
        if self.connection.sock is not None:
            self.connection.sock.shutdown(socket.SHUT_RDWR)
        self._thread.join(5)
        self.connection.close()
        return self.lines


# What is served


def test_the_output_folder_is_left_alone(tmp_path: Path) -> None:
    root = lay(tmp_path / "site", SITE)
    with serving(root) as served:
        served.get("/")
        served.save("content/posts/first.md", post(text="New words."))
        served.shows(FIRST, "New words.")
        assert not (root / "_site").exists()
    build(root)
    before = tree(root / "_site")
    with serving(root) as served:
        served.save("content/posts/first.md", post(text="Newer words."))
        served.shows(FIRST, "Newer words.")
        served.save("static/extra.css", "p { color: red }")
        wait_for(lambda: "red" in served.get("/extra.css").text)
    assert tree(root / "_site") == before


def build(root: Path) -> str:
    command = [sys.executable, "-m", "blogq", "build", "--site", str(root), "--no-check", "--now", "2026-01-01"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout


def test_builds_run_beside(tmp_path: Path) -> None:
    """A build that tidies the store up takes nothing away from the preview, and the other way round."""
    root = lay(tmp_path / "site", SITE)
    with serving(root) as served:
        for turn in range(4):
            served.save("content/posts/first.md", post(text=f"Turn {turn}. " * 3000))
            served.shows(FIRST, f"Turn {turn}.")
            build(root)
            assert f"Turn {turn}." in (root / "_site/posts/first/index.html").read_text()
            assert "Another text." in served.get("/posts/second/").text
        served.save("content/posts/second.md", post("Second", "At last.", date="2025-12-02"))
        served.shows("/posts/second/", "At last.")


def test_a_site_below_a_subpath(tmp_path: Path) -> None:
    files = {**SITE, "blogq.yaml": CONFIG.replace("blog.example/", "blog.example/sub/")}
    with serving(lay(tmp_path / "site", files)) as served:
        assert served.path == "/sub/"
        assert served.get("/").headers["location"] == "/sub/"
        assert "Some text." in served.get("/sub/posts/first/").text
        assert 'href="/sub/' in served.get("/sub/").text
        assert served.get("/sub/posts/first").headers["location"] == "/sub/posts/first/"
        # Attack 9: a sibling that shares the prefix.
        assert [served.get(path).status for path in ("/subx/", "/su", "/posts/first/")] == [404, 404, 404]


def test_what_kinds_of_files_there_are(served: Served) -> None:
    kinds = {path: served.get(path).headers.get("content-type", "") for path in
             ("/", "/feed.xml", "/sitemap.xml", "/robots.txt", "/extra.css", "/nowhere/")}  # fmt: skip
    assert kinds == {
        "/": "text/html; charset=utf-8",
        "/feed.xml": "application/xml",
        "/sitemap.xml": "application/xml",
        "/robots.txt": "text/plain; charset=utf-8",
        "/extra.css": "text/css; charset=utf-8",
        "/nowhere/": "text/html; charset=utf-8",
    }
    assert served.get("/nowhere/").status == 404
    assert "_blogq" in served.get("/nowhere/").text
    assert served.get("/extra.css").text == "body { --extra: 1 }\n"
    assert "_blogq" not in served.get("/feed.xml").text
    head = served.get("/", "HEAD")
    assert (head.status, head.body) == (200, b"")


def test_an_unchanged_page_is_not_sent_again(served: Served) -> None:
    tag = served.get("/about/").headers["etag"]
    assert served.get("/about/", If_None_Match=tag).status == 304


# Beginning and end


def test_a_port_that_is_taken_is_left_to_whoever_has_it(tmp_path: Path) -> None:
    root = lay(tmp_path / "site", SITE)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with serving(root, "--port", str(port)) as served:
            assert served.port != port
            assert any(f"Port {port} is taken" in line for line in served.said)


def test_ctrl_c_ends_it_at_once_with_streams_open(tmp_path: Path) -> None:
    with serving(lay(tmp_path / "site", SITE)) as served:
        listeners = [Listener(served) for _ in range(20)]
        began = time.monotonic()
        assert served.end() == 0
        assert time.monotonic() - began < 2
        for each in listeners:
            each.end()
        assert served.errors.read_text() == ""


def test_no_drafts_shows_what_a_build_would(tmp_path: Path) -> None:
    files = {**SITE, "content/posts/first.md": post(draft="true"), "content/posts/second.md": post(date="2027-01-01")}
    root = lay(tmp_path / "site", files)
    with serving(root, "--no-drafts") as served:
        assert [served.get(path).status for path in (FIRST, "/posts/second/", "/about/")] == [404, 404, 200]
    with serving(root) as served:
        assert [served.get(path).status for path in (FIRST, "/posts/second/", "/about/")] == [200, 200, 200]


# Changes


def test_two_thousand_files_at_once_are_right_in_time(tmp_path: Path) -> None:
    """Fault 8: a branch is switched. Ten seconds, not three, as the machine does other things as well."""
    root = lay(tmp_path / "site", SITE)
    files = {f"content/posts/p{n:04}.md": post(f"Post {n}", f"Number {n}, first. " * 20) for n in range(2000)}
    lay(root, files)
    with serving(root) as served:
        assert "first" in served.get("/posts/p1999/").text
        lay(root, {path: text.replace("first", "second") for path, text in files.items()})
        began = time.monotonic()
        # One may have been read while it was being written: its own event comes after, and is waited for as well.
        for n in (0, 1000, 1999, *range(0, 2000, 37)):
            served.shows(f"/posts/p{n:04}/", f"Number {n}, second.")
        assert time.monotonic() - began < 10


def test_scanning_takes_over_and_says_so(tmp_path: Path) -> None:
    """Fault 12: what a link leads to sends no events here."""
    elsewhere = lay(tmp_path / "site", SITE) / ".elsewhere"
    elsewhere.mkdir(parents=True)
    (elsewhere / "linked.md").write_text(post("Linked"))
    (tmp_path / "site/content/linked").symlink_to(elsewhere)
    with serving(tmp_path / "site") as served:
        for turn in range(3):
            (elsewhere / "linked.md").write_text(post("Linked", f"Turn {turn}."))
            served.shows("/linked/linked/", f"Turn {turn}.")
        wait_for(lambda: "Looking for changes every moment" in served.errors.read_text())


def test_scanning_alone_is_enough(tmp_path: Path) -> None:
    with serving(lay(tmp_path / "site", SITE), "--scan") as served:
        for turn in range(3):
            served.save("content/posts/first.md", post(text=f"Turn {turn}."))
            served.shows(FIRST, f"Turn {turn}.")
        served.save("templates/post.html", "<html><body>all new</body></html>")
        served.shows(FIRST, "all new")


def test_folders_that_come_and_go(tmp_path: Path) -> None:
    root = lay(tmp_path / "site", SITE)
    with serving(root) as served:
        served.save("content/new/deep/third.md", post("Third", "In a new folder."))
        served.shows("/new/deep/third/", "In a new folder.")
        served.save("content/new/deep/third.md", post("Third", "And edited."))
        served.shows("/new/deep/third/", "And edited.")
        (root / "content/new").rename(root / "content/newer")
        served.shows("/newer/deep/third/", "And edited.")
        wait_for(lambda: served.get("/new/deep/third/").status == 404)
        (root / "content/newer").rename(tmp_path / "away")
        wait_for(lambda: served.get("/newer/deep/third/").status == 404)
