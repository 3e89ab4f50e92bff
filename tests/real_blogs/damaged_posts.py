"""Damaged versions of a blog's posts, parsed, and what must be true of each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from damage import damaged

from blogq.config.schema import Config
from blogq.content.name import is_markdown
from blogq.content.parser import Parser
from blogq.content.post import BROKEN, ParseOptions
from blogq.finding import from_json


def posts_in(folder: Path) -> list[Path]:
    """Return the Markdown files below `folder`, in order."""
    return sorted(p for p in folder.rglob("*") if p.is_file() and is_markdown(p.name) and "_site" not in p.parts)


def complaints(posts: list[Path], seeds: range, parser: Parser | None = None) -> Iterator[str]:
    """Yield what blogq gets wrong of damaged `posts`, one version of each for each seed; an exception is one."""
    parser = parser or Parser(ParseOptions.of(Config()))
    for path in posts:
        original = path.read_bytes()
        for seed in seeds:
            data, kinds = damaged(original, seed)
            told = f"{path} with seed {seed} ({kinds})"
            try:
                entry = parser.parse(path.name, path.name, data).entry
            except Exception as error:
                yield f"{told}: {error!r}"
                continue
            findings = from_json(entry.findings) if entry.findings else []
            lines = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
            for finding in findings:
                if not 1 <= finding.span.line <= lines:
                    yield f"{told}: a line that is not there: {finding}"
                if not finding.hint:
                    yield f"{told}: no hint: {finding}"
            errors = [finding for finding in findings if finding.severity == "error"]
            if bool(errors) != bool(entry.flags & BROKEN):
                yield f"{told}: broken without an error, or published with one: {findings}"
