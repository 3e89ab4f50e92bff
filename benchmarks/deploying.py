"""How long publishing takes at each kind of place: `python benchmarks/deploying.py --posts 10000 --places folder,git`.

The site is made here, of words, and built; then come a first deploy, one with nothing changed, one with one body
edited, and one with nothing changed again. Each is a whole `blogq deploy` of its own process, after a build, so that
sending is what is measured. Places are on this machine: a folder, a bare repository, an SSH server of the benchmark's
own, and moto's S3 server, whose answers `--delay` holds back by so many milliseconds, as distance would. `--together 1`
sends one file after the other.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from getpass import getuser
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PLACES = ("folder", "git", "rsync", "s3")
WORDS = (
    "pump water tank valve repair morning neighbour field letter paper winter garden answer question number street"
    " window river summer bread table yellow engine bicycle mountain"
).split()
SEED = 20260101


def write_site(folder: Path, posts: int, places: str) -> None:
    chance = random.Random(SEED)
    (folder / "content/posts").mkdir(parents=True)
    (folder / "blogq.yaml").write_text(f"title: Wren\nbase_url: https://wren.org.uk/\ndeploy:\n{places}")
    for number in range(posts):
        text = "\n\n".join(" ".join(chance.choices(WORDS, k=80)).capitalize() + "." for _ in range(4))
        head = f"---\ntitle: Post {number}\ndate: {2000 + number % 20}-{1 + number % 12:02}-{1 + number % 28:02}\n---\n"
        (folder / f"content/posts/post-{number}.md").write_text(f"{head}{text}\n")


class Bucket:
    """moto's S3 server, with a bucket, the requests that it was asked, and a delay in seconds before each answer."""

    def __init__(self, delay: float) -> None:
        from moto.server import DomainDispatcherApplication, create_backend_app
        from werkzeug.serving import make_server

        os.environ |= {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x", "AWS_DEFAULT_REGION": "us-east-1"}
        inner = DomainDispatcherApplication(create_backend_app)
        self.asked: Counter[str] = Counter()

        def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
            self.asked[environ["REQUEST_METHOD"]] += 1
            time.sleep(delay)
            return inner(environ, start)

        self.server = make_server("127.0.0.1", 0, answer, threaded=True)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        import botocore.session

        client = botocore.session.get_session().create_client("s3", endpoint_url=self.address)
        client.create_bucket(Bucket="wren")


def ssh_server(folder: Path) -> tuple[subprocess.Popen[bytes], int]:
    """Start an SSH server that lets this account in; return it and its port."""
    sshd = shutil.which("sshd", path=f"{os.environ['PATH']}:/usr/sbin")
    if sshd is None:
        raise SystemExit("rsync needs the program sshd (Debian: openssh-server); leave it out of --places")
    folder.mkdir()
    for name in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)], check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    told = [f"Port {port}", "ListenAddress 127.0.0.1", f"HostKey {folder}/host", "StrictModes no", "UsePAM no"]
    told += [f"AuthorizedKeysFile {folder}/user.pub", f"PidFile {folder}/pid", "PermitRootLogin prohibit-password"]
    (folder / "config").write_text("\n".join(told) + "\n")
    os.environ["RSYNC_RSH"] = (
        f"ssh -F none -i {folder}/user -o BatchMode=yes -o StrictHostKeyChecking=accept-new"
        f" -o UserKnownHostsFile={folder}/known"
    )
    process = subprocess.Popen(
        [sshd, "-D", "-f", str(folder / "config")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    time.sleep(1)
    return process, port


def blogq(site: Path, *arguments: str, together: int = 0) -> Any:
    """Run a command of blogq's; return what it printed as JSON."""
    before = f"from blogq.deploying import store; store.TOGETHER = {together}; " if together else ""
    script = f"import sys; sys.argv[0] = 'blogq'; {before}from blogq.cli import main; main()"
    command = [sys.executable, "-c", script, *arguments, "--site", str(site), "--json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    return json.loads(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=10_000)
    parser.add_argument("--places", default=",".join(PLACES))
    parser.add_argument("--delay", type=float, default=0.0, help="milliseconds before each answer of the S3 server")
    parser.add_argument("--together", type=int, default=0, help="files that are sent to a store at the same time")
    asked = parser.parse_args()
    places = asked.places.split(",")
    with tempfile.TemporaryDirectory(prefix="blogq-bench-") as name:
        work = Path(name)
        config = "  folder: ../public\n  git:\n    type: git\n    to: ../remote.git\n"
        ssh: subprocess.Popen[bytes] | None = None
        bucket = Bucket(asked.delay / 1000) if "s3" in places else None
        if bucket:
            config += f"  s3:\n    to: s3://wren/blog\n    options:\n      endpoint_url: {bucket.address}\n"
        if "rsync" in places:
            ssh, port = ssh_server(work / "ssh")
            config += f"  rsync:\n    to: {getuser()}@127.0.0.1:{work}/remote\n    port: {port}\n"
        subprocess.run(["git", "init", "--quiet", "--bare", str(work / "remote.git")], check=True)
        site = work / "site"
        write_site(site, asked.posts, config)
        try:
            blogq(site, "build", "--no-check")
            files = sum(len(names) for _, _, names in os.walk(site / "_site"))
            print(f"{files:,} files; load {os.getloadavg()[0]:.1f}", flush=True)
            for at, place in enumerate(places):
                for job in ("first", "nothing changed", "one edit", "nothing changed"):
                    if job == "one edit":
                        with (site / f"content/posts/post-{at}.md").open("a") as post:
                            post.write(f"\nAn afterthought, number {at}.\n")
                        blogq(site, "build", "--no-check")
                    if bucket:
                        bucket.asked.clear()
                    began = time.perf_counter()
                    told = blogq(site, "deploy", place, together=asked.together)
                    took = time.perf_counter() - began
                    requests = f"; requests: {dict(bucket.asked)}" if bucket and place == "s3" else ""
                    sent = f"{len(told['send']):,} sent, {told['bytes'] / 1e6:,.1f} MB"
                    print(
                        f"{place:7} {job:16} {took:7.1f} s  {sent}{requests}; load {os.getloadavg()[0]:.1f}", flush=True
                    )
        finally:
            if ssh:
                ssh.terminate()


if __name__ == "__main__":
    main()
