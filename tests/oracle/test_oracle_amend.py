"""The short way through a build: taken when only texts have changed, and never when it might be wrong."""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from oracle_world import DAY, World

import blogq.publish
from blogq.plan.recalled import KeptPlan
from blogq.store.columns import Damaged
from blogq.store.digest import digest


class TheLongWay(Exception):
    """A build has taken it."""


@contextmanager
def no_long_way() -> Iterator[None]:
    """Let builds fail that take the long way."""

    def publish(*arguments: object) -> None:
        raise TheLongWay

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blogq.publish, "publish", publish)
        yield


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_edited_text_takes_the_short_way(world: World, jobs: int) -> None:
    """Again and again, with what lists show of it or not, in a post, a page and a bundle; each is right."""
    world.settle()
    for number, path in enumerate(
        ["posts/n1.md", "posts/n1.md", "posts/n2.es.md", "about.md", "notes/deep/n5/index.md", "notes/n6/index.md"]
    ):
        world.edit(path, body=f"{world.posts[path].body}\n\nParagraph {number}.")
        with no_long_way():
            result = world.build(jobs)
        assert result.rendered > 0
        assert world.settle().rendered == 0


def test_a_touched_source_takes_the_short_way(world: World) -> None:
    """Its new stat tuple is noted, so the next build needn't read it."""
    world.settle()
    os.utime(world.site / "content/posts/n1.md", (DAY, DAY))
    with no_long_way():
        assert world.build().rendered == 0
    world.settle()


def test_an_edited_draft_changes_nothing(world: World) -> None:
    """It is read, and shown nowhere."""
    world.edit("posts/n3.md", draft=True)
    world.settle()
    world.edit("posts/n3.md", body="Still a draft.")
    with no_long_way():
        assert world.build().rendered == 0
    world.settle()


def test_anything_else_takes_the_long_way(world: World) -> None:
    """A title, a link, a file, the output, the time: with each of them the plan may be another."""
    world.settle()
    edits = [
        lambda: world.edit("posts/n1.md", title="Anew"),
        lambda: world.edit("posts/n1.md", body="[There](n2.md)."),
        lambda: world.write("static/logo.svg", b"<svg>2</svg>"),
        lambda: (world.edit("posts/n1.md", body="Text."), (world.output / "about/index.html").unlink()),
    ]
    for edit in edits:
        edit()
        with no_long_way(), pytest.raises(TheLongWay):
            world.build()
        world.settle()
    world.edit("posts/n1.md", body="More.")
    world.now += 3 * DAY
    with no_long_way(), pytest.raises(TheLongWay):
        world.build()
    world.settle()


@pytest.mark.parametrize("data", [b"", b"nothing", None], ids=["empty", "other", "gone"])
def test_a_lost_plan_is_made_anew(world: World, data: bytes | None) -> None:
    """The long way is taken, and the next edit takes the short one again."""
    world.settle()
    (plan,) = world.store.glob("out-*.plan")
    plan.unlink() if data is None else plan.write_bytes(data)
    world.edit("posts/n1.md", body="Text.")
    with no_long_way(), pytest.raises(TheLongWay):
        world.build()
    world.settle()
    world.edit("posts/n1.md", body="Other text.")
    with no_long_way():
        world.build()
    world.settle()


def test_a_plan_from_elsewhere_runs_nothing(tmp_path: Path) -> None:
    """Even with the right digest, only our own types are made of it."""

    class Evil:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.mkdir, (str(tmp_path / "made"),)

    data = pickle.dumps((Evil(), (), []))
    (tmp_path / "plan").write_bytes(data)
    with pytest.raises(Damaged):
        KeptPlan(tmp_path / "plan", digest(data))
    assert not (tmp_path / "made").exists()
