"""Block tokens → HTML, and everything else that a `Document` holds, in one walk."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from blogq.config.schema import Markdown
from blogq.content import highlight
from blogq.content.markdown import call_blocks
from blogq.content.markdown.addresses import escape, unescape
from blogq.content.markdown.anchors import name_all, own_id
from blogq.content.markdown.blocks import Token
from blogq.content.markdown.calls import without_marks
from blogq.content.markdown.document import Document, Found, Heading, Link, TooComplex
from blogq.content.markdown.footnotes import Footnotes
from blogq.content.markdown.inlines import Inlines
from blogq.content.markdown.places import Places, missing_footnote, slow_code, unknown_language
from blogq.content.markdown.prose import count_words
from blogq.finding import Finding
from blogq.pattern import Pattern

_MORE = Pattern(r"\s*<!--\s*more\s*-->\s*", re.IGNORECASE)
_TASK = Pattern(r"\[([ xX])\][ \t\n]+(?=\S)")
_LINK_TAG = Pattern(r"</?a(?:\s[^>]*)?>", re.IGNORECASE)
_NOTE_MARK = Pattern(r'<sup class="footnote-ref">.*?</sup>')
_HAS_ID = Pattern(r'(<[A-Za-z][^<>]*?)\sid="[^"]*"')
_LANGUAGE = Pattern(r"[^\s,{:;]+")
_SUMMARY_WORDS = 40
_SUMMARY_PARAGRAPHS = 3


class Writer:
    """Writes one document."""

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
        self._inlines = Inlines(options, env["references"], self._notes)
        self._places = Places(source, path, first_line)
        self._title_from_heading = title_from_heading
        self._language = language
        self._html: list[str] = []
        self._text: list[str] = []
        self._links: list[Link] = []
        self._findings: list[Finding] = []
        self._headings: list[tuple[int, int, str, str, str]] = []
        """Slot in the HTML, level, own id, inline HTML, text."""
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

    def document(self, tokens: list[Any]) -> Document:
        """Return what the block `tokens` of the source say."""
        if self._has_calls:
            call_blocks.pair(tokens)
        self._write(tokens)
        main_ends = len(self._html)
        self._write_footnotes()
        html = self._html
        ids = [*self._inlines.ids, *self._notes.ids()]
        moved: dict[str, str] = {}
        headings: list[Heading] = []
        if self._options.heading_ids:
            anchors = name_all([(text, own) for _, _, own, _, text in self._headings], ids)
            moved = anchors.moved
            for (slot, level, _, inner, text), name in zip(self._headings, anchors.ids, strict=True):
                html[slot] = f'<h{level} id="{escape(name)}">'
                headings.append(Heading(level, name, inner, text))
            ids += anchors.ids
        else:
            headings = [Heading(level, "", inner, text) for _, level, _, inner, text in self._headings]
        if self._cut is not None:
            summary = "".join(html[: self._cut])
            has_more = any(part.strip() for part in html[self._cut : main_ends])
        else:
            summary = "".join(self._summary)
            has_more = summary != "".join(html[:main_ends])
        if self._notes.used():
            summary = _NOTE_MARK.sub("", summary)
        whole = "".join(html)
        links = self._links
        for old, new in moved.items():
            if old in ids:
                continue
            whole, summary = (part.replace(f"\0f#{old}\0", f"\0f#{new}\0") for part in (whole, summary))
            links = [link._replace(target="#" + new) if link.target == "#" + old else link for link in links]
        prose = "\n\n".join(self._text)
        calls = self._inlines.calls
        return Document(
            html=calls.finish(whole),
            summary=calls.finish(summary),
            has_more=has_more,
            title=self._title or "",
            headings=tuple(headings),
            links=tuple(links),
            calls=calls.shown(whole),
            ids=tuple(ids),
            text=prose,
            words=count_words(prose),
            findings=tuple(self._findings),
        )

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

    def _tag(self, tokens: list[Any], at: int) -> None:
        token = tokens[at]
        if token.nesting < 0:
            self._html.append(f"</{token.tag}>\n")
            self._tight_before = False
            return
        if self._tight_before:
            self._html.append("\n")
            self._tight_before = False
        attributes = "".join(f' {name}="{escape(str(value))}"' for name, value in token.attrs.items())
        if token.nesting == 0:
            self._html.append(f"<{token.tag}{attributes} />\n")
            return
        following = tokens[at + 1]
        empty_item = token.tag == "li" and following.type == "list_item_close"
        joined = following.type == "inline" or following.hidden or empty_item
        self._html.append(f"<{token.tag}{attributes}>" if joined else f"<{token.tag}{attributes}>\n")

    def _inline(self, token: Any, start: int = 0) -> str:
        inlines = self._inlines
        try:
            html = inlines.read(token.content, start)
        except TooComplex as reason:
            raise TooComplex(token.map[0] + reason.line, reason.why) from None
        if inlines.links:
            self._links += self._placed(inlines.links, token)
        if inlines.calls.noted:
            self._links += inlines.calls.place(self._places, token, self._cell_at, self._findings)
        if inlines.missing_notes:
            self._report_missing_notes(token)
        return html

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
            content = f'<label><input type="checkbox"{checked} disabled="" /> {content}</label>'
        if opening.hidden:
            self._html.append(content)
            self._tight_before = True
            return at + 3
        if self._tight_before:
            self._html.append("\n")
            self._tight_before = False
        if calls.alone is not None:
            calls.alone.block = True
        self._html.append(f"<p>{content}</p>\n" if calls.alone is None else f"{content}\n")
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
        opening, inline = tokens[at], tokens[at + 1]
        own = ""
        if self._options.heading_ids:
            inline.content, own = own_id(inline.content)
        drop = self._title_from_heading and self._title is None and not "".join(self._html).strip()
        links_before, ids_before = len(self._links), len(self._inlines.ids)
        content = self._inline(inline)
        inner = content
        if "<" in content or "\0" in content:
            inner = _HAS_ID.sub(r"\1", _LINK_TAG.sub("", _NOTE_MARK.sub("", without_marks(content))))
        text = " ".join(self._inlines.text.split())
        if self._title is None:
            self._title = text
        if drop:
            del self._links[links_before:], self._inlines.ids[ids_before:]
            return at + 3
        if text:
            self._text.append(text)
        if self._tight_before:
            self._html.append("\n")
            self._tight_before = False
        level = int(opening.tag[1])
        self._headings.append((len(self._html), level, own, inner, text))
        self._html.append(f"<{opening.tag}>")
        self._html.append(f"{content}</{opening.tag}>\n")
        return at + 3

    def _table(self, tokens: list[Any], at: int) -> int:
        token = tokens[at]
        styles = [f' style="text-align:{side}"' if side else "" for side in token.info]
        html = self._html
        if self._tight_before:
            html.append("\n")
            self._tight_before = False
        html.append("<table>\n<thead>\n")
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

    def _fence(self, tokens: list[Any], at: int) -> int:
        token = tokens[at]
        info = unescape(token.info).strip()
        name = _LANGUAGE.search(info) if info and not info.startswith(("{#", "{1", "{2")) else None
        shown = name[0].lstrip(".").rstrip("}") if name else ""
        if not self._options.highlight:
            first = info.split(maxsplit=1)[0] if info else ""
            attribute = f' class="language-{escape(first)}"' if first else ""
            self._html.append(f"<pre><code{attribute}>{escape(token.content)}</code></pre>\n")
            return at + 1
        self._html.append(self._coloured(token, shown))
        return at + 1

    def _coloured(self, token: Any, shown: str) -> str:
        language = shown.lower()
        code = token.content
        body = ""
        if language not in highlight.PLAIN:
            result = highlight.highlight(code, language)
            body = result.html
            if result.problem:
                report = unknown_language if result.problem == "unknown" else slow_code
                self._findings.append(report(self._places, token.map[0], shown))
        if not body:
            body = escape(code)
        if not language:
            return f'<pre tabindex="0"><code>{body}</code></pre>\n'
        named = escape(language)
        return (
            f'<div class="highlight" data-lang="{named}"><pre tabindex="0">'
            f'<code class="language-{named}">{body}</code></pre></div>\n'
        )

    def _code_block(self, tokens: list[Any], at: int) -> int:
        focus = ' tabindex="0"' if self._options.highlight else ""
        self._html.append(f"<pre{focus}><code>{escape(tokens[at].content)}</code></pre>\n")
        return at + 1

    def _html_block(self, tokens: list[Any], at: int) -> int:
        token = tokens[at]
        content = token.content
        if token.level == 0 and self._cut is None and "<!--" in content and _MORE.fullmatch(content):
            self._cut = len(self._html)
            return at + 1
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

    def _write_footnotes(self) -> None:
        if not self._notes.used():
            return
        self._in_footnotes = True
        bodies = []
        outer = self._html
        done = 0
        # A note may refer to further notes, so the list grows while it is written.
        while done < len(labels := self._notes.used()):
            self._html = []
            self._write(self._footnotes[labels[done]])
            bodies.append((labels[done], self._html))
            done += 1
        self._html = outer
        self._html.append('<section class="footnotes" role="doc-endnotes">\n<ol class="footnotes-list">\n')
        for number, (label, body) in enumerate(bodies, 1):
            back = self._notes.back(label, self._language)
            written = "".join(body)
            if written.endswith("</p>\n"):
                written = f"{written[:-5]}{back}</p>\n"
            else:
                written = f"{written}<p>{back.lstrip()}</p>\n"
            self._html.append(f'<li id="fn{number}" class="footnote-item">{written}</li>\n')
            self._links += [Link(target, "f", 0, 0) for target in self._notes.back_targets(label)]
        self._html.append("</ol>\n</section>\n")

    def _placed(self, found: list[Found], token: Any) -> list[Link]:
        places = self._places.of([link.offset for link in found], token, self._cell_at)
        return [Link(link.target, link.kind, *place) for link, place in zip(found, places, strict=True)]

    def _report_missing_notes(self, token: Any) -> None:
        missing = [(at, label) for at, label in self._inlines.missing_notes if self._notes.surely_missing(label)]
        places = self._places.of([at for at, _ in missing], token, self._cell_at)
        for (line, column), (_, label) in zip(places, missing, strict=True):
            self._findings.append(missing_footnote(self._places, line, column, label))


_HANDLERS = {
    "paragraph_open": Writer._paragraph,
    "heading_open": Writer._heading,
    "table": Writer._table,
    "list_item_open": Writer._item,
    "fence": Writer._fence,
    "code_block": Writer._code_block,
    "html_block": Writer._html_block,
    "footnote_open": Writer._footnote,
    "shortcode": call_blocks.write,
}
