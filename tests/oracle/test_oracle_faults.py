"""Kills, damage and foreign hands: every file is old or new and whole, and the next build is as good as a clean one."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from oracle_edits import HOWS, damage, kill, tamper
from oracle_world import World, coarse_clock, tree_of

import blogq.collect
import blogq.parse
import blogq.rendering
from blogq.write import Putter

DRIVER = """
import sys
import blogq.parse, blogq.rendering
from pathlib import Path
from blogq.build import Request, build
blogq.parse.TURN, blogq.rendering.TURN = 2, 4
print("begun", flush=True)
build(Request(Path(sys.argv[1]), int(sys.argv[2]), jobs=int(sys.argv[3])))
"""


def many_edits(world: World) -> None:
    """Change what every page shows; add, move and remove some."""
    world.configure(title="Another")
    world.edit("posts/n1.md", slug="moved", tags=["green"])
    world.drop("posts/n0.md")
    world.write("static/style.css", b"p { color: red }")


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_build_killed_anywhere_leaves_whole_files_and_is_repaired(world: World, jobs: int) -> None:
    """Fault F1: at each of the changes to the disk, one build after the other."""
    start = world.snapshot()
    world.jobs = jobs
    for at in random.Random(1).sample(range(1, 140), 9):
        many_edits(world)
        kill(world, at)
        world.settle()
        world.restore(start)
        world.settle()


def test_a_first_build_killed_anywhere_is_repaired(world: World) -> None:
    """There is no record yet of what was written."""
    import shutil

    for at in (1, 3, 60, 100, 104, 108, 112):
        shutil.rmtree(world.output)
        shutil.rmtree(world.store)
        kill(world, at)
        world.settle()


def test_pages_of_a_killed_build_that_are_no_longer_wanted_go(world: World) -> None:
    """They are in no manifest: the journal tells of them."""
    for at in range(40, 130, 18):
        world.edit("posts/n1.md", slug=f"never-{at}", tags=[f"never {at}"], aliases=[f"/never/{at}/"])
        kill(world, at)
        world.edit("posts/n1.md", slug=None, tags=None, aliases=None)
        world.settle()


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_process_killed_at_any_moment_is_no_harm(world: World, jobs: int) -> None:
    """A real process, a real SIGKILL, workers and all; the lock that it held is free."""
    before = tree_of(world.output)
    chance = random.Random(jobs)
    for _ in range(3):
        many_edits(world) if "posts/n0.md" in world.posts else world.configure(title=f"Title {chance.random()}")
        command = [sys.executable, "-c", DRIVER, str(world.site), str(world.now), str(jobs)]
        environment = {**os.environ, "PYTHONPATH": str(Path(blogq.collect.__file__).parent.parent)}
        with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(chance.uniform(0.0, 0.4))
            process.send_signal(signal.SIGKILL)
        _, new = world.clean()
        for path, data in tree_of(world.output).items():
            assert data in (before.get(path), new.get(path)), f"{path} is neither old nor new"
        world.disturbed = True
        world.settle()
        before = tree_of(world.output)


@pytest.mark.parametrize("turn", [4, 1000])
def test_a_worker_that_is_killed_ends_the_build_and_changes_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch, turn: int
) -> None:
    """As when memory runs out: in a pool of workers, and in the one helper of a small build."""
    here = os.getpid()

    def put(self: Putter, path: str, data: bytes) -> None:
        assert os.getpid() != here or not path.startswith("posts/")
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)

    before = tree_of(world.output)
    many_edits(world)
    world.jobs = 2
    with monkeypatch.context() as patch:
        patch.setattr(blogq.parse, "TURN", turn)
        patch.setattr(blogq.rendering, "TURN", turn)
        patch.setattr(Putter, "put", put)
        result = world.build()
    assert not result.written
    assert result.errors == 1
    (error,) = [finding for finding in result.findings if finding.severity == "error"]
    assert "process has ended" in error.message
    assert tree_of(world.output) == before
    world.settle()


@pytest.mark.parametrize("how", HOWS)
def test_a_damaged_store_is_discarded(world: World, how: str) -> None:
    """Fault F7: each file of it in turn, at several places, before an edit and before none."""
    files = sum(path.is_file() for path in world.store.rglob("*"))
    assert files >= 4
    for which in range(files):
        for percent in (0, 60) if how in ("flip", "truncate") else (50,):
            damage(world, which, how, percent)
            world.settle()
            damage(world, which, how, percent)
            world.edit("posts/n1.md", title=f"Anew {how} {which} {percent}")
            world.settle()


def test_a_damaged_journal_hides_no_leftovers(world: World) -> None:
    """Where nobody can tell what a killed build has added, what isn't ours is moved aside."""
    killed = 0
    for at in range(60, 120, 8):
        world.edit("posts/n1.md", slug=f"never-{at}")
        kill(world, at)
        world.edit("posts/n1.md", slug=None)
        for journal in world.store.glob("*.journal"):
            killed += 1
            journal.write_bytes(journal.read_bytes()[:-3])
            world.lost = True
        world.settle()
    assert killed, "no build was killed while it had a journal"


def test_a_store_does_not_tell_a_build_to_remove_what_is_not_output(world: World) -> None:
    """Whatever the journal says, nothing outside the output folder goes."""
    from blogq.store.manifest import manifest_path, write_journal

    path = manifest_path(world.store, world.site, world.output)
    write_journal(path, ["../content/posts/n1.md", "posts/../../content/posts/n1.md", "/etc/hosts", ""])
    world.disturbed = True
    world.settle()
    assert (world.site / "content/posts/n1.md").exists()


@pytest.mark.parametrize("how", [*HOWS, "folder", "link"])
def test_what_others_do_to_the_output_is_undone(world: World, how: str) -> None:
    """Every file of it in turn, a few at a time."""
    files = len(tree_of(world.output))
    for which in range(0, files, 3):
        tamper(world, which, how)
    world.settle()


def test_files_that_are_not_ours_stay(world: World) -> None:
    """Also when pages beside them go; and where the record was lost, they are moved, not removed."""
    for name in ("CNAME", "posts/n0/mine.txt", "mine/deep/mine.txt"):
        place = world.output / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(name.encode())
        world.foreign[name] = name.encode()
    world.drop("posts/n0.md")
    world.settle()
    assert (world.output / "posts/n0/mine.txt").read_bytes() == b"posts/n0/mine.txt"
    assert not (world.output / "posts/n0/index.html").exists()
    damage(world, [path.name.startswith("out-") for path in store_files(world)].index(True), "garbage", 0)
    world.settle()
    assert not (world.output / "CNAME").exists()


def store_files(world: World) -> list[Path]:
    return sorted(path for path in world.store.rglob("*") if path.is_file() and "aside" not in path.parts)


def test_a_file_system_of_whole_seconds_hides_no_edit(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """An edit of the same size within the clock's tick leaves the stat tuple as it was: young files are read again."""
    coarse_clock(monkeypatch, 2_000_000_000)
    for letter in "ABCDEF":
        world.edit("posts/n1.md", body=f"Text {letter}.")
        world.write("static/style.css", f"p {{ color: {letter} }}".encode())
        world.settle()
