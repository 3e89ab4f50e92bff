"""`blogq explain`: what a rule is about, or what a post's score is made of."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from blogq.cli.completion import complete_sources
from blogq.cli.options import Refusal, site


@click.command("explain")
@click.argument("name", metavar="CODE|POST", shell_complete=complete_sources)
@site
@click.option("--goal", type=click.IntRange(1, 100), default=70, show_default=True, help="Score to reach.")
def command(name: str, site: Path, goal: int) -> None:
    """Say what the rule CODE is about, or what the score of POST is made of and how to raise it.

    Exit code: 0, or 2 when there is no such rule or post.
    """
    from blogq.lint.registry import MODULES, manual, rule
    from blogq.report.manual import manual_text

    code = name.upper()
    if code in MODULES:
        click.echo(manual_text(rule(code), manual(code)), nl=False)
        return
    from blogq.gate import read_post
    from blogq.report.score import score_text

    subject = read_post(site, name)
    if subject is None:
        from difflib import get_close_matches

        near = get_close_matches(code, MODULES, 1)
        hint = f"; did you mean {near[0]}?" if near else "; `blogq rules` lists the rules, `blogq list` the posts"
        raise Refusal(f"{name!r} is no rule, and no post of this site that can be read{hint}")
    click.echo(score_text(subject, goal, _copied(site, subject.path)), nl=False)
    click.echo(_unknown_audience(subject.lines), nl=False)


def _copied(site: Path, path: str) -> float | None:
    """Return which share of a post's words is copied, as the gate has it; None for what the gate doesn't compare."""
    import time

    from blogq.echoing.one import Unfit, opened

    try:
        with opened(site, path, int(time.time())) as found:
            return found.post.share if found.judged else None
    except Unfit:
        return None


def _unknown_audience(lines: Sequence[str]) -> str:
    """Return, of the lines of a post, what is wrong with the audience that it declares; nothing where nothing is."""
    from datetime import UTC

    from blogq.content.front_matter import read_front_matter
    from blogq.report.text import safe
    from blogq.surroundings import is_about_audience

    noticed = read_front_matter("\n".join(lines), "", taxonomies=(), zone=UTC)[3]
    found = next((each for each in noticed if is_about_audience(each)), None)
    return safe(f"But {found.message}. {found.hint}") + "\n" if found else ""
