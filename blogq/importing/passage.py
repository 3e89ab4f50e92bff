"""A post's HTML as Markdown, held against itself: what blogq would show is compared, word by word, with what there was.

Where the two differ, block after block stays HTML until they don't.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from blogq.config.schema import Markdown
from blogq.content.markdown.reader import Reader
from blogq.importing.elements import BLOCKS, Elements, raw
from blogq.importing.preparation import DEEPEST, Lead, Say, depth_of, prepare, soup_of
from blogq.importing.visible import first_difference, visible_words, words_in


class Passage(NamedTuple):
    """A text that was converted."""

    markdown: str
    kept: int
    """How many blocks stay HTML because their Markdown would say something else."""
    difference: str
    """Where the text still differs from what it was made of; empty where it doesn't."""


@cache
def _reader() -> Reader:
    return Reader(Markdown())


def shown_words(markdown: str) -> list[str]:
    """Return the words that blogq shows of a Markdown text, without those that shortcodes bring."""
    return visible_words(_reader().read(markdown, path="").html)


def passage_of(html: str, lead: Lead, say: Say) -> Passage:
    """Return `html` as Markdown; `lead` says where addresses lead in the new site, `say` takes what is lost."""
    if not html.strip():
        return Passage("", 0, "")
    soup = soup_of(html)
    try:
        return _passage(soup, lead, say)
    finally:
        # Trees refer to themselves: taken apart, they are gone at once, and not when somebody looks for garbage.
        soup.decompose()


def _passage(soup: BeautifulSoup, lead: Lead, say: Say) -> Passage:
    body = soup.body
    if body is None:
        return Passage("", 0, "")
    prepare(soup, lead, say)
    meant = words_in(body)
    deep = depth_of(body)
    if deep > DEEPEST:
        say("text", f"its HTML is nested {deep} deep and was kept as it is")
        markdown = raw(_wrapped(soup, body)).strip() + "\n"
        return Passage(markdown, 1, first_difference(meant, shown_words(markdown)))
    markdown = _markdown(body)
    if shown_words(markdown) == meant:
        return Passage(markdown, 0, "")
    pieces, kept = [], 0
    for block in _blocks(soup, body):
        piece = _markdown(block).strip("\n")
        if shown_words(piece) != words_in(block):
            piece = raw(block).strip("\n")
            kept += 1
        pieces.append(piece)
    markdown = "\n\n".join(piece for piece in pieces if piece) + "\n"
    shown = shown_words(markdown)
    if shown != meant and not body.find("x-call"):
        markdown = raw(_wrapped(soup, body)).strip() + "\n"
        kept, shown = len(pieces), shown_words(markdown)
    return Passage(markdown, kept, first_difference(meant, shown))


def _markdown(el: Tag) -> str:
    text = str(Elements().process_tag(el, parent_tags=set()))
    lines = [line.rstrip() if not line.endswith("\\") else line for line in text.strip("\n").split("\n")]
    # Three empty lines and more are one; but in code, whose lines are its own.
    out: list[str] = []
    fence = ""
    for line in lines:
        bare = line.lstrip(" >")
        if bare.startswith("```"):
            ticks = bare[: len(bare) - len(bare.lstrip("`"))]
            fence = ticks if not fence else "" if bare == fence else fence
        if not line and not fence and out and not out[-1]:
            continue
        out.append(line)
    return "\n".join(out).strip("\n") + "\n"


def _blocks(soup: BeautifulSoup, body: Tag) -> list[Tag]:
    """Return the blocks right in `body`; text and elements of a line between two blocks make a paragraph."""
    found: list[Tag] = []
    loose: Tag | None = None
    for child in [*body.children]:
        if isinstance(child, Tag) and (child.name in BLOCKS or child.find(list(BLOCKS))):
            loose = None
            found.append(child)
        elif isinstance(child, Tag) or (isinstance(child, NavigableString) and child.strip()) or loose is not None:
            if loose is None:
                loose = soup.new_tag("p")
                child.insert_before(loose)
                found.append(loose)
            loose.append(child.extract())
    return found


def _wrapped(soup: BeautifulSoup, body: Tag) -> Tag:
    body.name = "div"
    return body
