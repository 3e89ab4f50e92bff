"""`blogq check`: judge posts and the blog's pace, and say what to do."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

import click

from blogq.cli.completion import complete_sources
from blogq.cli.options import Refusal, now, present, shown, site

if TYPE_CHECKING:
    from blogq.lint.baseline import Baseline
    from blogq.lint.verdict import Verdict
    from blogq.report.manner import Manner

NAMES = ("text", "json", "github", "sarif", "junit", "gitlab", "rdjson", "html")
"""Formats; a test holds them to the table of `report/formats.py`."""


@click.command("check")
@click.argument("paths", metavar="[PATH]...", nargs=-1, shell_complete=complete_sources)
@site
@click.option(
    "--changed",
    is_flag=False,
    flag_value="",
    default=None,
    metavar="[REV]",
    help="Judge only posts that differ from the merge base with REV, by default the main branch; write --changed=REV.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "note", "never"]),
    default="error",
    show_default=True,
    help="Mildest finding that fails the gate.",
)
@click.option("--select", "chosen", multiple=True, metavar="CODES", help="Apply these rules only: RD,LN001.")
@click.option("--ignore", "ignored", multiple=True, metavar="CODES", help="Leave these rules out.")
@click.option(
    "--baseline",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="File of findings that are known and not told again, instead of blogq-baseline.json.",
)
@click.option("--no-baseline", is_flag=True, help="Tell what is known as well.")
@click.option("--write-baseline", is_flag=True, help="Take all that is found for known from now on.")
@click.option("--format", "formats", type=click.Choice(NAMES), multiple=True, help="How to show it; may be repeated.")
@click.option(
    "--output",
    "outputs",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    multiple=True,
    help="File for the --format in the same place; standard output where there is none, or `-`.",
)
@click.option("--external", is_flag=True, help="Ask other sites as well whether what posts link to is still there.")
@click.option("--jobs", type=click.IntRange(1, 256), default=None, help="Processes to work with.")
@now
def command(
    paths: tuple[str, ...],
    site: Path,
    changed: str | None,
    fail_on: str,
    chosen: tuple[str, ...],
    ignored: tuple[str, ...],
    baseline: Path | None,
    no_baseline: bool,
    write_baseline: bool,
    formats: tuple[str, ...],
    outputs: tuple[Path, ...],
    external: bool,
    jobs: int | None,
    now: int | None,
) -> None:
    """Judge every post, or those at PATH, and the blog's pace.

    Tells what is wrong and where, what to do about it, each post's score, and whether quantity outpaces quality. Drafts
    are judged with the others, and their findings shown only when they are named or changed. `blogq explain CODE` says
    what a rule is about. Exit code: 0 passed, 1 failed, 2 something can't be read.
    """
    from blogq.gate import Ask, run_gate
    from blogq.lint.registry import MODULES, rule
    from blogq.lint.selection import unknown_codes
    from blogq.report.manner import Manner

    applied, left_out = (
        tuple(code.strip() for each in given for code in each.split(",")) for given in (chosen, ignored)
    )
    for option, codes in (("--select", applied), ("--ignore", left_out)):
        if wrong := unknown_codes(codes):
            raise Refusal(f"{option}: there is no rule {wrong[0]!r}; `blogq rules` lists them all")
    if not external and (asking := [code for code in applied if code in MODULES and rule(code).network]):
        raise Refusal(f"--select: {asking[0]} asks other sites, which needs --external")
    if len(outputs) > max(1, len(formats)):
        raise Refusal("there are more --output than --format: each --output is for the --format in the same place")
    if no_baseline and (baseline or write_baseline):
        raise Refusal(f"--no-baseline and --{'baseline' if baseline else 'write-baseline'} don't go together")
    if write_baseline and (paths or changed is not None):
        raise Refusal("--write-baseline takes the whole site: leave PATH and --changed out")
    only, new = _only(site, paths, changed)
    file = None if no_baseline else _baseline_file(site, baseline)
    known = _known(file, write_baseline, applied or left_out)
    figured = any(name != "text" for name in formats)
    ask = Ask(
        site,
        present(now),
        applied,
        left_out,
        only=only,
        jobs=jobs or 0,
        figures=figured,
        baseline=known,
        new=new,
        external=external,
    )
    verdict = run_gate(ask)
    if paths and (missing := _unjudged(paths, site, verdict)):
        raise Refusal(f"{missing!r} is no post or page of this site")
    if file is not None and write_baseline:
        _write_baseline(file, verdict)
        sys.exit(2 if verdict.unread else 0)
    if file is not None and known is not None and verdict.left is not None and not verdict.unread:
        _shrink(file, known, verdict.left)
    manner = Manner(
        prefix=_prefix(site),
        fail_on=cast(Literal["error", "warning", "note", "never"], fail_on),
        color=sys.stdout.isatty() and "NO_COLOR" not in os.environ,
        width=shutil.get_terminal_size().columns,
        rules=_meanings(),
    )
    _show(verdict, manner, formats or ("text",), outputs)
    if changed is not None and not any(post.changed for post in verdict.posts):
        click.echo("No post or page differs from the merge base: there was nothing to judge.", err=True)
    if verdict.unread:
        sys.exit(2)
    if any(manner.fails(finding.severity) for finding in verdict.findings):
        sys.exit(1)


def _only(site: Path, paths: tuple[str, ...], changed: str | None) -> tuple[frozenset[str] | None, frozenset[str]]:
    """Return the paths, relative to the site, that findings are wanted of, None for all; and those that are new."""
    if not paths and changed is None:
        return None, frozenset()
    new: frozenset[str] = frozenset()
    found: frozenset[str] | None = None
    if paths:
        from blogq.lint.paths import below

        listed = []
        for path in paths:
            inside = below(site, path)
            if inside is None:
                raise Refusal(f"{path!r} isn't there, or not in the site")
            listed += inside
        found = frozenset(listed)
    if changed is not None:
        from blogq.changes import Unknown, changed_paths

        try:
            touched = changed_paths(site, changed)
        except Unknown as error:
            raise Refusal(f"--changed: {error}") from error
        found, new = touched.paths if found is None else found & touched.paths, touched.added
    return found, new


def _baseline_file(site: Path, named: Path | None) -> Path:
    """Return where the baseline is, or is to be: as named on the command line, by config, or by custom."""
    if named is not None:
        return named
    from blogq.config.load import load_config
    from blogq.lint.baseline import baseline_file

    return baseline_file(site, load_config(site).config)


def _known(file: Path | None, write: bool, partly: tuple[str, ...]) -> Baseline | None:
    """Return the baseline in `file`; None where there is none, or where all of it will be made anew."""
    from blogq.lint.baseline import NAME, Unusable, load_baseline

    if file is None or (write and not partly) or ((write or file.name == NAME) and not file.exists()):
        return None
    try:
        return load_baseline(file)
    except Unusable as error:
        raise Refusal(f"--baseline: {error}") from error


def _write_baseline(file: Path, verdict: Verdict) -> None:
    """Write all that was found, and what of the old baseline still holds."""
    from collections import Counter

    from blogq.lint.baseline import Baseline, baseline_of
    from blogq.lint.registry import MODULES, wholes
    from blogq.report.text import counted

    found = [finding for finding in verdict.findings if finding.code in MODULES]
    held = Baseline(Counter(baseline_of(found, wholes()).counts) + Counter(verdict.left.counts if verdict.left else {}))
    _save(file, held)
    count = sum(held.counts.values())
    places = len({place for place, _, _ in held.counts})
    click.echo(f"{shown(file)}: {counted(count, 'finding')} in {counted(places, 'file')} known from now on.")
    if verdict.unread:
        click.echo(f"{counted(verdict.unread, 'source')} could not be read; `blogq check` says why.", err=True)


def _shrink(file: Path, known: Baseline, left: Baseline) -> None:
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


def _unjudged(paths: tuple[str, ...], site: Path, verdict: Verdict) -> str:
    """Return the first of `paths` that no judged post or finding belongs to; "" where there is none."""
    from blogq.lint.paths import below

    known = {post.path for post in verdict.posts} | {finding.span.path for finding in verdict.findings}
    return next((path for path in paths if not known & set(below(site, path) or ())), "")


def _prefix(site: Path) -> str:
    from blogq.changes import folder_in_repository

    return folder_in_repository(site)


def _meanings() -> dict[str, str]:
    from blogq.finding import CODES
    from blogq.lint.registry import MODULES, meaning

    return CODES | {code: meaning(code) for code in MODULES}


def _show(verdict: Verdict, manner: Manner, formats: tuple[str, ...], outputs: tuple[Path, ...]) -> None:
    from dataclasses import replace

    from blogq.report.formats import FORMATS

    for at, name in enumerate(formats):
        output = outputs[at] if at < len(outputs) and str(outputs[at]) != "-" else None
        text = FORMATS[name](verdict, replace(manner, color=False) if output else manner)
        if output is None:
            click.echo(text, nl=False)
            continue
        try:
            output.write_text(text, encoding="utf-8", errors="surrogateescape")
        except OSError as error:
            raise Refusal(f"--output: {output} can't be written: {error.strerror}") from error
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary and "github" in formats:
        from blogq.report.github import summary_markdown

        try:
            with open(summary, "a", encoding="utf-8", errors="replace") as file:
                file.write(summary_markdown(verdict, manner))
        except OSError as error:
            click.echo(f"the step summary can't be written: {error.strerror}", err=True)
