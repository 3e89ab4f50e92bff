"""The index's folder: killed processes, two at once, folders that can't be written, damaged files."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from index_world import SENTENCES, Key, Text, entry_of, said

from blogq.originality.index import database, postings
from blogq.originality.index.segment import Damaged
from blogq.originality.index.store import NAME, Index, clear

WORK = """
import random, sys
sys.path.insert(0, sys.argv[2])
from pathlib import Path
from index_world import SENTENCES, Text, entry_of
from blogq.originality.index import postings
from blogq.originality.index.store import Index
postings.RECENT = 3
drawn = random.Random(int(sys.argv[3]))
index = Index(Path(sys.argv[1]))
assert index.folder
print("begun", flush=True)
while True:
    if drawn.random() < 0.3:
        index.remove("", [f"p{drawn.randrange(30)}" for _ in range(3)])
    else:
        names = [f"p{drawn.randrange(30)}" for _ in range(drawn.randint(1, 6))]
        index.add([entry_of(("", name), Text(1, (" ".join(drawn.choices(SENTENCES, k=4)),))) for name in names])
"""


def texts(count: int, seed: int = 1) -> dict[Key, Text]:
    drawn = random.Random(seed)
    return {
        ("", f"p{number}"): Text(number % 3, tuple(" ".join(drawn.choices(SENTENCES, k=2)) for _ in range(2)))
        for number in range(count)
    }


def filled(folder: Path, count: int = 20) -> dict[Key, Text]:
    """Fill an index, one text after the other."""
    index = Index(folder)
    given = texts(count)
    for each in given.items():
        index.add([entry_of(*each)])
    index.close()
    return given


def whole(index: Index) -> int:
    """Hold an index to one that has the same texts; return how many these are."""
    other = Index(None)
    held: dict[Key, Text] = {}
    for name, (number, _) in index.numbers().items():
        parts = tuple(part.text for part in index.material(number).parts)
        held["", name] = Text(index.document(number).date, parts)
    other.add([entry_of(*each) for each in held.items()])
    assert [said(index, *each) for each in held.items()] == [said(other, *each) for each in held.items()]
    return len(held)


def test_killed_in_the_middle_of_changes(tmp_path: Path) -> None:
    """What is there next is what was there before a change, or after it."""
    drawn = random.Random(8)
    folder = tmp_path / "index"
    for turn in range(12):
        command = [sys.executable, "-c", WORK, str(folder), str(Path(__file__).parent), str(turn)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "begun\n"
            time.sleep(drawn.random() * 0.15)
            process.send_signal(signal.SIGKILL)
        index = Index(folder)
        assert index.folder == folder
        whole(index)
        index.close()


def test_a_second_process_waits_then_does_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "PATIENCE", 0.2)
    first = Index(tmp_path)
    second = Index(tmp_path)
    assert (first.folder, second.folder) == (tmp_path, None)
    given = texts(5)
    for each in given.items():
        first.add([entry_of(*each)])
        second.add([entry_of(*each)])
    assert whole(first) == whole(second) == 5
    first.close()
    second.close()
    third = Index(tmp_path)
    assert third.folder == tmp_path
    assert whole(third) == 5
    third.close()


@pytest.mark.parametrize("how", ["a file", "no permission", "read-only index"])
def test_folders_that_cannot_be_written(tmp_path: Path, how: str) -> None:
    """Then it's in memory, and nothing is said."""
    folder = tmp_path / "index"
    if how == "a file":
        folder.write_text("no folder")
    else:
        filled(folder)
        if how == "read-only index":
            (folder / NAME).chmod(0o400)
        folder.chmod(0o500)
    tmp_path.chmod(0o755)
    script = f"""
import os, sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from test_index_files import Index, Path, entry_of, texts, whole
index = Index(Path({str(folder)!r}))
given = texts(5)
index.add([entry_of(*each) for each in given.items()])
assert index.folder is None
assert whole(index) == 5
"""
    if os.geteuid() == 0 and how != "a file":
        pytest.skip("the superuser may write everywhere; a read-only connection stands in elsewhere here")
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    folder.chmod(0o700)
    assert done.returncode == 0, done.stderr


def test_a_database_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As root may write everywhere, SQLite is told to open it for reading."""
    filled(tmp_path)
    real = sqlite3.connect

    def reading(path: str, **options: object) -> sqlite3.Connection:
        return real(path if path == ":memory:" else f"file:{path}?mode=ro", uri=True, **options)

    monkeypatch.setattr(database.sqlite3, "connect", reading)
    index = Index(tmp_path)
    assert index.folder is None
    index.add([entry_of(*each) for each in texts(3).items()])
    assert whole(index) == 3


def test_a_folder_that_goes_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While it's used: a segment can't be written, which is told as damage."""
    monkeypatch.setattr(postings, "RECENT", 3)
    folder = tmp_path / "index"
    index = Index(folder)
    index.add([entry_of(*each) for each in texts(3).items()])
    shutil.rmtree(folder)
    with pytest.raises(Damaged):
        index.add([entry_of(*each) for each in texts(30).items()])
    index.close()
    again = Index(folder)
    assert len(again) == 0
    again.close()


@pytest.mark.parametrize("damage", ["truncated", "empty", "zeros", "garbage", "version", "no tables", "facts gone"])
def test_a_damaged_database_is_made_anew(tmp_path: Path, damage: str) -> None:
    filled(tmp_path)
    path = tmp_path / NAME
    data = path.read_bytes()
    if damage in ("version", "no tables", "facts gone"):
        connection = sqlite3.connect(path)
        with connection:
            connection.execute({
                "version": "UPDATE facts SET value = '0.0'",
                "no tables": "DROP TABLE facts",
                "facts gone": "DELETE FROM facts",
            }[damage])  # fmt: skip
        connection.close()
    else:
        path.write_bytes(
            {"truncated": data[:1000], "empty": b"", "zeros": bytes(len(data)), "garbage": b"\x07garbage" * 4000}[
                damage
            ]
        )
    index = Index(tmp_path)
    assert index.folder == tmp_path
    assert len(index) == 0
    index.add([entry_of(*each) for each in texts(5).items()])
    assert whole(index) == 5
    index.close()


@pytest.mark.parametrize("seed", range(40))
def test_bits_that_flip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """Anywhere in any file: what comes of it is damage, or an index that works; no other error."""
    monkeypatch.setattr(postings, "RECENT", 8)
    filled(tmp_path)
    drawn = random.Random(seed)
    path = drawn.choice([tmp_path / NAME, tmp_path / NAME, *tmp_path.glob("*.seg")])
    data = bytearray(path.read_bytes())
    for _ in range(drawn.choice([1, 20, 400])):
        data[drawn.randrange(len(data))] ^= 1 << drawn.randrange(8)
    path.write_bytes(data)
    index = None
    try:
        index = Index(tmp_path)
        for name, (number, _) in index.numbers().items():
            said(index, ("", name), Text(index.document(number).date, (index.material(number).text,)))
        index.add([entry_of(*each) for each in texts(12, 2).items()])
        index.remove("", list(index.numbers())[:9])
        index.files()
        _ = index.serial, index.sketches(), index.corpora()
    except Damaged:
        clear(tmp_path)
    finally:
        if index is not None:
            index.close()
    clear(tmp_path)
    index = Index(tmp_path)
    assert index.folder == tmp_path
    index.add([entry_of(*each) for each in texts(5).items()])
    assert whole(index) == 5
    index.close()


@pytest.mark.parametrize("damage", ["gone", "other", "old"])
def test_segments_that_are_not_those_that_were_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    monkeypatch.setattr(postings, "RECENT", 3)
    filled(tmp_path)
    paths = sorted(tmp_path.glob("*.seg"))
    assert paths
    if damage == "gone":
        paths[0].unlink()
    else:
        paths[0].write_bytes(b"" if damage == "other" else paths[0].read_bytes()[:-6])
    index = Index(tmp_path)
    with pytest.raises(Damaged):
        whole(index)
    index.close()
