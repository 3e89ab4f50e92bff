"""After any sequence of edits and faults the output is what a clean build makes, and nothing is rendered in vain."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from oracle_edits import FAULTS, SOURCES, edits
from oracle_world import World, seed


class Blog(RuleBasedStateMachine):
    """A blog, its author, and what goes wrong."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp(prefix="oracle-"))
        self.world = World(self.root)

    @initialize()
    def begin(self) -> None:
        seed(self.world)
        assert self.world.settle().written

    @rule(changes=st.lists(edits(SOURCES), min_size=1, max_size=3))
    def edit(self, changes: list[tuple[Any, dict[str, Any]]]) -> None:
        """Edit something and build. What ends in errors is undone, and built again."""
        snapshot = self.world.snapshot()
        for change, arguments in changes:
            change(self.world, **arguments)
        if not self.world.settle().written:
            self.world.restore(snapshot)
            assert self.world.settle().written

    @rule(changes=st.lists(edits(FAULTS), min_size=1, max_size=2), more=st.lists(edits(SOURCES), max_size=2))
    def suffer(self, changes: list[tuple[Any, dict[str, Any]]], more: list[tuple[Any, dict[str, Any]]]) -> None:
        """Edit something, and let something go wrong before the next build is through."""
        snapshot = self.world.snapshot()
        for change, arguments in [*more, *changes]:
            change(self.world, **arguments)
        if not self.world.settle().written:
            self.world.restore(snapshot)
            assert self.world.settle().written

    def teardown(self) -> None:
        shutil.rmtree(self.root, ignore_errors=True)


COMMON: dict[str, Any] = {
    "deadline": None,
    "database": None,
    "suppress_health_check": list(HealthCheck),
    "print_blob": False,
    "report_multiple_bugs": False,
    "phases": (Phase.explicit, Phase.generate),
}
"""Shrinking is left out, for it takes longer than reading the steps, which are printed as they were done."""
TestBlog = Blog.TestCase
TestBlog.settings = settings(max_examples=6, stateful_step_count=12, derandomize=True, **COMMON)


@pytest.mark.soak
class TestSoak(Blog.TestCase):
    """The same for minutes: some thousands of edits, other ones each time."""

    settings = settings(max_examples=60, stateful_step_count=40, **COMMON)
