"""A random sample of what the gate finds on real blogs, for a person to judge: is each finding fair?

    python -m evaluations.findings --seed 1 FOLDER …
    python -m evaluations.findings --seed 1 --shares FOLDER …

A folder is a site as `blogq check` takes it; one without a `blogq.yaml` is copied and given a minimal one. The sample
is Markdown: each finding with its message and what it is about in the source, and a line for the judgement. All
errors, warnings and notes have the same chance, but of no rule are there more than `--of-a-rule`. With `--shares`, it
is a table of the share of posts that each rule speaks of, and of those with a warning or an error.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

NOW = "2026-06-01"
CONFIG = "title: Blog\nbase_url: https://blog.example/\nauthor: Somebody\n"
MOST_SHOWN = 700
"""Characters of the source that are shown of one finding."""


MISSING = (("LK001", "error"), ("MD002", "error"))
"""Findings about files that a sample of a blog may not hold."""


def verdict(folder: Path) -> dict[str, Any]:
    """Return what `blogq check --format json` says of the site in `folder`."""
    with TemporaryDirectory() as aside:
        site = folder
        if not (folder / "blogq.yaml").exists():
            site = Path(aside) / folder.name
            shutil.copytree(folder, site, ignore=shutil.ignore_patterns("_site", ".blogq"))
            (site / "blogq.yaml").write_text(CONFIG, encoding="utf-8")
        command = [sys.executable, "-m", "blogq", "check", "--site", str(site), "--now", NOW, "--format", "json"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        found: dict[str, Any] = json.loads(done.stdout)
        return found


def sampled(findings: list[dict[str, Any]], count: int, of_a_rule: int, seed: int) -> list[dict[str, Any]]:
    """Return `count` of `findings` at random, the same ones for a seed; of no rule more than `of_a_rule`."""
    order = random.Random(seed).sample(findings, len(findings))
    met: Counter[str] = Counter()
    chosen = []
    for each in order:
        if len(chosen) == count:
            break
        if met[each["rule"]] < of_a_rule:
            met[each["rule"]] += 1
            chosen.append(each)
    return sorted(chosen, key=lambda each: (each["rule"], each["folder"], each["path"], each["line"]))


def excerpt(folder: Path, finding: dict[str, Any]) -> str:
    """Return what of the source a finding is about, as a quotation in Markdown."""
    if not finding["line"]:
        return ""
    lines = (folder / finding["path"]).read_text("utf-8", "replace").split("\n")
    first, last = finding["line"], max(finding["line"], finding["end_line"])
    said = lines[first - 1 : last]
    if finding["column"]:
        end = finding["end_column"] - 1 if last == finding["end_line"] and finding["end_column"] else len(said[-1])
        said[-1] = f"{said[-1][:end]}⟧{said[-1][end:]}"
        said[0] = f"{said[0][: finding['column'] - 1]}⟦{said[0][finding['column'] - 1 :]}"
    text = " ⏎ ".join(said)
    at = max(0, text.find("⟦") - 150)
    return f"\n> {text[at : at + MOST_SHOWN]}\n"


def shares(folders: list[Path]) -> str:
    """Return the table of shares, in percent of the posts of each blog."""
    columns = []
    rows: dict[str, dict[str, str]] = defaultdict(dict)
    for folder in folders:
        found = verdict(folder)
        posts = {post["path"] for post in found["posts"] if post["date"]}
        columns.append(f"{folder.name} ({len(posts)})")
        hit: dict[str, set[str]] = defaultdict(set)
        for each in found["findings"]:
            if each["path"] in posts:
                hit[f"{each['rule']} {each['severity']}"].add(each["path"])
                if each["severity"] != "note":
                    hit["any warning or error"].add(each["path"])
                    if (each["rule"], each["severity"]) not in MISSING:
                        hit["the same, what is missing aside"].add(each["path"])
        for what, paths in hit.items():
            rows[what][columns[-1]] = f"{100 * len(paths) / len(posts):.1f}"
    table = [f"| | {' | '.join(columns)} |", f"| --- |{' ---: |' * len(columns)}"]
    table += [f"| {what} | {' | '.join(rows[what].get(each, '–') for each in columns)} |" for what in sorted(rows)]
    return "\n".join(table)


def main() -> None:
    """Print a sample, or the shares."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--of-a-rule", type=int, default=8)
    parser.add_argument("--shares", action="store_true")
    asked = parser.parse_args()
    if asked.shares:
        print(shares(asked.folders))
        return
    findings = []
    for number, folder in enumerate(asked.folders):
        findings += [{**each, "folder": number} for each in verdict(folder)["findings"]]
    chosen = sampled(findings, asked.count, asked.of_a_rule, asked.seed)
    print(f"# {len(chosen)} of {len(findings)} findings, seed {asked.seed}\n")
    for number, each in enumerate(chosen, 1):
        folder = asked.folders[each["folder"]]
        print(f"## {number}. {each['rule']} {each['severity']}: {folder.name}/{each['path']}:{each['line']}\n")
        print(f"{each['message']}\n{excerpt(folder, each)}\n- [ ] fair\n")


if __name__ == "__main__":
    main()
