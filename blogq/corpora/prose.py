"""The prose of a piece of HTML: paragraphs as a reader reads them, without what is no text of the author's.

The tree is libxml2's (lxml). Left out are code, scripts, navigation, forms, captions, comments of readers, lists of
links, and quotations that name their source.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from blogq.content.markdown.passage_kinds import is_roll
from blogq.corpora.document import OBJECT, Paragraph
from blogq.pattern import Pattern

SKIPPED = frozenset(
    (
        "head header script style template noscript pre nav aside footer form button select textarea figcaption svg"
        " math iframe object embed audio video canvas map dialog menu title listing xmp"
    ).split()
)
"""Elements that are no prose of a text."""
CODE = frozenset(("code", "kbd", "samp", "tt", "var"))
"""Elements within a sentence that are no words."""
INLINE = frozenset(
    (
        "a abbr acronym b bdi bdo big cite data del dfn em font i img ins label mark q rp rt ruby s small span strike"
        " strong sub sup time u wbr"
    ).split()
)
"""Elements that go on with the paragraph that they stand in; all others end it."""
_QUOTING = ("blockquote", "figure")
_ROLES = frozenset(("navigation", "banner", "contentinfo", "complementary", "search", "menu", "toolbar"))
_NOT_TEXT = frozenset(
    (
        "comments comments-area comment-list comment-respond respond sharedaddy jp-relatedposts related-posts"
        " post-navigation navigation breadcrumbs breadcrumb sidebar widget widget-area site-header site-footer toc"
        " screen-reader-text sr-only visually-hidden headerlink anchor-link footnote-backref"
    ).split()
)
"""Classes and ids, as WordPress, Jekyll, Hugo and Sphinx give them to what surrounds a text."""
FARTHEST_LINE = 65_535
"""libxml2 counts lines of HTML no farther."""
_BREAK = Pattern(r"\0\s*\0[\s\0]*")
_BLANK_LINE = Pattern(r"\n[^\S\n]*\n")
_SAID = Pattern(r"\w")
_SENTENCE = (".", "!", "?", "…", "。")


def tree_of(text: str) -> tuple[Any, bool]:
    """Return the root of the HTML `text`, None where there is nothing, and whether it was too deep to be read whole.

    Nothing is ever fetched. What is nested deeper than libxml2 goes (2,048 levels) is left out, with all after it.
    """
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    try:
        root = etree.HTML(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None, False
    return root, any("Excessive depth" in each.message for each in parser.error_log)


def paragraphs_of(root: Any, first_line: int = 1, *, blank_lines: bool = False) -> list[Paragraph]:
    """Return the paragraphs below the element `root`.

    `first_line` is the line of the file in which the HTML begins, 0 where that isn't known. With `blank_lines`, an
    empty line ends a paragraph as well: WordPress keeps texts so.
    """
    return _Walk(first_line, blank_lines).read(root)


def paragraphs_in(html: str, first_line: int = 0, *, blank_lines: bool = False) -> list[Paragraph]:
    """Return the paragraphs of `html`, which stands in another file from `first_line` on."""
    if "<" not in html and "&" not in html and not blank_lines:
        text = " ".join(html.split())
        lead = html[: len(html) - len(html.lstrip())].count("\n")
        return [Paragraph(text, first_line + lead if first_line else 0)] if _SAID.search(text) else []
    root, _ = tree_of(f"<div>{html}</div>")
    return [] if root is None else paragraphs_of(root, first_line, blank_lines=blank_lines)


def plain(html: str) -> str:
    """Return what `html` says in one line, for titles."""
    if "<" in html or "&" in html:
        root, _ = tree_of(f"<div>{html}</div>")
        html = "" if root is None else "".join(root.itertext())
    return " ".join(html.split())


class _Walk:
    """One way through a tree."""

    def __init__(self, first_line: int, blank_lines: bool) -> None:
        self.first_line = first_line
        self.blank_lines = blank_lines
        self.at = 1
        """Line of the HTML, from 1."""
        self.found: list[Paragraph] = []
        self.pieces: list[str] = []
        self.begins = 0
        """Line at which the first of the pieces begins."""
        self.linked = 0
        """Characters of the pieces that stand in links."""
        self.links = 0
        """How many links are open."""
        self.quotes = 0
        """How many quotations and figures are open: none of them names a source, so nothing within them does."""

    def read(self, root: Any) -> list[Paragraph]:
        """Return the paragraphs below `root`."""
        # A stack of its own: trees may be deeper than calls can be.
        stack: list[tuple[Any, Iterator[Any]]] = [(root, self._open(root))]
        while stack:
            element, children = stack[-1]
            child = next(children, None)
            if child is not None:
                if isinstance(child.tag, str) and not self._is_skipped(child):
                    stack.append((child, self._open(child)))
                    continue
                element = child
            else:
                stack.pop()
                self._close(element)
                if not stack:
                    break
            if element.tail:
                self._say(element.tail)
        self._end()
        return self.found

    def _open(self, element: Any) -> Iterator[Any]:
        tag = element.tag
        if tag not in INLINE and tag != "br":
            self._end()
        line = element.sourceline
        if line and line < FARTHEST_LINE:
            self.at = line
        if tag == "a":
            self.links += 1
        elif tag in _QUOTING:
            self.quotes += 1
        elif tag == "br":
            self.pieces.append("\0")
        if element.text:
            self._say(element.text)
        return iter(element)

    def _close(self, element: Any) -> None:
        if element.tag == "a":
            self.links -= 1
        elif element.tag not in INLINE and element.tag != "br":
            self.quotes -= element.tag in _QUOTING
            self._end()

    def _is_skipped(self, element: Any) -> bool:
        """Return whether an element is no prose; one that is a block ends the paragraph before it."""
        tag = element.tag
        if tag in CODE:
            # Code as a block of its own is in <pre>.
            self._say(OBJECT)
            return True
        if tag == "q" and element.get("cite"):
            return True
        if tag in _QUOTING:
            # Whole trees are looked through only once.
            skipped = bool(element.get("cite")) if self.quotes else is_attributed(element)
        else:
            skipped = tag in SKIPPED
        skipped = skipped or (len(element.attrib) > 0 and _is_around(element))
        if skipped and tag not in INLINE:
            self._end()
        return skipped

    def _say(self, text: str) -> None:
        if "\0" in text:
            text = text.replace("\0", " ")
        if self.links:
            self.linked += len(text.strip())
        if not self.begins and not text.isspace():
            self.begins = self.at + text[: len(text) - len(text.lstrip())].count("\n")
        if not self.begins:
            self.at += text.count("\n")
            return
        self.at += text.count("\n")
        self.pieces.append(_BLANK_LINE.sub(lambda match: f"{match[0]}\0\0", text) if self.blank_lines else text)

    def _end(self) -> None:
        if not self.begins:
            self.pieces.clear()
            self.linked = 0
            return
        text = "".join(self.pieces).lstrip()
        line = self.begins
        self.pieces.clear()
        self.begins = 0
        linked, self.linked = self.linked, 0
        start = 0
        for match in [*_BREAK.finditer(text), None]:
            piece = text[start : match.start() if match else len(text)]
            said = " ".join(piece.replace("\0", " ").split())
            before = piece[: len(piece) - len(piece.lstrip("\0 \t\n\r\f\v"))].count("\n")
            whole = start == 0 and match is None
            is_link = whole and linked >= len(said) and not said.endswith(_SENTENCE)
            if _SAID.search(said) and not is_link and not is_roll(said):
                known = self.first_line and line < FARTHEST_LINE
                self.found.append(Paragraph(said, self.first_line + line + before - 1 if known else 0))
            if match:
                line += text.count("\n", start, match.end())
                start = match.end()


def is_attributed(element: Any) -> bool:
    """Return whether `element` is a quotation, or a figure that is one, and names its source."""
    if element.tag == "figure":
        quotes = element.find(".//blockquote")
        if quotes is None:
            return False
        caption = element.find(".//figcaption")
        return is_attributed(quotes) or (caption is not None and bool("".join(caption.itertext()).strip()))
    if element.get("cite"):
        return True
    return any(each.tag == "cite" or each.get("href") for each in element.iter("a", "cite"))


def _is_around(element: Any) -> bool:
    """Return whether an element is, by its attributes, something around a text, or not to be seen."""
    given = element.attrib
    if "hidden" in given or given.get("aria-hidden") == "true" or given.get("role") in _ROLES:
        return True
    names = given.get("class"), given.get("id")
    return any(not _NOT_TEXT.isdisjoint(name.lower().split()) for name in names if name)
