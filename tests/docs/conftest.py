"""What tests of the manual share: a home of their own, so that nothing of this machine shows in what is printed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from terminal import Terminal

NOW = "2026-06-02 06:00"


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    """A terminal in an empty folder, on 2 June 2026, early, of a person whom Git knows as Nuria Valdés."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE", "VISUAL", "EDITOR", "GIT_DIR"):
        monkeypatch.delenv(name, raising=False)
    config = tmp_path / "gitconfig"
    config.write_text("[user]\nname = Nuria Valdés\nemail = nuria@example.org\n[init]\ndefaultBranch = main\n")
    for name, value in {"GIT_CONFIG_GLOBAL": str(config), "GIT_CONFIG_SYSTEM": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
                        "LANG": "C.UTF-8", "TZ": "Europe/Berlin"}.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    home = tmp_path / "home"
    home.mkdir()
    time.tzset()
    yield Terminal(home, NOW)
    monkeypatch.undo()
    time.tzset()
