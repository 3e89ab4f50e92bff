"""`blogq report`: the blog's pace and quality as one page, to be looked at, sent or printed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from blogq.cli.options import Refusal, now, present, shown, site

if TYPE_CHECKING:
    from blogq.config.schema import Config
    from blogq.lint.baseline import Baseline

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
    mend them, the calendar, the parts of the score over time, how easy posts are to read, what is found most often.
    What the baseline knows is left out. It is never written where builds would publish it. Exit code: 0, or 2 when
    something can't be read.
    """
    from blogq.cli.report_file import refuse_other_than_page, refuse_part
    from blogq.config.load import load_config
    from blogq.gate import Ask, run_gate
    from blogq.mending import edits_of
    from blogq.report.overview.material import material, to_mend
    from blogq.report.overview.page import as_report
    from blogq.report.verdict_text import config_at_fault

    file = None if output is not None and str(output) == "-" else output or site / NAME
    if file is None and opened:
        raise Refusal("--open needs a file: leave out `--output -`")
    config = load_config(site).config
    if file is not None:
        refuse_part(file, site, config)
        refuse_other_than_page(file)
    verdict = run_gate(Ask(site, present(now), baseline=_known(site, config)))
    page = as_report(material(verdict, config.title, _base(config), edits_of(site, verdict, to_mend(verdict))))
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
        what = f"{verdict.unread} that could not be read"
        if config_at_fault(verdict):
            what = "the config has to be mended first"
        click.echo(f"{what}: `blogq check` says what and where", err=True)
        sys.exit(2)


def _base(config: Config) -> str:
    """Return scheme and host of the blog's address; "" where it has none."""
    from urllib.parse import urlsplit

    address = urlsplit(config.base_url)
    return f"{address.scheme}://{address.netloc}" if address.scheme in ("http", "https") and address.netloc else ""


def _known(site: Path, config: Config) -> Baseline | None:
    """Return the baseline that `blogq check` goes by without options; None where there is none."""
    from blogq.lint.baseline import Unusable, baseline_of_site

    try:
        return baseline_of_site(site, config)
    except Unusable as error:
        raise Refusal(f"baseline: {error}") from error
