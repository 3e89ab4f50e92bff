"""`blogq compare`: two texts, and the passages in which they match."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import click

from blogq.cli.options import Refusal, shown


@click.command("compare")
@click.argument("text", type=click.Path(path_type=Path, dir_okay=False))
@click.argument("source", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "html"]),
    default="text",
    show_default=True,
    help="How to show it.",
)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), default=None, help="File to write to.")
def command(text: Path, source: Path, form: str, output: Path | None) -> None:
    """Show the passages of TEXT that match passages of SOURCE, side by side.

    Both are files of plain text or Markdown; front matter counts for nothing. Whether a passage is copied, reworded or
    summed up is told, and that it matches, never why. Exit code: 0, or 2 when a file can't be read.
    """
    from blogq.originality import compare
    from blogq.report.comparison.comparison import Comparison, Side

    one, other = _read(text), _read(source)
    passages = compare(_body(one, text), _body(other, source))
    comparison = Comparison(Side(shown(text), one), Side(shown(source), other), passages)
    if form == "json":
        from blogq.report.comparison.json import as_json

        written = as_json(comparison)
    elif form == "html":
        from blogq.report.comparison.html import as_page

        written = as_page(comparison)
    else:
        from blogq.report.comparison.text import as_text

        color = output is None and sys.stdout.isatty() and "NO_COLOR" not in os.environ
        written = as_text(comparison, color, shutil.get_terminal_size().columns)
    if output is None:
        click.echo(written, nl=False)
        return
    if output.resolve() in (text.resolve(), source.resolve()):
        raise Refusal(f"--output: {output} is one of the texts")
    try:
        output.write_text(written, encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise Refusal(f"--output: {output} can't be written: {error.strerror}") from error


def _read(path: Path) -> str:
    from blogq.content.text import decode

    try:
        data = path.read_bytes()
    except OSError as error:
        raise Refusal(f"{path} can't be read: {error.strerror}") from error
    text, findings = decode(data, str(path))
    if findings:
        raise Refusal(f"{path}: {findings[0].message}. {findings[0].hint}")
    return text


def _body(text: str, path: Path) -> str:
    """Return `text` with its front matter blanked, so that offsets stay what they are."""
    if path.suffix.lower() not in (".md", ".markdown", ".mdx"):
        return text
    from blogq.content.text import split

    start = split(text, str(path)).body
    return " " * start + text[start:]
