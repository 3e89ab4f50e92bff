"""Block tokens → HTML, one handler for each kind of block, in one walk that also gathers what a `Document` holds."""

from __future__ import annotations

import re
from typing import Any

from blogq.content.markdown import admonitions, call_blocks, formulas
from blogq.content.markdown.addresses import escape
from blogq.content.markdown.attributes import Attributes
from blogq.content.markdown.blocks import Token
from blogq.content.markdown.text_writer import TextWriter
from blogq.pattern import Pattern

_MORE = Pattern(r"\s*<!--\s*more\s*-->\s*", re.IGNORECASE)
_TO_BLOGQ = Pattern(r"<!--\s*blogq:(?:(?!-->).)*-->\s*", re.DOTALL)
_TASK = Pattern(r"\[([ xX])\][ \t\n]+(?=\S)")


class BlockWriter(TextWriter):
    """Writes the blocks of one document."""

    def _write(self, tokens: list[Any]) -> None:
        handlers = _HANDLERS
        at = 0
        end = len(tokens)
        while at < end:
            token = tokens[at]
            handler = handlers.get(token.type)
            if handler is not None:
                at = handler(self, tokens, at)
            else:
                self._tag(tokens, at)
                at += 1

    def _table(self, tokens: list[Any], at: int) -> int:
        token = tokens[at]
        styles = [f' style="text-align:{side}"' if side else "" for side in token.info]
        html = self._html
        if self._tight_before:
            self._begin_line()
        html.append(f"<table{self._marks(token, token.given)}>\n<thead>\n" if token.given else "<table>\n<thead>\n")
        cell = Token("inline", "", 0, 0)
        name = "th"
        for line, cells in token.children:
            cell.map = [line, line + 1]
            source = self._places.line(line)
            past = 0
            html.append("<tr>\n")
            for content, style in zip(cells, styles, strict=False):
                cell.content = content
                self._cell_at = max(past, source.find(content, past))
                past = self._cell_at + len(content)
                html.append(f"<{name}{style}>{self._inline(cell)}</{name}>\n")
                if self._inlines.text:
                    self._text.append(self._inlines.text)
            html += [f"<{name}{style}></{name}>\n" for style in styles[len(cells) :]]
            html.append("</tr>\n")
            if name == "th":
                html.append("</thead>\n")
                if len(token.children) > 1:
                    html.append("<tbody>\n")
                name = "td"
        self._cell_at = None
        html.append("</tbody>\n</table>\n" if len(token.children) > 1 else "</table>\n")
        return at + 1

    def _item(self, tokens: list[Any], at: int) -> int:
        if self._options.task_lists and at + 2 < len(tokens) and tokens[at + 1].type == "paragraph_open":
            content = tokens[at + 2].content
            if content.startswith("[") and (task := _TASK.match(content)):
                self._task = task
                tokens[at].attrs = {"class": "task-list-item"}
        self._tag(tokens, at)
        return at + 1

    def _quote(self, tokens: list[Any], at: int) -> int:
        """Write the beginning of a quote, or of the admonition that its first line makes of it."""
        token, first = tokens[at], tokens[at + 1]
        found = None
        if self._options.admonitions and first.type == "paragraph_open" and tokens[at + 2].content.startswith("[!"):
            found = admonitions.mark(tokens[at + 2].content)
        if found and found.kind not in admonitions.KINDS:
            self._inlines.noticed = [admonitions.unknown(found.kind, 2, "a quote like any other")]
            self._report(tokens[at + 2])
            found = None
        if not found:
            self._closings.append("</blockquote>\n")
            self._tag(tokens, at)
            return at + 1
        inline = tokens[at + 2]
        line = inline.map[0]
        self._admonition(token, found.kind, found.title, line, found.fold)
        inline.content = inline.content[found.end :]
        inline.map = [line + 1, inline.map[1]]
        return at + 1 if inline.content else at + 4

    def _container(self, tokens: list[Any], at: int) -> int:
        token = tokens[at]
        name, title, given = token.info
        known = name in admonitions.KINDS or name == admonitions.DETAILS
        if name and not known and not given:
            self._inlines.noticed = [admonitions.unknown(name, 0, "a plain container with that class")]
            place = self._places.line(token.map[0]).lower().find(name)
            notice = self._inlines.noticed[0]
            self._findings.append(
                self._places.finding(notice, self._places.first_line + token.map[0], max(place, 0) + 1)
            )
        self._admonition(token, name, title, token.map[0], "")
        return at + 1

    def _admonition(self, token: Any, kind: str, title: str, line: int, fold: str) -> None:
        """Write the beginning of an admonition or another container; `title` is Markdown on `line` of the source."""
        if self._tight_before:
            self._begin_line()
        shown = ""
        if title:
            heading = Token("inline", "", 0, 0)
            heading.content = title
            heading.map = [line, line + 1]
            shown = self._inline(heading)
            if self._inlines.text:
                self._text.append(self._inlines.text)
        elif kind in admonitions.KINDS or kind == admonitions.DETAILS:
            shown = escape(admonitions.title(kind, self._language))
        own = f"admonition {kind}" if kind in admonitions.KINDS else kind
        if token.given:
            marks = self._marks(token, token.given, own)
        else:
            marks = f' class="{escape(own)}"' if own else ""
        opening, closing = admonitions.tags(kind, shown, fold, marks)
        self._html.append(opening)
        self._closings.append(closing)

    def _close(self, tokens: list[Any], at: int) -> int:
        self._html.append(self._closings.pop())
        self._tight_before = False
        return at + 1

    def _fence(self, tokens: list[Any], at: int) -> int:
        token = tokens[at]
        if self._tight_before:
            self._begin_line()
        if token.info.strip() == "math" and (self._options.math or self._options.code_options):
            return self._formula(tokens, at)

        def marks(given: Attributes, own: str) -> str:
            return self._marks(token, given, own)

        self._html.append(self._code.fence(token, marks))
        return at + 1

    def _code_block(self, tokens: list[Any], at: int) -> int:
        token = tokens[at]
        if self._tight_before:
            self._begin_line()
        focus = ' tabindex="0"' if self._options.highlight else ""
        more = self._marks(token, token.given) if token.given else ""
        self._html.append(f"<pre{more}{focus}><code>{escape(token.content)}</code></pre>\n")
        return at + 1

    def _formula(self, tokens: list[Any], at: int) -> int:
        token = tokens[at]
        self._inlines.noticed = []
        html = formulas.shown(token.content, True, 0, self._inlines.noticed)
        if self._inlines.noticed:
            self._report(token)
        more = self._marks(token, token.given) if token.given else ""
        kind = "p" if html.startswith(formulas.BEGINNINGS) else "pre"
        self._html.append(f"<{kind}{more}>{html}</{kind}>\n")
        return at + 1

    def _html_block(self, tokens: list[Any], at: int) -> int:
        token = tokens[at]
        content = token.content
        if token.level == 0 and self._cut is None and "<!--" in content and _MORE.fullmatch(content):
            self._cut = len(self._html)
            return at + 1
        if content.startswith("<!--") and _TO_BLOGQ.fullmatch(content):
            # What the author says to the gate is nothing for readers.
            return at + 1
        if self._tight_before:
            self._begin_line()
        written, text = call_blocks.raw_html(self, token)
        self._html.append(written)
        if text:
            self._text.append(text)
        return at + 1

    def _footnote(self, tokens: list[Any], at: int) -> int:
        """Put a definition's tokens aside, to be written where the notes stand if the note is referred to."""
        depth = 0
        for end in range(at, len(tokens)):
            depth += (tokens[end].type == "footnote_open") - (tokens[end].type == "footnote_close")
            if not depth:
                break
        self._footnotes.setdefault(tokens[at].info, tokens[at + 1 : end])
        return end + 1


_HANDLERS = {
    "paragraph_open": BlockWriter._paragraph,
    "heading": BlockWriter._heading,
    "blockquote_open": BlockWriter._quote,
    "blockquote_close": BlockWriter._close,
    "container_open": BlockWriter._container,
    "container_close": BlockWriter._close,
    "term": BlockWriter._term,
    "formula": BlockWriter._formula,
    "table": BlockWriter._table,
    "list_item_open": BlockWriter._item,
    "fence": BlockWriter._fence,
    "code_block": BlockWriter._code_block,
    "html_block": BlockWriter._html_block,
    "footnote_open": BlockWriter._footnote,
    "shortcode": call_blocks.write,
}
