"""The page: its head, the verdict on top, a list of sections. A new section is a function, and a line in the list."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files

import blogq
from blogq.report.overview.calendar import calendar_section
from blogq.report.overview.conversation import conversation_section
from blogq.report.overview.headline import headline, hero
from blogq.report.overview.markup import Section, plain
from blogq.report.overview.material import Material
from blogq.report.overview.pace import pace_section
from blogq.report.overview.parts import parts_section
from blogq.report.overview.ranking import ranking_section
from blogq.report.overview.readability import readability_section
from blogq.report.overview.rules import rules_section
from blogq.report.overview.waiting import waiting_section
from blogq.report.verdict_json import rfc3339

SECTIONS: tuple[Callable[[Material], Section | None], ...] = (
    pace_section,
    ranking_section,
    calendar_section,
    conversation_section,
    parts_section,
    readability_section,
    rules_section,
    waiting_section,
)
"""What the page consists of, in order; a section that has nothing to say is None, and left out."""


def as_report(given: Material) -> str:
    """Return the page: one HTML document that needs nothing else, runs nothing and asks for nothing."""
    sections = [section for make in SECTIONS if (section := make(given)) is not None]
    said = headline(given).text
    links = "".join(f'<li><a href="#{each.id}">{each.title}</a></li>' for each in sections)
    contents = f'<nav aria-label="On this page"><ul>{links}</ul></nav>\n' if links else ""
    body = "".join(
        f'<section id="{each.id}" aria-labelledby="{each.id}-title"><h2 id="{each.id}-title">{each.title}</h2>'
        f"{each.body}</section>\n"
        for each in sections
    )
    title = " · ".join(filter(None, (given.title, said.rstrip("."))))
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        # Nothing that gets past the escaping could load or run.
        """<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">\n"""
        '<meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">\n'
        f"<title>{plain(title)}</title>\n<style>\n{_style()}</style></head>\n<body>\n{hero(given)}\n"
        f"{contents}<main>\n{body}</main>\n"
        f"<footer><p>Made by blogq {plain(blogq.__version__)} as of {rfc3339(given.verdict.now)}. "
        "A score counts what can be counted: how much a post says, how much of it can be checked, whether a reader "
        "finds a way through it, and whether its author took care. It can’t tell whether it is true or worth reading."
        "</p></footer>\n</body></html>\n"
    )


def _style() -> str:
    return files("blogq.report.overview").joinpath("page.css").read_text(encoding="utf-8")
