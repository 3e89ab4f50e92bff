"""Parts of files: which bytes a header asks for, and what a player of film gets from the running server."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from previewed import CONFIG, SITE, Served, lay, serving, wait_for

from blogq.preview.ranges import Unsatisfiable, response, wanted
from blogq.preview.source import Content


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-0", (0, 1)),
        ("bytes=0-", (0, 10)),
        ("bytes=9-", (9, 10)),
        ("bytes=2-4", (2, 5)),
        ("bytes=2-99", (2, 10)),
        ("bytes=-3", (7, 10)),
        ("bytes=-99", (0, 10)),
        ("Bytes = 1-2 ", (1, 3)),
        # What may be ignored is.
        *(
            (each, None)
            for each in (None, "", "bytes=", "bytes=-", "bytes=4-2", "bytes=a-b", "lines=1-2", "bytes=1-2,4-5")
        ),
        *((each, None) for each in ("bytes=--1", "bytes=1", "bytes=+1-2", f"bytes=0-{'9' * 5000}", "bytes=٣-٤", "\0")),
    ],
)
def test_which_bytes_a_header_asks_for(header: str | None, part: tuple[int, int] | None) -> None:
    assert wanted(header, 10) == part


@pytest.mark.parametrize(
    ("header", "size"), [("bytes=10-", 10), ("bytes=99-100", 10), ("bytes=-0", 10), ("bytes=0-0", 0)]
)
def test_what_is_not_there(header: str, size: int) -> None:
    with pytest.raises(Unsatisfiable):
        wanted(header, size)


def test_the_file_is_closed_where_none_of_it_is_sent() -> None:
    for method, headers in (("HEAD", {}), ("GET", {"range": "bytes=9-"}), ("GET", {"if-none-match": '"x"'})):
        file = io.BytesIO(b"some")
        response(Content(file, 4, '"x"'), "text/plain", method, headers)
        assert file.closed


FILM = bytes(range(256)) * 4096
"""1 MiB, in which every place can be told."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    root = lay(tmp_path_factory.mktemp("films") / "site", {**SITE, "blogq.yaml": CONFIG})
    (root / "static" / "film.mp4").write_bytes(FILM)
    (root / "static" / "empty.mp4").write_bytes(b"")
    with serving(root, "--no-check") as running:
        yield running
        assert "Traceback" not in running.errors.read_text()


def test_a_file_is_sent_whole_and_says_that_parts_can_be_had(served: Served) -> None:
    whole = served.get("/film.mp4")
    assert (whole.status, whole.body) == (200, FILM)
    assert whole.headers["accept-ranges"] == "bytes"
    assert whole.headers["content-length"] == str(len(FILM))
    assert whole.headers["content-type"] == "video/mp4"
    head = served.get("/film.mp4", "HEAD", Range="bytes=0-9")
    assert (head.status, head.body, head.headers["content-length"]) == (200, b"", str(len(FILM)))
    assert head.headers["etag"] == whole.headers["etag"]
    assert served.get("/empty.mp4").body == b""


@pytest.mark.parametrize(("first", "last"), [(0, 1), (300_001, 700_000), (len(FILM) - 1, len(FILM) - 1)])
def test_a_part_is_that_part(served: Served, first: int, last: int) -> None:
    part = served.get("/film.mp4", Range=f"bytes={first}-{last}")
    assert (part.status, part.body) == (206, FILM[first : last + 1])
    assert part.headers["content-range"] == f"bytes {first}-{last}/{len(FILM)}"
    assert part.headers["content-length"] == str(last - first + 1)


def test_beyond_the_end_there_is_nothing(served: Served) -> None:
    beyond = served.get("/film.mp4", Range=f"bytes={len(FILM)}-")
    assert (beyond.status, beyond.body) == (416, b"")
    assert beyond.headers["content-range"] == f"bytes */{len(FILM)}"
    assert served.get("/empty.mp4", Range="bytes=0-1").status == 416


def test_a_part_of_a_file_that_has_changed_is_all_of_it(served: Served) -> None:
    path = served.root / "static" / "song.mp3"
    path.write_bytes(b"first version")
    wait_for(lambda: served.get("/song.mp3").body == b"first version")
    tag = served.get("/song.mp3").headers["etag"]
    assert served.get("/song.mp3", Range="bytes=0-4", If_Range=tag).body == b"first"
    assert served.get("/song.mp3", If_None_Match=tag).status == 304
    path.write_bytes(b"other version")
    wait_for(lambda: served.get("/song.mp3").body == b"other version")
    again = served.get("/song.mp3", Range="bytes=0-4", If_Range=tag)
    assert (again.status, again.body) == (200, b"other version")
    assert served.get("/song.mp3", Range="bytes=0-4", If_Range="Mon, 01 Jan 2035 00:00:00 GMT").status == 200
    assert served.get("/song.mp3", If_None_Match=tag).status == 200


def test_images_without_their_metadata_have_parts_too(served: Served) -> None:
    """A part is one of what is published, not of the file as it lies there."""
    from PIL import Image

    made = io.BytesIO()
    secret = Image.Exif()
    secret[0x010E] = "where I live"
    Image.effect_noise((64, 64), 50).save(made, "JPEG", exif=secret)
    (served.root / "content" / "posts" / "seen.jpg").write_bytes(made.getvalue())
    whole = wait_for(lambda: answer if (answer := served.get("/posts/seen.jpg")).status == 200 else None)
    assert b"where I live" in made.getvalue() and b"where I live" not in whole.body
    half = len(whole.body) // 2
    parts = [served.get("/posts/seen.jpg", Range=each) for each in (f"bytes=0-{half - 1}", f"bytes={half}-")]
    assert b"".join(part.body for part in parts) == whole.body
    assert all(part.status == 206 for part in parts)


def test_a_large_file_costs_no_memory(served: Served, tmp_path: Path) -> None:
    """600 MB of which none is on the disk; the server may grow by a tenth of that."""
    size = 600 << 20
    with (served.root / "static" / "large.mp4").open("wb") as file:
        file.truncate(size)
    assert wait_for(lambda: served.get("/large.mp4", "HEAD").headers.get("content-length") == str(size), 60)

    def memory() -> int:
        lines = Path(f"/proc/{served.process.pid}/status").read_text().splitlines()
        return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) << 10

    before = memory()
    middle = served.get("/large.mp4", Range=f"bytes={size - 1000}-")
    assert (middle.status, len(middle.body)) == (206, 1000)
    import http.client

    connection = http.client.HTTPConnection(served.host, served.port, timeout=60)
    connection.request("GET", "/large.mp4")
    answer, got = connection.getresponse(), 0
    while part := answer.read(1 << 20):
        got += len(part)
    connection.close()
    assert got == size
    assert memory() - before < size // 10
    (served.root / "static" / "large.mp4").unlink()


def test_who_goes_away_in_the_middle_leaves_nothing_open(served: Served) -> None:
    import http.client

    def files() -> int:
        return sum(each.readlink().name == "film.mp4" for each in Path(f"/proc/{served.process.pid}/fd").iterdir())

    for _ in range(20):
        connection = http.client.HTTPConnection(served.host, served.port, timeout=10)
        connection.request("GET", "/film.mp4")
        connection.getresponse().read(10)
        connection.close()
    wait_for(lambda: files() == 0)
    assert served.get("/film.mp4").body == FILM
