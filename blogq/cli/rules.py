"""`blogq rules`: the table of the gate's rules."""

from __future__ import annotations

import json

import click

from blogq.cli.options import as_json


@click.command("rules")
@as_json
def command(as_json: bool) -> None:
    """List every rule of the gate: its code, how severe it is, and what it checks. Exit code: 0."""
    from blogq.lint.registry import meaning, rules

    every = rules()
    if as_json:
        told = [
            {
                "code": each.code,
                "name": each.name,
                "severity": each.severity,
                "scope": each.scope,
                "checks": meaning(each.code),
                "options": dict(each.options),
                "languages": list(each.languages),
            }
            for each in every
        ]
        click.echo(json.dumps(told, indent=2))
        return
    for each in every:
        click.echo(f"{each.code}  {each.severity:7}  {meaning(each.code)}")
    click.echo("\n`blogq explain CODE` says more; `check.rules` in blogq.yaml sets options.")
