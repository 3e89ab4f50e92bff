"""A browser for the tests of this folder."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture(scope="module")
def chromium(browser: Any) -> Any:
    """The browser of the whole suite: two of them at a time is more than Playwright does in one thread."""
    return browser
