"""What the whole suite shares: Hypothesis profiles, a browser, and the W3C's checker of pages."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from audit.browsing import opened
from audit.markup import check

settings.register_profile("suite", deadline=None, suppress_health_check=list(HealthCheck))
settings.register_profile("soak", deadline=None, max_examples=2000, suppress_health_check=list(HealthCheck))
settings.load_profile("soak" if os.environ.get("BLOGQ_SOAK") else "suite")


def allowed() -> None:
    """Skip where no browser is wanted.

    Without one that is wanted, tests fail, so that nobody takes pages for tested that were not.
    """
    if os.environ.get("BLOGQ_WITHOUT_BROWSER"):
        pytest.skip("BLOGQ_WITHOUT_BROWSER asks for neither a browser nor checkers of pages")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, as Playwright brings it or as the system has it; `make test` installs it."""
    allowed()
    with opened() as found:
        yield found


@pytest.fixture(scope="session")
def w3c() -> Callable[[Sequence[Path]], list[tuple[str, str]]]:
    """The W3C's checker of pages: takes files, returns the path and message of all that it objects to.

    `make test` installs it and Java; `BLOGQ_CHECKERS` names a folder whose `node_modules` has it.
    """
    allowed()
    return lambda pages: [(str(each.path), each.message) for each in check(pages)]
