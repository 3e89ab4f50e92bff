"""Segments give back what was put in, merged or not, and damaged ones are noticed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogq.originality.index.segment import Damaged, Segment, merged, read, segment, write

HASHES = st.one_of(st.integers(0, 2**32 - 1), st.sampled_from([0, 1, 65535, 65536, 2**32 - 1, 2**31]))
POSTINGS = st.lists(st.tuples(HASHES, st.integers(0, 30)), max_size=60)


def made(postings: list[tuple[int, int]]) -> Segment:
    return segment(
        np.array([one for one, _ in postings], np.uint32), np.array([which for _, which in postings], np.uint32)
    )


def met(found: Segment, hashes: list[int]) -> set[tuple[int, int]]:
    asked = np.unique(np.array(hashes, np.uint32))
    first, last = found.ranges(asked)
    return {
        (int(one), int(which))
        for one, low, high in zip(asked, first, last, strict=True)
        for which in found.documents[low:high]
    }


@given(POSTINGS, st.lists(HASHES, max_size=10))
def test_what_was_put_in_is_found(postings: list[tuple[int, int]], others: list[int]) -> None:
    found = made(postings)
    hashes = [one for one, _ in postings]
    assert met(found, [*hashes, *others]) == {(one, which) for one, which in postings}
    assert found.hashes(0, 1 << 16).tolist() == sorted(one for one, _ in set(postings))


@given(st.lists(POSTINGS, min_size=1, max_size=4), st.sets(st.integers(0, 30)))
def test_merging_is_the_union_without_those_that_are_gone(lists: list[list[tuple[int, int]]], gone: set[int]) -> None:
    """A document is in one segment only; here its number says which."""
    parts = [[(one, which * 4 + number) for one, which in postings] for number, postings in enumerate(lists)]
    alive = np.array([number not in gone for number in range(130)])
    whole = merged([made(part) for part in parts], alive)
    expected = {posting for part in parts for posting in part if posting[1] not in gone}
    assert met(whole, [one for part in parts for one, _ in part]) == expected
    direct = made(sorted(expected))
    for one, other in zip(whole, direct, strict=True):
        assert one.tolist() == other.tolist()


@given(POSTINGS)
def test_round_trip(postings: list[tuple[int, int]]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "1.seg"
        found = made(postings)
        check = write(found, path)
        again = read(path, check)
        assert [column.tolist() for column in again] == [column.tolist() for column in found]
        assert [each.name for each in Path(folder).iterdir()] == ["1.seg"]


@pytest.mark.parametrize("count", [0, 1, 2, 3, 1001])
@pytest.mark.parametrize("where", ["magic", "count", "checksum", "table", "documents", "remainders", "short", "long"])
def test_damage_is_noticed(tmp_path: Path, count: int, where: str) -> None:
    found = made([(number * 4_000_037 % 2**32, number) for number in range(count)])
    path = tmp_path / "1.seg"
    check = write(found, path)
    data = bytearray(path.read_bytes())
    table = 24 + 8 * 65_537
    places = {"magic": 3, "count": 8, "checksum": 16, "table": 24 + 80_000, "documents": table}
    places["remainders"] = table + 4 * count
    if where == "short":
        data = data[:-1]
    elif where == "long":
        data += b"\0"
    elif places[where] < len(data):
        data[places[where]] ^= 4
    else:
        return
    path.write_bytes(data)
    with pytest.raises(Damaged):
        read(path, check)


@pytest.mark.parametrize("data", [b"", b"blogqsg1", b"\0" * 600_000, b"x" * 600_000])
def test_other_files_are_no_segments(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "1.seg"
    path.write_bytes(data)
    with pytest.raises(Damaged):
        read(path, 0)


def test_another_segment_is_not_the_one_that_was_written(tmp_path: Path) -> None:
    """Of the same size, and whole: only what the index remembers of it tells them apart."""
    one, other = write(made([(1, 2)]), tmp_path / "1.seg"), write(made([(1, 3)]), tmp_path / "2.seg")
    (tmp_path / "2.seg").replace(tmp_path / "1.seg")
    assert one != other
    with pytest.raises(Damaged):
        read(tmp_path / "1.seg", one)
    with pytest.raises(OSError):
        read(tmp_path / "2.seg", other)
