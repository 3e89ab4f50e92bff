"""`blogq rules`: the table of the gate's rules."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from blogq.cli.options import as_json, site


@click.command("rules")
@site
@as_json
def command(site: Path, as_json: bool) -> None:
    """List every rule of the gate: its code, how severe it is on this site, and what it checks.

    Exit code: 0, or 2 when the config says something of rules that can't be.
    """
    from blogq.config.load import load_config
    from blogq.finding import Span
    from blogq.lint.registry import meaning, rules
    from blogq.lint.selection import mistakes, select
    from blogq.report.text import findings_text

    loaded = load_config(site)
    check = loaded.config.check
    wrong = [*loaded.findings, *mistakes(check.rules, Span("blogq.yaml"), loaded.config.style)]
    errors = [finding for finding in wrong if finding.severity == "error"]
    if errors:
        click.echo(findings_text(errors, sys.stderr.isatty()), err=True, nl=False)
        sys.exit(2)
    every = rules()
    on = {each.rule.code: each for each in select(check.select, check.ignore, check.rules)}
    if as_json:
        told = [
            {
                "code": each.code,
                "name": each.name,
                "severity": (on[each.code].severity or each.severity) if each.code in on else "off",
                "scope": each.scope,
                "checks": meaning(each.code),
                "options": dict(on[each.code].options if each.code in on else each.options),
                "languages": list(each.languages),
            }
            for each in every
        ]
        click.echo(json.dumps(told, indent=2))
        return
    for each in every:
        severity = (on[each.code].severity or each.severity) if each.code in on else "off"
        click.echo(f"{each.code}  {severity:7}  {meaning(each.code)}")
    click.echo("\n`blogq explain CODE` says more; `check.rules` in blogq.yaml sets options.")
