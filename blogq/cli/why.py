"""`blogq why`: whether something is published, where, and why or why not."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from blogq.cli.completion import complete_sources
from blogq.cli.options import as_json, now, present, shown, site


@click.command("why")
@click.argument("name", metavar="PATH|URL", shell_complete=complete_sources)
@site
@click.option("--output", type=click.Path(path_type=Path), default=None, help="Folder built into, instead of _site.")
@click.option("--drafts", is_flag=True, help="Ask about a build with --drafts.")
@click.option("--future", is_flag=True, help="Ask about a build with --future.")
@now
@as_json
def command(
    name: str, site: Path, output: Path | None, drafts: bool, future: bool, now: int | None, as_json: bool
) -> None:
    """Say whether PATH or URL is published, where, and why or why not.

    PATH is a source, another file of the site, or a file of the output folder; URL is an address on the site, in full
    or without its host. Tells which template and which lists show a page, what made the last build render it, and what
    the next one would do. Builds nothing. Exit code: 0, or 2 when nothing of that name is known.
    """
    from blogq.explain.builds import with_builds
    from blogq.explain.explanation import explain
    from blogq.explain.moments import offset_of
    from blogq.explain.state import Question, State, read_state
    from blogq.report.answer import answer_object, answer_text
    from blogq.report.text import findings_text

    state = read_state(Question(site, present(now), drafts, future, output))
    if not isinstance(state, State):
        click.echo(findings_text(state, sys.stderr.isatty()), err=True, nl=False)
        sys.exit(2)
    answer = with_builds(state, explain(state, name, Path.cwd()))
    if as_json:
        click.echo(json.dumps(answer_object(answer), indent=2))
    else:
        offset = offset_of(present(now), state.config.timezone)
        click.echo(answer_text(answer, shown(state.output), offset, sys.stdout.isatty()), nl=False)
    if answer.status == "unknown":
        sys.exit(2)
