"""Figures in the example site's posts that depend on its other posts: they are counted anew here."""

from __future__ import annotations

import csv
import re
import runpy
import sys
from collections import Counter
from typing import Any

import pytest
from example_site import EXAMPLE

POSTS = EXAMPLE / "content" / "posts"
HERE = POSTS / "i-have-said-this-before"
TEXT = (HERE / "index.md").read_text(encoding="utf-8")


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The program that the post gives away, run on no file."""
    monkeypatch.setattr(sys, "argv", ["repeats.py", "5"])
    return runpy.run_path(str(HERE / "repeats.py"))


def earlier() -> list[str]:
    """The posts that stood there when the post on repeats came out."""
    with (POSTS / "two-years-of-second-passes" / "drafts.csv").open(encoding="utf-8") as file:
        names = [row["post"] for row in csv.DictReader(file) if row["date"] < "2026-09-17"]
    paths = [path for path in POSTS.rglob("*.md") if path.parent == POSTS or path.name == "index.md"]
    name_of = {
        path: re.sub(r"^\d{4}-\d\d-\d\d-", "", (path.parent if path.stem == "index" else path).stem) for path in paths
    }
    return [next(path for path in paths if name_of[path] == name).read_text(encoding="utf-8") for name in names]


def test_the_post_on_repeats_counts_what_there_is(program: dict[str, Any]) -> None:
    """Its table, its list, the program as it prints it, and how long that is."""
    texts = earlier()
    assert f"I have {len(texts)} posts" in " ".join(TEXT.split())
    for size, said in re.findall(r"^\| (\d) words \| (\d+) \|$", TEXT, re.M):
        counts = Counter(shingle for text in texts for shingle in program["shingles"](text, int(size)))
        repeated = sorted(" ".join(shingle) for shingle, count in counts.items() if count > 1)
        assert len(repeated) == int(said), size
        if size == "5":
            (listed,) = re.findall(r"Here are all \w+\.\n\n```text\n(.*?)\n```", TEXT, re.S)
            assert listed.splitlines() == repeated
    turned = [text for text in texts if "turned out" in " ".join(text.split())]
    assert len(turned) == 6 and "it is in six of the 23" in " ".join(TEXT.split())
    source = (HERE / "repeats.py").read_text(encoding="utf-8")
    assert f"A program of {len(source.splitlines())} lines" in TEXT
    (shown,) = re.findall(r"^```python [^\n]*\n(.*?)^```", TEXT, re.M | re.S)
    assert all(part in source for part in shown.split("\n\n\n"))
