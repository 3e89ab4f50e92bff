"""What all blocks that hold text need: their inline HTML, attributes, links with their places, and findings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from blogq.config.schema import Markdown
from blogq.content.markdown import attributes
from blogq.content.markdown.addresses import escape
from blogq.content.markdown.anchors import own_id
from blogq.content.markdown.attributes import Attributes
from blogq.content.markdown.calls import without_marks
from blogq.content.markdown.code_blocks import CodeBlocks
from blogq.content.markdown.document import Link, TooComplex
from blogq.content.markdown.footnotes import Footnotes
from blogq.content.markdown.inlines import Inlines
from blogq.content.markdown.literals import Found
from blogq.content.markdown.places import Places, missing_footnote
from blogq.content.markdown.prose import count_words
from blogq.finding import Finding
from blogq.pattern import Pattern

_PICTURE = Pattern(r"""<img\b(?>(?:[^<>"']|"[^"]*"|'[^']*')*)>""", re.IGNORECASE)
_ALT = Pattern(r"""\salt\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_LINK_TAG = Pattern(r"</?a(?:\s[^>]*)?>", re.IGNORECASE)
NOTE_MARK = Pattern(r'<sup class="footnote-ref">.*?</sup>')
"""A reference to a note, in HTML."""
_HAS_ID = Pattern(r'(<[A-Za-z][^<>]*?)\sid="[^"]*"')
_SUMMARY_WORDS = 40
_SUMMARY_PARAGRAPHS = 3


class TextWriter:
    """Writes the text of one document, and notes what `Writer` makes the rest of it from."""

    def __init__(
        self,
        options: Markdown,
        env: Mapping[str, Any],
        source: str,
        path: str,
        first_line: int,
        title_from_heading: bool,
        language: str,
    ) -> None:
        self._options = options
        self._notes = Footnotes(options.footnotes, frozenset(env["footnotes"]))
        self._inlines = Inlines(options, env, self._notes, language, len(source))
        self._places = Places(source, path, first_line)
        self._title_from_heading = title_from_heading
        self._language = language
        self._html: list[str] = []
        self._text: list[str] = []
        self._links: list[Link] = []
        self._findings: list[Finding] = []
        self._code = CodeBlocks(options, self._places, self._findings, env["extensions"].blocks)
        self._headings: list[tuple[int, int, str, str, str, str]] = []
        """Slot in the HTML, level, own id, inline HTML, text, further attributes."""
        self._title: str | None = None
        self._summary: list[str] = []
        self._summary_words = 0
        self._cut: int | None = None
        """Slot in the HTML at which `<!-- more -->` stands."""
        self._tight_before = False
        """Whether a paragraph without tags was written last, so that the next block starts a line."""
        self._task: re.Match[str] | None = None
        self._footnotes: dict[str, list[Any]] = {}
        self._cell_at: int | None = None
        """Where in its line the cell being read begins, in a table."""
        self._in_footnotes = False
        self._has_calls = "shortcodes" in env
        self._closings: list[str] = []
        """HTML that ends the quotes and containers being written."""
        for line, notice in env["noticed"]:
            self._findings.append(self._places.finding(notice, first_line + line, notice.at + 1))

    def _tag(self, tokens: list[Any], at: int) -> None:
        token = tokens[at]
        if token.nesting < 0:
            self._html.append(f"</{token.tag}>\n")
            self._tight_before = False
            return
        if self._tight_before:
            self._begin_line()
        attributes = "".join(f' {name}="{escape(str(value))}"' for name, value in token.attrs.items())
        if token.given:
            attributes += self._marks(token, token.given)
        if token.nesting == 0:
            self._html.append(f"<{token.tag}{attributes}>\n")
            return
        following = tokens[at + 1]
        empty_item = token.tag == "li" and following.type == "list_item_close"
        joined = following.type == "inline" or following.hidden or empty_item
        self._html.append(f"<{token.tag}{attributes}>" if joined else f"<{token.tag}{attributes}>\n")

    def _begin_line(self) -> None:
        self._html.append("\n")
        self._tight_before = False

    def _inline(self, token: Any, start: int = 0) -> str:
        inlines = self._inlines
        try:
            html = inlines.read(token.content, start)
        except TooComplex as reason:
            raise TooComplex(token.map[0] + reason.line, reason.why) from None
        if inlines.links:
            self._links += self._placed(inlines.links, token)
        if inlines.calls.noted:
            self._links += inlines.calls.place(self._places, token, self._cell_at)
        if inlines.missing_notes:
            self._report_missing_notes(token)
        if inlines.noticed:
            self._report(token)
        return html

    def _marks(self, token: Any, given: Attributes, own: str = "") -> str:
        """Return the attributes `given` to a block as HTML, with its `own` classes."""
        self._inlines.noticed = []
        html = self._inlines.marks(given, 0, own)
        if self._inlines.noticed:
            self._report(token)
        return html

    def _report(self, token: Any) -> None:
        """Report what was noticed in the content of `token`."""
        noticed = sorted(self._inlines.noticed, key=lambda notice: notice.at)
        if token.map is None:
            places = [(self._places.first_line, 0)] * len(noticed)
        elif token.type == "inline" or token.type == "heading" or token.type == "term":
            places = self._places.of([notice.at for notice in noticed], token, self._cell_at)
        else:
            places = [(self._places.first_line + token.map[0], 0)] * len(noticed)
        for notice, place in zip(noticed, places, strict=True):
            self._findings.append(self._places.finding(notice, *place))

    def _placed(self, found: list[Found], token: Any) -> list[Link]:
        places = self._places.of([link.offset for link in found], token, self._cell_at)
        return [Link(link.target, link.kind, *place) for link, place in zip(found, places, strict=True)]

    def _report_missing_notes(self, token: Any) -> None:
        missing = [(at, label) for at, label in self._inlines.missing_notes if self._notes.surely_missing(label)]
        places = self._places.of([at for at, _ in missing], token, self._cell_at)
        for (line, column), (_, label) in zip(places, missing, strict=True):
            self._findings.append(missing_footnote(self._places, line, column, label))

    def _paragraph(self, tokens: list[Any], at: int) -> int:
        opening, inline = tokens[at], tokens[at + 1]
        task, self._task = self._task, None
        calls = self._inlines.calls
        calls.alone = None
        content = self._inline(inline, task.end() if task else 0)
        text = self._inlines.text
        if text:
            self._text.append(text)
        if task:
            checked = "" if task[1] == " " else ' checked=""'
            content = f'<label><input type="checkbox"{checked} disabled=""> {content}</label>'
        if opening.hidden:
            self._html.append(
                f"<span{self._marks(inline, opening.given)}>{content}</span>" if opening.given else content
            )
            self._tight_before = True
            return at + 3
        if self._tight_before:
            self._begin_line()
        if opening.given:
            self._html.append(f"<p{self._marks(inline, opening.given)}>{content}</p>\n")
        elif calls.alone is not None:
            calls.alone.block = True
            self._html.append(f"{content}\n")
        else:
            self._html.append(f"<p>{content}</p>\n")
        if (
            opening.level == 0
            and not calls.depth
            and self._summary_words < _SUMMARY_WORDS
            and len(self._summary) < _SUMMARY_PARAGRAPHS
            and not self._in_footnotes
            and text
            and not text.isspace()
        ):
            self._summary.append(self._html[-1])
            self._summary_words += count_words(text)
        return at + 3

    def _heading(self, tokens: list[Any], at: int) -> int:
        token = tokens[at]
        own = more = ""
        given = token.given
        if self._options.attributes:
            if token.content.endswith("}") and (split := attributes.at_end(token.content)):
                token.content = split[0]
                given = attributes.merged(split[1], given)
        elif self._options.heading_ids:
            token.content, own = own_id(token.content)
        drop = self._title_from_heading and self._title is None and not "".join(self._html).strip()
        links_before, ids_before = len(self._links), len(self._inlines.ids)
        content = inner = text = ""
        if token.content:
            content = inner = self._inline(token)
            if "<" in content or "\0" in content:
                inner = _PICTURE.sub(_described, NOTE_MARK.sub("", without_marks(content)))
                inner = _HAS_ID.sub(r"\1", _LINK_TAG.sub("", inner)).strip()
            text = " ".join(self._inlines.text.split())
        if self._title is None:
            self._title = text
        if drop:
            del self._links[links_before:]
            self._inlines.given_ids.rewind(ids_before)
            return at + 1
        if given:
            own = given.id
            if self._options.heading_ids:
                given = given._replace(id="")
            more = self._marks(token, given)
            own = own if self._options.heading_ids else self._inlines.given_ids.moved.get(own, own)
        if text:
            self._text.append(text)
        if self._tight_before:
            self._begin_line()
        level = int(token.tag[1])
        self._headings.append((len(self._html), level, own, inner, text, more))
        self._html.append(f"<{token.tag}{more}>")
        self._html.append(f"{content}</{token.tag}>\n")
        return at + 1

    def _term(self, tokens: list[Any], at: int) -> int:
        token = tokens[at]
        self._html.append(f"<dt>{self._inline(token)}</dt>\n")
        if self._inlines.text:
            self._text.append(self._inlines.text)
        return at + 1


def _described(picture: re.Match[str]) -> str:
    """Return what a picture shows, in words: in a table of contents it would be a second time too many."""
    found = _ALT.search(picture[0])
    alt = (found[1] or found[2] or "") if found else ""
    return alt.replace("<", "&lt;").replace(">", "&gt;")
