"""Much at once and one after the other: thousands of saves without a pause, many files, folders in folders.

`make soak` does the same with ten thousand saves and a hundred thousand files.
"""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

import pytest
from previewed import SITE, Served, lay, post, serving, wait_for

FIRST = "/posts/first/"
DEPTH = 200


def resident(served: Served) -> float:
    """The MiB that the preview holds."""
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{served.process.pid}/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


def saved_in_a_row(root: Path, count: int) -> None:
    with serving(root) as served:
        served.get(f"/_blogq/gate?page={FIRST}")
        path = root / "content/posts/first.md"
        before = 0.0
        for number in range(count):
            text = post(text=f"Save {number} of many.")
            if number % 2:
                path.write_text(text)
            else:
                beside = path.with_name("first.md.tmp")
                beside.write_text(text)
                os.replace(beside, path)
            if number == count // 4:
                served.shows(FIRST, "of many.")
                before = resident(served)
        served.shows(FIRST, f"Save {count - 1} of many.")
        # It has kept none of the texts that came and went.
        assert resident(served) < before * 1.1 + 4
        served.save("content/posts/first.md", post(text="Afterwards."))
        served.shows(FIRST, "Afterwards.")
        assert served.errors.read_text() == ""


def stands_many_files(root: Path, count: int, seconds: float) -> None:
    deep = "content/" + "d/" * DEPTH + "last.md"
    lay(root, {**SITE, deep: post("Deep", "At the bottom.")})
    for number in range(count):
        if number % 500 == 0:
            folder = root / f"static/files/{number // 500}"
            folder.mkdir(parents=True)
        (folder / f"{number}.txt").write_text("x")
    began = time.monotonic()
    with serving(root) as served:
        assert time.monotonic() - began < seconds
        url = "/" + "d/" * DEPTH + "last/"
        assert "At the bottom." in served.get(url).text
        began = time.monotonic()
        for turn in range(3):
            served.save(deep, post("Deep", f"Turn {turn} down there."))
            served.shows(url, f"Turn {turn} down there.")
            served.save("content/posts/first.md", post(text=f"Turn {turn} up here."))
            served.shows(FIRST, f"Turn {turn} up here.")
        assert time.monotonic() - began < 20, "known sources alone, whatever else there is"
        (root / "static/files/new.txt").write_text("new")
        wait_for(lambda: served.get("/files/new.txt").text == "new", seconds)
        assert served.errors.read_text() == ""


def test_fault_8_hundreds_of_saves_in_a_row(tmp_path: Path) -> None:
    saved_in_a_row(lay(tmp_path / "site", SITE), 600)


def test_fault_8_many_files_and_folders_in_folders(tmp_path: Path) -> None:
    stands_many_files(tmp_path / "site", 3000, 20)


@pytest.mark.soak
def test_fault_8_ten_thousand_saves_in_a_row(tmp_path: Path) -> None:
    saved_in_a_row(lay(tmp_path / "site", SITE), 10_000)


@pytest.mark.soak
def test_fault_8_a_hundred_thousand_files(tmp_path: Path) -> None:
    stands_many_files(tmp_path / "site", 100_000, 120)
