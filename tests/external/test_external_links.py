"""LK002: addresses on other sites, asked of a site on this machine."""

from __future__ import annotations

import errno
import json
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
from answering_site import AnsweringSite, answering
from click.testing import CliRunner

import blogq.external.asking
from blogq.cli import cli
from blogq.external.asking import ask_all, is_cut_off
from blogq.external.connection import has_way_out, is_public
from blogq.external.memory import DAY, load_answers, save_answers
from blogq.external.request import Answer, _of, ask
from blogq.gate import Ask, run_gate
from blogq.lint.verdict import Verdict

NOW = 1_790_000_000
HOSTS = ("127.0.0.1",)


@pytest.fixture
def web() -> Iterator[AnsweringSite]:
    with answering() as site:
        yield site


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blogq.external.asking, "AGAIN", 0.0)
    monkeypatch.setattr(blogq.external.asking, "PAUSE", 0.0)


@pytest.mark.parametrize(
    ("head", "get", "state", "methods"),
    [
        (200, 200, "alive", "HEAD"),
        (204, 204, "alive", "HEAD"),
        (404, 404, "dead", "HEAD GET"),
        (410, 410, "dead", "HEAD GET"),
        (404, 200, "alive", "HEAD GET"),
        (405, 200, "alive", "HEAD GET"),
        (501, 404, "dead", "HEAD GET"),
        (403, 403, "unknown", "HEAD GET"),
        (401, 401, "unknown", "HEAD"),
        (429, 429, "unknown", "HEAD"),
        (500, 500, "unknown", "HEAD"),
        (503, 503, "unknown", "HEAD"),
        (304, 304, "unknown", "HEAD"),
    ],
)
def test_answers(web: AnsweringSite, head: int, get: int, state: str, methods: str) -> None:
    assert ask(web.say("/x?y=1", head, get), 5, HOSTS).state == state
    assert web.asked == [(method, "/x?y=1") for method in methods.split()]
    assert web.agents == {f"blogq/{blogq.__version__} (link check)"}


def test_redirects_are_followed_and_circles_are_not_dead(web: AnsweringSite) -> None:
    web.say("/c", 200)
    web.say("/b", 302, to=web.url("/c"))
    assert ask(web.say("/a", 301, to="/b"), 5, HOSTS).state == "alive"
    assert ask(web.say("/lost", 308, to="/nothing"), 5, HOSTS).state == "dead"
    assert ask(web.say("/round", 302, to="/round"), 5, HOSTS).state == "unknown"
    assert len([each for each in web.asked if each[1] == "/round"]) == 11
    assert ask(web.say("/file", 302, to="file:///etc/passwd"), 5, HOSTS).state == "unknown"


def test_private_networks_are_not_asked(web: AnsweringSite) -> None:
    for host in ("127.0.0.1", "localhost", "2130706433"):
        answer = ask(f"http://{host}:{web.port}/x", 5)
        assert (answer.state, web.asked) == ("unknown", [])
    # Neither are they by a redirect from a host that may be asked.
    web.say("/x", 302, to=f"http://localhost:{web.port}/y")
    assert ask(web.url("/x"), 5, HOSTS).why == "it is in a private network"
    assert web.asked == [("HEAD", "/x")]


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("169.254.169.254", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("::ffff:10.0.0.1", False),
        ("0.0.0.0", False),
    ],
)
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) is public


def certificate(code: int) -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError()
    error.verify_code = code
    return error


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (socket.gaierror(socket.EAI_NONAME, ""), "dead"),
        (socket.gaierror(socket.EAI_AGAIN, ""), "unknown"),
        (ConnectionRefusedError(), "dead"),
        (ConnectionResetError(), "unknown"),
        (TimeoutError(), "unknown"),
        (certificate(10), "dead"),
        (certificate(62), "dead"),
        (certificate(20), "unknown"),
        (certificate(18), "unknown"),
    ],
)
def test_errors(error: Exception, state: str) -> None:
    assert _of(error).state == state


@pytest.mark.parametrize("address", ["http://127.0.0.1:99999/", "http://[::1/", "http://x y/", "http://é" * 40])
def test_odd_addresses_are_no_traceback(address: str) -> None:
    assert ask(address, 1).state in ("unknown", "dead")


def test_a_host_with_several_addresses(web: AnsweringSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first that can be reached counts; one private among them, and none is asked."""
    stream = (socket.AF_INET, socket.SOCK_STREAM, 0, "")
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        found = [(*stream, other.getsockname()), (*stream, ("127.0.0.1", web.port))]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
        web.say("/x", 200)
        assert ask("http://pumps.example/x", 5, ["pumps.example"]).state == "alive"
    found[0] = (*stream, ("93.184.216.34", 80))
    assert ask("http://pumps.example/x", 5).passed_over


def test_a_refusing_host_is_dead_and_a_slow_one_is_not(web: AnsweringSite) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        assert ask(f"http://127.0.0.1:{other.getsockname()[1]}/", 5, HOSTS).state == "dead"
    web.delay = 0.5
    answers = ask_all([web.say(f"/{n}", 200) for n in range(4)], 0.1, HOSTS, wait=lambda _: None)
    assert {answer.state for answer in answers.values()} == {"unknown"}
    assert len(web.asked) == 2


def test_one_failure_is_none(web: AnsweringSite) -> None:
    """A site that restarts answers 404 at first; one that failed in an earlier run isn't asked twice."""
    waited: list[float] = []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        web.say("/back", 200)

    back, gone = web.url("/back"), web.url("/gone")
    answers = ask_all([back, gone], 5, HOSTS, wait=wait)
    assert (answers[back].state, answers[gone].state) == ("alive", "dead")
    web.asked.clear()
    ask_all([gone], 5, HOSTS, {gone}, wait=wait)
    assert web.asked == [("HEAD", "/gone"), ("GET", "/gone")]


def test_memory(tmp_path: Path) -> None:
    save_answers(tmp_path, NOW, {"a": "alive", "b": "dead", "c": "unknown"})
    assert load_answers(tmp_path, NOW + 6 * DAY, 7) == ({"a"}, {"b"})
    assert load_answers(tmp_path, NOW + 8 * DAY, 7) == (set(), {"b"})
    assert load_answers(tmp_path, NOW - 1, 7) == (set(), set())
    save_answers(tmp_path, NOW + DAY, {"a": "unknown", "b": "alive"})
    assert load_answers(tmp_path, NOW + 6 * DAY, 7) == ({"a", "b"}, set())
    save_answers(tmp_path, NOW + 40 * DAY, {})
    assert json.loads((tmp_path / "links").read_text()) == {}
    for damage in ("", "{", "[1]", '{"a": 1}', '{"a": ["alive", "x"]}'):
        (tmp_path / "links").write_text(damage)
        assert load_answers(tmp_path, NOW, 7) == (set(), set())


def site(folder: Path, body: str, options: str = "hosts: [127.0.0.1]") -> Path:
    (folder / "content").mkdir(parents=True)
    rules = f"check: {{rules: {{LK002: {{{options}}}}}}}\n"
    (folder / "blogq.yaml").write_text(f"title: S\nbase_url: https://own.example/\n{rules}")
    (folder / "content/a.md").write_text(f"---\ntitle: A\ndate: 2026-01-01\n---\n{body}\n")
    return folder


def judge(folder: Path, external: bool = True, only: frozenset[str] | None = None) -> Verdict:
    return run_gate(Ask(folder, NOW, ("LK002", "SU"), only=only, jobs=1, external=external))


def places(verdict: Verdict) -> list[tuple[str, int, int, str]]:
    return [(f.span.path, f.span.line, f.span.column, f.severity) for f in verdict.findings]


def test_dead_links_of_a_site(tmp_path: Path, web: AnsweringSite) -> None:
    gone, here = web.url("/gone"), web.say("/here", 200)
    body = f"See [a]({gone}#part) and [b]({here}), [c](https://own.example/x).\n\nAgain: <{gone}>"
    folder = site(tmp_path / "s", body)
    assert places(judge(folder, external=False)) == [] and web.asked == []
    verdict = judge(folder)
    assert places(verdict) == [("content/a.md", 5, 5, "warning"), ("content/a.md", 7, 8, "warning")]
    assert verdict.findings[0].message == f"{gone}#part is dead: the site answers 404, not found"
    assert [each for each in web.asked if each[1] == "/here"] == [("HEAD", "/here")]
    web.asked.clear()
    assert places(judge(folder)) == places(verdict)
    # What was alive isn't asked again, and what was dead once more.
    assert web.asked == [("HEAD", "/gone"), ("GET", "/gone")]
    web.say("/gone", 200)
    assert places(judge(folder)) == []


def test_a_lost_record_is_made_anew(tmp_path: Path, web: AnsweringSite) -> None:
    folder = site(tmp_path / "s", f"[a]({web.url('/a')})")
    judge(folder, external=False)
    for segment in (folder / ".blogq/bodies").iterdir():
        segment.write_bytes(b"")
    assert places(judge(folder)) == [("content/a.md", 5, 1, "warning")]


def test_only_what_is_wanted_is_asked(tmp_path: Path, web: AnsweringSite) -> None:
    folder = site(tmp_path / "s", f"[a]({web.url('/a')})", f"hosts: [127.0.0.1], ignore: ['{web.url('/n')}*']")
    text = f"---\ntitle: D\ndate: 2026-01-02\ndraft: true\n---\n[d]({web.url('/d')}) [n]({web.url('/n/1')})\n"
    (folder / "content/d.md").write_text(text)
    judge(folder)
    assert {path for _, path in web.asked} == {"/a"}
    web.asked.clear()
    assert places(judge(folder, only=frozenset({"content/d.md"}))) == [("content/d.md", 6, 1, "warning")]
    assert {path for _, path in web.asked} == {"/d"}


def test_silencing_is_never_found_useless(tmp_path: Path, web: AnsweringSite) -> None:
    comment = "<!-- blogq: ignore LK002 because it is an example -->\n\n"
    folder = site(tmp_path / "s", f"{comment}[a]({web.url('/a')})")
    assert places(judge(folder)) == [] and judge(folder).suppressed == 1
    assert places(judge(folder, external=False)) == []
    web.say("/a", 200)
    assert places(judge(folder)) == []


def test_no_network_is_told_once_and_not_remembered(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{other.getsockname()[1]}/"
        folder = site(tmp_path / "s", f"[a]({url}) [b]({url}b)", "hosts: [127.0.0.1], severity: error")
        verdict = judge(folder)
    (one,) = verdict.findings
    assert (one.span.path, one.severity, verdict.unread) == ("blogq.yaml", "note", 0)
    assert one.message == "no site has answered (1 asked): links to other sites are left unchecked"
    assert not (folder / ".blogq/links").exists()


@pytest.fixture
def refusing() -> Iterator[str]:
    """An address on this machine that refuses to talk, on a site of its own."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{other.getsockname()[1]}/"


def test_what_is_dead_is_told_in_each_run(tmp_path: Path, refusing: str) -> None:
    """Also when all else is remembered as alive, so that nobody else is asked; and when the network is gone."""
    with answering() as web:
        folder = site(tmp_path / "s", f"[a]({refusing}) [b]({web.say('/b', 200)})")
        first = judge(folder)
        assert places(first) == [("content/a.md", 5, 1, "warning")]
        web.asked.clear()
        assert judge(folder).findings == first.findings
        # One that is known to be alive has borne witness.
        assert web.asked == [("HEAD", "/b")]
        # It isn't asked where it is to be ignored, and then nobody knows; what was known still is.
        rules = f"check: {{rules: {{LK002: {{hosts: [127.0.0.1], ignore: ['{web.url('/')}*']}}}}}}\n"
        config = folder / "blogq.yaml"
        before = config.read_text()
        config.write_text(f"title: S\nbase_url: https://own.example/\n{rules}")
        judge(folder)
        assert web.asked == [("HEAD", "/b")]
        config.write_text(before)
    known = (folder / ".blogq/links").read_text()
    for _ in range(2):
        note, dead = sorted(judge(folder).findings, key=lambda finding: finding.span.path)
        assert (note.span.path, note.severity) == ("blogq.yaml", "note")
        assert (*dead.span[:2], dead.fingerprint) == ("content/a.md", 5, first.findings[0].fingerprint)
        assert dead.message == f"{refusing} is dead: it was when that was last known, and it can't be asked now"
        assert (folder / ".blogq/links").read_text() == known


def test_only_what_answers_bears_witness(web: AnsweringSite, refusing: str) -> None:
    dead = {refusing: Answer("dead", "no")}
    gone = web.url("/gone")
    assert is_cut_off(dead) and not is_cut_off(dead, [gone], 5, HOSTS) and not is_cut_off({})
    # Of the site that was asked already, nobody is asked; nor more than two.
    web.asked.clear()
    assert is_cut_off({gone: Answer("unknown", "it can't be asked")}, [web.url("/x")], 5, HOSTS)
    with socket.socket() as one, socket.socket() as two:
        one.bind(("127.0.0.1", 0))
        two.bind(("127.0.0.1", 0))
        silent = [f"http://127.0.0.1:{each.getsockname()[1]}/" for each in (one, two)]
        assert is_cut_off(dead, [*silent, gone], 5, HOSTS) and web.asked == []
        assert not is_cut_off(dead, [silent[0], gone], 5, HOSTS)


@pytest.mark.parametrize(
    ("code", "way_out", "hosts", "state"),
    [
        (socket.EAI_NONAME, True, 1, "dead"),
        (socket.EAI_NONAME, True, 2, "dead"),
        (socket.EAI_NONAME, True, 3, "cut off"),
        (socket.EAI_NONAME, False, 1, "cut off"),
        (socket.EAI_AGAIN, True, 1, "cut off"),
    ],
)
def test_a_host_that_does_not_exist(
    code: int, way_out: bool, hosts: int, state: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The only link of a blog: a name server that says so is believed, one that can't be reached says nothing."""
    asked: list[str] = []

    def look_up(host: str, *_: object, **__: object) -> None:
        asked.append(host)
        raise socket.gaierror(code, "")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(blogq.external.asking, "has_way_out", lambda: way_out)
    folder = site(tmp_path / "s", " ".join(f"[a](https://gone{n}.example/)" for n in range(hosts)))
    for run in range(2):
        asked.clear()
        found = judge(folder).findings
        if state == "dead":
            assert [f.message for f in found] == [
                f"https://gone{n}.example/ is dead: there is no such host" for n in range(hosts)
            ]
            # Twice in the first run, once in the second.
            assert len(asked) == hosts * (2 - run)
        else:
            assert [f.span.path for f in found] == ["blogq.yaml"]


def test_a_way_out_is_a_route(monkeypatch: pytest.MonkeyPatch) -> None:
    routed: set[int] = set()

    class Probe(socket.socket):
        def connect(self, place: object) -> None:
            if self.family not in routed:
                raise OSError(errno.ENETUNREACH, "")

    monkeypatch.setattr(socket, "socket", Probe)
    assert not has_way_out()
    routed.add(socket.AF_INET)
    assert has_way_out()


def test_posts_that_the_gate_holds_back_are_asked_for(tmp_path: Path, web: AnsweringSite) -> None:
    folder = site(tmp_path / "s", f"Here is a sentence.\n\nTODO\n\n[a]({web.url('/a')})")
    with (folder / "blogq.yaml").open("a") as config:
        config.write("publish: gate\n")
    found = [f for f in judge(folder).findings if f.code == "LK002"]
    assert [(f.span.path, f.span.line) for f in found] == [("content/a.md", 9)]


def test_private_addresses_alone_are_no_missing_network(tmp_path: Path, web: AnsweringSite) -> None:
    assert places(judge(site(tmp_path / "s", f"[a]({web.url('/a')})", "days: 7"))) == [] and web.asked == []


def test_on_the_command_line(tmp_path: Path, web: AnsweringSite) -> None:
    folder = site(
        tmp_path / "s", f"[a]({web.url('/a')}) [b]({web.say('/b', 200)})", "hosts: [127.0.0.1], severity: error"
    )
    command = ["check", "--site", str(folder), "--now", "2026-09-01", "--select", "LK002"]
    refused = CliRunner().invoke(cli, command)
    assert refused.exit_code == 2 and "LK002 asks other sites, which needs --external" in refused.output
    assert CliRunner().invoke(cli, command[:-2]).exit_code == 0 and web.asked == []
    done = CliRunner().invoke(cli, [*command, "--external"])
    assert done.exit_code == 1 and "content/a.md:5:1: error LK002" in done.output
