"""What the oracle's tests share: worlds in temporary folders, and templates compiled once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pytest
from oracle_world import World, seed

import blogq.parse
import blogq.rendering
from blogq.plan.jobs import RenderJob
from blogq.render.environment import Environment
from blogq.render.files import Setup
from blogq.render.page import Renderer


@cache
def empty() -> Environment:
    return Environment(Setup({}, ""))


PARSE, COMPILE = Environment.parse, Environment.compile


@lru_cache(maxsize=4096)
def parsed(source: str, name: str | None, filename: str | None) -> Any:
    return PARSE(empty(), source, name, filename)


@lru_cache(maxsize=4096)
def compiled(source: Any, name: str | None, filename: str | None) -> object:
    # The same tree is parsed once, and known again by being the same.
    return COMPILE(empty(), source, name, filename)


@pytest.fixture(autouse=True, scope="module")
def warm() -> Iterator[None]:
    """Keep compiled templates: compiling is a pure function of the source, and most of what a tiny site costs.

    For the modules of this folder alone: elsewhere filters of plugins shape what a source compiles to.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            Environment, "parse", lambda self, source, name=None, filename=None: parsed(source, name, filename)
        )
        patch.setattr(
            Environment, "compile", lambda self, source, name=None, filename=None: compiled(source, name, filename)
        )
        yield


@pytest.fixture(autouse=True)
def small_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a handful of posts be enough for a second process, where the builds are to have one."""
    monkeypatch.setattr(blogq.parse, "TURN", 2)
    monkeypatch.setattr(blogq.rendering, "TURN", 8)


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
