"""Attacks 1 to 25 on the one request of the preview that isn't for reading: to open a file in an editor."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "preview"))
from previewed import CONFIG, SITE, Answered, Served, lay, post, serving, wait_for

OPEN = "/_blogq/open"
FIRST = {"path": "content/posts/first.md", "line": 3, "column": 7}
SECRET = "nobody is to read this"


class Editing(Served):
    """A preview whose editor writes down what it is to open."""

    said: list[Path]

    @property
    def opened(self) -> list[str]:
        note = self.root.parent / "said"
        return note.read_text().splitlines() if note.exists() else []

    def ask(self, asked: Any = FIRST, body: bytes | None = None, path: str = OPEN, **headers: str) -> Answered:
        """Ask as a page of the preview does, but for `headers`."""
        time.sleep(0.31)
        usual = {
            "Origin": f"http://localhost:{self.port}",
            "Content_Type": "application/json",
            "Sec_Fetch_Site": "same-origin",
            "Sec_Fetch_Mode": "cors",
        }
        data = json.dumps(asked).encode() if body is None else body
        return self.post(path, data, **{**usual, **headers})


def environment(folder: Path) -> dict[str, str]:
    program = folder / "noting"
    program.write_text(f'#!/bin/sh\necho "$@" >> "{folder}/said"\n')
    program.chmod(0o755)
    return {"BLOGQ_EDITOR": f"'{program}' +{{line}}:{{column}} {{file}}"}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editing]:
    folder = tmp_path_factory.mktemp("opened")
    (folder / "secret.txt").write_text(SECRET)
    (folder / "secret.md").write_text(SECRET)
    files = {
        **SITE,
        ".env": SECRET,
        ".git/config": SECRET,
        "secret.txt": SECRET,
        "themes/own/theme.yaml": "name: own\nparent: plain\n",
        "themes/own/templates/own.html": "own",
        "themes/other/theme.yaml": "name: other\nparent: plain\n",
        "templates/mine.html": "mine",
        "shortcodes/said.html": "said",
        "locales/en.yaml": "older: Before\n",
        "data/team/ann.yaml": "name: Ann\n",
        "blogq.yaml": CONFIG + "theme: own\n",
        "content/posts/broken.md": "---\ntitle: [\n---\n",
        "_site/posts/first/index.html": "built",
    }
    root = lay(folder / "site", files)
    (root / "content" / "posts" / "out.md").symlink_to(folder / "secret.md")
    (root / "templates" / "out.html").symlink_to(folder / "secret.txt")
    (root / "data" / "out.yaml").symlink_to(folder / "secret.txt")
    served = Editing(root, "--no-check", environment=environment(folder))
    try:
        yield served
        assert served.process.poll() is None, "the server has ended"
        assert served.get("/posts/second/").status == 200
        assert "Traceback" not in served.errors.read_text()
    finally:
        served.end()


@pytest.fixture
def served(running: Editing) -> Iterator[Editing]:
    """The preview, of which nothing has asked for anything yet."""
    (running.root.parent / "said").unlink(missing_ok=True)
    yield running


def refused(served: Editing, answer: Answered, *statuses: int) -> None:
    """Demand that a request was refused, and that nothing was run."""
    assert answer.status in statuses
    assert SECRET not in answer.text and str(served.root) not in answer.text
    assert not any(name.startswith("access-control") for name in answer.headers)
    assert served.opened == []


@pytest.mark.parametrize(
    "path",
    [
        *("content/posts/first.md", "content/posts/broken.md", "content/about.md", "blogq.yaml", "templates/mine.html"),
        *("shortcodes/said.html", "locales/en.yaml", "data/team/ann.yaml", "static/extra.css"),
        *("themes/own/theme.yaml", "themes/own/templates/own.html"),
    ],
)
def test_files_of_the_site_and_its_theme_are_opened(served: Editing, path: str) -> None:
    answer = served.ask({"path": path, "line": 3, "column": 7})
    assert (answer.status, answer.body) == (204, b"")
    assert wait_for(lambda: served.opened) == [f"+3:7 {os.path.realpath(served.root / path)}"]


@pytest.mark.parametrize(
    "path",
    [
        *(
            "../secret.txt",
            "content/../../secret.txt",
            "content/posts/../../../secret.txt",
            "/etc/passwd",
            "etc/passwd",
        ),
        *("content/posts/../posts/first.md", "./content/posts/first.md", "content//posts/first.md", "content"),
        *("content/posts", "", ".", "/", "..", "~/.ssh/id_rsa", "file:///etc/passwd", "content\\posts\\first.md"),
        *("content/posts/first.md\0", "\0", "content/posts/first.md\n", "CONTENT/posts/first.md", "%2e%2e/secret.txt"),
        *(".env", ".git/config", "secret.txt", ".blogq/memo", ".blogq/lock", "_site/posts/first/index.html"),
        # Links that lead out, by their own names.
        *("content/posts/out.md", "templates/out.html", "data/out.yaml"),
        # What isn't this site's: another theme, and what comes with blogq.
        *("themes/other/theme.yaml", "<blogq>/themes/plain/theme.yaml", "<blogq>/themes/plain/templates/base.html"),
        *("\ud800", "x" * 3000, "-c", "+!id", "$(id)", "`id`", "content/posts/first.md; id"),
    ],
)
def test_attacks_1_to_11_paths(served: Editing, path: str) -> None:
    refused(served, served.ask({"path": path, "line": 1, "column": 1}), 404)


def test_attack_10_a_link_that_is_swapped_in_later(served: Editing) -> None:
    served.save("content/posts/swapped.md", post("Swapped"))
    served.shows("/posts/swapped/", "Swapped")
    target = served.root / "content/posts/swapped.md"
    target.unlink()
    target.symlink_to(served.root.parent / "secret.md")
    refused(served, served.ask({"path": "content/posts/swapped.md", "line": 1, "column": 1}), 404)
    target.unlink()


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "localhost.evil:{port}", "127.0.0.1.nip.io", "a b"]
)
def test_attack_12_a_name_that_leads_here(served: Editing, host: str) -> None:
    """DNS rebinding: such a page is of the same origin as what it asks, in the eyes of its browser."""
    name = host.format(port=served.port)
    refused(served, served.ask(Host=name, Origin=f"http://{name}"), 400, 403)
    refused(served, served.ask(Host=name), 400, 403)


@pytest.mark.parametrize(
    "origin", ["", "null", "http://evil.example", "https://localhost:{port}", "http://localhost:1", "http://localhost",
               "http://127.0.0.1:{port}", "http://localhost:{port}.evil.example", "http://localhost:{port}/", "file://"]
)  # fmt: skip
def test_attacks_14_to_17_foreign_origins(served: Editing, origin: str) -> None:
    refused(served, served.ask(Origin=origin.format(port=served.port)), 403)


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", "odd"])
def test_attack_16_what_browsers_say_of_who_asks(served: Editing, site: str) -> None:
    for mode in ("cors", "navigate", "no-cors"):
        refused(served, served.ask(Sec_Fetch_Site=site, Sec_Fetch_Mode=mode), 403)


@pytest.mark.parametrize(
    "kind",
    ["", "text/plain", "text/plain; application/json", "application/x-www-form-urlencoded", "multipart/form-data",
     "application/json-p", "application/json, text/plain", "text/json", "application/json; charset=utf-16"],
)  # fmt: skip
def test_attack_17_what_a_form_can_send(served: Editing, kind: str) -> None:
    """A form of another site sends no JSON, and says whose it is; each alone would do."""
    refused(served, served.ask(Content_Type=kind), 415)
    foreign = {"Content_Type": kind, "Origin": "http://evil.example", "Sec_Fetch_Site": "cross-site"}
    refused(served, served.ask(**foreign, Sec_Fetch_Mode="navigate"), 403)


def test_attack_17_two_of_a_header(served: Editing) -> None:
    body = json.dumps(FIRST).encode()
    head = (
        f"POST {OPEN} HTTP/1.1\r\nHost: localhost:{served.port}\r\nContent-Length: {len(body)}\r\n"
        f"Origin: http://localhost:{served.port}\r\n"
    )
    for more in (
        "Origin: http://evil.example\r\nContent-Type: application/json\r\n",
        f"Origin: http://localhost:{served.port}\r\nContent-Type: application/json\r\n",
        "Content-Type: text/plain\r\nContent-Type: application/json\r\n",
        "Content-Type: application/json\r\nSec-Fetch-Site: same-origin\r\nSec-Fetch-Site: cross-site\r\n",
        "Content-Type: application/json\r\nContent-Encoding: gzip\r\n",
    ):
        assert exchanged(served, f"{head}{more}\r\n".encode() + body) in (400, 403, 415), more
    assert served.opened == []


def exchanged(served: Editing, data: bytes, seconds: float = 10) -> int:
    """Send bytes as they are, and return the status of the answer; 0 for none."""
    import socket

    with socket.create_connection((served.host, served.port), timeout=seconds) as connection:
        try:
            connection.sendall(data)
            answer = connection.recv(4096)
        except OSError:
            return 0
    return int(answer.split()[1]) if answer.startswith(b"HTTP/1.1 ") else 0


@pytest.mark.parametrize("size", [4097, 1 << 20, 64 << 20])
def test_attack_22_a_huge_body(served: Editing, size: int) -> None:
    body = json.dumps(FIRST).encode().ljust(size)
    refused(served, served.ask(body=body), 413)


def test_attack_22_a_body_that_lies_about_its_length(served: Editing) -> None:
    head = (
        f"POST {OPEN} HTTP/1.1\r\nHost: localhost:{served.port}\r\nOrigin: http://localhost:{served.port}\r\n"
        "Content-Type: application/json\r\n"
    ).encode()
    body = json.dumps(FIRST).encode()
    assert exchanged(served, head + b"Content-Length: 4000\r\n\r\n" + body) == 408
    assert exchanged(served, head + b"Content-Length: 9999999999999999999\r\n\r\n" + body) in (0, 400, 411, 413)
    assert exchanged(served, head + b"Content-Length: -1\r\n\r\n" + body) in (400, 411)
    assert exchanged(served, head + b"Content-Length: 3\r\n\r\n" + body) in (400,)
    assert exchanged(served, head + b"\r\n" + body) == 411
    chunked = b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    assert exchanged(served, head + chunked) == 411
    assert exchanged(served, head + b"Content-Length: 5\r\n" + chunked) == 400
    assert served.opened == []


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"null", b"[]", b"3", b'"content/posts/first.md"', b"[" * 4000, b'{"a":' * 800, b"\xff\xfe", b"\0",
     b"path=content/posts/first.md&line=1&column=1", b'{"path": "blogq.yaml", "line": NaN, "column": 1}',
     b'{"path": "blogq.yaml", "line": 1e999, "column": 1}', b'{"path": "blogq.yaml", "line": "1", "column": 1}',
     b'{"path": ["blogq.yaml"], "line": 1, "column": 1}', b'{"path": "blogq.yaml", "line": -1, "column": 1}',
     b'{"path": "blogq.yaml", "line": ' + b"9" * 4000 + b', "column": 1}'],
)  # fmt: skip
def test_what_is_no_place(served: Editing, body: bytes) -> None:
    refused(served, served.ask(body=body), 400)


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_attack_24_other_methods(served: Editing, method: str) -> None:
    own = {"Origin": f"http://localhost:{served.port}", "Host": f"localhost:{served.port}"}
    refused(served, served.get(OPEN, method, **own, Content_Type="application/json"), 404, 405)


@pytest.mark.parametrize(
    "path", ["/", "/posts/first/", "/_blogq/", "/_blogq/gate", "/_blogq/events", OPEN + "/", "/_blogq//open",
             "/_blogq/%6fpen", "/_BLOGQ/open", "/x/../_blogq/open"]
)  # fmt: skip
def test_attack_17_the_door_is_open_for_one_path_alone(served: Editing, path: str) -> None:
    refused(served, served.ask(path=path), 400, 405)


def test_no_more_than_one_program_at_a_time(served: Editing) -> None:
    assert served.ask().status == 204
    usual = {"Origin": f"http://localhost:{served.port}", "Content_Type": "application/json"}
    statuses = [served.post(OPEN, json.dumps(FIRST).encode(), **usual).status for _ in range(20)]
    assert statuses.count(204) <= 1 and 429 in statuses
    assert len(served.opened) <= 2


def test_attack_18_beyond_loopback_nothing_is_opened(tmp_path: Path) -> None:
    root = lay(tmp_path / "site", {**SITE, "content/posts/bad.md": "---\ntitle: [\n---\n"})
    with serving(root, "--no-check", "--host", "0.0.0.0", environment=environment(tmp_path)) as served:
        headers = {"Origin": f"http://localhost:{served.port}", "Content_Type": "application/json"}
        assert served.post(OPEN, json.dumps(FIRST).encode(), **headers).status == 405
        page = served.get("/posts/first/").text
        assert "content/posts/bad.md" in page and "data-open" not in page
    assert not (tmp_path / "said").exists()


def test_without_an_editor_nothing_is_opened(tmp_path: Path) -> None:
    with serving(lay(tmp_path / "site", SITE), "--no-check") as served:
        headers = {"Origin": f"http://localhost:{served.port}", "Content_Type": "application/json"}
        assert served.post(OPEN, json.dumps(FIRST).encode(), **headers).status == 404


def test_a_site_names_an_editor_and_never_a_command(tmp_path: Path) -> None:
    """A repository that somebody clones mustn't say what is run."""
    for value in ("/bin/sh -c id", "./noting", "noting {file}", "[sh, -c, id]", "../noting"):
        root = lay(tmp_path / "site", {**SITE, "blogq.yaml": f"{CONFIG}editor: {value}\n"})
        with serving(root, "--no-check", environment={"BLOGQ_EDITOR": ""}) as served:
            headers = {"Origin": f"http://localhost:{served.port}", "Content_Type": "application/json"}
            assert "`editor`" in served.get("/posts/first/").text
            assert served.post(OPEN, json.dumps(FIRST).encode(), **headers).status in (404, 502)


def test_a_program_of_the_site_is_none(tmp_path: Path) -> None:
    root = lay(tmp_path / "site", {**SITE, "blogq.yaml": f"{CONFIG}editor: gedit\n"})
    (root / "gedit").write_text(f"#!/bin/sh\ntouch {tmp_path}/said\n")
    (root / "gedit").chmod(0o755)
    path = {"PATH": f"{root}:{os.environ['PATH']}", "BLOGQ_EDITOR": ""}
    with serving(root, "--no-check", environment=path) as served:
        headers = {"Origin": f"http://localhost:{served.port}", "Content_Type": "application/json"}
        assert served.post(OPEN, json.dumps(FIRST).encode(), **headers).status == 502
    assert not (tmp_path / "said").exists()
