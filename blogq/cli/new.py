"""`blogq new`: begin a post or a page. Prints the new file's path on stdout, and all else on stderr."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import Any

import click

from blogq.cli.completion import complete_kinds
from blogq.cli.options import Refusal, now, present, site


@click.command("new")
@click.argument("title")
@site
@click.option("--page", is_flag=True, help="A page, without a date, instead of a post.")
@click.option("--bundle", is_flag=True, help="A folder of its own, for pictures beside it.")
@click.option(
    "--section", metavar="DIR", default=None, help="Folder of the sources; where most posts are unless given."
)
@click.option(
    "--kind",
    metavar="NAME",
    default="",
    shell_complete=complete_kinds,
    help="Archetype to start from: archetypes/NAME.md, or a folder of that name. Default: post, or page.",
)
@click.option("--slug", default="", help="Name of the file and end of the address, instead of one made of the title.")
@click.option("--tags", multiple=True, metavar="A,B", help="Tags, with commas between them.")
@click.option("--date", "date", metavar="DATE", default=None, help="Its date, e.g. 2026-05-01; today unless given.")
@click.option("--lang", "language", default="", help="Its language; with --slug of a post, that post's translation.")
@click.option("--edit", is_flag=True, help="Open it in $VISUAL or $EDITOR.")
@now
def command(
    title: str,
    site: Path,
    page: bool,
    bundle: bool,
    section: str | None,
    kind: str,
    slug: str,
    tags: tuple[str, ...],
    date: str | None,
    language: str,
    edit: bool,
    now: int | None,
) -> None:
    """Begin a post called TITLE, or a page.

    The file goes where the blog's posts are, is named and dated as they are, and is a draft. Its path is all that goes
    to stdout: `$EDITOR $(blogq new "A title")` works. Never writes over a file. Exit code: 0, or 2 when nothing was
    made.
    """
    from blogq.config.load import load_config
    from blogq.report.text import findings_text, safe
    from blogq.start.header import one_line
    from blogq.start.post import Made, Wish, make_post
    from blogq.start.site import config_of, site_above

    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    if edit and not editor.strip():
        raise click.UsageError("--edit needs the environment variable VISUAL or EDITOR, which name no editor.")
    root = site.resolve()
    if not config_of(root) and (above := site_above(root)):
        shown = shlex.quote(os.path.relpath(above))
        raise Refusal(safe(f"The site is in a folder above this one: add --site {shown}"))
    loaded = load_config(root)
    if errors := [finding for finding in loaded.findings if finding.severity == "error"]:
        click.echo(findings_text(errors, sys.stderr.isatty()), err=True, nl=False)
        sys.exit(2)
    labels = tuple(dict.fromkeys(label for each in tags for part in each.split(",") if (label := one_line(part))))
    wish = Wish(
        title,
        present(now),
        page,
        bundle,
        section,
        kind,
        slug,
        moment(date, loaded.config.timezone),
        labels,
        language,
        writer(root, loaded.config.authors),
    )
    try:
        made = make_post(root, loaded.config, wish)
    except OSError as error:
        raise Refusal(safe(f"{error.filename}: {error.strerror}")) from error
    click.echo(findings_text(made.findings, sys.stderr.isatty()), err=True, nl=False)
    if not isinstance(made, Made):
        hint = f"\n  help: {safe(made.hint)}" if made.hint else ""
        raise Refusal(safe(f"nothing was made: {made.message}") + hint)
    for note in made.notes:
        click.echo(safe(note), err=True)
    path = site / made.path
    click.echo(str(path))
    kept = "Take `draft: true` out of it to publish it."
    click.echo(f"A draft. {kept}", err=True)
    if edit:
        import subprocess

        sys.stdout.flush()
        try:
            code = subprocess.run([*shlex.split(editor), str(path)], check=False).returncode
        except (OSError, ValueError) as error:
            raise Refusal(safe(f"the editor {editor!r} can't be started: {error}")) from error
        if code:
            raise Refusal(f"the editor ended with {code}")


def moment(date: str | None, zone: str) -> Any:
    """Return the moment that `--date` tells, in the site's time zone where it names none."""
    from blogq.content.dates import parse_moment
    from blogq.content.parser import zone_of

    if date is None:
        return None
    found = parse_moment(date, zone_of(zone))
    if isinstance(found, str):
        raise click.BadParameter(f"{date!r} is not a date: {found}; write it as 2026-05-01", param_hint="'--date'")
    return found


def writer(root: Path, authors: Any) -> str:
    """Return which of a site's several `authors` git says is at work here, by name or e-mail; or nothing."""
    if len(authors) < 2:
        return ""
    from blogq.start.surroundings import surroundings

    found = surroundings(root, {"LANG": "en", "TZ": "UTC"})
    for key, author in authors.items():
        mail = author.email.lower() and author.email.lower() == found.email.lower()
        if mail or (found.author and found.author.lower() in (key.lower(), author.name.lower())):
            return str(key)
    return ""
