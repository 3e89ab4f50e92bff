"""`blogq config`: every setting in effect, and where it comes from."""

from __future__ import annotations

import json
import sys
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import click

from blogq.cli.options import as_json, site


@click.command("config")
@site
@as_json
def command(site: Path, as_json: bool) -> None:
    """Show every setting in effect, and where it comes from."""
    from blogq.config.load import load_config
    from blogq.report.json import finding_objects
    from blogq.report.text import findings_text

    loaded = load_config(site.resolve())
    origins = dict(loaded.origins)
    values = [(key, value, origin_of(key, origins)) for key, value in flattened("", loaded.config)]
    if as_json:
        settings = {key: {"value": value, "origin": origin} for key, value, origin in values}
        found = {
            "schema": "blogq-config/1",
            "settings": settings,
            "findings": finding_objects(loaded.findings),
        }
        click.echo(json.dumps(found, indent=2, ensure_ascii=False, default=str))
    else:
        width = max(len(key) for key, _, _ in values)
        for key, value, origin in values:
            shown = json.dumps(value, ensure_ascii=False, default=str)
            click.echo(f"{key:{width}}  {shown}" + (f"  # {origin}" if origin != "default" else ""))
        click.echo(findings_text(loaded.findings, sys.stderr.isatty()), err=True, nl=False)
    if any(finding.severity == "error" for finding in loaded.findings):
        sys.exit(2)


def flattened(prefix: str, value: Any) -> list[tuple[str, Any]]:
    """Return a config as dotted keys and plain values."""
    if is_dataclass(value) and not isinstance(value, type):
        return [
            pair
            for each in fields(value)
            for pair in flattened(f"{prefix}.{each.name}" if prefix else each.name, getattr(value, each.name))
        ]
    if isinstance(value, dict) and value:
        return [pair for key, item in value.items() for pair in flattened(f"{prefix}.{key}", item)]
    if isinstance(value, tuple):
        return [(prefix, [dict(flattened("", item)) if is_dataclass(item) else item for item in value])]
    return [(prefix, value)]


def origin_of(key: str, origins: dict[str, str]) -> str:
    """Return where the value of `key` comes from: said of itself, or of what it is part of."""
    while key:
        if key in origins:
            return origins[key]
        key = key.rpartition(".")[0]
    return "default"
