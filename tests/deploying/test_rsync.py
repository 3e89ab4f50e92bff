"""A site published by rsync, through an SSH server of the test's own on this machine."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from getpass import getuser
from pathlib import Path

import pytest
from published_site import add_post, deploy, make_site, tree

from blogq.deploying import ssh
from blogq.deploying.rsync import Rsync
from blogq.deploying.target import Unusable

SSHD = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Start an SSH server that lets this account in by a key; return its port. Ours are the keys, and nothing stays."""
    if not SSHD or not shutil.which("rsync") or not shutil.which("ssh"):
        pytest.skip(
            "the programs rsync, ssh and sshd aren't all here (Debian: rsync, openssh-server); the set-up installs"
            " an SSH server only where that opens no port, as in a container"
        )
    folder = tmp_path_factory.mktemp("ssh")
    for name in ("host", "user"):
        key = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)]
        subprocess.run(key, check=True)
    shutil.copy(folder / "user.pub", folder / "authorized")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    lines = [
        f"Port {port}",
        "ListenAddress 127.0.0.1",
        f"HostKey {folder}/host",
        f"AuthorizedKeysFile {folder}/authorized",
        "PasswordAuthentication no",
        "StrictModes no",
        "UsePAM no",
        "PermitRootLogin prohibit-password",
        f"PidFile {folder}/pid",
    ]
    (folder / "sshd_config").write_text("\n".join(lines) + "\n")
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    with open(folder / "log", "wb") as log:
        # A session of its own: some versions end their whole process group with themselves, which would be the suite.
        process = subprocess.Popen(
            [str(SSHD), "-D", "-e", "-f", str(folder / "sshd_config")], stdout=log, stderr=log, start_new_session=True
        )
    shell = (
        f"ssh -F none -i {folder}/user -o BatchMode=yes -o StrictHostKeyChecking=accept-new"
        f" -o UserKnownHostsFile={folder}/known"
    )
    before = os.environ.get("RSYNC_RSH")
    os.environ["RSYNC_RSH"] = shell
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            if process.poll() is not None:
                pytest.skip(f"sshd doesn't start here: {(folder / 'log').read_text()[:300]}")
            time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait(20)
        os.environ.pop("RSYNC_RSH")
        if before is not None:
            os.environ["RSYNC_RSH"] = before


@pytest.fixture
def site(tmp_path: Path, server: int) -> Path:
    to = f"{getuser()}@127.0.0.1:{tmp_path}/var/public"
    return make_site(tmp_path / "site", f"  live:\n    to: {to}\n    port: {server}\n")


def connections() -> set[str]:
    """Return the sockets of connections that are open, after a moment for those that are being closed."""
    for _ in range(100):
        found = {str(path) for path in Path(tempfile.gettempdir()).glob("blogq-ssh-*/s")}
        if not found:
            break
        time.sleep(0.1)
    return found


def test_publishing_changing_and_removing(site: Path) -> None:
    public = site.parent / "var/public"
    deploy(site)
    assert tree(public) == tree(site / "_site")
    add_post(site, 5)
    for name in ("index.md", "dot1.svg"):
        (site / "content/posts/post-1" / name).unlink()
    (public / "CNAME").write_text("mine")
    (public / "posts/post-2").joinpath("notes.txt").write_text("mine as well")
    told = deploy(site)
    assert "posts/post-5/index.html" in told["send"] and "posts/post-3/dot3.svg" not in told["send"]
    others = {"CNAME": b"mine", "posts/post-2/notes.txt": b"mine as well"}
    assert tree(public) == tree(site / "_site") | others
    assert not (public / "posts/post-1").exists()
    assert deploy(site)["send"] == []


def test_names_that_need_care(site: Path) -> None:
    (site / "static").mkdir()
    for name in ("ünï.txt", "a space.txt", "semi;colon$(x).txt", "#hash.txt", ";x.txt"):
        (site / "static" / name).write_text(name)
    deploy(site)
    assert tree(site.parent / "var/public") == tree(site / "_site")
    assert deploy(site)["send"] == []


@pytest.mark.parametrize("after", [1, 3, 5])
def test_a_killed_run_is_gone_on_from(site: Path, after: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    public = site.parent / "var/public"
    deploy(site)
    old = tree(public)
    add_post(site, 5)
    (site / "content/posts/post-1/index.md").unlink()
    kill = (
        "import os, signal\nfrom blogq.deploying import rsync\nrsync.Rsync.batch = 4\n"
        "send, count = rsync.Rsync._send, [0]\n"
        "def killed(self, *a, **k):\n    count[0] += 1\n"
        f"    if count[0] > {after}: os.kill(os.getpid(), signal.SIGKILL)\n    send(self, *a, **k)\n"
        "rsync.Rsync._send = killed\n"
    )
    deploy(site, code=-9, before=kill)
    new = tree(site / "_site")
    assert all(data in (old.get(path), new.get(path)) for path, data in tree(public).items())
    assert not connections(), "the connection of a killed run stays open"
    deploy(site)
    assert tree(public) == new


def test_a_file_of_somebody_else_is_not_written_over(site: Path) -> None:
    public = site.parent / "var/public"
    public.mkdir(parents=True)
    (public / "index.html").write_text("by hand")
    assert deploy(site, code=2)["findings"][0]["rule"] == "DP103"
    assert tree(public) == {"index.html": b"by hand"}


def test_a_server_that_does_not_answer_is_said_to_be_so() -> None:
    if not shutil.which("rsync"):
        pytest.skip("rsync isn't here")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(Unusable) as refused:
        Rsync("nobody@127.0.0.1:/nowhere", port).files()
    assert "ssh" in refused.value.hint


def test_a_file_that_becomes_a_folder_and_a_folder_that_becomes_a_file(site: Path) -> None:
    static = site / "static"
    (static / "b").mkdir(parents=True)
    (static / "a").write_text("file")
    (static / "b/x.txt").write_text("in a folder")
    deploy(site)
    (static / "a").rename(static / "y.txt")
    (static / "b/x.txt").unlink()
    (static / "b").rmdir()
    (static / "a").mkdir()
    (static / "y.txt").rename(static / "a/y.txt")
    (static / "b").write_text("file")
    deploy(site)
    assert tree(site.parent / "var/public") == tree(site / "_site")
    assert deploy(site)["send"] == []


def test_one_login_is_enough(site: Path, server: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each run of rsync goes through it, and nothing of it stays."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    log = Path(os.environ["RSYNC_RSH"].split("-i ")[1].split()[0]).parent / "log"
    before = log.read_text().count("Accepted publickey")
    deploy(site)
    assert log.read_text().count("Accepted publickey") == before + 1
    assert not list(tmp_path.glob("blogq-*"))


def test_without_a_shared_connection_each_run_logs_in_by_itself(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ssh, "WAIT", -1.0)
    deploy(site)
    assert tree(site.parent / "var/public") == tree(site / "_site")
    shell = "ssh -o ControlPath=none"
    assert ssh.Connection(shell, "wren@host.org:/x").shell == shell
    assert ssh.Connection("rsh", "wren@host.org:/x").shell == "rsh"
