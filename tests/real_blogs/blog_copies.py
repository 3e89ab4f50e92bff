"""Copies of blogs to build, and what blogq says of them as lines that people can read and compare."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from blogq.build import Request, Result, build
from blogq.finding import Finding
from blogq.listing import Row, list_sources

FIXTURES = Path(__file__).parent / "fixtures"
NOW = 1_780_272_000
"""2026-06-01T00:00:00Z."""


def copy_of(source: Path, to: Path) -> Path:
    """Return a copy of the folder `source` that may be built in."""
    shutil.copytree(source, to, ignore=shutil.ignore_patterns("_site", ".blogq"))
    return to


def built(site: Path) -> Result:
    """Build `site` with nothing but defaults, as far as it goes."""
    return build(Request(site, NOW, keep_going=True, jobs=1))


def listed(site: Path) -> list[Row]:
    """Return the sources of `site`."""
    return list_sources(site, NOW)[0]


def page_of(site: Path, url: str) -> Path:
    """Return the file that the URL of a row stands for, which may not be there."""
    from urllib.parse import unquote

    path = unquote(url).lstrip("/")
    return site / "_site" / (path + "index.html" if path.endswith("/") or not path else path)


def row_lines(rows: list[Row]) -> Iterator[str]:
    """Yield a line for each source."""
    for row in rows:
        date = row.date or "undated"
        yield " · ".join((row.path, row.kind, row.status, date, row.url or "no page", row.language, row.title))


def finding_lines(findings: tuple[Finding, ...]) -> Iterator[str]:
    """Yield a line for each finding but the one that no site without a config is spared."""
    for code, severity, span, message, *_ in findings:
        if code != "CF105":
            place = f"{span.path}:{span.line}" + (f":{span.column}" if span.column else "")
            yield f"{place}: {severity} {code}: {message}"
