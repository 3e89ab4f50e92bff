"""`blogq report`: the blog's pace and quality as one page, to be looked at, sent or printed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from blogq.cli.options import Refusal, now, present, shown, site

if TYPE_CHECKING:
    from blogq.lint.score.counted import Edit
    from blogq.lint.verdict import Verdict

NAME = "_report.html"


@click.command("report")
@site
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    default=None,
    metavar="FILE",
    help=f"File to write instead of {NAME} in the site's folder; `-` for standard output.",
)
@click.option("--open", "opened", is_flag=True, help="Show it in the browser.")
@now
def command(site: Path, output: Path | None, opened: bool, now: int | None) -> None:
    """Write a page on the blog's pace and quality.

    One HTML file that loads nothing: whether quantity outpaces quality, which posts drag the blog down and what would
    mend them, the calendar, the parts of the score over time, how easy posts are to read, what is found most often. It
    is never written where builds would publish it. Exit code: 0, or 2 when something can't be read.
    """
    from blogq.gate import Ask, run_gate
    from blogq.report.overview.material import material
    from blogq.report.overview.page import as_report

    file = None if output is not None and str(output) == "-" else output or site / NAME
    if file is None and opened:
        raise Refusal("--open needs a file: leave out `--output -`")
    title, base, taken = _site(site)
    if file is not None:
        _refuse_published(file, taken)
    verdict = run_gate(Ask(site, present(now)))
    page = as_report(material(verdict, title, base, _edits(site, verdict)))
    if file is None:
        click.echo(page, nl=False)
    else:
        try:
            file.write_text(page, encoding="utf-8")
        except OSError as error:
            raise Refusal(f"{file} can't be written: {error.strerror}") from error
        click.echo(f"The report is in {shown(file)}")
        if opened:
            click.launch(str(file.resolve()))
    if verdict.unread:
        click.echo(f"{verdict.unread} that could not be read: `blogq check` says what and where", err=True)
        sys.exit(2)


def _site(site: Path) -> tuple[str, str, list[Path]]:
    """Return the blog's title, scheme and host of its address, and the folders where a report must not be."""
    from urllib.parse import urlsplit

    from blogq.collect import real
    from blogq.config.load import load_config
    from blogq.sources import content_folder

    config = load_config(site).config
    address = urlsplit(config.base_url)
    base = f"{address.scheme}://{address.netloc}" if address.scheme in ("http", "https") and address.netloc else ""
    content = content_folder(site, config)
    taken = [site / config.output, site / "static", *([content] if real(content) != real(site) else [])]
    return config.title, base, [real(folder) for folder in taken]


def _refuse_published(file: Path, taken: list[Path]) -> None:
    """Refuse a place that builds publish, or empty."""
    from blogq.collect import real

    place = real(file)
    for folder in taken:
        if place.is_relative_to(folder):
            raise Refusal(f"--output: {file} would be published: {folder.name}/ is part of the site; write elsewhere")
    if file.exists() and file.suffix.lower() not in (".html", ".htm"):
        raise Refusal(f"--output: {file} is there already and is no page; nothing is written over it")


def _edits(site: Path, verdict: Verdict) -> dict[str, tuple[Edit, ...]]:
    """Return what would mend the posts that drag the blog down, by path."""
    from blogq.gate import read_posts
    from blogq.lint.score import edits, score
    from blogq.report.overview.material import goal, to_mend

    wanted = frozenset(post.path for post in to_mend(verdict))
    found = {}
    for path, subject in read_posts(site, wanted).items() if wanted else ():
        scored = score(subject)
        if scored is not None:
            found[path] = edits(subject, scored, goal(verdict))
    return found
