"""`blogq deploy`: build the site, see that it is fit, and put at a target what has changed."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

import click

from blogq.cli.options import as_json, now, present, site

if TYPE_CHECKING:
    from collections.abc import Sequence

    from blogq.deploying.plan import Plan
    from blogq.deploying.target import Target
    from blogq.finding import Finding

MOST_SHOWN = 20
"""Files of each kind that a plan lists by name; --json lists them all."""


class _Manner(NamedTuple):
    """How the outcome is told."""

    as_json: bool
    started: float
    begun: bool = False
    """Whether some of it may have been sent."""


@click.command("deploy")
@click.argument("target", required=False)
@site
@click.option("--dry-run", is_flag=True, help="Show what would be done, and do nothing.")
@click.option("--take-over", is_flag=True, help="Write over files at the target that blogq hasn't put there.")
@click.option("--base-url", default=None, help="Address at which the site will be read.")
@click.option("--message", default=None, help="Message of the commit, for a Git branch.")
@click.option("--jobs", type=click.IntRange(1, 256), default=None, help="Processes to build with.")
@now
@as_json
def command(
    target: str | None,
    site: Path,
    dry_run: bool,
    take_over: bool,
    base_url: str | None,
    message: str | None,
    jobs: int | None,
    now: int | None,
    as_json: bool,
) -> None:
    """Build the site and publish it at TARGET, a name under `deploy` in blogq.yaml.

    Builds first, as `blogq build` does: what is as the last build left it isn't made again. Only what differs is sent:
    pictures and styles first, then pages, then feeds and lists of pages, and at last what went away is removed. Files
    that blogq hasn't put there stay. Interrupted, it goes on when it is run again. A site with drafts in it, without an
    address of its own, or which the gate fails where `publish: gate` is set, isn't published. Exit code: 0, 1 when the
    gate fails, 2 when something is in the way.
    """
    from blogq.build import Request, build
    from blogq.collect import real
    from blogq.deploying.course import carry_out, survey
    from blogq.deploying.output import built_files, mark_of
    from blogq.deploying.places import chosen, opened
    from blogq.deploying.readiness import gate_says, unready
    from blogq.deploying.target import Unusable
    from blogq.finding import Finding, Span
    from blogq.sources import STORE
    from blogq.store.lock import exclusive

    manner = _Manner(as_json, time.monotonic())
    root, moment = real(site), present(now)
    overrides: dict[str, Any] = {} if base_url is None else {"base_url": base_url}
    result = build(Request(root, moment, None, overrides, jobs or 0), waiting=_waiting)
    material = result.material
    if result.errors or material is None:
        _end(result.findings, manner, 2)
    config = material.loaded.config
    name = ""
    try:
        name, place = chosen(config, target)
        mark = mark_of(root, result.output)
        findings = unready(result, material)
        if findings:
            _end(findings, manner, 2)
        errors, whole = gate_says(root, material, moment, jobs or 0)
        if errors or not whole:
            _end(errors, manner, 1 if whole else 2)
        goal = opened(root, config, result.output, place)
        with exclusive(root / STORE, _waiting):
            files = built_files(root, result.output, mark)
            plan, record = survey(files, goal)
            if (plan.foreign or plan.strangers) and not take_over:
                _end([_in_the_way(plan, goal)], manner, 2)
            if not dry_run:
                manner = manner._replace(begun=not plan.nothing)
                told = message or f"Publish {config.title}: {_counts(plan)}"
                carry_out(plan, record, files, goal, told, _progress)
    except Unusable as error:
        where = f"deploy.{name}" if name else "deploy"
        _end([Finding("DP102", "error", Span("blogq.yaml"), f"{where}: {error}", error.hint)], manner, 2)
    except OSError as error:
        told, hint = f"{error.filename or 'the store'}: {error.strerror or error}", "See who may write there."
        _end([Finding("DP102", "error", Span("blogq.yaml"), f"deploy.{name}: {told}", hint)], manner, 2)
    except KeyboardInterrupt:
        click.echo("interrupted: what was sent is there; run it again to go on", err=True)
        sys.exit(130)
    _tell(name, goal, plan, dry_run, manner)


def _in_the_way(plan: Plan, target: Target) -> Finding:
    from blogq.finding import Finding, Span
    from blogq.report.text import counted

    paths = [*plan.strangers, *(file.path for file in plan.foreign)]
    names = ", ".join(paths[:3]) + (" and more" if len(paths) > 3 else "")
    files = counted(len(paths), "file")
    message = f"{files} would be written over that blogq hasn't put there: {names}"
    hint = "see that this is the right place; then run it once with --take-over"
    return Finding("DP103", "error", Span(target.shown), message, hint)


def _end(findings: Sequence[Finding], manner: _Manner, code: int) -> NoReturn:
    """Say why nothing is published, and exit."""
    from blogq.report.text import findings_text

    if manner.as_json:
        _print_json({"published": False, "findings": findings}, manner)
    else:
        click.echo(findings_text(findings, sys.stderr.isatty()), err=True, nl=False)
        why = "the gate fails" if code == 1 else "mend what is told above"
        part = "Not all of it is published: mend what is told above, and run it again to go on."
        click.echo(part if manner.begun else f"Nothing published: {why}.", err=True)
    sys.exit(code)


def _print_json(told: dict[str, Any], manner: _Manner) -> None:
    from blogq.report.json import finding_objects

    told["findings"] = finding_objects(told.get("findings", ()))
    seconds = round(time.monotonic() - manner.started, 3)
    click.echo(json.dumps({"schema": "blogq-deploy/1", **told, "seconds": seconds}, indent=2))


def _counts(plan: Plan) -> str:
    parts = [(len(plan.new), "new"), (len(plan.changed), "changed"), (len(plan.gone), "gone"), (plan.kept, "unchanged")]
    return ", ".join(f"{number:,} {word}" for number, word in parts)


def _tell(name: str, target: Target, plan: Plan, dry_run: bool, manner: _Manner) -> None:
    from blogq.report.text import safe

    steps = [[file.path for file in step] for step in plan.uploads()]
    if manner.as_json:
        lists = {
            "send": [path for step in steps for path in step],
            "remove": [*plan.obstacles, *(path for step in plan.removals() for path in step)],
        }
        about = {"target": name, "at": target.shown, "published": not dry_run, "unchanged": plan.kept}
        _print_json({**about, "bytes": plan.bytes, **lists}, manner)
        return
    if dry_run:
        new = {file.path for file in plan.new}
        lines = [f"- {path}" for path in plan.obstacles]
        lines += [f"{'+' if path in new else '~'} {path}" for step in steps for path in step]
        lines += [f"- {path}" for step in plan.removals() for path in step]
        for line in lines[:MOST_SHOWN]:
            click.echo(f"  {safe(line)}")
        if len(lines) > MOST_SHOWN:
            click.echo(f"  … and {len(lines) - MOST_SHOWN:,} more; --json lists them all")
    seconds = time.monotonic() - manner.started
    sent = "" if plan.nothing else f", {_size(plan.bytes)} {'to send' if dry_run else 'sent'}"
    done = f"would go to {name}" if dry_run else f"published at {name} in {seconds:.2f} s"
    click.echo(f"{_counts(plan)}{sent}: {done} → {safe(target.shown)}")


def _size(number: int) -> str:
    for unit, size in (("MB", 1_000_000), ("kB", 1_000)):
        if number >= size:
            return f"{number / size:,.1f} {unit}"
    return f"{number} bytes"


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{done:,} of {total:,} files\x1b[K" + ("\r\x1b[K" if done == total else ""), err=True, nl=False)


def _waiting(who: str) -> None:
    process = f" (process {who})" if who else ""
    click.echo(f"Another build of this site is running{process}; waiting for it to end.", err=True)
