"""The inline part of the reader: emphasis, links, images, code spans and the rest, written straight to HTML.

One pass over the text, jumping from special character to special character, with a stack of brackets and a list
of delimiter runs as the CommonMark specification describes them ("A parsing strategy"). No lookahead is repeated and
nothing recurses, so the time is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

from markdown_it.common.utils import normalizeReference

from blogq.config.schema import Markdown
from blogq.content.markdown import autolinks, rawhtml
from blogq.content.markdown.addresses import ABSOLUTE, ENTITY, entity, escape, inline_target, normal, safe
from blogq.content.markdown.document import TooComplex
from blogq.content.markdown.emphasis import Run, flanking, resolve
from blogq.content.markdown.footnotes import REFERENCE, Footnotes
from blogq.pattern import Pattern

_HARD_OR_SPACED_BREAK = Pattern(r"[ \\]\n|\n[ \t]")
_CODE_RUN = Pattern(r"`++")
_DELIMITERS = Pattern(r"\*++|_++|~++")
_LABEL = Pattern(r"\[((?:[^\\\[\]]|\\.){0,999}+)\]", re.DOTALL)
_URI = Pattern(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^<>\x00-\x20]*+)>")
_EMAIL = Pattern(
    r"<([a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]++@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
    r"(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*+)>"
)
_RAW_LINK = Pattern(r"<(/?)a[\s>/]", re.IGNORECASE)
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_STOPS = (
    (re.compile(r"[\\`&<\[\]!*_]"), re.compile(r"[\\`&<\[\]!*_\n]")),
    (re.compile(r"[\\`&<\[\]!*_~]"), re.compile(r"[\\`&<\[\]!*_~\n]")),
)
"""What running text stops at: without and with strikethrough, each without and with line breaks that need care."""
_NEVER = 1 << 60
_WORK_PER_CHARACTER = 16


class Found(NamedTuple):
    """A link as it was met: its place is an offset in the text being read."""

    offset: int
    target: str
    kind: str


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


class Inlines:
    """Reads the inline texts of one document, one after another.

    `references` are the link reference definitions as markdown-it keeps them: label → `{"href", "title"}`.
    """

    def __init__(self, options: Markdown, references: Mapping[str, Mapping[str, Any]], notes: Footnotes) -> None:
        self.notes = notes
        self.links: list[Found] = []
        """Links of the text read last."""
        self.ids: list[str] = []
        """Anchors in raw HTML, of all texts so far."""
        self.text = ""
        """The text read last, as plain text."""
        self.missing_notes: list[tuple[int, str]] = []
        """Footnotes that the text read last refers to in vain: offset and label."""
        self._references = references
        self._options = options
        self._images = 0
        self._stops, self._stops_and_breaks = _STOPS[options.strikethrough]

    def read(self, source: str, start: int = 0) -> str:
        """Return the HTML of `source` from offset `start`; `links`, `text` and `missing_notes` tell the rest."""
        self.links = []
        self.missing_notes = []
        urls = self._options.autolinks and ("://" in source or "www." in source)
        emails = self._options.autolinks and "@" in source
        spaced = "\n" in source and _HARD_OR_SPACED_BREAK.search(source) is not None
        search = (self._stops_and_breaks if spaced else self._stops).search
        match = search(source, start)
        if match is None and not urls and not emails:
            self.text = source[start:] if start else source
            return self.text.replace(">", "&gt;").replace('"', "&quot;")
        self._source = source
        html: list[str] = []
        self._html = html
        text: list[str] = []
        self._text = text
        self._runs: list[Run] = []
        self._brackets: list[_Bracket] = []
        self._settled = 0  # how many of the brackets have a link within, so that they can't start one
        self._alternatives: dict[int, str] = {}
        self._automatic: list[tuple[int, int]] = []
        self._missing_ends: set[str] = set()
        self._last_ticks: dict[int, int] | None = None
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
                    pos, at = self._bare_address(pos, next_url), next_url
                    if match is not None and match.start() < pos:
                        match = search(source, pos)
                candidate = next(starts, None)
                next_url = candidate.start() if candidate else _NEVER
                continue
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
        if emails:
            autolinks.link_emails(html, text)
        if len(self.links) > 1:
            self.links.sort(key=lambda link: link.offset)
        self.text = "".join(text)
        return "".join(html)

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
            self._put("<br />\n", "\n")
            return self._past_indentation(at + 2)
        if following in _PUNCTUATION:
            self._put(escape(following), following)
            return at + 2
        self._put("\\", "\\")
        return at + 1

    def _break(self, at: int) -> int:
        tag = "\n"
        if self._source[at - 1] == " " and self._html:
            tag = "<br />\n" if self._text[-1].endswith("  ") else "\n"
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
        self._put(escape(stands_for), stands_for)
        return match.end()

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
        if not opening.active:
            self._put("]", "]")
            return at + 1
        source = self._source
        target = title = None
        end = at + 1
        if source.startswith("(", end) and (read := inline_target(source, end)):
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
        if target is None:
            self._put("]", "]")
            return at + 1
        resolve(self._runs, opening.runs, self._html, self._text)
        (self._image if opening.image else self._link)(opening, target, title or "")
        return end

    def _image(self, opening: _Bracket, target: str, title: str) -> None:
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
        del self.links[opening.links :], self.ids[opening.ids :], self._html[slot:], self._text[slot:]
        self.notes.rewind(opening.notes)
        while self._automatic and self._automatic[-1][0] > slot:
            self._automatic.pop()
        known[slot] = alternative
        written = self.address(target, "i", opening.start)
        named = f' title="{escape(title)}"' if title else ""
        self._images += 1
        later = ' loading="lazy" decoding="async"' if self._images > 1 else ""
        self._put(f'<img src="{written}" alt="{escape(alternative)}"{named}{later} />', "")

    def _link(self, opening: _Bracket, target: str, title: str) -> None:
        slot = opening.slot
        if self._automatic and self._automatic[-1][0] > slot:
            dropped = set()
            while self._automatic and self._automatic[-1][0] > slot:
                first, offset = self._automatic.pop()
                self._html[first] = self._html[first + 2] = ""
                dropped.add(offset)
            self.links[opening.links :] = [link for link in self.links[opening.links :] if link.offset not in dropped]
        named = f' title="{escape(title)}"' if title else ""
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
}
