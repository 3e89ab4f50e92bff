"""Google's Lighthouse, from npm: its four scores for pages, light or dark, as on a phone or at a desk."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from audit.installed import CHECKERS, MissingError, chromium, module, program

SCRIPT = Path(__file__).parent / "lighthouse.mjs"
FORMS = ("phone", "desk")
"""Lighthouse's own two: a slow phone on a slow network, and a computer."""
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
UNLISTED = ("404", "search")
"""Types that search engines are asked to leave out, which Lighthouse would take for a mistake (is-crawlable)."""


class Wanted(NamedTuple):
    """One run."""

    url: str
    type: str
    scheme: str
    form: str


class Scores(NamedTuple):
    """What came of it."""

    wanted: Wanted
    scores: Mapping[str, int]
    """By category, up to 100."""
    failed: tuple[str, ...]
    """The audits that took points, a line each."""
    seconds: float
    """Largest contentful paint on the simulated network."""
    bytes: int


def run(wanted: Iterable[Wanted]) -> Iterator[Scores]:
    """Yield the scores of all that is wanted, in order, as they come; MissingError without Lighthouse or Node."""
    asked = list(wanted)
    module("lighthouse/package.json")
    chrome = chromium()
    if chrome is None:
        raise MissingError("Lighthouse needs Chromium on the path (Debian: apt install chromium)")
    pages = [{"url": each.url, "scheme": each.scheme, "form": each.form, "skip": _skipped(each.type)} for each in asked]
    told = json.dumps({"checkers": str(CHECKERS.resolve()), "chrome": chrome, "pages": pages})
    command = [program("node", "nodejs"), str(SCRIPT)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdin and running.stdout
        running.stdin.write(told)
        running.stdin.close()
        for each, line in zip(asked, running.stdout, strict=False):
            yield _scores(each, json.loads(line))
    if running.returncode:
        raise RuntimeError("Lighthouse failed; what it said is above")


def _skipped(kind: str) -> list[str]:
    return ["is-crawlable"] if kind in UNLISTED else []


def _scores(wanted: Wanted, told: dict[str, object]) -> Scores:
    failed = [f"error: {told['error']}"] if told["error"] else []
    items, scores, seconds, weight = told["failed"], told["scores"], told["seconds"], told["bytes"]
    assert isinstance(items, list) and isinstance(scores, dict) and isinstance(seconds, int | float)
    for item in items:
        failed.append(f"{item['id']} {item['value']}: {'; '.join(node for node in item['nodes'] if node)}")
    return Scores(wanted, scores, tuple(failed), float(seconds), int(weight) if isinstance(weight, int | float) else 0)
