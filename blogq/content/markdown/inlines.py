"""The inline part of the reader: emphasis, links, images, spans and the rest, written straight to HTML.

One pass over the text, jumping from special character to special character, with a stack of brackets and a list
of delimiter runs as the CommonMark specification describes them ("A parsing strategy"). No lookahead is repeated and
nothing recurses, so the time is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from markdown_it.common.utils import normalizeReference

from blogq.config.schema import Markdown
from blogq.content.markdown import attributes, autolinks, calls
from blogq.content.markdown.abbreviations import Abbreviations
from blogq.content.markdown.addresses import escape, inline_target
from blogq.content.markdown.attributes import Attributes
from blogq.content.markdown.calls import Calls
from blogq.content.markdown.document import TooComplex
from blogq.content.markdown.emphasis import Run, flanking, resolve
from blogq.content.markdown.extensions import Inline, mark
from blogq.content.markdown.footnotes import REFERENCE, Footnotes
from blogq.content.markdown.literals import Literals
from blogq.content.markdown.typography import Typography
from blogq.pattern import Pattern

_HARD_OR_SPACED_BREAK = Pattern(r"[ \\]\n|\n[ \t]")
_DELIMITERS = Pattern(r"\*++|_++|~++")
_LABEL = Pattern(r"\[((?>(?:[^\\\[\]]|\\.){0,999}))\]", re.DOTALL)
_NEVER = 1 << 60
_WORK_PER_CHARACTER = 16


class _Bracket:
    """An opening `[` or `![` that may turn out to start a link or an image."""

    __slots__ = ("active", "followed", "ids", "image", "links", "notes", "runs", "slot", "start")

    def __init__(self, inlines: Inlines, start: int, image: bool) -> None:
        self.start = start
        self.image = image
        self.active = True
        self.followed = False
        """Whether another bracket was opened after it, so that the text between can't be a label."""
        self.slot = len(inlines._html) - 1
        self.runs = len(inlines._runs)
        self.links = len(inlines.links)
        self.ids = len(inlines.ids)
        self.notes = inlines.notes.mark()


@cache
def _stops(strikethrough: bool, math: bool, shortcodes: bool) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what running text stops at: without and with line breaks that need care."""
    marks = r"\\`&<\[\]!*_" + "~" * strikethrough + r"\$" * math + "{" * shortcodes
    return re.compile(f"[{marks}]"), re.compile(f"[{marks}\n]")


class Inlines(Literals):
    """Reads the inline texts of one document, one after another.

    `env` holds what the blocks define: link references as markdown-it keeps them (label → `{"href", "title"}`) and
    abbreviations (label → what it stands for).
    """

    def __init__(self, options: Markdown, env: Mapping[str, Any], notes: Footnotes, language: str, length: int) -> None:
        super().__init__(options)
        self.notes = notes
        self.calls = Calls()
        """Shortcodes, of all texts so far."""
        self.text = ""
        """The text read last, as plain text."""
        self.missing_notes: list[tuple[int, str]] = []
        """Footnotes that the text read last refers to in vain: offset and label."""
        self._references: Mapping[str, Mapping[str, Any]] = env["references"]
        self._abbreviations = Abbreviations(env["abbreviations"], length) if env["abbreviations"] else None
        self._typography = Typography(language) if options.typography else None
        self._attributes = options.attributes
        self._extensions: tuple[Inline, ...] = env["extensions"].inlines
        self._rewrites = bool(self._extensions) or self._abbreviations is not None or self._typography is not None
        """Whether running text doesn't simply stay what it is."""
        self._images = 0
        self._trace: list[tuple[int, int]] | None = None
        """Where a subclass wants to know it: for slots of the text read last, the offsets that they were read at."""
        self._stops, self._stops_and_breaks = _stops(options.strikethrough, options.math, options.shortcodes)

    def read(self, source: str, start: int = 0) -> str:
        """Return the HTML of `source` from offset `start`; `links`, `text` and `missing_notes` tell the rest."""
        self.links = []
        self.missing_notes = []
        self.noticed = []
        urls = self._options.autolinks and ("://" in source or "www." in source)
        emails = self._options.autolinks and "@" in source
        spaced = "\n" in source and _HARD_OR_SPACED_BREAK.search(source) is not None
        search = (self._stops_and_breaks if spaced else self._stops).search
        match = search(source, start)
        trace = self._trace
        if match is None and not urls and not emails and not self._rewrites and trace is None:
            self.text = source[start:] if start else source
            return self.text.replace(">", "&gt;").replace('"', "&quot;")
        self._source = source
        html = self._html = []
        text = self._text = []
        self._runs: list[Run] = []
        self._brackets = []
        self._settled = 0  # how many of the brackets have a link within, so that they can't start one
        self._alternatives: dict[int, str] = {}
        self._automatic = []
        self._missing_ends = set()
        self._last_ticks = None
        self._raw_links = 0
        self._work = 100_000 + _WORK_PER_CHARACTER * len(source)
        handlers = _HANDLERS
        end = len(source)
        pos = start
        starts = autolinks.START.finditer(source, start) if urls else None
        candidate = next(starts, None) if starts else None
        next_url = candidate.start() if candidate else _NEVER
        while True:
            at = match.start() if match else end
            if next_url <= at and starts:
                if next_url >= pos:
                    if trace is not None:
                        self._note(pos, next_url)
                    pos, at = self._bare_address(pos, next_url), next_url
                    if match is not None and match.start() < pos:
                        match = search(source, pos)
                candidate = next(starts, None)
                next_url = candidate.start() if candidate else _NEVER
                continue
            if trace is not None:
                self._note(pos, at)
            if at > pos:
                chunk = source[pos:at]
                text.append(chunk)
                html.append(chunk.replace(">", "&gt;").replace('"', "&quot;"))
            if match is None:
                break
            pos = handlers[source[at]](self, at)
            match = search(source, pos)
        if self._runs:
            resolve(self._runs, 0, html, text)
        if self.calls.met:
            self.calls.settle(html, text, self.noticed)
        if trace is not None:
            self._traced()
        if emails:
            html, text = autolinks.link_emails(html, text)
        if self._rewrites:
            html, text = self._rewritten(html, text)
        if len(self.links) > 1:
            self.links.sort(key=lambda link: link.offset)
        self.text = "".join(text)
        return "".join(html)

    def _note(self, pos: int, at: int) -> None:
        """Note that the next slots are read at `pos`, up to `at`, and at `at`."""

    def _traced(self) -> None:
        """Take what was noted, before anything is rewritten."""

    def _rewritten(self, html: list[str], text: list[str]) -> tuple[list[str], list[str]]:
        if self._extensions:
            html, text = mark(self._extensions, self._source, html, text, self.noticed)
        if self._abbreviations:
            html, text = self._abbreviations.mark(html, text)
        if self._typography:
            self._typography.set(html, text)
        return html, text

    def _bang(self, at: int) -> int:
        if self._source.startswith("[", at + 1):
            return self._bracket(at, True)
        self._put("!", "!")
        return at + 1

    def _open(self, at: int) -> int:
        if self.notes.enabled and self._source.startswith("^", at + 1):
            match = REFERENCE.match(self._source, at)
            if match:
                written = self.notes.refer(match[1])
                if written:
                    self.address(written.target, "f", at)
                    self._put(written.html, "")
                    return match.end()
                if not self._source.startswith(("(", "[", ":"), match.end()):
                    self.missing_notes.append((at, match[1]))
        return self._bracket(at, False)

    def _bracket(self, at: int, image: bool) -> int:
        if self._brackets:
            self._brackets[-1].followed = True
        mark = "![" if image else "["
        self._put(mark, mark)
        self._brackets.append(_Bracket(self, at, image))
        return at + len(mark)

    def _close(self, at: int) -> int:
        if not self._brackets:
            self._put("]", "]")
            return at + 1
        opening = self._brackets.pop()
        self._settled = min(self._settled, len(self._brackets))
        source = self._source
        target = title = None
        end = at + 1
        if not opening.active:
            pass
        elif source.startswith("(", end) and (read := inline_target(source, end) or calls.reference(source, end)):
            target, title, end = read
        elif self._references:
            label = _LABEL.match(source, end)
            if label and label[1]:
                reference = self._references.get(normalizeReference(label[1]))
                after = label.end()
            else:
                start = opening.start + (2 if opening.image else 1)
                reference = None
                if not opening.followed and at - start < 1000:
                    reference = self._references.get(normalizeReference(source[start:at]))
                after = label.end() if label else end
            if reference:
                target, title, end = reference["href"], reference["title"], after
        given = None
        if self._attributes and source.startswith("{", end) and (found := attributes.read(source, end)):
            given, end = found
        if target is None:
            if given and not opening.image:
                self._span(opening, given)
                return end
            self._put("]", "]")
            return at + 1
        resolve(self._runs, opening.runs, self._html, self._text)
        (self._image if opening.image else self._link)(opening, target, title or "", given)
        return end

    def marks(self, given: Attributes, at: int, own: str = "", without: tuple[str, ...] = ()) -> str:
        """Return the attributes `given` at offset `at` as HTML; what can't be written is in `noticed`."""
        return attributes.written(given, self.given_ids, self.noticed, at, own, without)

    def _span(self, opening: _Bracket, given: Attributes) -> None:
        resolve(self._runs, opening.runs, self._html, self._text)
        self._html[opening.slot] = f"<span{self.marks(given, opening.start)}>"
        self._text[opening.slot] = ""
        self._put("</span>", "")

    def _image(self, opening: _Bracket, target: str, title: str, given: Attributes | None) -> None:
        slot = opening.slot
        known = self._alternatives
        parts = self._text[slot + 1 :]
        if known:
            self._images -= len(known)
            parts = [known.pop(slot + 1 + i, part) for i, part in enumerate(parts)]
            self._images += len(known)
        alternative = "".join(parts)
        self._work -= len(alternative) + len(parts)
        if self._work < 0:
            line = self._source.count("\n", 0, opening.start)
            raise TooComplex(line, "images are nested in one another's descriptions")
        # What stands in a description is text only.
        del self.links[opening.links :], self._html[slot:], self._text[slot:]
        self.given_ids.rewind(opening.ids)
        self.notes.rewind(opening.notes)
        self.calls.drop(slot)
        while self._automatic and self._automatic[-1][0] > slot:
            self._automatic.pop()
        known[slot] = alternative
        written = self.address(target, "i", opening.start)
        named = f' title="{escape(title)}"' if title else ""
        self._images += 1
        later = ' loading="lazy" decoding="async"' if self._images > 1 else ""
        if given:
            if any(name in ("loading", "decoding") for name, _ in given.pairs):
                later = ""
            later = self.marks(given, opening.start, without=("title",) if title else ()) + later
        self._put(f'<img src="{written}" alt="{escape(alternative)}"{named}{later}>', "")

    def _link(self, opening: _Bracket, target: str, title: str, given: Attributes | None) -> None:
        slot = opening.slot
        if self._automatic and self._automatic[-1][0] > slot:
            dropped = set()
            while self._automatic and self._automatic[-1][0] > slot:
                first, offset = self._automatic.pop()
                self._html[first] = self._html[first + 2] = ""
                dropped.add(offset)
            self.links[opening.links :] = [link for link in self.links[opening.links :] if link.offset not in dropped]
        named = f' title="{escape(title)}"' if title else ""
        if given:
            named += self.marks(given, opening.start, without=("title",) if title else ())
        self._html[slot] = f'<a href="{self.address(target, "a", opening.start)}"{named}>'
        self._text[slot] = ""
        self._put("</a>", "")
        for earlier in self._brackets[self._settled :]:
            earlier.active = earlier.image
        self._settled = len(self._brackets)

    def _delimiters(self, at: int) -> int:
        source = self._source
        match = _DELIMITERS.match(source, at)
        end = match.end() if match else at + 1
        run = source[at:end]
        can_open, can_close = flanking(source, at, end)
        if (can_open or can_close) and (run[0] != "~" or len(run) < 3):
            self._runs.append(Run(run[0], len(run), len(self._html), can_open, can_close))
        self._put(run, run)
        return end


_HANDLERS: dict[str, Callable[[Inlines, int], int]] = {
    "\\": Inlines._backslash,
    "`": Inlines._code,
    "&": Inlines._entity,
    "<": Inlines._angle,
    "[": Inlines._open,
    "]": Inlines._close,
    "!": Inlines._bang,
    "*": Inlines._delimiters,
    "_": Inlines._delimiters,
    "~": Inlines._delimiters,
    "\n": Inlines._break,
    "$": Inlines._dollar,
    "{": calls.brace,
}
