"""`blogq doctor`: say what stands in the way of building and publishing here, and what to do about it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from blogq.cli.options import as_json, now, present, site


@click.command("doctor")
@site
@now
@as_json
def command(site: Path, now: int | None, as_json: bool) -> None:
    """Find what stands in the way of building and publishing here.

    Looks at the folder, the config, programs and packages, the clock and the time zone, the clone, what has to be
    written, the limits of watching, and whether base_url is where the site is published. Changes nothing, and asks
    nothing of the network. Exit code: 0, or 2 when there are errors.
    """
    from blogq.doctor.examination import examined
    from blogq.doctor.system import versions
    from blogq.report.json import finding_objects
    from blogq.report.text import counted, findings_text

    findings = examined(site, present(now))
    errors = sum(finding.severity == "error" for finding in findings)
    if as_json:
        told = {"schema": "blogq-doctor/1", **versions(), "findings": finding_objects(findings)}
        click.echo(json.dumps(told, indent=2))
    else:
        click.echo(findings_text(findings, sys.stdout.isatty()), nl=False)
        about = versions()
        machine = f"blogq {about['blogq']}, Python {about['python']}, {about['system']}"
        said = counted(len(findings), "thing") + " to look at" if findings else "Nothing stands in the way"
        click.echo(f"{said}. {machine}.")
    sys.exit(2 if errors else 0)
