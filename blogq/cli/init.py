"""`blogq init`: begin a site. Asks nothing: what isn't said is guessed, and what was guessed is told."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import click

from blogq.cli.options import Refusal, now, present


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--title", default="", help="Name of the blog; made of the folder's name unless given.")
@click.option("--base-url", default="", help="Address at which it will be read, such as https://example.org/.")
@click.option("--author", default="", help="Who writes it; git's user.name unless given.")
@click.option("--language", default="", help="Its language, such as en or pt-BR; the system's unless given.")
@click.option("--timezone", default="", help="Its time zone, such as Europe/Berlin; the system's unless given.")
@now
def command(
    folder: Path, title: str, base_url: str, author: str, language: str, timezone: str, now: int | None
) -> None:
    """Begin a site in DIR, which may be new.

    Asks nothing: what you don't say is guessed and can be changed in blogq.yaml later. Never writes over a file. A
    folder of Markdown stays as it is and gets a config. Exit code: 0, or 2 when DIR is a site already.
    """
    from blogq.report.text import counted, safe
    from blogq.start.header import one_line
    from blogq.start.site import ELSEWHERE, Owner, config_of, start_of, write_start
    from blogq.start.surroundings import surroundings

    check_values(base_url=base_url, language=language, timezone=timezone)
    if there := config_of(folder):
        place = shlex.quote(str(folder))
        raise Refusal(
            safe(f"{folder} is a site already: it has a {there}, which stays as it is.")
            + f'\n  help: set it up by editing that file; start a post with `blogq new --site {place} "A title"`,'
            f" build with `blogq build --site {place}`."
        )
    guessed = surroundings(folder, os.environ)
    owner = Owner(
        one_line(title),
        base_url,
        one_line(author) or guessed.author,
        "" if author else guessed.email,
        language or guessed.language,
        timezone or guessed.timezone,
    )
    try:
        start = start_of(folder, owner, present(now))
        made, kept = write_start(folder, start)
    except OSError as error:
        raise Refusal(safe(f"{error.filename}: {error.strerror}")) from error
    width = max(len(name) for name in made)
    click.echo(safe(f"Made in {folder}:"))
    for name in made:
        click.echo(f"  {name:{width}}  {PURPOSE[name]}")
    if start.sources:
        click.echo(f"{counted(start.sources, 'Markdown file')} in it stay as they are; each is a post or a page.")
    for name in kept:
        more = "; see that it has /_site/, /.blogq/ and /_report.html in it" if name == ".gitignore" else ""
        click.echo(f"{name} was there and stays as it is{more}.")
    if start.elsewhere:
        what = ELSEWHERE[start.elsewhere]
        click.echo(f"{start.elsewhere} is of {what}; it isn't read: copy title and address into blogq.yaml.")
    told = [
        ("author", owner.author, "" if author else "from git"),
        ("language", owner.language or "en", "" if language else "from the locale" if owner.language else "a guess"),
        ("time zone", owner.timezone or "UTC", "" if timezone else "from the system" if owner.timezone else "a guess"),
    ]
    guesses = [safe(f"{what} {value} ({how})") for what, value, how in told if value and how]
    if guesses:
        click.echo(f"Guessed: {', '.join(guesses)}. blogq.yaml is where to change that.")
    click.echo("\nNext:")
    if folder.resolve() != Path.cwd():
        click.echo(f"  cd {shlex.quote(str(folder))}")
    click.echo("  blogq serve    # then open http://localhost:4000/")
    click.echo('  blogq new "A title"')


PURPOSE = {
    "blogq.yaml": "title, language, menu: look it over",
    ".gitignore": "keeps what builds make out of git",
    "content/about.md": "who you are, for you to fill in",
    "content/posts/_index.md": "heading of the list of posts",
    "content/posts/first-post.md": "a post that says what to do next",
    "archetypes/post.md": "what new posts start from",
}
"""What each file of a new site is for."""


def check_values(**given: str) -> None:
    """End with what is wrong with the options, by the checks of the config; empty ones are fine."""
    from blogq.config.checks import CHECKS

    for option, value in given.items():
        if value and (complaint := CHECKS[option](value)):
            flag = f"--{option.replace('_', '-')}"
            raise click.BadParameter(f"{value!r} {complaint[0]}. {complaint[1]}", param_hint=repr(flag))
