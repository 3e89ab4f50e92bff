"""Where a report may be written to: over nothing that is part of the site, and over nothing that somebody wrote."""

from __future__ import annotations

from pathlib import Path

from blogq.cli.options import Refusal
from blogq.config.origins import FILE
from blogq.config.schema import Config

PAGES = frozenset((".html", ".htm"))
"""Endings of a report that is a page."""
_PARTS = ("templates", "shortcodes", "locales", "themes", "archetypes", "data")
"""Folders of a site that builds read, and publish in another form."""
_WRITTEN = frozenset(
    (
        ".md .markdown .mdown .mkd .mdx .rst .adoc .org .tex .yaml .yml .toml .ini .cfg .lock .csv .tsv .css .scss .js"
        " .ts .py .rb .go .rs .sh .png .jpg .jpeg .gif .svg .webp .avif .pdf .gitignore .env"
    ).split()
)
"""Endings of files that people write, and that no format of a report has."""


def refuse_part(file: Path, site: Path, config: Config) -> None:
    """Refuse a file that is, or would be, a part of `site`: published, emptied or read by builds."""
    from blogq.collect import real
    from blogq.sources import content_folder

    place = real(file)
    content = content_folder(site, config)
    published = [site / config.output, site / "static", *([content] if real(content) != real(site) else [])]
    for folder in published:
        if place.is_relative_to(real(folder)):
            raise Refusal(f"--output: {file} would be published: {folder.name}/ is part of the site; write elsewhere")
    if place == real(site / FILE):
        raise Refusal(f"--output: {file} is the site's config; write elsewhere")
    for part in _PARTS:
        if place.is_relative_to(real(site / part)):
            raise Refusal(f"--output: {file} would be read by builds: {part}/ is part of the site; write elsewhere")


def refuse_other_than_page(file: Path) -> None:
    """Refuse a file that is there and isn't a page."""
    if file.exists() and file.suffix.lower() not in PAGES:
        raise Refusal(f"--output: {file} is there already and is no page; nothing is written over it")


def refuse_written(file: Path) -> None:
    """Refuse a file that is there and that somebody wrote, or the gate remembers things in.

    Reports come in so many formats, and go to files of so many names, that what may be replaced can't be told by its
    ending; what mustn't be can. Pipes and devices may be written to whatever they are called.
    """
    from blogq.lint.baseline import is_baseline

    if not file.is_file() or not file.stat().st_size:
        return
    name = file.name.lower()
    if file.suffix.lower() in _WRITTEN or name in _WRITTEN:
        raise Refusal(f"--output: {file} is there already and is no report; nothing is written over it")
    if is_baseline(file):
        raise Refusal(f"--output: {file} is a baseline; nothing is written over it")
