"""`blogq import`: make a site of another blog's export. Loaded by its name alone: no statement can name this module."""

from __future__ import annotations

import gc
import shlex
from pathlib import Path

import click

from blogq.cli.options import Refusal, shown

KINDS = ("wordpress", "jekyll", "hugo", "pelican", "ghost", "medium", "blogger")


@click.command("import")
@click.argument("kind", metavar="FROM", type=click.Choice(KINDS))
@click.argument("source", metavar="SOURCE", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="Folder of the new site; SOURCE's name with -blogq behind it, right here, unless given.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON on stdout, and nothing else.")
def command(kind: str, source: Path, into: Path | None, as_json: bool) -> None:
    """Make a site of SOURCE, another blog's export or folder.

    FROM is one of wordpress, jekyll, hugo, pelican, ghost, medium, blogger. Never writes over a file; what is there
    already stays. Nothing of the old site is run, nothing is fetched. What can't be carried is listed in the new site's
    import-report.md. Exit code: 0, or 2 when SOURCE can't be read.
    """
    from blogq.importing.account import as_json as account_json
    from blogq.importing.account import summary_lines
    from blogq.importing.arrival import REPORT, move_in
    from blogq.importing.carried import Unreadable
    from blogq.report.text import counted, safe

    # Thousands of texts are taken apart here, one after the other.
    gc.enable()
    folder = into or Path(f"{source.resolve().name.split('.')[0] or 'site'}-blogq")
    try:
        account = move_in(kind, source, folder)
    except Unreadable as error:
        raise Refusal(safe(str(error))) from error
    except OSError as error:
        raise Refusal(safe(f"{error.filename}: {error.strerror}")) from error
    if as_json:
        click.echo(account_json(account), nl=False)
        return
    click.echo(safe(f"From {source} into {shown(folder)}:"))
    for line in summary_lines(account):
        click.echo(f"  {line}")
    if account.outcomes["same"]:
        click.echo(f"{counted(account.outcomes['same'], 'file')} were there already and say the same.")
    if account.kept_files:
        click.echo(f"{counted(len(account.kept_files), 'file')} were there and stay as they are:")
        for name in account.kept_files[:10]:
            click.echo(safe(f"  {name}"))
    place = shlex.quote(str(shown(folder)))
    click.echo()
    click.echo(safe(f"What couldn't be carried, by file: {shown(folder)}/{REPORT}.md"))
    click.echo("\nNext:")
    click.echo(safe(f"  blogq build --site {place}"))
    click.echo(
        safe(f"  blogq check --site {place} --write-baseline   # take what is there for known; judge what is new")
    )
