"""A site published in a bucket, at an S3 server that runs on this machine, and in a store of another kind."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from published_site import add_post, deploy, make_site

from blogq.deploying import store as store_module
from blogq.deploying.course import carry_out, survey
from blogq.deploying.crew import each_of
from blogq.deploying.media import CHECKED, LASTING
from blogq.deploying.output import built_files
from blogq.deploying.store import Store
from blogq.deploying.target import Unusable

RECORD = ".blogq-published.json"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Start an S3 server; return its address."""
    moto = pytest.importorskip("moto.server", reason="moto, flask and flask-cors are not installed")
    pytest.importorskip("s3fs", reason="s3fs is not installed")
    keys = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}
    before = {name: os.environ.get(name) for name in keys}
    os.environ.update(keys)
    running = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    running.start()
    _, port = running.get_host_and_port()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        running.stop()
        for name, value in before.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value


@pytest.fixture
def client(server: str, request: pytest.FixtureRequest) -> Iterator[Any]:
    """A client of the server, with an empty bucket `wren`."""
    import botocore.session

    made = botocore.session.get_session().create_client("s3", endpoint_url=server)
    made.create_bucket(Bucket="wren")
    yield made
    for each in made.list_objects_v2(Bucket="wren").get("Contents", []):
        made.delete_object(Bucket="wren", Key=each["Key"])
    made.delete_bucket(Bucket="wren")


@pytest.fixture
def site(tmp_path: Path, server: str, client: Any) -> Path:
    options = f"    options:\n      endpoint_url: {server}\n"
    return make_site(tmp_path / "site", f"  live:\n    to: s3://wren/blog\n{options}")


def objects(client: Any) -> dict[str, bytes]:
    """Return what is in the bucket, but for the record."""
    listed = [each["Key"] for each in client.list_objects_v2(Bucket="wren").get("Contents", [])]
    return {key: client.get_object(Bucket="wren", Key=key)["Body"].read() for key in listed if not key.endswith(RECORD)}


def built(site: Path) -> dict[str, bytes]:
    root = site / "_site"
    return {
        f"blog/{path.relative_to(root).as_posix()}": path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


def test_publishing_changing_and_removing(site: Path, client: Any) -> None:
    client.put_object(Bucket="wren", Key="blog/CNAME", Body=b"mine")
    client.put_object(Bucket="wren", Key="other/index.html", Body=b"mine")
    others = {"blog/CNAME": b"mine", "other/index.html": b"mine"}
    deploy(site)
    assert objects(client) == built(site) | others
    before = {each["Key"]: each["LastModified"] for each in client.list_objects_v2(Bucket="wren")["Contents"]}
    add_post(site, 5)
    for name in ("index.md", "dot1.svg"):
        (site / "content/posts/post-1" / name).unlink()
    told = deploy(site)
    assert objects(client) == built(site) | others
    assert "posts/post-5/dot5.svg" in told["send"] and "posts/post-3/dot3.svg" not in told["send"]
    assert told["remove"] == ["posts/post-1/index.html", "posts/post-1/dot1.svg"]
    after = {each["Key"]: each["LastModified"] for each in client.list_objects_v2(Bucket="wren")["Contents"]}
    assert before["blog/posts/post-3/dot3.svg"] == after["blog/posts/post-3/dot3.svg"]
    assert deploy(site)["send"] == []


def test_types_and_how_long_files_may_be_kept(site: Path, client: Any) -> None:
    deploy(site)

    def head(key: str) -> tuple[str, str]:
        found = client.head_object(Bucket="wren", Key=key)
        return found["ContentType"], found["CacheControl"]

    assert head("blog/index.html") == ("text/html; charset=utf-8", CHECKED)
    assert head("blog/feed.xml") == ("application/rss+xml; charset=utf-8", CHECKED)
    assert head("blog/posts/post-1/dot1.svg") == ("image/svg+xml", CHECKED)
    (style,) = [key for key in built(site) if key.startswith("blog/style.") and key != "blog/style.css"]
    assert head(style) == ("text/css; charset=utf-8", LASTING)
    assert head("blog/style.css") == ("text/css; charset=utf-8", CHECKED)


@pytest.mark.parametrize("after", [0, 1, 4, 10])
def test_a_killed_run_is_gone_on_from(site: Path, client: Any, after: int) -> None:
    deploy(site)
    old = objects(client)
    add_post(site, 5)
    (site / "content/posts/post-1/index.md").unlink()
    kill = (
        "import os, signal\nfrom blogq.deploying import store\nstore.Store.batch = 2\n"
        "put, count = store.Store._put, [0]\n"
        "def killed(self, *a):\n    count[0] += 1\n"
        f"    if count[0] > {after}: os.kill(os.getpid(), signal.SIGKILL)\n    put(self, *a)\n"
        "store.Store._put = killed\n"
    )
    deploy(site, code=-9, before=kill)
    new = built(site)
    assert all(data in (old.get(key), new.get(key)) for key, data in objects(client).items())
    deploy(site)
    assert objects(client) == new


def test_a_bucket_that_is_not_there_is_said_to_be_so(tmp_path: Path, server: str) -> None:
    options = f"    options:\n      endpoint_url: {server}\n"
    site = make_site(tmp_path / "site", f"  live:\n    to: s3://no-such-bucket/blog\n{options}")
    told = deploy(site, code=2)
    assert told["findings"][0]["rule"] == "DP102" and told["findings"][0]["help"]


def test_any_store_of_fsspec_will_do(tmp_path: Path) -> None:
    pytest.importorskip("fsspec")
    site = make_site(tmp_path / "site", "  live: memory://wren/blog\n")
    deploy(site, "--dry-run")
    store = Store("memory://wren/blog", {})
    files = built_files(site, site / "_site")
    carry_out(*survey(files, store), files, store, "")
    there = {path: store.read(path) for path in store.files() if path != RECORD}
    assert there == {key.removeprefix("blog/"): data for key, data in built(site).items()}
    plan, _ = survey(files, store)
    assert plan.nothing
    carry_out(*survey(files[:-1], store), files[:-1], store, "")
    assert files[-1].path not in store.files()


def test_a_name_that_looks_like_a_pattern_removes_nothing_else(site: Path, client: Any) -> None:
    (site / "static").mkdir()
    for name in ("a[1].txt", "a1.txt", "b*.txt", "bc.txt"):
        (site / "static" / name).write_text(name)
    deploy(site)
    for name in ("a[1].txt", "b*.txt"):
        (site / "static" / name).unlink()
    assert set(deploy(site)["remove"]) == {"a[1].txt", "b*.txt"}
    assert objects(client) == built(site)


def test_files_are_sent_together_and_each_step_waits_for_the_one_before(
    site: Path, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A picture that is slow is there before the first page is begun."""
    begun: list[tuple[str, int]] = []
    ended: list[str] = []
    most, lock, put = [0], threading.Lock(), Store._put

    def slow(self: Store, path: str, *rest: Any) -> None:
        with lock:
            begun.append((path, len(ended)))
            most[0] = max(most[0], len(begun) - len(ended))
        time.sleep(0.05 if path.endswith(".svg") else 0.005)
        put(self, path, *rest)
        with lock:
            ended.append(path)

    monkeypatch.setattr(Store, "_put", slow)
    sent = deploy(site)["send"]
    pictures = [path for path in sent if path.endswith((".svg", ".css", ".js"))]
    first = min(done for path, done in begun if path.endswith(".html"))
    assert set(pictures) <= set(ended[:first])
    assert 2 <= most[0] <= store_module.TOGETHER
    assert objects(client) == built(site)


def test_of_many_that_fail_the_first_is_told_and_the_rest_are_not_begun() -> None:
    begun = []

    def work(number: int) -> int:
        begun.append(number)
        time.sleep(0.002)
        if number == 3:
            raise Unusable("full")
        return number

    with pytest.raises(Unusable, match="full"):
        each_of(range(500), work, 4)
    assert len(begun) < 50
    assert each_of(range(50), str, 4) == [str(number) for number in range(50)]


def test_with_nothing_new_no_file_is_read_and_none_written(
    site: Path, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    deploy(site)
    asked: list[str] = []
    for name in ("_put", "read"):
        run = getattr(Store, name)
        monkeypatch.setattr(Store, name, lambda self, path, *a, run=run: (asked.append(path), run(self, path, *a))[1])
    assert deploy(site)["send"] == []
    assert asked == [RECORD]


def test_a_large_file_goes_in_parts_with_its_type(site: Path, client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    (site / "static").mkdir()
    (site / "static/talk.mp4").write_bytes(os.urandom(300_000))
    monkeypatch.setattr(store_module, "LARGE", 100_000)
    whole: list[int] = []
    put = Store._put
    monkeypatch.setattr(
        Store, "_put", lambda self, path, what, *a: (whole.append(isinstance(what, bytes)), put(self, path, what, *a))
    )
    deploy(site)
    assert False in whole
    assert objects(client) == built(site)
    assert client.head_object(Bucket="wren", Key="blog/talk.mp4")["ContentType"] == "video/mp4"


def test_a_bucket_filled_by_another_tool_is_taken_over_where_it_is_the_same(site: Path, client: Any) -> None:
    deploy(site)
    client.delete_object(Bucket="wren", Key=f"blog/{RECORD}")
    assert deploy(site)["send"] == []
    client.delete_object(Bucket="wren", Key=f"blog/{RECORD}")
    client.put_object(Bucket="wren", Key="blog/index.html", Body=b"by hand")
    assert deploy(site, code=2)["findings"][0]["rule"] == "DP103"
