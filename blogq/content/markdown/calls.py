"""Shortcodes in Markdown: where their tags stand, which of them belong together, and the placeholders that they leave.

A tag alone on its line is a block, any other stands in running text; in code there are none. An opening tag belongs to
the closing one of its name in the same container or paragraph; without one it is a call by itself. What is between the
two is Markdown like everything else. Which names there are is not known here: templates say so when pages are made.

A call's placeholder is NUL, `{`, a JSON list (`Made.encoded`), NUL; its end NUL, `}`, NUL; its text stands between.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from blogq.content.markdown.addresses import ABSOLUTE, Target, escape, normal, safe
from blogq.content.markdown.document import Call, Link, TooComplex
from blogq.content.markdown.places import Notice, Places
from blogq.content.name import is_image
from blogq.content.shortcodes import Tag, Value, read_tag
from blogq.pattern import Pattern

if TYPE_CHECKING:
    from blogq.content.markdown.inlines import Inlines

DEEPEST = 20
"""Calls within calls."""
TOO_DEEP = f"shortcodes are nested more than {DEEPEST} deep"
_REFERENCES = frozenset(("ref", "relref"))
"""Hugo's shortcodes that stand for the address of a source, in `[text]({{< ref "post.md" >}})`."""
_NAMED = frozenset(
    "src href link url image img poster cover thumbnail file path attrlink track captions subtitles".split()
)
"""Arguments that hold an address, whatever it looks like."""
_SHOWN = frozenset("src image img poster cover thumbnail track captions subtitles".split())
"""Those of them that the page shows rather than leads to."""
_NOT_PICTURES = _NAMED - _SHOWN | {"poster"}
"""Arguments that may name an image file and are no picture: what the page leads to, and a film's first frame."""
_PATH = Pattern(r"#\S+|\S*/\S*|\S*\.[A-Za-z][A-Za-z0-9]{0,4}(?:[?#]\S*)?")
"""What is taken for a path in other arguments."""
_FILE = Pattern(r"[^\s:]+\.(?:md|markdown|png|jpe?g|gif|webp|avif|svg|mp[34]|webm|ogg|m4a|wav|vtt|pdf)(?:#\S*)?", 2)
"""What is sure to be one."""
_NUMBER = Pattern("\0\\{([0-9]+)\0")
_MARK = Pattern("\0[{}][^\0]*\0")


class Made:
    """A call as it is written into the HTML."""

    __slots__ = ("block", "column", "line", "number", "paired", "tag", "until")

    def __init__(self, number: int, tag: Tag, block: bool = False) -> None:
        self.number = number
        self.tag = tag
        self.block = block
        self.paired = False
        self.until = ""
        """The closing tag, as written."""
        self.line = self.column = 0

    @property
    def closed(self) -> bool:
        """Whether there is a closing tag, or none is to come."""
        return self.paired or self.tag.whole

    def begin(self) -> str:
        """Return the placeholder that stands where the call begins."""
        return f"\0{{{self.number}\0"

    def encoded(self) -> str:
        """Return all that there is to know of the call, as JSON."""
        tag = self.tag
        addresses = {str(key): found for key, value in _arguments(tag) if (found := _address(key, value))}
        known = (
            tag.name,
            tag.args,
            tag.params,
            addresses,
            self.block,
            self.paired,
            self.closed,
            tag.source,
            self.until,
        )
        return json.dumps([*known, self.line, self.column], ensure_ascii=False, separators=(",", ":"))

    def links(self) -> list[Link]:
        """Return where the call's arguments lead to that may depend on other sources and files."""
        found = [_address(key, value) for key, value in _arguments(self.tag)]
        return [Link(each[0], each[1], self.line, self.column) for each in found if each and each[1] not in "xf"]


def _arguments(tag: Tag) -> list[tuple[int | str, Value]]:
    return [*enumerate(tag.args), *tag.params.items()]


def _address(key: int | str, value: Value) -> tuple[str, str] | None:
    """Return the address that an argument holds and its kind (see `Link.kind`); None where it holds none.

    `x` is any address with a scheme but those that would run a script, which are none. `i` is an image file that a
    template may show in all its sizes.
    """
    if not isinstance(value, str) or not value.strip():
        return None
    named = key in _NAMED
    if not named and not _PATH.fullmatch(value):
        return None
    target = normal(value.strip())
    if ABSOLUTE.match(target):
        return (target, "x") if safe(target) else None
    if target[0] == "#":
        return target, "f"
    if not named and not _FILE.fullmatch(value):
        return target, "c"
    if key not in _NOT_PICTURES and is_image(re.split("[?#]", target, maxsplit=1)[0]):
        return target, "i"
    return target, "m" if key in _SHOWN else "a"


class Met(NamedTuple):
    """A tag as it was met in a text: where its placeholder goes."""

    offset: int
    slot: int
    tag: Tag


class Calls:
    """The calls of one document."""

    def __init__(self) -> None:
        self.made: list[Made] = []
        self.met: list[Met] = []
        """Tags of the text being read, until they are settled."""
        self.noted: list[tuple[int, Made]] = []
        """Calls of the text read last, by offset; until they are placed."""
        self.alone: Made | None = None
        """The call that is all of the text read last."""
        self.depth = 0
        """How many block calls the block being written stands in."""

    def make(self, tag: Tag, block: bool = False) -> Made:
        """Note a call."""
        call = Made(len(self.made), tag, block)
        self.made.append(call)
        return call

    def drop(self, slot: int) -> None:
        """Forget the tags met from `slot` on: they stand in the description of an image, as text."""
        while self.met and self.met[-1].slot >= slot:
            self.met.pop()

    def settle(self, html: list[str], text: list[str], noticed: list[Notice]) -> None:
        """Pair the tags met in one text, and write their placeholders into their slots; add to `noticed`."""
        opened: list[tuple[Met, Made]] = []
        counts: dict[str, int] = {}
        deepest = 0
        first, last = self.met[0], self.met[-1]
        for met in self.met:
            tag = met.tag
            text[met.slot] = ""
            if tag.closing:
                if not counts.get(tag.name):
                    html[met.slot] = escape(tag.source)
                    text[met.slot] = tag.source
                    noticed.append(stray(tag, met.offset))
                    continue
                opening = None
                while opening is None or opening.tag.name != tag.name:
                    opening, call = opened.pop()
                    counts[opening.tag.name] -= 1
                call.paired, call.until = True, tag.source
                html[opening.slot], html[met.slot] = call.begin(), "\0}\0"
                deepest = max(deepest, len(opened))
            else:
                opening = met
                call = self.make(tag)
                self.noted.append((met.offset, call))
                html[met.slot] = call.begin() + "\0}\0"
                if not tag.whole:
                    opened.append((met, call))
                    counts[tag.name] = counts.get(tag.name, 0) + 1
            if opening is first and met is last and not any(html[: first.slot]) and not any(html[last.slot + 1 :]):
                self.alone = call
        if deepest + self.depth >= DEEPEST:
            raise TooComplex(0, TOO_DEEP)
        self.met = []

    def place(self, places: Places, token: Any, cell_at: int | None) -> list[Link]:
        """Give the calls noted in the content of `token` their places; return where their arguments lead."""
        noted, self.noted = self.noted, []
        links: list[Link] = []
        where = places.of([offset for offset, _ in noted], token, cell_at)
        for (_, call), (line, column) in zip(noted, where, strict=True):
            call.line, call.column = line, column
            links += call.links()
        return links

    def finish(self, html: str) -> str:
        """Return `html` with all that there is to know of each call in its placeholder."""
        return _NUMBER.sub(lambda match: f"\0{{{self.made[int(match[1])].encoded()}\0", html) if self.made else html

    def shown(self, html: str) -> tuple[Call, ...]:
        """Return the calls in `html`, which isn't finished yet, in order."""
        if not self.made:
            return ()
        calls = [self.made[int(number)] for number in _NUMBER.findall(html)]
        return tuple(Call(call.tag.name, call.line, call.column, call.closed) for call in calls)


def without_marks(html: str) -> str:
    """Return `html` with the placeholders of calls left out, but not what stands between them."""
    return _MARK.sub("", html) if "\0{" in html or "\0}" in html else html


# In running text.


def brace(inlines: Inlines, at: int) -> int:
    """Read what a `{` in running text begins: a tag, a tag that is to be shown (`{{</* name */>}}`), or nothing."""
    source = inlines._source
    mark = source[at : at + 3]
    if (mark != "{{<" and mark != "{{%") or not inlines._options.shortcodes:
        inlines._put("{", "{")
        return at + 1
    end = ">}}" if mark == "{{<" else "%}}"
    if source.startswith("/*", at + 3):
        stop = source.find(f"*/{end}", at + 5)
        if stop >= 0:
            shown = mark + source[at + 5 : stop] + end
            inlines._put(escape(shown), shown)
            return stop + 5
    tag = read_tag(source, at)
    if isinstance(tag, Tag):
        inlines.calls.met.append(Met(at, len(inlines._html), tag))
        # As text it counts only where it turns out to be no call, such as in the description of an image.
        inlines._put("", tag.source)
        return tag.end
    # `{{{% endraw %}` is Liquid's.
    if tag and source[at - 1 : at] != "{":
        hint = f"Mend it, or write {mark}/* and */{end} for text that is meant to look like a shortcode."
        message = f"this shortcode can't be read: {tag}; it is shown as it is written"
        inlines.noticed.append(Notice(at, len(mark), "SC102", message, hint))
    inlines._put(escape(mark), mark)
    return at + 3


def reference(text: str, start: int) -> Target | None:
    """Read `({{< ref "post.md" >}})` from `text`, `start` being the offset of its `(`; None where it isn't one."""
    if not text.startswith("{{", start + 1):
        return None
    tag = read_tag(text, start + 1)
    if isinstance(tag, str) or tag.closing or tag.name not in _REFERENCES or not text.startswith(")", tag.end):
        return None
    path = tag.args[0] if tag.args else tag.params.get("path")
    target = normal(path.strip()) if isinstance(path, str) else ""
    return Target(target, "", tag.end + 1) if target and safe(target) else None


def stray(tag: Tag, at: int) -> Notice:
    """Return what to say of the closing tag at offset `at`, which closes nothing."""
    opening = tag.source.replace("/", "", 1).replace("  ", " ")
    message = f"{tag.source} closes nothing, for no {opening} is open before it; it is shown as it is written"
    hint = "Put both tags on lines of their own, or both into one paragraph."
    return Notice(at, len(tag.source), "SC102", message, hint)
