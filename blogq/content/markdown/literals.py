"""What stands for itself in running text: escapes, entities, code spans, formulas, addresses in angles, raw HTML."""

from __future__ import annotations

import re
from functools import partial
from typing import Any, NamedTuple

from blogq.config.schema import Markdown
from blogq.content.markdown import autolinks, formulas, rawhtml
from blogq.content.markdown.addresses import ABSOLUTE, ENTITY, entity, escape, normal, safe
from blogq.content.markdown.attributes import Ids
from blogq.content.markdown.places import Notice
from blogq.pattern import Pattern

_CODE_RUN = Pattern(r"`++")
_URI = Pattern(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^<>\x00-\x20]*+)>")
_EMAIL = Pattern(
    r"<([a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]++@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
    r"(?>(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*))>"
)
_RAW_LINK = Pattern(r"<(/?)a[\s>/]", re.IGNORECASE)
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_SET = frozenset("\"'-. ")
"""What typography would set otherwise."""


class Found(NamedTuple):
    """A link as it was met: its place is an offset in the text being read."""

    offset: int
    target: str
    kind: str


class Literals:
    """The part of `Inlines` that reads what isn't nested."""

    def __init__(self, options: Markdown) -> None:
        self.links: list[Found] = []
        """Links of the text read last."""
        self.ids: list[str] = []
        """Anchors that authors set, in raw HTML or otherwise, of all texts so far."""
        self.given_ids = Ids(self.ids)
        self.noticed: list[Notice] = []
        """What is wrong in the text read last."""
        self._options = options
        self._keeps_marks = options.typography
        self._source = ""
        self._html: list[str] = []
        self._text: list[str] = []
        self._brackets: list[Any] = []
        self._automatic: list[tuple[int, int]] = []
        self._missing_ends: set[str] = set()
        self._last_ticks: dict[int, int] | None = None
        self._raw_links = 0

    def address(self, target: str, kind: str, offset: int) -> str:
        """Note that the text shows or leads to `target` at `offset`; return it as an attribute's value."""
        if ABSOLUTE.match(target):
            if target[:4].lower() == "http":
                self.links.append(Found(offset, target, "x"))
            return escape(target)
        if not target:
            return ""
        if target[0] == "#" and kind == "a":
            kind = "f"
        self.links.append(Found(offset, target, kind))
        return f"\0{kind}{target}\0"

    def _put(self, html: str, text: str) -> None:
        self._html.append(html)
        self._text.append(text)

    def _put_link(self, target: str, shown: str, at: int) -> None:
        self._put(f'<a href="{self.address(target, "a", at)}">', "")
        self._put(escape(shown), shown)
        self._put("</a>", "")

    def _bare_address(self, pos: int, at: int) -> int:
        source = self._source
        if at > pos:
            self._put(escape(source[pos:at]), source[pos:at])
        end = autolinks.end_of_address(source, at, bool(self._brackets))
        shown = source[at:end]
        target = normal(shown if "://" in shown[:9] else "http://" + shown) if end > at else ""
        if not target or self._raw_links > 0:
            # The first letter alone, so that what follows is read as usual and no later start is missed.
            end = max(end, at + 1) if self._raw_links > 0 else at + 1
            self._put(escape(source[at:end]), source[at:end])
            return end
        if self._brackets:
            self._automatic.append((len(self._html), at))
        self._put_link(target, shown, at)
        return end

    def _backslash(self, at: int) -> int:
        following = self._source[at + 1 : at + 2]
        if following == "\n":
            self._put("<br>\n", "\n")
            return self._past_indentation(at + 2)
        if following in _PUNCTUATION:
            if self._options.math and following in "([" and (end := self._formula_in_brackets(at)):
                return end
            kept = self._keeps_marks and following in _SET
            self._put(f"&#{ord(following)};" if kept else escape(following), following)
            return at + 2
        self._put("\\", "\\")
        return at + 1

    def _break(self, at: int) -> int:
        tag = "\n"
        if self._source[at - 1] == " " and self._html:
            tag = "<br>\n" if self._text[-1].endswith("  ") else "\n"
            self._text[-1] = self._text[-1].rstrip(" ")
            self._html[-1] = self._html[-1].rstrip(" ")
        self._put(tag, "\n")
        return self._past_indentation(at + 1)

    def _past_indentation(self, pos: int) -> int:
        source = self._source
        while source[pos : pos + 1] in (" ", "\t"):
            pos += 1
        return pos

    def _entity(self, at: int) -> int:
        match = ENTITY.match(self._source, at)
        stands_for = entity(match[0]) if match else None
        if match is None or stands_for is None:
            self._put("&amp;", "&")
            return at + 1
        kept = self._keeps_marks and stands_for in _SET
        self._put(f"&#{ord(stands_for)};" if kept else escape(stands_for), stands_for)
        return match.end()

    def _dollar(self, at: int) -> int:
        begin, end, past = formulas.inline_end(self._source, at)
        if past < 0:
            mark = "$$" if self._source.startswith("$$", at) else "$"
            self._put(mark, mark)
            return at + len(mark)
        self._put(formulas.shown(self._source[begin:end], past - end == 2, at, self.noticed), "")
        return past

    def _formula_in_brackets(self, at: int) -> int:
        """Put the formula that `\\(` or `\\[` at `at` opens and return where it ends, 0 where it opens none."""
        source = self._source
        closing = "\\)" if source[at + 1] == "(" else "\\]"
        if closing in self._missing_ends:
            return 0
        end = source.find(closing, at + 2)
        if end < 0:
            self._missing_ends.add(closing)
            return 0
        if not source[at + 2 : end].strip():
            return 0
        self._put(formulas.shown(source[at + 2 : end], closing == "\\]", at, self.noticed), "")
        return end + 2

    def _code(self, at: int) -> int:
        source = self._source
        ticks = _CODE_RUN.match(source, at)
        pos = ticks.end() if ticks else at + 1
        length = pos - at
        last = self._last_ticks
        if last is None or last.get(length, -1) >= pos:
            for closing in _CODE_RUN.finditer(source, pos):
                if closing.end() - closing.start() == length:
                    code = source[pos : closing.start()].replace("\n", " ")
                    if code[0] == code[-1] == " " and code.strip(" "):
                        code = code[1:-1]
                    self._put(f"<code>{escape(code)}</code>", code)
                    return closing.end()
            # Searched in vain once: from now on, look up where the last run of each length stands.
            self._last_ticks = {m.end() - m.start(): m.start() for m in _CODE_RUN.finditer(source)}
        self._put(source[at:pos], source[at:pos])
        return pos

    def _angle(self, at: int) -> int:
        source = self._source
        if match := _URI.match(source, at):
            target = normal(match[1])
            if safe(target):
                self._put_link(target, match[1], at)
                return match.end()
        elif match := _EMAIL.match(source, at):
            self._put_link(normal("mailto:" + match[1]), match[1], at)
            return match.end()
        if self._options.html:
            end = rawhtml.tag_end(source, at, self._missing_ends)
            if end > 0:
                tag = source[at:end]
                if self._options.tag_filter:
                    tag = rawhtml.filtered(tag)
                if link := _RAW_LINK.match(tag):
                    self._raw_links += -1 if link[1] else 1
                here = partial(self._raw_address, at)
                self._put(rawhtml.with_placeholders(tag, here, self.ids.append), "")
                return end
        self._put("&lt;", "<")
        return at + 1

    def _raw_address(self, start: int, target: str, kind: str, offset: int) -> str:
        return self.address(target, kind, start + offset)
