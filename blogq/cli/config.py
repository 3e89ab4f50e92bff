"""`blogq config`: every setting in effect, and where it comes from."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, fields, is_dataclass
from pathlib import Path
from typing import Any

import click

from blogq.cli.options import as_json, site


@click.command("config")
@site
@as_json
def command(site: Path, as_json: bool) -> None:
    """Show every setting in effect, and where it comes from."""
    from blogq.collect import real
    from blogq.config.load import load_config
    from blogq.report.json import finding_objects
    from blogq.report.text import findings_text, safe

    loaded = load_config(real(site))
    origins = dict(loaded.origins)
    values = [(key, value, origin_of(key, usual, origins)) for key, value, usual in flattened("", loaded.config, True)]
    if as_json:
        settings = {key: {"value": value, "origin": origin} for key, value, origin in values}
        found = {
            "schema": "blogq-config/1",
            "settings": settings,
            "findings": finding_objects(loaded.findings),
        }
        click.echo(json.dumps(found, indent=2, default=str))
    else:
        width = max(len(key) for key, _, _ in values)
        for key, value, origin in values:
            shown = json.dumps(value, ensure_ascii=False, default=str)
            click.echo(safe(f"{key:{width}}  {shown}") + (f"  # {origin}" if origin != "default" else ""))
        click.echo(findings_text(loaded.findings, sys.stderr.isatty()), err=True, nl=False)
    if any(finding.severity == "error" for finding in loaded.findings):
        sys.exit(2)


def flattened(prefix: str, value: Any, usual: bool) -> list[tuple[str, Any, bool]]:
    """Return a config as dotted keys with plain values, and whether each value is the default."""
    if is_dataclass(value) and not isinstance(value, type):
        default = type(value)()
        found = []
        for each in fields(value):
            given = getattr(value, each.name)
            name = f"{prefix}.{each.name}" if prefix else each.name
            found += flattened(name, given, given == getattr(default, each.name))
        return found
    if isinstance(value, dict) and value:
        return [pair for key, item in value.items() for pair in flattened(f"{prefix}.{key}", item, usual)]
    if isinstance(value, tuple):
        return [
            (
                prefix,
                [asdict(item) if is_dataclass(item) and not isinstance(item, type) else item for item in value],
                usual,
            )
        ]
    return [(prefix, value, usual)]


def origin_of(key: str, usual: bool, origins: dict[str, str]) -> str:
    """Return where the value of `key` comes from: said of itself, or of what it is part of."""
    if key in origins or usual:
        return origins.get(key, "default")
    while key:
        key = key.rpartition(".")[0]
        if key in origins:
            return origins[key]
    return "default"
