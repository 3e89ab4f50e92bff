"""`blogq list`: every post and page, with URL, date and status."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from blogq.cli.options import as_json, now, present, site


@click.command("list")
@site
@now
@as_json
def command(site: Path, now: int | None, as_json: bool) -> None:
    """List posts and pages with their URLs and status.

    Status is live, draft, scheduled, expired, broken, or held by the gate. Exit code: 0, or 2 when the site has errors.
    """
    from blogq.listing import list_sources
    from blogq.report.text import counted, findings_text, safe

    rows, findings = list_sources(site, present(now))
    if as_json:
        click.echo(json.dumps([row._asdict() for row in rows], indent=2))
    else:
        width = max((len(row.url) for row in rows), default=0)
        for row in rows:
            day = row.date[:10] or "-"
            url = safe(row.url) or "-"
            click.echo(f"{day:10}  {row.status:9}  {url:{min(width, 60)}}  {safe(row.title)}  ({safe(row.path)})")
        counts: dict[str, int] = {}
        for row in rows:
            counts[row.status] = counts.get(row.status, 0) + 1
        told = ", ".join(f"{number} {status}" for status, number in sorted(counts.items()))
        click.echo(f"{counted(len(rows), 'source')}" + (f": {told}" if told else ""))
    errors = [finding for finding in findings if finding.severity == "error"]
    click.echo(findings_text(errors, sys.stderr.isatty()), err=True, nl=False)
    if errors:
        sys.exit(2)
