"""What of a post was said before as one HTML page that loads nothing: its text, and beside it where its words stand.

All text that isn't ours goes through `plain`: corpora are other people's.
"""

from __future__ import annotations

from importlib.resources import files

import blogq
from blogq.pattern import Pattern
from blogq.report.echo.account import Account, Cited, Paragraph, Passage
from blogq.report.echo.wording import (
    ALSO,
    SHOWN,
    about,
    left_out,
    name_of,
    of_passage,
    percent,
    place_of,
    title_of,
    totals,
    verdict,
    visible,
    when,
)
from blogq.report.overview.markup import plain
from blogq.report.text import counted

_LANGUAGE = Pattern(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
_SHADES = 4
"""Steps in which the ground of a paragraph deepens."""
_LEGEND = (
    ("", "word for word, or a few words changed"),
    (" reworded", "reworded"),
    (" summed", "summed up"),
)


def as_page(account: Account) -> str:
    """Return `account` as an HTML document."""
    title = plain(title_of(account))
    copied = account.copied + account.reworded
    notes = "".join(f"<p>{plain(each)}</p>" for each in left_out(account))
    where = " · ".join(filter(None, (account.path, account.day, "draft" if account.draft else "")))
    lead = f"{totals(account)}." if copied else f"{counted(account.words, 'word')}, held against what came before."
    met: set[int] = set()
    rows = "".join(_row(each, account, met) for each in account.paragraphs)
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        # Nothing that gets past the escaping could load or run.
        """<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">\n"""
        '<meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">\n'
        f"<title>{title} · {plain(verdict(account))}</title>\n<style>\n{_style()}</style></head>\n<body>\n"
        f'<header><p class="eyebrow"><bdi{_spoken(account)}>{title}</bdi> · {plain(where)}</p>'
        f"<h1>{plain(verdict(account))}</h1>"
        f'<p class="lead">{plain(lead)}</p><div class="notes">{notes}</div></header>\n'
        f"{_strip(account)}<main>\n{_sources(account)}"
        f'<section aria-labelledby="text"><h2 id="text">Paragraph by paragraph</h2>\n{rows}</section>\n</main>\n'
        f"<footer><p>Made by blogq {plain(blogq.__version__)}. It compares words and sentences, and says that they "
        "match: not who copied whom, nor whether that is wrong. Code, quotations that name their source and declared "
        "boilerplate are not compared, and not shown.</p></footer>\n</body></html>\n"
    )


def _style() -> str:
    return files("blogq.report.echo").joinpath("page.css").read_text(encoding="utf-8")


def _spoken(account: Account) -> str:
    return f' lang="{account.language}"' if _LANGUAGE.search(account.language) else ""


def _said(paragraph: Paragraph) -> str:
    """Return in words how much of a paragraph was said before."""
    if not paragraph.passages:
        return "its own"
    kinds = [
        f"{percent(count / max(paragraph.words, 1))} {name}"
        for count, name in ((paragraph.copied, "copied"), (paragraph.reworded, "reworded"))
        if count
    ]
    return " and ".join(kinds)


def _strip(account: Account) -> str:
    """Return a cell for each paragraph, as wide as it has words and filled as far as it was said before."""
    if not account.paragraphs:
        return ""
    cells = []
    for each in account.paragraphs:
        copied, said = (round(100 * count / max(each.words, 1)) for count in (each.copied, each.copied + each.reworded))
        steps = f"var(--accent) {copied}%,var(--data) {copied}% {said}%,var(--empty) 0"
        look = f"background:linear-gradient(to top,{steps})"
        # What is the post's own can be clicked as well; who goes through the page key by key is spared it.
        told = f'aria-label="Paragraph {each.number}: {_said(each)}"' if each.passages else 'tabindex="-1"'
        hidden = "" if each.passages else ' aria-hidden="true"'
        cells.append(
            f'<li style="flex-grow:{max(each.words, 1)}"{hidden}>'
            f'<a href="#p{each.number}" {told} style="{look}"></a></li>'
        )
    kinds = "".join(f'<li><span class="said{kind}">{told}</span></li>' for kind, told in _LEGEND)
    legend = (
        f'<ul class="key"><li>One cell for each paragraph, as wide as it is long, filled as far as it was said before'
        f"</li>{kinds}</ul>"
    )
    return f'<nav aria-label="Paragraphs"><ol class="strip">{"".join(cells)}</ol>{legend}</nav>\n'


def _sources(account: Account) -> str:
    if not account.sources:
        return ""
    items = "".join(
        f"<li><b>{percent(each.share)}</b><div><p>{_named(each)}</p>"
        f'<p class="quiet">{" · ".join(map(plain, _told(each)))}</p></div></li>'
        for each in account.sources
    )
    return (
        '<section aria-labelledby="sources"><h2 id="sources">Where it stands</h2>'
        f'<ol class="sources">{items}</ol></section>\n'
    )


def _told(source: Cited) -> list[str]:
    run = f"{counted(source.longest_run, 'word')} in a row at most" if source.longest_run else ""
    place = [] if not source.title.strip() and not source.corpus else [place_of(source)]
    return [each for each in (*place, when(source), run, *about(source)) if each]


def _named(source: Cited) -> str:
    inner = f"<bdi>{plain(name_of(source))}</bdi>"
    return f'<a href="{plain(source.address)}" rel="noreferrer">{inner}</a>' if source.address else inner


def _row(paragraph: Paragraph, account: Account, met: set[int]) -> str:
    """Return a paragraph with its passages marked, and a card for each of them."""
    kind = " heading" if paragraph.heading else ""
    look = f'dir="auto"{_spoken(account)}'
    number = paragraph.number
    if not paragraph.passages:
        text = f'<p class="body{kind}" {look}>{plain_text(paragraph.text)}</p>'
        return f'<div class="row" id="p{number}">{text}</div>\n'
    shade = min(_SHADES, int(paragraph.share * _SHADES) + 1)
    line = f" · line {paragraph.line}" if paragraph.line else ""
    cards = "".join(_card(each, account, met) for each in paragraph.passages)
    return (
        f'<div class="row" id="p{number}"><h3>Paragraph {number}{line} · <b>{_said(paragraph)}</b></h3>'
        f'<p class="body s{shade}{kind}" {look}>{_marked(paragraph)}</p>'
        f'<ol class="cards" aria-label="Where passages of paragraph {number} stand">{cards}</ol></div>\n'
    )


def plain_text(text: str) -> str:
    """Return the text of a paragraph as HTML; its lines stay."""
    return "\n".join(plain(visible(line).replace("\t", "    ")) for line in text.split("\n"))


def _marked(paragraph: Paragraph) -> str:
    parts = []
    at = 0
    for each in paragraph.passages:
        parts.append(plain_text(paragraph.text[at : each.start]))
        kind = "" if each.copied else " summed" if each.kind == "summary" else " reworded"
        link = (
            f'<a class="number" href="#c{each.number}" aria-label="Passage {each.number}: {plain(of_passage(each))}">'
            f"{each.number}</a>"
        )
        inner = plain_text(paragraph.text[each.start : each.end])
        parts.append(f'<mark id="m{each.number}">{link}<span class="said{kind}">{inner}</span></mark>')
        at = each.end
    return "".join([*parts, plain_text(paragraph.text[at:])])


def _card(passage: Passage, account: Account, met: set[int]) -> str:
    """Return the other side of a passage. A source that has a card already is told by its name and the line."""
    source, excerpt = account.sources[passage.source], passage.excerpt
    pieces = [(plain(visible(text)), same) for text, same in excerpt.pieces]
    words = "".join(f"<mark>{text}</mark>" if same else text for text, same in pieces)
    quoted = f"{'…' * excerpt.cut[0]}{words}{'…' * excerpt.cut[1]}"
    told = [place_of(source, excerpt.line), when(source), *about(source)]
    if passage.source in met and excerpt.line:
        told = [f"line {excerpt.line}"]
    elif passage.source in met:
        told = []
    met.add(passage.source)
    told += [f"also in {name_of(account.sources[each])}" for each in passage.also[:ALSO]]
    if len(passage.also) > ALSO:
        told.append(f"and {len(passage.also) - ALSO} more")
    number = passage.number
    back = f'<a class="number" href="#m{number}" aria-label="Back to passage {number}">{number}</a>'
    return (
        f'<li id="c{number}"><h4>{back} {plain(of_passage(passage))}</h4>'
        f"<p>{_named(source)}</p>"
        + (f'<p class="quiet">{" · ".join(map(plain, told))}</p>' if told else "")
        + (f'<blockquote dir="auto">{quoted}</blockquote>' if words and passage.words >= SHOWN else "")
        + "</li>"
    )
