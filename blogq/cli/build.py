"""`blogq build`: render what has changed, and say in a line what was done."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any

import click

from blogq.build import Request, Result, build
from blogq.cli.completion import complete_themes
from blogq.cli.options import as_json, now, present, shown, site
from blogq.report.text import counted, findings_text, safe

if TYPE_CHECKING:
    from blogq.standing import Standing

PATIENCE = 1.0
"""Seconds before a progress bar appears."""


class Bar:
    """A progress bar on a terminal, once the build takes long enough to wonder."""

    def __init__(self) -> None:
        self.started = time.monotonic()
        self.bar: Any = None
        self.tasks: dict[str, Any] = {}

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show how far `stage` is."""
        if self.bar is None:
            if time.monotonic() - self.started < PATIENCE:
                return
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            self.bar = Progress(
                TextColumn("{task.description:8}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeRemainingColumn(),
                console=Console(stderr=True),
                transient=True,
                # No thread of its own: workers are forked from this process.
                auto_refresh=False,
            )
            self.bar.start()
        if stage not in self.tasks:
            self.tasks[stage] = self.bar.add_task({"parse": "Reading", "render": "Rendering"}[stage], total=total)
        self.bar.update(self.tasks[stage], completed=done, refresh=True)

    def end(self) -> None:
        """Take the bar away."""
        if self.bar is not None:
            self.bar.stop()


@click.command("build")
@site
@click.option("--output", type=click.Path(path_type=Path), default=None, help="Folder to write to, instead of _site.")
@click.option("--drafts", is_flag=True, help="Publish drafts as well.")
@click.option("--future", is_flag=True, help="Publish posts dated in the future as well.")
@now
@click.option("--base-url", default=None, help="Address at which the site will be read.")
@click.option("--theme", default=None, shell_complete=complete_themes, help="Name of the theme.")
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    default=None,
    help="Processes to work with; all processors by default.",
)
@click.option(
    "--keep-going",
    is_flag=True,
    help="Build the rest when something is wrong; the exit code is 2 all the same.",
)
@click.option("--no-check", is_flag=True, help="Leave the gate out.")
@click.option("--quiet", is_flag=True, help="Print errors only.")
@as_json
def command(
    site: Path,
    output: Path | None,
    drafts: bool,
    future: bool,
    now: int | None,
    base_url: str | None,
    theme: str | None,
    jobs: int | None,
    keep_going: bool,
    no_check: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Build the site.

    Only what has changed is rendered. With errors in the sources nothing is written and the old site stays as it
    is. The gate then judges what was edited, and says in a line how the site stands; that changes no exit code. Exit
    code: 0, or 2 when there were errors.
    """
    started = time.monotonic()
    overrides: dict[str, Any] = {}
    if base_url is not None:
        overrides["base_url"] = base_url
    if theme is not None:
        overrides["theme"] = theme
    if drafts:
        overrides["drafts"] = True
    if future:
        overrides["future"] = True
    bar = Bar() if sys.stderr.isatty() and not (quiet or as_json) else None
    request = Request(site, present(now), output, overrides, jobs or 0, keep_going)
    quietly = {} if bar is None else {"progress": bar}
    try:
        result = build(request, waiting=lambda who: waiting(who, quiet), **quietly)
    finally:
        if bar is not None:
            bar.end()
    seconds = time.monotonic() - started
    if as_json:
        print_json(result, seconds, None if no_check else _standing(site, result, request))
    else:
        print_text(result, seconds, quiet)
        if not no_check and not quiet and (standing := _standing(site, result, request)):
            from blogq.report.standing_text import standing_text

            color = sys.stdout.isatty() and "NO_COLOR" not in os.environ
            click.echo(standing_text(standing, color, get_terminal_size().columns), nl=False)
    if result.errors:
        sys.exit(2)


def _standing(site: Path, result: Result, request: Request) -> Standing | None:
    """Return how the site stands; None where nothing was built, or there are errors to be mended first."""
    if result.material is None or result.errors or not result.posts:
        return None
    from blogq.standing import stand

    return stand(site, result.material, request.now, request.jobs)


def waiting(who: str, quiet: bool) -> None:
    """Say that another build is running."""
    if not quiet:
        process = f" (process {who})" if who else ""
        click.echo(f"Another build of this site is running{process}; waiting for it to end.", err=True)


def print_text(result: Result, seconds: float, quiet: bool) -> None:
    """Print findings and, unless `quiet`, the summary line."""
    findings = [f for f in result.findings if f.severity == "error"] if quiet else result.findings
    click.echo(findings_text(findings, sys.stderr.isatty()), err=True, nl=False)
    warnings = sum(finding.severity == "warning" for finding in result.findings)
    noticed = [counted(result.errors, "error")] if result.errors else []
    noticed += [counted(warnings, "warning")] if warnings else []
    tail = f" ({', '.join(noticed)})" if noticed else ""
    if not result.written:
        if not quiet:
            kept = " The site built before stands as it was." if os.path.exists(result.output) else ""
            click.echo(f"Nothing written: {counted(result.errors, 'error')}.{kept}", err=True)
    elif not quiet:
        click.echo(
            f"{counted(result.posts, 'post')}, {counted(result.pages, 'page')}:"
            f" {result.rendered:,} rendered, {result.reused:,} reused in {seconds:.2f} s"
            f" → {safe(shown(result.output))}{tail}"
        )


def print_json(result: Result, seconds: float, standing: Standing | None) -> None:
    """Print the summary and all findings as one object."""
    from blogq.report.json import finding_objects

    click.echo(
        json.dumps(
            {
                "schema": "blogq-build/1",
                "output": str(result.output),
                "written": result.written,
                "posts": result.posts,
                "pages": result.pages,
                "rendered": result.rendered,
                "reused": result.reused,
                "removed": result.removed,
                "seconds": round(seconds, 3),
                "findings": finding_objects(result.findings),
                "gate": _standing_object(standing),
            },
            indent=2,
        )
    )


def _standing_object(standing: Standing | None) -> dict[str, Any] | None:
    from blogq.report.json import finding_objects

    if standing is None:
        return None
    told = standing.verdict.findings if standing.verdict else ()
    names = ("errors", "warnings", "notes", "posts", "waiting", "judged")
    return {**dict(zip(names, standing[:6], strict=True)), "findings": finding_objects(told)}
