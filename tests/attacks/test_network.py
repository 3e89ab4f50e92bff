"""Fault F13: blogq never talks to a network, nor does anything that it imports."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

from attack_sites import make_site, output

ROOT = Path(__file__).parent.parent.parent
NETWORK = (
    "socket ssl http urllib.request ftplib smtplib imaplib poplib telnetlib xmlrpc asyncio"
    " requests httpx aiohttp urllib3 webbrowser textstat"
).split()
"""Modules that open connections, or (textstat) fetch what they need when they are first used."""

WATCHED = """
import sys

FORBIDDEN = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.bind", "socket.sendto",
             "socket.sendmsg", "urllib.Request", "http.client.connect", "webbrowser.open", "subprocess.Popen",
             "os.system", "os.exec", "os.posix_spawn")

def watch(event, arguments):
    if event in FORBIDDEN:
        sys.stderr.write(f"FORBIDDEN {event} {arguments}\\n")
        raise SystemExit(9)

sys.addaudithook(watch)
from blogq.cli import main
main()
"""


def test_fault_13_build_makes_no_connection_and_starts_no_program(tmp_path: Path) -> None:
    """Watched from below, by the interpreter's audit events, with workers and without."""
    posts = {f"content/p{n}.md": f"---\ntitle: P {n}\n---\n![x](https://example.org/x.png)\n" for n in range(250)}
    posts["content/code.md"] = "```python\nx = 1\n```\n\n<https://example.org/> www.example.org [^1]\n\n[^1]: note\n"
    site = make_site(tmp_path, posts)
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    for arguments in (["build", "--jobs", "2"], ["build", "--jobs", "1"], ["list"], ["config"], ["clean"]):
        more = ["--now", "2026-05-01"] if arguments[0] in ("build", "list") else []
        command = [sys.executable, "-c", WATCHED, *arguments, *more]
        done = subprocess.run(command, cwd=site, env=environment, capture_output=True, text=True, timeout=120)
        assert "FORBIDDEN" not in done.stderr
        assert done.returncode == 0, done.stderr
        if arguments == ["build", "--jobs", "2"]:
            assert "p249/index.html" in output(site)


def test_fault_13_the_gate_makes_no_connection_by_itself(tmp_path: Path) -> None:
    """It may start Git, and asks other sites only with `--external`."""
    code = WATCHED.replace('"subprocess.Popen",', "").replace(', "os.posix_spawn"', "")
    site = make_site(tmp_path, {"content/a.md": "---\ntitle: A\ndate: 2026-01-01\n---\n[x](https://other.example/)\n"})
    for more in ([], ["--external"]):
        command = [sys.executable, "-c", code, "check", "--now", "2026-05-01", "--fail-on", "never", *more]
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        done = subprocess.run(command, cwd=site, env=environment, capture_output=True, text=True, timeout=120)
        assert ("FORBIDDEN socket.getaddrinfo" in done.stderr) is bool(more)
        assert "FORBIDDEN" not in done.stderr or more


def test_fault_13_no_module_imports_what_could_connect() -> None:
    found = []
    for path in sorted((ROOT / "blogq").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module, *(f"{node.module}.{each.name}" for each in node.names)]
            for name in names:
                if any(name == each or name.startswith(f"{each}.") for each in NETWORK):
                    found.append(f"{path.relative_to(ROOT)}: {name}")
    # textstat itself is asked for figures that need no dictionary, and so no network: the next test watches it.
    # Connections are opened by one module, for three others: what `blogq check --external` asks, what
    # `blogq corpus update` fetches, and what `blogq mentions` asks and sends.
    external = {f"blogq/external/{name}.py" for name in ("connection", "request", "download", "webmention")}
    # The preview listens, and opens the writer's own browser with `--open`; it connects to nobody.
    preview = {f"blogq/{name}.py" for name in ("cli/serve", "preview/hub", "preview/server", "preview/session")}
    assert {each.split(":")[0] for each in found} <= {"blogq/measure/textstat_figures.py", *external, *preview}


def test_fault_13_textstats_own_figures_make_no_connection() -> None:
    code = WATCHED.split("from blogq.cli")[0] + (
        "from blogq.measure.textstat_figures import further\n"
        "assert len(further('ذهب الولد الى المدرسة. وجد صديقه هناك.', 'ar')) == 5\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
