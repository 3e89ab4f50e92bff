"""What the oracle's tests share: worlds in temporary folders, and templates compiled once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from oracle_world import DAY, NOON, Post, World

import blogq.parse
import blogq.rendering
from blogq.plan.jobs import RenderJob
from blogq.render.page import Renderer
from blogq.render.environment import Environment


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "soak: takes minutes; runs with BLOGQ_SOAK=1 only")


@pytest.fixture(autouse=True, scope="session")
def warm() -> Iterator[None]:
    """Keep compiled templates: compiling is a pure function of the source, and most of what a tiny site costs."""
    real = Environment.compile

    @lru_cache(maxsize=4096)
    def compiled(source: str, name: str, filename: str) -> object:
        return real(empty, source, name, filename)

    empty = Environment({}, "")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Environment, "compile", lambda self, source, name, filename: compiled(source, name, filename))
        yield


@pytest.fixture(autouse=True)
def small_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a handful of posts be enough for a second process, where the builds are to have one."""
    monkeypatch.setattr(blogq.parse, "TURN", 2)
    monkeypatch.setattr(blogq.rendering, "TURN", 8)


def seed(world: World) -> World:
    """Give a world a few posts that have to do with each other."""
    dates = ["2025-12-27", "2025-12-28", "2025-12-29", "2025-12-30", "2026-01-03"]
    for number, date in enumerate(dates):
        meta = {"title": f"Title of n{number}", "date": date, "tags": ["red", "blue sky"][: number % 3]}
        world.save(f"posts/n{number}.md", Post(meta, f"Text of n{number}.\n\n<!-- more -->\n\nThe rest."))
    world.edit("posts/n1.md", body="See [the other](n2.md) and [a page](@/about.md).\n\n<!-- more -->\n\nMore.")
    world.edit("posts/n2.md", aliases=["/old/"], authors=["ann"], series="Saga")
    world.save("posts/n2.es.md", Post({"title": "Dos", "date": "2025-12-29"}, "Texto."))
    world.save("notes/deep/n5/index.md", Post({"title": "Bundle", "date": "2025-12-31"}, "![picture](pic.svg)"))
    world.write("content/notes/deep/n5/pic.svg", b"<svg/>")
    world.save("about.md", Post({"title": "About"}, "We write."))
    world.write("static/logo.svg", b"<svg/>")
    assert world.now == NOON
    assert NOON % DAY
    return world


@pytest.fixture
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], World]:
    """Make worlds, each in a folder of its own."""
    return lambda: seed(World(tmp_path_factory.mktemp("world")))


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A world that has been built once."""
    made = seed(World(tmp_path))
    made.settle()
    return made


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The outputs that builds of this process have rendered."""
    paths: list[str] = []
    real = Renderer.render

    def render(self: Renderer, job: RenderJob) -> Any:
        paths.append(job.path)
        return real(self, job)

    monkeypatch.setattr(Renderer, "render", render)
    return paths
