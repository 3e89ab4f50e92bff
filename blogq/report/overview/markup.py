"""Pieces of HTML and SVG that every section uses. All text that isn't ours goes through `plain` or `named`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from math import isfinite
from typing import NamedTuple

from blogq.lint.verdict import PostVerdict
from blogq.pattern import Pattern
from blogq.report.text import safe

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
LONGEST_TITLE = 110
"""Characters of a title that are shown."""

_NO_CHARACTER = Pattern("[\ufdd0-\ufdef\ufffe\uffff]")
"""Code points that no HTML document may have, and that `safe` leaves."""
_LANGUAGE = Pattern(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")


class Section(NamedTuple):
    """One part of the page."""

    id: str
    """Its anchor."""
    title: str
    body: str
    """HTML."""


def plain(value: str) -> str:
    """Return any text as HTML: markup, control characters and those that turn the reading direction are inert."""
    return escape(_NO_CHARACTER.sub(lambda match: f"U+{ord(match[0]):X}", safe(value)))


def title_of(post: PostVerdict) -> str:
    """Return what a post is called, as plain text that isn't escaped yet: its title, else its path."""
    told = " ".join(post.title.split()) or post.path
    return told if len(told) <= LONGEST_TITLE else f"{told[: LONGEST_TITLE - 1].rstrip()}…"


def named(post: PostVerdict, link: str = "") -> str:
    """Return the name of a post as HTML, in its own language and direction; a link where there is an address."""
    spoken = f' lang="{post.language}"' if _LANGUAGE.search(post.language) else ""
    inner = f"<bdi{spoken}>{plain(title_of(post))}</bdi>"
    return f'<a href="{plain(link)}">{inner}</a>' if link else inner


def day(when: date) -> str:
    """Return a date as `3 Mar 2026`; its year with four digits, lest it be taken for a day."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year:04}"


def number(value: float | None, digits: int = 0) -> str:
    """Return a figure with at most `digits` decimals; a dash for none."""
    if value is None or not isfinite(value):
        return "–"
    told = f"{value:,.{digits}f}"
    return told.rstrip("0").rstrip(".") if digits else told


def at(value: float) -> str:
    """Return a coordinate, in whatever unit, without idle digits."""
    told = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if told == "-0" else told


def listed(words: Sequence[str]) -> str:
    """Return `a, b and c`."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""


def chart(
    name: str,
    about: str,
    drawn: Iterable[str],
    kind: str,
    html_id: str,
) -> str:
    """Return an image in SVG: `name` and `about` are what screen readers say; `kind` is its class, with its height."""
    return (
        f'<svg class="chart {kind}" role="img" aria-labelledby="{html_id}-t {html_id}-d">'
        f'<title id="{html_id}-t">{plain(name)}</title><desc id="{html_id}-d">{plain(about)}</desc>'
        f"{''.join(drawn)}</svg>"
    )


def stretched(width: float, height: float, drawn: Iterable[str], place: str = "") -> str:
    """Return a drawing in its own units, stretched over its place; strokes keep their width all the same."""
    return (
        f'<svg {place} viewBox="0 0 {at(width)} {at(height)}" preserveAspectRatio="none" aria-hidden="true">'
        f"{''.join(drawn)}</svg>"
    ).replace("<svg  ", "<svg ")


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; `caption` and `head` are text, cells are HTML. The first cell of a row names it."""
    body = "".join(
        f'<tr><th scope="row">{row[0]}</th>{"".join(f"<td>{cell}</td>" for cell in row[1:])}</tr>' for row in rows
    )
    cells = "".join(f'<th scope="col">{plain(cell)}</th>' for cell in head)
    return (
        f'<div class="wide" role="region" aria-label="{plain(caption)}" tabindex="0"><table>'
        f"<caption>{plain(caption)}</caption><thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def folded(summary: str, inner: str, kind: str = "") -> str:
    """Return HTML that is shown on demand; `summary` is text."""
    named_so = f' class="{kind}"' if kind else ""
    return f"<details{named_so}><summary>{plain(summary)}</summary>{inner}</details>"


def figures(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return the table that stands behind a chart, folded."""
    return folded("The figures", table(caption, head, rows), "figures")
