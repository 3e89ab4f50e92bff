"""Options that several commands share, and how their values are read."""

from __future__ import annotations

import os
import time
from datetime import UTC
from pathlib import Path
from typing import Any

import click


class SiteFolder(click.ParamType[Path]):
    """An existing folder."""

    name = "dir"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the folder as a path."""
        path = Path(value)
        if not os.path.isdir(path):
            self.fail(f"{value!r} is not a folder", param, ctx)
        if not os.access(path, os.R_OK | os.X_OK):
            self.fail(f"{value!r} can't be read: permission denied", param, ctx)
        return path


class Moment(click.ParamType[int]):
    """A date, or date and time, as in front matter; in UTC where it names no zone."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the moment in seconds since 1970."""
        if isinstance(value, int):
            return value

        from blogq.content.dates import parse_moment

        found = parse_moment(value, UTC)
        if isinstance(found, str):
            self.fail(f"{value!r} is not a date: {found}; write it as 2026-05-01", param, ctx)
        return found.seconds


class Refusal(click.ClickException):
    """What was asked for can't be done with this input."""

    exit_code = 2


site = click.option("--site", type=SiteFolder(), default=".", show_default=True, help="Folder of the site.")
now = click.option("--now", type=Moment(), default=None, help="Take this for the present, e.g. 2026-05-01.")
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON on stdout, and nothing else.")


def present(now: int | None) -> int:
    """Return the moment to build for: as given, else the system's time."""
    return int(time.time()) if now is None else now


def shown(path: Path) -> str:
    """Return a path as people would type it here."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
