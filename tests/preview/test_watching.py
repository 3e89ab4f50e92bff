"""What is noticed, and by whom: further ways to save, events that overflow, watches that the system refuses.

Limits are lowered for one process by a user namespace (user_namespaces(7)): its `/proc/sys/user` is its own. Nothing
here writes to `/proc/sys/fs`, which belongs to the whole machine.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from previewed import SITE, Served, lay, post, serving, wait_for
from test_server import Listener, told_of_saving

FIRST = "/posts/first/"
EVENTS = Path("/proc/sys/fs/inotify/max_queued_events")
SCANNING = "Looking for changes every moment"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(lay(tmp_path_factory.mktemp("watched") / "site", SITE)) as running:
        yield running
        assert running.errors.read_text() == ""


# Editors, beyond those of test_server.py


def copied_first(path: Path, text: str) -> None:
    """Copy to a backup, then empty and write: Vim with backupcopy=yes, which VS Code's and others' hard links need."""
    backup = path.with_name(f"{path.name}~")
    shutil.copy2(path, backup)
    path.write_text(text)
    backup.unlink()


def probed(path: Path, text: str) -> None:
    """See whether the folder can be written to, under a name that isn't taken, then as Vim does."""
    for number in (4913, 5036):
        probe = path.with_name(str(number))
        probe.touch()
        probe.unlink()
    backup = path.with_name(f"{path.name}~")
    path.rename(backup)
    path.write_text(text)
    backup.unlink()


def safe_write(path: Path, text: str) -> None:
    """JetBrains: written beside, the old one moved away, the new one moved in, the old one removed."""
    new, old = path.with_name(f"{path.name}___jb_tmp___"), path.with_name(f"{path.name}___jb_old___")
    new.write_text(text)
    path.rename(old)
    new.rename(path)
    old.unlink()


def sed(path: Path, text: str) -> None:
    """`sed -i`, `perl -i`: a file without an ending, in its place."""
    new = path.with_name("sedK3x9Qz")
    new.write_text(text)
    new.rename(path)


def output_stream(path: Path, text: str) -> None:
    """GNOME's editors: `.goutputstream-` and some letters, a copy with `~` that stays."""
    new = path.with_name(".goutputstream-A1B2C3")
    new.write_text(text)
    shutil.copy2(path, path.with_name(f"{path.name}~"))
    new.rename(path)


def from_elsewhere(path: Path, text: str) -> None:
    """Programs that synchronise: written in another folder, which nobody watches, and moved over it."""
    elsewhere = path.parents[3] / "elsewhere"
    elsewhere.mkdir(exist_ok=True)
    (elsewhere / "part").write_text(text)
    (elsewhere / "part").replace(path)


def gone_and_back(path: Path, text: str) -> None:
    """Removed, and made anew a moment later: programs that come from Windows."""
    path.unlink()
    time.sleep(0.1)
    path.write_text(text)


def checked_out(path: Path, text: str) -> None:
    """Git: removed and made anew, with a lock on its index all the while."""
    lock = path.parents[2] / ".git" / "index.lock"
    lock.parent.mkdir(exist_ok=True)
    lock.touch()
    path.unlink()
    path.write_text(text)
    lock.unlink()


def written_twice(path: Path, text: str) -> None:
    """Saved, formatted on saving and saved again."""
    path.write_text(f"{text} \n")
    path.write_text(text)


WAYS = [
    *(copied_first, probed, safe_write, sed, output_stream, from_elsewhere, gone_and_back, checked_out),
    written_twice,
]


@pytest.mark.parametrize("save", WAYS)
def test_fault_3_further_saves_are_one_update_and_never_an_empty_page(
    served: Served, save: Callable[[Path, str], None]
) -> None:
    told = told_of_saving(served, save)
    assert 1 <= len(told) <= 2, told
    # No page was made of what lay beside it for a moment.
    assert set(re.findall(r'href="(/posts/[^"/]+/)"', served.get("/").text)) == {FIRST, "/posts/second/"}


def git(root: Path, *words: str) -> None:
    """Run Git as nobody in particular."""
    someone = ["-c", "user.name=Someone", "-c", "user.email=someone@blog.example"]
    alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "GIT_EDITOR": "true"}
    command = ["git", "-C", str(root), *someone, *words]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, **alone})


@pytest.mark.skipif(not shutil.which("git"), reason="Git isn't here")
def test_fault_3_git_moves_between_branches(tmp_path: Path) -> None:
    """Checkout, stash, rebase and reset leave what is served equal to what lies in the folder."""
    root = lay(tmp_path / "site", {**SITE, ".gitignore": ".blogq\n"})
    git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-qm", "One")
    git(root, "checkout", "-qb", "other")
    lay(root, {"content/posts/first.md": post(text="Of the other branch."), "content/posts/third.md": post("Third")})
    git(root, "add", ".")
    git(root, "commit", "-qm", "Two")
    git(root, "checkout", "-q", "main")
    with serving(root) as served:
        assert served.get("/posts/third/").status == 404
        git(root, "checkout", "-q", "other")
        served.shows(FIRST, "Of the other branch.")
        wait_for(lambda: served.get("/posts/third/").status == 200)
        lay(root, {"content/posts/second.md": post("Second", "Not committed.", date="2025-12-02")})
        served.shows("/posts/second/", "Not committed.")
        git(root, "stash")
        served.shows("/posts/second/", "Another text.")
        git(root, "stash", "pop")
        served.shows("/posts/second/", "Not committed.")
        git(root, "checkout", "-q", "content/posts/second.md")
        git(root, "checkout", "-q", "main")
        served.shows(FIRST, "Some text.")
        wait_for(lambda: served.get("/posts/third/").status == 404)
        lay(root, {"content/about.md": "---\ntitle: About\n---\nOf main alone.\n"})
        git(root, "commit", "-qam", "Three")
        git(root, "checkout", "-q", "other")
        git(root, "rebase", "-q", "main")
        served.shows("/about/", "Of main alone.")
        served.shows(FIRST, "Of the other branch.")
        assert "Traceback" not in served.errors.read_text()


# Events that are lost


def test_fault_11_events_that_overflow(tmp_path: Path) -> None:
    """More is saved while the preview is stopped than the system keeps events for: it ends up right all the same."""
    if not EVENTS.exists() or int(EVENTS.read_text()) > 20_000:
        pytest.skip("the system keeps more events than can be made here quickly, or isn't Linux")
    count = int(EVENTS.read_text()) // 4 + 1000
    root = lay(tmp_path / "site", SITE)
    names = [f"static/many/{number}.txt" for number in range(count)]
    lay(root, dict.fromkeys(names, "1"))
    with serving(root) as served:
        assert served.get("/many/0.txt").text == "1"
        served.process.send_signal(signal.SIGSTOP)
        try:
            # To open, to change (twice: it is emptied first) and to close it is an event each.
            for name in names:
                (root / name).write_text("2")
            served.save("content/posts/first.md", post(text="Lost in the flood."))
            served.save("content/posts/last.md", post("Last", "Lost as well."))
        finally:
            served.process.send_signal(signal.SIGCONT)
        served.shows(FIRST, "Lost in the flood.")
        served.shows("/posts/last/", "Lost as well.")
        assert served.get(f"/many/{count - 1}.txt").text == "2"
        served.save("content/posts/first.md", post(text="And after."))
        served.shows(FIRST, "And after.")


def limited(name: str, number: int) -> str:
    """Return a script that runs its arguments with a limit on inotify, in a namespace of its own."""
    return f'echo {number} > /proc/sys/user/{name} && exec "$@"'


def namespace(name: str, number: int) -> list[str]:
    """Return the words before a command that give it the limit; skips where the system doesn't allow it."""
    words = ["unshare", "--user", "--map-root-user", "sh", "-c", limited(name, number), "sh"]
    if not shutil.which("unshare"):
        pytest.skip("unshare isn't here, so no limit can be lowered for one process")
    done = subprocess.run([*words, "cat", f"/proc/sys/user/{name}"], capture_output=True, text=True)
    if done.returncode or done.stdout.strip() != str(number):
        pytest.skip(f"the system has no user namespaces for us: {done.stderr.strip()}")
    return words


@pytest.mark.parametrize(
    ("name", "number", "said"),
    [
        ("max_inotify_watches", 7, "watch"),
        ("max_inotify_watches", 0, "watch"),
        ("max_inotify_instances", 0, "refuses to watch"),
    ],
)
def test_fault_12_the_system_has_no_more_watches(tmp_path: Path, name: str, number: int, said: str) -> None:
    """No edit is missed by the preview, whose own watching says that it has begun and is deaf to half of it."""
    deep = {f"content/posts/deep/{at}/one.md": post(f"Deep {at}") for at in range(8)}
    root = lay(tmp_path / "site", {**SITE, **deep})
    before = [path.read_text() for path in sorted(Path("/proc/sys/fs/inotify").iterdir())]
    with Limited(root, namespace(name, number)) as served:
        wait_for(lambda: SCANNING in served.errors.read_text())
        assert said in served.errors.read_text()
        events = Listener(served)
        assert any(SCANNING in each for each in events.lines), "the page is told as well"
        for at in range(8):
            served.save(f"content/posts/deep/{at}/one.md", post(f"Deep {at}", "Not missed."))
            served.shows(f"/posts/deep/{at}/one/", "Not missed.")
        served.save("content/posts/new/new.md", post("New", "In a new folder."))
        served.shows("/posts/new/new/", "In a new folder.")
        events.end()
        assert "Traceback" not in served.errors.read_text()
        assert served.errors.read_text().count(SCANNING) == 1
    assert [path.read_text() for path in sorted(Path("/proc/sys/fs/inotify").iterdir())] == before


class Limited(Served):
    """A preview whose command stands behind other words."""

    def __init__(self, root: Path, words: list[str]) -> None:
        self.words = words
        super().__init__(root)

    def command(self, options: tuple[str, ...]) -> list[str]:
        return [*self.words, *super().command(options)]

    def __enter__(self) -> Limited:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()
