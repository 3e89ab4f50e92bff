"""Equality with textstat on the posts of real blogs, where `BLOGQ_BLOGS` names a folder of them."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from textstat_oracle import differences

POSTS = 500
BLOGS = os.environ.get("BLOGQ_BLOGS")


@pytest.mark.skipif(not BLOGS, reason="BLOGQ_BLOGS names no folder of blogs")
def test_equals_textstat_on_real_posts() -> None:
    paths = sorted(Path(str(BLOGS)).rglob("*.md"))
    random.Random(5).shuffle(paths)
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in paths[:POSTS]]
    assert {
        str(path): wrong for path, text in zip(paths, texts, strict=False) if (wrong := differences(text, "en"))
    } == {}
