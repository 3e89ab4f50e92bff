"""`blogq import`: make a site of another blog's export. Loaded by its name alone: no statement can name this module."""

from __future__ import annotations

import shlex
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from blogq.cli.options import Refusal, present, shown

if TYPE_CHECKING:
    from blogq.importing.outlook import Outlook

KINDS = ("wordpress", "jekyll", "hugo", "pelican", "ghost", "medium", "blogger")


@click.command("import")
@click.argument("kind", metavar="FROM", type=click.Choice(KINDS))
@click.argument("source", metavar="SOURCE", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="Folder of the new site; SOURCE's name with -blogq behind it unless given, right here or beside SOURCE.",
)
@click.option(
    "--check/--no-check",
    "checked",
    default=True,
    help="Have the gate judge the new site once, and take what it finds for known. That is the default.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON on stdout, and nothing else.")
def command(kind: str, source: Path, into: Path | None, checked: bool, as_json: bool) -> None:
    """Make a site of SOURCE, another blog's export or folder.

    FROM is one of wordpress, jekyll, hugo, pelican, ghost, medium, blogger. Never writes over a file; what is there
    already stays. Nothing of the old site is run, nothing is fetched. What can't be carried is listed in the new site's
    import-report.md, with what the gate says of it all: what it finds is known from then on, as after `blogq check
    --write-baseline`, and ten posts are named to begin with. docs/static/import.schema.json describes the JSON. Exit
    code: 0, or 2 when SOURCE can't be read.
    """
    from blogq.importing.account import as_json as account_json
    from blogq.importing.account import be, outlook_lines, summary_lines
    from blogq.importing.arrival import move_in
    from blogq.importing.carried import Unreadable
    from blogq.importing.report_files import REPORT
    from blogq.report.text import counted, safe
    from blogq.workers import collect_garbage

    # Thousands of texts are taken apart here, one after the other.
    collect_garbage()
    folder = into or _beside(source)
    bar = _Bar()
    fresh: list[Outlook] = []
    stopped: list[bool] = []

    def look(site: Path) -> Outlook | None:
        from blogq.importing.first_look import first_look

        bar.say("Judging it once …")
        try:
            found = first_look(site, present(None), lambda done, of: bar.say(f"Judging it once: {done:,} of {of:,}"))
        except KeyboardInterrupt:
            # All that was carried is there: only the gate was too slow for somebody, and can be asked later.
            stopped.append(True)
            return None
        fresh.extend([found] if found else [])
        return found

    try:
        account = move_in(kind, source, folder, look if checked else None, lambda done: bar.say(f"{done:,} carried"))
    except Unreadable as error:
        raise Refusal(safe(str(error))) from error
    except OSError as error:
        told = f"{error.filename}: {error.strerror}" if error.filename else str(error)
        raise Refusal(safe(told)) from error
    finally:
        bar.end()
    if as_json:
        click.echo(account_json(account), nl=False)
        return
    click.echo(safe(f"From {source} into {shown(folder)}:"))
    for line in summary_lines(account):
        click.echo(f"  {line}")
    if number := account.outcomes["same"]:
        click.echo(f"{counted(number, 'file')} {'was' if number == 1 else 'were'} there already, with the same in it.")
    if number := len(account.kept_files):
        click.echo(f"Not written over, though something else would be in {'it' if number == 1 else 'them'} now:")
        for name in account.kept_files[:10]:
            click.echo(safe(f"  {name}"))
    if number > 10:
        click.echo(f"  and {number - 10:,} more")
    place = shlex.quote(str(shown(folder)))
    if fresh:
        click.echo("\nWhat the gate says of it:")
        for line in outlook_lines(fresh[0]):
            click.echo(line)
    elif checked and not stopped:
        click.echo()
        click.echo(safe(f"The gate: {_unjudged(folder, place)}"))
    elif stopped:
        click.echo("\nThe gate: you stopped it; everything that could be carried is there.")
    click.echo()
    click.echo(safe(f"What couldn't be carried, by file: {shown(folder)}/{account.report or f'{REPORT}.md'}"))
    if number := len(account.absent):
        files = counted(number, "file")
        click.echo(f"{files} {be(number)} still shown from the old site: the report says how to fetch them.")
    click.echo("\nNext:")
    click.echo(safe(f"  blogq build --site {place}"))
    if checked and not stopped:
        click.echo(safe(f"  blogq check --site {place}   # judges what is new"))
    else:
        click.echo(
            safe(f"  blogq check --site {place} --write-baseline   # take what is there for known; judge what is new")
        )


def _beside(source: Path) -> Path:
    """Return where the site of `source` goes when nobody says: into the folder one is in, unless that is read."""
    real = source.resolve()
    folder = Path(f"{real.name.split('.')[0] or 'site'}-blogq")
    return real.parent / folder if Path.cwd().is_relative_to(real) else folder


def _unjudged(folder: Path, place: str) -> str:
    """Return why the gate has said nothing."""
    from blogq.config.load import load_config
    from blogq.lint.baseline import baseline_file

    if baseline_file(folder, load_config(folder).config).exists():
        return f"a baseline is there already and stays as it is; `blogq check --site {place}` tells what is new."
    return f"the site has to be mended first: `blogq check --site {place}` says what is wrong."


class _Bar:
    """One line on a terminal that says how far it is; nothing elsewhere."""

    def __init__(self) -> None:
        self.shown, self.said = sys.stderr.isatty(), 0.0

    def say(self, what: str) -> None:
        """Show `what` in the place of what was shown, five times a second at most."""
        if self.shown and time.monotonic() - self.said > 0.2:
            self.said = time.monotonic()
            click.echo(f"\r{what}\x1b[K", err=True, nl=False)

    def end(self) -> None:
        """Take the line away."""
        if self.shown and self.said:
            click.echo("\r\x1b[K", err=True, nl=False)
