"""Attacks 1 to 25 on the running preview: it answers with 4xx, opens nothing outside, and goes on."""

from __future__ import annotations

import re
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "preview"))
from previewed import CONFIG, SITE, Served, lay, post, serving, wait_for

SECRET = "nobody is to read this"
DRAFT = "a draft that is nobody's business"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("attacked")
    (folder / "secret.txt").write_text(SECRET)
    (folder / "site-other").mkdir()
    (folder / "site-other" / "secret.txt").write_text(SECRET)
    files = {
        **SITE,
        ".env": SECRET,
        ".git/config": SECRET,
        "static/.env": SECRET,
        "content/.hidden.md": SECRET,
        "content/posts/draft.md": post("Draft", DRAFT, draft="true"),
        "content/posts/old.md": post("Old", aliases='["/a b/", "/old%0d%0aX-Evil: 1/"]'),
    }
    root = lay(folder / "site", files)
    (root / "static" / "out.txt").symlink_to(folder / "secret.txt")
    (root / "static" / "out").symlink_to(folder / "site-other")
    with serving(root) as running:
        yield running
        assert running.process.poll() is None, "the server has ended"
        assert running.get("/posts/first/").status == 200
        assert "Traceback" not in running.errors.read_text()


def raw(served: Served, data: bytes, seconds: float = 10) -> bytes:
    """Send bytes as they are and return what comes back."""
    with socket.create_connection((served.host, served.port), timeout=seconds) as connection:
        try:
            connection.sendall(data)
        except OSError:
            pass
        got = b""
        try:
            while b"\r\n\r\n" not in got or len(got) < 1:
                part = connection.recv(65536)
                if not part:
                    break
                got += part
        except OSError:
            pass
        return got


def status(answer: bytes) -> int:
    found = re.match(rb"HTTP/1\.1 (\d+)", answer)
    return int(found[1]) if found else 0


CLIMBING = [
    (1, "/../secret.txt"),
    (1, "/posts/../../secret.txt"),
    (1, "/posts/first/../../../secret.txt"),
    (2, "/%2e%2e/secret.txt"),
    (2, "/posts/%2e%2e/%2E%2E/secret.txt"),
    (2, "/..%2fsecret.txt"),
    (3, "/%252e%252e/secret.txt"),
    (3, "/%252e%252e%252fsecret.txt"),
    (4, "/..%5csecret.txt"),
    (4, "/..\\secret.txt"),
    (5, "//etc/passwd"),
    (5, "//evil.example/"),
    (5, "//evil.example/%2e%2e"),
    (5, "/%2f/etc/passwd"),
    (6, "/posts/first/%00"),
    (6, "/extra.css%00.html"),
    (7, "/extra.css::$DATA"),
    (7, "/EXTRA~1.CSS"),
    (9, "/../site-other/secret.txt"),
    (9, "/site-other/secret.txt"),
    (10, "/out.txt"),
    (10, "/out/secret.txt"),
    (11, "/.git/config"),
    (11, "/.env"),
    (11, "/.blogq/memo"),
    (11, "/.blogq/lock"),
    (11, "/blogq.yaml"),
    (11, "/content/posts/first.md"),
    (11, "/_blogq/../../secret.txt"),
    (11, "/_blogq/%2e%2e/server.py"),
    (11, "/_blogq/server.py"),
    (11, "/_blogq/client"),
]


@pytest.mark.parametrize(("attack", "path"), CLIMBING)
def test_attack_1_to_11_paths(served: Served, attack: int, path: str) -> None:
    answer = served.get(path)
    assert 400 <= answer.status < 500
    assert SECRET not in answer.text and "root:" not in answer.text
    assert "location" not in answer.headers


@pytest.mark.parametrize("target", ["http://evil.example/", "evil.example:80", "*", "posts/first/", "?x"])
def test_attack_1_targets_that_are_no_paths(served: Served, target: str) -> None:
    answer = raw(served, f"GET {target} HTTP/1.1\r\nHost: localhost:{served.port}\r\n\r\n".encode())
    assert 400 <= status(answer) < 500


def test_attack_8_queries_change_nothing(served: Served) -> None:
    plain = re.sub(r"version&quot;:\d+", "", served.get("/posts/first/").text)
    for query in ("?", "?x=1", "?../../secret.txt", "?%00", "?a=b&a=c", "?" + "x" * 3000, "?<script>"):
        answer = served.get("/posts/first/" + query)
        assert answer.status in (200, 400)
        if answer.status == 200:
            assert re.sub(r"version&quot;:\d+", "", answer.text) == plain
    assert served.get("/?" + "x" * 10_000).status == 414


HOSTS = [
    (12, "evil.example"),
    (12, "evil.example:{port}"),
    (12, "blog.example"),
    (13, "localhost.evil"),
    (13, "localhost.evil:{port}"),
    (13, "127.0.0.1.evil:{port}"),
    (13, "xlocalhost"),
    (14, ""),
    (14, "localhost:port"),
    (14, "localhost:{port}:{port}"),
    (14, "localhost:99999"),
    (14, "localhost, evil.example"),
    (14, "user@localhost"),
    (14, "[::1"),
    (14, "localhost/"),
    (12, "10.0.0.1"),
    (12, "0.0.0.0"),
]


@pytest.mark.parametrize(("attack", "host"), HOSTS)
def test_attack_12_to_14_hosts(served: Served, attack: int, host: str) -> None:
    answer = served.get("/posts/draft/", Host=host.format(port=served.port))
    assert answer.status in (400, 403)
    assert DRAFT not in answer.text


@pytest.mark.parametrize("host", ["localhost:{port}", "LOCALHOST:{port}", "127.0.0.1:{port}", "[::1]:{port}"])
def test_hosts_by_which_it_may_be_called(served: Served, host: str) -> None:
    assert served.get("/posts/draft/", Host=host.format(port=served.port)).status == 200


def test_attack_14_two_hosts_or_none(served: Served) -> None:
    for head in (b"", f"Host: localhost:{served.port}\r\nHost: evil.example\r\n".encode()):
        assert status(raw(served, b"GET / HTTP/1.1\r\n" + head + b"\r\n")) in (400, 403)


ORIGINS = ["http://evil.example", "null", "https://localhost:{port}", "http://localhost:1", "", "http://localhost.evil"]


@pytest.mark.parametrize("path", ["/posts/draft/", "/_blogq/events", "/feed.xml", "/extra.css"])
@pytest.mark.parametrize("origin", ORIGINS)
def test_attack_14_to_16_foreign_origins(served: Served, origin: str, path: str) -> None:
    answer = served.get(path, Host=f"localhost:{served.port}", Origin=origin.format(port=served.port))
    assert answer.status == 403
    assert DRAFT not in answer.text
    assert not any(name.startswith("access-control") for name in answer.headers)


def test_attack_15_no_cross_origin_headers_at_all(served: Served) -> None:
    for path in ("/", "/posts/draft/", "/feed.xml", "/extra.css", "/nowhere", "/_blogq/client.js"):
        headers = served.get(path).headers
        assert not any(name.startswith("access-control") for name in headers)
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "SAMEORIGIN"
        assert "server" not in headers


@pytest.mark.parametrize("mode", ["cors", "no-cors", "same-origin", "websocket"])
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_attack_16_what_browsers_say_of_who_asks(served: Served, site: str, mode: str) -> None:
    """A picture, a style sheet or a script of another page names no origin, but its browser says where it is."""
    for path in ("/posts/draft/", "/_blogq/events", "/extra.css"):
        assert served.get(path, Sec_Fetch_Site=site, Sec_Fetch_Mode=mode).status == 403
    # A link in a letter may lead here.
    assert served.get("/posts/draft/", Sec_Fetch_Site=site, Sec_Fetch_Mode="navigate").status == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "CONNECT", "BREW"])
def test_attack_17_and_24_methods(served: Served, method: str) -> None:
    for path in ("/", "/_blogq/events", "/posts/first/"):
        answer = served.get(path, method)
        assert answer.status in (400, 405)
        assert "Some text." not in answer.text
    assert served.get("/", "PUT").headers["allow"] == "GET, HEAD"


def test_attack_18_beyond_loopback_is_opt_in_and_warns(tmp_path: Path, served: Served) -> None:
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    listening = 0x0A
    places = {row[1] for row in rows if int(row[3], 16) == listening and row[1].endswith(f":{served.port:04X}")}
    assert places == {f"0100007F:{served.port:04X}"}
    with serving(lay(tmp_path / "site", SITE), "--host", "0.0.0.0") as open_to_all:
        wait_for(lambda: "can read drafts" in open_to_all.errors.read_text())
        # Who rebinds a name needs a name: addresses may be asked, names that aren't this server's may not.
        assert open_to_all.get("/", Host=f"192.168.1.2:{open_to_all.port}").status == 200
        assert open_to_all.get("/", Host=f"evil.example:{open_to_all.port}").status == 403


def test_attack_19_mistakes_are_escaped(served: Served) -> None:
    evil = "</template></script><script>alert(1)</script><img src=x onerror=alert(1)>"
    served.save("content/posts/evil.md", f'---\ntitle: "{evil}"\ndate: "{evil}"\n---\n')
    page = served.shows("/posts/first/", "posts/evil.md:3")
    assert "<script>alert" not in page and "<img src=x" not in page
    (served.root / "content/posts/evil.md").unlink()
    wait_for(lambda: "evil.md" not in served.get("/posts/first/").text)


def test_attack_20_the_client_tells_no_source(served: Served) -> None:
    for name in ("client.js", "shared.js", "idiomorph.js"):
        text = served.get(f"/_blogq/{name}").text
        assert str(served.root) not in text and "content/" not in text
    for path in ("/posts/first/", "/nowhere/", "/"):
        assert str(served.root) not in served.get(path).text


@pytest.mark.parametrize("path", ["/posts/first%0d%0aX-Evil:%201", "/a%0d%0ab", "/old%0d%0aX-Evil: 1", "/a%20b"])
def test_attack_21_line_breaks_in_location(served: Served, path: str) -> None:
    answer = served.get(path.replace(" ", "%20"))
    assert "x-evil" not in answer.headers
    assert "\r" not in answer.headers.get("location", "")


def test_attack_22_a_header_of_a_megabyte(served: Served) -> None:
    head = f"GET / HTTP/1.1\r\nHost: localhost:{served.port}\r\nX-Long: ".encode()
    answer = raw(served, head + b"x" * (1 << 20) + b"\r\n\r\n")
    assert status(answer) in (0, 400, 431)
    assert served.get("/").status == 200


def test_attack_22_a_header_that_never_ends(served: Served) -> None:
    held = [socket.create_connection((served.host, served.port)) for _ in range(100)]
    try:
        for each in held:
            each.sendall(b"GET / HTTP/1.1\r\nHost: localh")
        assert served.get("/").status == 200
    finally:
        for each in held:
            each.close()


def test_attack_23_two_lengths(served: Served) -> None:
    head = f"GET /posts/draft/ HTTP/1.1\r\nHost: localhost:{served.port}\r\n"
    both = "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\nGET /posts/first/ HTTP/1.1\r\n\r\n"
    answer = raw(served, (head + both).encode())
    assert status(answer) == 400
    two = "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello"
    assert status(raw(served, (head + two).encode())) == 400


def test_attack_25_ten_thousand_ranges(served: Served) -> None:
    plain = served.get("/extra.css").body
    ranges = "bytes=" + ",".join(f"{n}-{n}" for n in range(10_000))
    whole = served.get("/extra.css", Range=ranges[:60_000])
    assert (whole.status, whole.body) == (200, plain)
    assert served.get("/extra.css", Range="bytes=0-1,3-4").body == plain
    assert served.get("/extra.css", Range=f"bytes=0-{'9' * 50_000}").body == plain
    assert served.get("/extra.css", Range="bytes=0-1").body == plain[:2]


def test_attack_10_a_link_that_is_swapped_in_later(served: Served) -> None:
    """A file that was one when the site was read, and is a link out of it when it is asked for."""
    target = served.root / "static" / "swapped.txt"
    target.write_text("plain")
    wait_for(lambda: served.get("/swapped.txt").text == "plain")
    target.unlink()
    target.symlink_to(served.root.parent / "secret.txt")
    for _ in range(20):
        answer = served.get("/swapped.txt")
        assert SECRET not in answer.text
        time.sleep(0.01)
    wait_for(lambda: served.get("/swapped.txt").status == 404)
    target.unlink()


def test_fault_9_links_in_a_circle(served: Served) -> None:
    (served.root / "content" / "circle").symlink_to(served.root / "content")
    served.save("content/posts/first.md", post(text="Around."))
    served.shows("/posts/first/", "Around.")
    (served.root / "content" / "circle").unlink()


def test_fault_11_many_clients_and_streams_held_and_none_leaked(served: Served) -> None:
    def files() -> int:
        return len(list(Path(f"/proc/{served.process.pid}/fd").iterdir()))

    served.get("/")
    time.sleep(0.3)
    before = files()
    request = f"GET /_blogq/events HTTP/1.1\r\nHost: localhost:{served.port}\r\n\r\n".encode()
    streams = []
    try:
        for _ in range(1000):
            connection = socket.create_connection((served.host, served.port), timeout=20)
            connection.sendall(request)
            streams.append(connection)
        for each in streams:
            # Greeted: the server holds it.
            got = b""
            while b"data:" not in got:
                got += each.recv(4096)
        assert files() >= before + 1000
        served.save("content/posts/first.md", post(text="To a thousand."))
        for each in streams[::97]:
            assert b'"urls"' in each.recv(4096)
        clients = [socket.create_connection((served.host, served.port), timeout=20) for _ in range(200)]
        page = f"GET /posts/first/ HTTP/1.1\r\nHost: localhost:{served.port}\r\nConnection: close\r\n\r\n".encode()
        for each in clients:
            each.sendall(page)
        for each in clients:
            got = b""
            while part := each.recv(65536):
                got += part
            assert b"To a thousand." in got
            each.close()
    finally:
        for each in streams:
            each.close()
    wait_for(lambda: files() <= before + 8)


def test_fault_10_the_theme_is_gone_and_comes_back(tmp_path: Path) -> None:
    theme = {"themes/own/theme.yaml": "name: own\nparent: plain\n"}
    files = {**SITE, **theme, "blogq.yaml": CONFIG + "theme: own\n"}
    root = lay(tmp_path / "site", files)
    with serving(root) as running:
        assert "Some text." in running.get("/posts/first/").text
        (root / "themes").rename(root / "themes-away")
        page = running.shows("/posts/first/", "TH101")
        assert "Some text." in page
        (root / "themes-away").rename(root / "themes")
        wait_for(lambda: "TH101" not in running.get("/posts/first/").text)
        running.save("content/posts/first.md", post(text="Goes on."))
        running.shows("/posts/first/", "Goes on.")
