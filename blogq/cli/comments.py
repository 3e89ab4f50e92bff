"""`blogq comments`: bring comments in, give them out, approve them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from blogq.cli.options import Refusal, now, present, shown, site

if TYPE_CHECKING:
    from blogq.talking import Heard


@click.group("comments")
def command() -> None:
    """Import, export and moderate comments."""


@command.command("import")
@click.argument("source", type=click.Path(path_type=Path, exists=True))
@site
@click.option("--to", "folder", default="", help="Folder for them; the site's first folder of comments, else comments.")
@click.option("--dry-run", is_flag=True, help="Only say what would be written.")
def import_(source: Path, site: Path, folder: str, dry_run: bool) -> None:
    """Write the comments of SOURCE as files into a folder of the site.

    SOURCE is a WordPress export, Isso's database, saved webmentions or a Mastodon thread, or a folder of such. Each
    comment becomes a YAML file in Staticman's form, without its author's e-mail address. What is there is never written
    over. Exit code: 0, or 2 when SOURCE can't be read.
    """
    from blogq.conversation.transfer import import_comments
    from blogq.report.text import counted, findings_text

    done = import_comments(site, source, folder, dry_run)
    click.echo(findings_text(done.findings, sys.stderr.isatty()), err=True, nl=False)
    if done.refused:
        raise Refusal(done.refused)
    verb = "would be written" if dry_run else "written"
    click.echo(f"{counted(done.written, 'comment')} {verb} to {done.folder}/, {done.known:,} were there already.")
    if done.undeclared and not dry_run:
        click.echo(f"Add the folder to blogq.yaml:\n\ncomments:\n  sources: [{done.folder}]")


@command.command("export")
@site
@now
@click.option("--output", type=click.Path(path_type=Path), help="File to write; stdout where it is left out.")
def export(site: Path, now: int | None, output: Path | None) -> None:
    """Print all comments as JSON, by post.

    Schema `blogq-comments/1`: what a source of the type `folder` reads. There are no e-mail addresses in it. Exit code:
    0, or 2 when the site can't be read.
    """
    from blogq.conversation.transfer import comments_json

    text = comments_json(_heard(site, now).comments)
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Refusal(f"{output} can't be written: {error.strerror}") from error
    click.echo(f"The comments are in {shown(output)}")


@command.command("moderate")
@site
@now
@click.option("--approve", multiple=True, metavar="ID", help="Approve a comment; can be given several times.")
@click.option("--reject", multiple=True, metavar="ID", help="Take a comment away; its file goes to .blogq/aside/.")
def moderate(site: Path, now: int | None, approve: tuple[str, ...], reject: tuple[str, ...]) -> None:
    """List the comments that wait for approval, or decide about them.

    Comments in files are decided about here. Those in a database are only ever read: approve them where it is served.
    Exit code: 0, or 2 when there is no such comment.
    """
    from blogq.conversation.moderation import decide
    from blogq.report.text import counted, safe

    heard = _heard(site, now)
    if not approve and not reject:
        pending = [(path, each) for path, some in heard.comments.items() for each in some if not each.approved]
        for path, each in pending:
            text = " ".join(each.text.split())
            click.echo(f"{safe(each.id):>10}  {safe(each.author) or 'somebody'}, at {safe(path)} ({safe(each.source)})")
            click.echo(f"            {safe(text[:160])}{'…' if len(text) > 160 else ''}")
        click.echo(f"{counted(len(pending), 'comment')} to approve: --approve ID, or --reject ID.")
        return
    failed = False
    for names, verdict in ((approve, True), (reject, False)):
        for name in names:
            wrong = decide(site, heard.comments, name, verdict)
            failed |= bool(wrong)
            click.echo(wrong or f"{safe(name)}: {'approved' if verdict else 'taken away'}", err=bool(wrong))
    if failed:
        sys.exit(2)


def _heard(site: Path, now: int | None) -> Heard:
    from blogq.listing import survey
    from blogq.talking import hear

    found = survey(site, present(now))
    if found.sources is None or any(each.code.startswith("CF") and each.severity == "error" for each in found.findings):
        raise Refusal("the site can't be read: `blogq build` says what is wrong")
    return hear(found)
