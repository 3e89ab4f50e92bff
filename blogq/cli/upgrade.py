"""`blogq upgrade --diff`: what the version that is installed now would change in every page."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from blogq.cli.options import Refusal, as_json, now, site

if TYPE_CHECKING:
    from blogq.upgrading.comparison import Changes, Group

MOST_SHOWN = 10
"""Pages, or groups of pages that change alike, of each kind that are named; --json and --report have them all."""


@click.command("upgrade")
@click.option("--diff", "diff", is_flag=True, help="Build aside and compare; nothing is written into the output.")
@site
@click.option(
    "--against",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=None,
    help="Folder to compare with, instead of the output as it was built last.",
)
@click.option("--theme", default=None, help="Name of a theme to try.")
@click.option(
    "--report", type=click.Path(path_type=Path, dir_okay=False), default=None, help="Write an HTML page as well."
)
@click.option("--jobs", type=click.IntRange(1, 256), default=None, help="Processes to build with.")
@now
@as_json
def command(
    diff: bool,
    site: Path,
    against: Path | None,
    theme: str | None,
    report: Path | None,
    jobs: int | None,
    now: int | None,
    as_json: bool,
) -> None:
    """Show what another version of blogq or of the theme changes, before it is accepted.

    Install it, then run this before the next `blogq build`: the site is built aside, as of the moment of the last
    build, and compared with what that wrote, page by page. Exit code: 0, 1 when URLs are lost, 2 when the site can't be
    built.
    """
    from blogq.build import Request
    from blogq.collect import real
    from blogq.config.load import load_config
    from blogq.report.text import findings_text, safe
    from blogq.upgrading.comparison import compared, files_below
    from blogq.upgrading.rebuild import accepted, rebuilt

    if not diff:
        raise Refusal("say --diff to see what changes; `pip install --upgrade blogq` installs another version")
    root = real(site)
    output = real(against or root / load_config(root).config.output)
    known = accepted(root, output)
    if not output.is_dir() or not any(output.iterdir()):
        raise Refusal("there is no output to compare with: build with the old version first, or name one by --against")
    moment = now if now is not None else known.at if known else int(time.time())
    if report is not None:
        _refuse(report, root)
    overrides: dict[str, Any] = {} if theme is None else {"theme": theme}
    with rebuilt(Request(root, moment, None, overrides, jobs or 0)) as result:
        if not result.written or result.errors:
            click.echo(findings_text([f for f in result.findings if f.severity == "error"]), err=True, nl=False)
            click.echo("Nothing compared: this version can't build the site as it is.", err=True)
            sys.exit(2)
        there = files_below(output)
        # What blogq hasn't written into the output is not its to lose.
        old = there & known.files if known else there
        changes = compared(output, result.output, old, files_below(result.output))
    before = f"{output.name}/, as it was built" if known else f"{output.name}/"
    if report is not None:
        from blogq import __version__
        from blogq.upgrading.page import upgrade_page

        text = upgrade_page(changes, before, f"blogq {__version__}" + (f" and the theme {theme}" if theme else ""))
        try:
            report.write_text(text, encoding="utf-8")
        except OSError as error:
            raise Refusal(f"--report: {report} can't be written: {error.strerror}") from error
    if as_json:
        click.echo(json.dumps({"schema": "blogq-upgrade/1", "against": str(output), **_object(changes)}, indent=2))
    else:
        _print(changes)
        if report is not None:
            click.echo(f"→ {safe(os.fspath(report))}")
    sys.exit(1 if changes.lost else 0)


def _refuse(report: Path, root: Path) -> None:
    from blogq.cli.report_file import refuse_part, refuse_written
    from blogq.config.load import load_config

    refuse_part(report, root, load_config(root).config)
    refuse_written(report)
    if not report.parent.is_dir():
        # Told before the site is built.
        raise Refusal(f"--report: {report} can't be written: there is no folder {report.parent}")


def _object(changes: Changes) -> dict[str, Any]:
    from blogq.upgrading.page import verdict

    kind, words = verdict(changes)
    return {
        "verdict": {"safe": kind == "safe", "message": words},
        "same": changes.same,
        "text": [{"path": each.path, "lines": each.lines} for each in changes.of("text")],
        "markup": [{"path": each.path, "lines": each.lines} for each in changes.of("markup")],
        "groups": {
            each: [{"pages": group.paths, "lines": group.lines} for group in changes.groups(each)]
            for each in ("text", "markup")
        },
        "files": [each.path for each in changes.of("files")],
        "added": changes.added,
        "gone": changes.gone,
        "lost": changes.lost,
        "other": {"added": changes.other_added, "gone": changes.other_gone, "changed": changes.other_changed},
    }


def _print(changes: Changes) -> None:
    from blogq.report.text import safe
    from blogq.upgrading.page import summary, verdict

    click.echo(verdict(changes)[1])
    if changes.nothing:
        return
    click.echo()
    for words, number in summary(changes):
        if number:
            click.echo(f"{number:7,}  {words}")
    for heading, paths in (
        ("URLs lost", changes.lost),
        ("Gone", changes.gone),
        ("Added", changes.added),
        ("Changed in text", [_named(group) for group in changes.groups("text")]),
        ("Changed in markup only", [_named(group) for group in changes.groups("markup")]),
    ):
        if paths:
            click.echo(f"\n{heading}:")
            for path in paths[:MOST_SHOWN]:
                click.echo(f"  {safe(path)}")
            if len(paths) > MOST_SHOWN:
                click.echo(f"  … and {len(paths) - MOST_SHOWN:,} more; --json and --report have them all")


def _named(group: Group) -> str:
    more = len(group.paths) - 1
    return group.paths[0] + (f"  and {more:,} more in the same way" if more else "")
