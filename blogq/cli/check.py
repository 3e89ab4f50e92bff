"""`blogq check`: judge posts and the blog's pace, and say what to do."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

import click

from blogq.cli.completion import complete_sources
from blogq.cli.options import Refusal, now, present, site

if TYPE_CHECKING:
    from blogq.config.schema import Config
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
    from blogq.cli.baseline_file import known_baseline, shrink, write_down
    from blogq.config.load import load_config
    from blogq.gate import Ask, run_gate
    from blogq.lint.selection import parse_codes
    from blogq.report.manner import Manner

    config = load_config(site).config
    applied, left_out = parse_codes(chosen), parse_codes(ignored)
    _refuse_codes(config, {"--select": (chosen, applied), "--ignore": (ignored, left_out)}, external)
    if len(outputs) > max(1, len(formats)):
        raise Refusal("there are more --output than --format: each --output is for the --format in the same place")
    if no_baseline and (baseline or write_baseline):
        raise Refusal(f"--no-baseline and --{'baseline' if baseline else 'write-baseline'} don't go together")
    if write_baseline and (paths or changed is not None):
        raise Refusal("--write-baseline takes the whole site: leave PATH and --changed out")
    only, new = _only(site, paths, changed)
    _refuse_outputs(site, config, outputs)
    file, known = None, None
    if not no_baseline:
        file, known = known_baseline(site, config, baseline, write_baseline, bool(applied or left_out))
    figured = any(name != "text" for name in formats)
    ask = Ask(
        site,
        present(now),
        applied,
        left_out,
        only=only,
        jobs=jobs or 0,
        figures=figured,
        # What is written down anew is all that is found.
        baseline=None if write_baseline else known,
        new=new,
        external=external,
    )
    verdict = run_gate(ask)
    if paths and (missing := _unjudged(paths, site, verdict)):
        raise Refusal(f"{missing!r} is no post or page of this site")
    if file is not None and write_baseline:
        from blogq.lint.baseline import Baseline
        from blogq.lint.selection import codes_of

        on = codes_of(applied or config.check.select, (*config.check.ignore, *left_out))
        write_down(file, verdict, known or Baseline({}), on, bool(applied or left_out), external)
        sys.exit(2 if verdict.unread else 0)
    if file is not None and known is not None and verdict.left is not None and not verdict.unread and now is None:
        # Another day's verdict, which --now asks for, says nothing of what has been mended.
        shrink(file, known, verdict.left)
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
            raise Refusal(f"--changed: {_path_as_revision(site, changed, paths, str(error)) or error}") from error
        found, new = touched.paths if found is None else found & touched.paths, touched.added
    return found, new


def _path_as_revision(site: Path, changed: str, paths: tuple[str, ...], said: str) -> str:
    """Return what to tell who wrote a path after --changed; "" where it is none, or Git `said` another cause."""
    from shlex import join

    if "no commit or branch" not in said or not (Path(changed).exists() or (site / changed).exists()):
        return ""
    meant = join(["blogq", "check", "--changed", "--", changed, *paths])
    return (
        f"{changed!r} is a path and no commit or branch: --changed takes the word after it for a revision; write"
        f" `{meant}` for what has changed there, or leave --changed out to judge all of it"
    )


def _refuse_codes(config: Config, given: dict[str, tuple[tuple[str, ...], tuple[str, ...]]], external: bool) -> None:
    """Refuse codes that name no rule, or leave none; `given` are, by option, what was typed and what that means."""
    from blogq.lint.registry import MODULES, rule
    from blogq.lint.selection import choice_mistakes, codes_of, no_such_rule, unknown_codes

    for option, (typed, codes) in given.items():
        if wrong := unknown_codes(codes):
            raise Refusal(f"{option}: {no_such_rule(wrong[0])}; `blogq rules` lists them all")
        if typed and not codes:
            raise Refusal(f"{option} names no rule; write {option} RD,LN001, and `blogq rules` lists them all")
    chosen, ignored = (codes for _, codes in given.values())
    if not external and (asking := [code for code in chosen if code in MODULES and rule(code).network]):
        raise Refusal(f"--select: {asking[0]} asks other sites, which needs --external")
    if not (chosen or ignored) or choice_mistakes(config.check, ()):
        return
    left = codes_of(chosen or config.check.select, (*config.check.ignore, *ignored))
    if not [code for code in left if external or not rule(code).network]:
        options = " and ".join(option for option, (_, codes) in given.items() if codes)
        beside = " beside `check` in blogq.yaml" if config.check.select or config.check.ignore else ""
        leave = "leaves" if bool(chosen) != bool(ignored) else "leave"
        raise Refusal(f"{options} {leave} no rule to judge by{beside}; `blogq rules` lists them all")


def _refuse_outputs(site: Path, config: Config, outputs: tuple[Path, ...]) -> None:
    """Refuse to write reports over what is part of the site, or what somebody wrote, before anything is written."""
    from blogq.cli.report_file import refuse_part, refuse_written

    for output in outputs:
        if str(output) != "-":
            refuse_part(output, site, config)
            refuse_written(output)


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
