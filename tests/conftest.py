"""What the whole suite shares: Hypothesis profiles, a browser, and the W3C's checker of pages."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("suite", deadline=None, suppress_health_check=list(HealthCheck))
settings.register_profile("soak", deadline=None, max_examples=2000, suppress_health_check=list(HealthCheck))
settings.load_profile("soak" if os.environ.get("BLOGQ_SOAK") else "suite")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, as Playwright brings it or as the system has it; `make test` installs it.

    Without one, tests fail, so that nobody takes pages for tested that were not: `BLOGQ_WITHOUT_BROWSER=1` skips them.
    """
    if os.environ.get("BLOGQ_WITHOUT_BROWSER"):
        pytest.skip("BLOGQ_WITHOUT_BROWSER asks for no browser")
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as started:
        opened = started.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def w3c() -> Callable[[Sequence[Path]], list[tuple[str, str]]]:
    """The W3C's checker of pages: takes files, returns the address and message of all that it objects to.

    It is vnu.jar of the npm package vnu-jar, named by `BLOGQ_VNU`, and runs on Java, which is too large to be installed
    for it alone.
    """
    jar = Path(os.environ.get("BLOGQ_VNU", "/nonexistent"))
    if not jar.is_file() or not shutil.which("java"):
        pytest.skip("the W3C's checker isn't here: BLOGQ_VNU names its vnu.jar, and it needs Java")

    def check(pages: Sequence[Path]) -> list[tuple[str, str]]:
        command = ["java", "-jar", str(jar), "--format", "json", *map(str, sorted(pages))]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return [(each["url"], each["message"]) for each in json.loads(done.stderr)["messages"]]

    return check
