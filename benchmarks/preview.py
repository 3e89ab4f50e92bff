#!/usr/bin/env python3
"""How long from a save to the new text on screen, in Chromium: `blogq serve` at several sizes of a blog.

    python benchmarks/preview.py --sizes 100,10000 --saves 40

Each save replaces one post with a marker in it; a script in the page notes when the marker has been painted (the first
task after the frame that has it). Both ends read the same clock. The post is saved as editors save it, over the old
file and in its place by turns. A reload of the page counts as a failure. `--json` prints figures for other programs.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, os.fspath(Path(__file__).parent))
from corpus import ROOT, bench_folder, corpus

CONFIG = "title: Benchmark\nbase_url: https://bench.example/\n"
WATCH = """
() => {
  window.stays = 1;
  window.painted = {};
  new MutationObserver(() => {
    const found = document.body.innerText.match(/marker-\\d+/g) || [];
    for (const each of found) if (!(each in window.painted)) {
      window.painted[each] = 0;
      requestAnimationFrame(() => setTimeout(() => {
        window.painted[each] = performance.timeOrigin + performance.now();
      }));
    }
  }).observe(document.documentElement, { childList: true, subtree: true, characterData: true });
}
"""


def lay_out(posts: int, folder: Path) -> tuple[Path, str]:
    """Make a site of so many posts in `folder`; return it, and the slug of the post that is edited."""
    site = folder / f"site-{posts}"
    made = corpus(bench_folder(), posts, "hugo")
    shutil.copytree(made.folder, site / "content" / "posts")
    (site / "blogq.yaml").write_text(CONFIG)
    return site, made.slugs[len(made.slugs) // 2]


def serve(site: Path) -> tuple[subprocess.Popen[str], str, float]:
    """Start a preview; return it, its address, and the seconds until the first page had been served."""
    began = time.monotonic()
    command = [sys.executable, "-m", "blogq", "serve", "--site", os.fspath(site), "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": os.fspath(ROOT)}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    found = re.search(r"http://\S+/", process.stdout.readline())
    if found is None:
        raise SystemExit("the preview hasn't started")
    import urllib.request

    urllib.request.urlopen(found[0].replace("localhost", "127.0.0.1")).read()
    return process, found[0], time.monotonic() - began


def resident(process: subprocess.Popen[str]) -> float:
    """Return the MiB of memory that a process holds."""
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{process.pid}/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


def measure(posts: int, saves: int, browser: Any, folder: Path, pause: float) -> dict[str, Any]:
    """Return the figures for a blog of so many posts."""
    site, slug = lay_out(posts, folder)
    process, _, _ = serve(site)
    process.send_signal(signal.SIGINT)
    process.wait()
    process, url, first = serve(site)
    page = browser.new_page()
    waits: list[float] = []
    try:
        page.goto(f"{url}posts/{slug}/")
        page.wait_for_selector("blogq-panel", state="attached")
        page.evaluate(WATCH)
        time.sleep(1)
        path = site / "content" / "posts" / f"{slug}.md"
        text = path.read_text()
        beside = path.with_suffix(".new.tmp")
        before = 0.0
        for number in range(saves + 5):
            new = f"{text}\nThis is marker-{number}.\n"
            if number % 2:
                saved = time.time()
                path.write_text(new)
            else:
                beside.write_text(new)
                saved = time.time()
                os.replace(beside, path)
            page.wait_for_function(f"window.painted['marker-{number}']", polling=5, timeout=20_000)
            if number >= 5:
                waits.append(page.evaluate(f"window.painted['marker-{number}']") - saved * 1000)
            if number == max(20, saves // 4):
                before = resident(process)
            time.sleep(pause)
        stayed = bool(page.evaluate("window.stays === 1"))
        after = resident(process)
    finally:
        page.close()
        process.send_signal(signal.SIGINT)
        process.wait()
    if os.environ.get("BLOGQ_WAITS"):
        print([round(wait) for wait in waits])
    cuts = statistics.quantiles(waits, n=20)
    return {
        "posts": posts,
        "saves": len(waits),
        "first page s": round(first, 2),
        "p50 ms": round(statistics.median(waits), 1),
        "p95 ms": round(cuts[18], 1),
        "max ms": round(max(waits), 1),
        "reloads": 0 if stayed else 1,
        "memory MiB": [round(before, 1), round(after, 1)],
    }


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="100,10000")
    parser.add_argument("--saves", type=int, default=40)
    parser.add_argument("--pause", type=float, default=0.1, help="seconds between what is painted and the next save")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("google-chrome")
    results = []
    with sync_playwright() as started, tempfile.TemporaryDirectory() as folder:
        browser = started.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for size in map(int, given.sizes.split(",")):
            results.append(measure(size, given.saves, browser, Path(folder), given.pause))
            if not given.json:
                print(results[-1], f"load {os.getloadavg()[0]:.1f}", flush=True)
        browser.close()
    if given.json:
        print(json.dumps(results, indent=2))
    return 0 if not any(each["reloads"] for each in results) else 1


if __name__ == "__main__":
    sys.exit(main())
