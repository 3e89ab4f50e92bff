"""`blogq echo`: what of a post was said before, and where."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from blogq.cli.completion import complete_sources
from blogq.cli.options import Refusal, now, present, shown, site

if TYPE_CHECKING:
    from blogq.echoing.one import Opened
    from blogq.report.echo.account import Account

NAME = "_echo.html"
_FORMATS = {".html": "html", ".htm": "html", ".json": "json"}
"""Formats by the ending of the file they are written to."""


@click.command("echo")
@click.argument("post", metavar="POST", shell_complete=complete_sources)
@site
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "html", "json"]),
    default=None,
    help="How to show it; by the ending of --output where it is left out, else text.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    default=None,
    metavar="FILE",
    help="File to write to; `-` for standard output.",
)
@click.option("--open", "opens", is_flag=True, help=f"Show the page in the browser; it is {NAME} without --output.")
@now
def command(post: str, site: Path, form: str | None, output: Path | None, opens: bool, now: int | None) -> None:
    """Show how much of each paragraph of POST was said before, and where.

    POST is held against all earlier posts of the site and the texts of its corpora, as `blogq check` does; it may be a
    draft. What is found matches: that says nothing of who copied whom. Posts of its series, and those that it names in
    `replaces`, are left out. Exit code: 0, or 2 when there is no such post.
    """
    from blogq.echoing.one import Unfit, opened
    from blogq.report.echo.account import account_of

    file = None if output is None or str(output) == "-" else output
    if opens and output is not None and file is None:
        raise Refusal("--open needs a file: leave out `--output -`")
    if opens and form not in (None, "html"):
        raise Refusal(f"--open shows a page, and --format {form} makes none")
    if opens and file is None:
        file = site / NAME
    form = form or ("html" if opens else _FORMATS.get(file.suffix.lower(), "text") if file else "text")
    try:
        with opened(site, post, present(now)) as found:
            if file is not None:
                _refuse(file, form, site, found)
            written = _written(account_of(found), form, file is None)
            problems = found.problems
    except Unfit as error:
        raise Refusal(str(error)) from error
    if file is None:
        click.echo(written, nl=False)
    else:
        try:
            file.write_text(written, encoding="utf-8", errors="backslashreplace")
        except OSError as error:
            raise Refusal(f"{file} can't be written: {error.strerror}") from error
        click.echo(f"What {post} repeats is in {shown(file)}")
        if opens:
            click.launch(str(file.resolve()))
    if problems:
        from blogq.report.text import findings_text

        click.echo(findings_text(problems), nl=False, err=True)


def _refuse(file: Path, form: str, site: Path, found: Opened) -> None:
    from blogq.cli.report_file import refuse_other_than_page, refuse_part, refuse_written

    refuse_part(file, site, found.config)
    if form == "html":
        refuse_other_than_page(file)
    else:
        refuse_written(file)


def _written(account: Account, form: str, to_terminal: bool) -> str:
    if form == "json":
        from blogq.report.echo.json import as_json

        return as_json(account)
    if form == "html":
        from blogq.report.echo.page import as_page

        return as_page(account)
    from blogq.report.echo.text import as_text

    color = to_terminal and sys.stdout.isatty() and "NO_COLOR" not in os.environ
    return as_text(account, color, shutil.get_terminal_size().columns if to_terminal else 80)
