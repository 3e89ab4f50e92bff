"""`blogq config`: every setting in effect, and where it comes from; or what there is to set, for editors."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import click

from blogq.cli.options import as_json, site


@click.command("config")
@site
@as_json
@click.option(
    "--schema",
    is_flag=False,
    flag_value="config",
    type=click.Choice(["config", "front-matter"]),
    default=None,
    help="Print the JSON Schema of blogq.yaml, or with `--schema=front-matter` that of front matter, for editors.",
)
def command(site: Path, as_json: bool, schema: str | None) -> None:
    """Show every setting in effect, and where it comes from.

    Exit code: 0, or 2 when the config has errors.
    """
    if schema is not None:
        click.echo(schema_text(site, schema), nl=False)
        return
    from blogq.collect import real
    from blogq.config.conversation import Comments
    from blogq.config.load import load_config
    from blogq.report.json import finding_objects
    from blogq.report.text import findings_text, safe

    loaded = load_config(real(site))
    whole = loaded.config if loaded.config.comments else replace(loaded.config, comments=Comments())
    origins = dict(loaded.origins)
    values = [(key, value, origin_of(key, usual, origins)) for key, value, usual in flattened("", whole, True)]
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


def schema_text(site: Path, which: str) -> str:
    """Return the JSON Schema of the config of `site`, its theme's options among it, or that of front matter."""
    from blogq.config.json_schema import config_schema, front_matter_schema
    from blogq.config.load import load_config
    from blogq.render.theme import load_theme, theme_names

    config = load_config(site.resolve()).config
    if which == "config":
        theme, _ = load_theme(site.resolve(), config.theme, {})
        made = config_schema(theme.declared, tuple(theme_names(site)))
    else:
        made = front_matter_schema(tuple(config.taxonomies))
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


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
