"""`blogq inbox`: every comment that waits for an answer, the oldest first."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from blogq.cli.options import as_json, now, present, site


@click.command("inbox")
@site
@now
@as_json
def command(site: Path, now: int | None, as_json: bool) -> None:
    """List the comments that wait for an answer, the oldest first.

    Each with its post, its age, how it begins and where to answer it. A comment is answered once one of the blog's
    authors has written anything later in its thread; `comments.owners` in blogq.yaml says who they are. The JSON is
    described by docs/static/inbox.schema.json. Exit code: 0, or 2 when the site can't be read.
    """
    from blogq.listing import survey
    from blogq.report.inbox import inbox_json, inbox_text
    from blogq.report.text import findings_text

    at = present(now)
    found = survey(site, at)
    errors = [each for each in found.findings if each.severity == "error"]
    if found.sources is None or any(each.code.startswith("CF") for each in errors):
        click.echo(findings_text(errors, sys.stderr.isatty()), err=True, nl=False)
        sys.exit(2)
    from blogq.talking import hear

    heard = hear(found)
    if not found.loaded.config.comment_sources and not as_json:
        click.echo("No comments: `comments.sources` in blogq.yaml says where they are kept (docs/conversation.md).")
        return
    click.echo(inbox_json(heard.talk, at) if as_json else inbox_text(heard.talk, at), nl=False)
    problems = [each for each in (*found.findings, *heard.findings) if each.code.startswith("CM")]
    click.echo(findings_text(problems, sys.stderr.isatty()), err=True, nl=False)
