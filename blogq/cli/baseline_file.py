"""The baseline's file, as `blogq check` reads it, writes it and lets it shrink."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from blogq.cli.options import Refusal, shown

if TYPE_CHECKING:
    from blogq.config.schema import Config
    from blogq.lint.baseline import Baseline
    from blogq.lint.verdict import Verdict


def known_baseline(
    site: Path, config: Config, named: Path | None, write: bool, partly: bool
) -> tuple[Path, Baseline | None]:
    """Return where the baseline is, or is to be, and what is in it; None where there is none yet.

    It is named on the command line, by config, or by custom; only the last may be missing. One that is damaged is in
    nobody's way when it is written anew, unless only a part of it is.
    """
    from blogq.lint.baseline import Unusable, baseline_file, load_baseline, replaceable

    file = named if named is not None else baseline_file(site, config)
    teller = "--baseline" if named is not None or not config.check.baseline else "`check.baseline`"
    if write and not replaceable(file):
        raise Refusal(f"{teller}: {file} is there already and is no baseline; nothing is written over it")
    by_custom = named is None and not config.check.baseline
    if (write or by_custom) and not file.exists():
        return file, None
    try:
        return file, load_baseline(file)
    except Unusable as error:
        if write and not partly:
            return file, None
        raise Refusal(f"{teller}: {error}") from error


def write_down(file: Path, verdict: Verdict, old: Baseline, on: list[str], partly: bool, external: bool) -> None:
    """Write down all that was found, and what the `old` baseline knows of what wasn't looked at.

    `on` are the codes of the rules that were asked. Rules that config turns off are forgotten, those that only the
    command line leaves out (`partly`) aren't. Nothing is written where the site couldn't be judged at all.
    """
    from blogq.finding import in_order
    from blogq.lint.knowing import known_after
    from blogq.lint.registry import MODULES
    from blogq.report.text import counted, findings_text

    errors = in_order([each for each in verdict.findings if each.severity == "error" and each.code not in MODULES])
    if verdict.unread:
        click.echo(findings_text(errors, sys.stderr.isatty()), err=True, nl=False)
    if verdict.unread and not verdict.posts:
        raise Refusal(f"{shown(file)} is left as it is, for the site could not be judged: mend this first")
    held = known_after(verdict, old, on, partly, external)
    _save(file, held)
    count = sum(held.counts.values())
    places = len({place for place, _, _ in held.counts})
    click.echo(f"{shown(file)}: {counted(count, 'finding')} in {counted(places, 'file')} known from now on.")
    if verdict.unread:
        what = f"{counted(verdict.unread, 'source')} could not be read"
        click.echo(f"{what}; what was known there is kept. Mend this, and write it once more.", err=True)


def shrink(file: Path, known: Baseline, left: Baseline) -> None:
    """Write what is left of a baseline, and say so."""
    before, after = sum(known.counts.values()), sum(left.counts.values())
    if known.counts == left.counts:
        return
    from blogq.report.text import counted

    with suppress(Refusal):
        # In CI it may not be writable, and needn't be.
        _save(file, left)
        if after < before:
            click.echo(f"{shown(file)}: {counted(before - after, 'finding')} fewer to mend, {after:,} left.", err=True)


def _save(file: Path, baseline: Baseline) -> None:
    from blogq.lint.baseline import save_baseline

    try:
        save_baseline(file, baseline)
    except OSError as error:
        raise Refusal(f"{file} can't be written: {error.strerror}") from error
