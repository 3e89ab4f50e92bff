"""Link addresses: how they are written in Markdown, encoded for HTML, and judged safe.

Syntax after CommonMark 0.31 §6.3 (links); percent-encoding and host names are markdown-it's.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from html.entities import html5
from typing import NamedTuple
from urllib.parse import quote

from markdown_it.common.normalize_url import normalizeLink

from blogq.content.schemes import safe
from blogq.pattern import Pattern

__all__ = [
    "ABSOLUTE",
    "ENTITY",
    "Target",
    "attribute_value",
    "entity",
    "escape",
    "inline_target",
    "normal",
    "safe",
    "unescape",
]

ENTITY = Pattern(r"&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});")
ABSOLUTE = Pattern(r"[A-Za-z][A-Za-z0-9+.-]*:|//")

_ESCAPED = Pattern(
    r"\\([!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~])"
    r"|(&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});)"
)
_ALREADY_NORMAL = Pattern(
    r"(?:https?://[A-Za-z0-9-]++(?>(?:\.[A-Za-z0-9-]++)*)(?=[/?#]|\Z))?"
    r"(?>(?:[A-Za-z0-9;/?=&+$,\-_.!~*'()#]|%[0-9A-Fa-f]{2})*)\Z"
)
_IN_ANGLES = Pattern(r"<((?>(?:[^<>\n\\]|\\.)*))>")
_BARE = Pattern(r"(?>(?:[^\\()\x00-\x20\x7f]|\\[^\x00-\x20\x7f]|\\(?=[ ]|\Z|[\x00-\x1f\x7f]))+)")
_TITLE = Pattern(r"\"((?>(?:[^\"\\]|\\.)*))\"|'((?>(?:[^'\\]|\\.)*))'|\(((?>(?:[^()\\]|\\.)*))\)", re.DOTALL)
_SPACE = Pattern(r"[ \t]*+(?>(?:\n[ \t]*+)?)")
_UNRESERVED = ";/?:@&=+$,-_.!~*'()#%"
_DEEPEST_PARENTHESES = 10


class Target(NamedTuple):
    """Where an inline link leads, as read from `(address "title")`."""

    address: str
    title: str
    end: int
    """Offset just after the closing parenthesis."""


def entity(text: str) -> str | None:
    """Return what the entity `text` (`&amp;`, `&#8212;`) stands for, None where there is no such entity.

    Code points that HTML forbids become U+FFFD (CommonMark §2.5).
    """
    if text[1] != "#":
        return html5.get(text[1:])
    code = int(text[3:-1], 16) if text[2] in "xX" else int(text[2:-1])
    if code == 0 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    return chr(code)


def unescape(text: str) -> str:
    """Return `text` with backslash escapes and entities resolved."""
    if "\\" not in text and "&" not in text:
        return text

    def resolved(match: re.Match[str]) -> str:
        return match[1] or entity(match[2]) or match[2]

    return _ESCAPED.sub(resolved, text)


def escape(text: str) -> str:
    """Return `text` fit for HTML, in an element or a double-quoted attribute."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    return text.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def normal(address: str) -> str:
    """Return `address` percent-encoded, its host in ASCII, as browsers would send it."""
    return address if _ALREADY_NORMAL.match(address) else _normal(address)


@lru_cache(maxsize=4096)
def _normal(address: str) -> str:
    try:
        return normalizeLink(address)
    except ValueError:
        # No host name that can be put into ASCII: then at least nothing in it breaks out of an attribute.
        return quote(address, safe=_UNRESERVED, errors="replace")


def attribute_value(raw: str) -> str:
    """Return the address that a raw HTML attribute value stands for, normalised."""
    return normal(html.unescape(raw).strip(" \t\n\f\r").replace("\0", "\ufffd"))


def _bare_address(text: str, start: int) -> int:
    """Return where the bare address that starts at `start` ends, -1 where there is none."""
    depth = 0
    pos = start
    end = len(text)
    while pos < end:
        if match := _BARE.match(text, pos):
            pos = match.end()
            continue
        character = text[pos]
        if character == "(":
            depth += 1
            if depth > _DEEPEST_PARENTHESES:
                return -1
        elif character == ")":
            if depth == 0:
                break
            depth -= 1
        else:
            break
        pos += 1
    return -1 if depth else pos


def _past_space(text: str, start: int) -> int:
    """Return the offset after spaces, tabs and at most one line end."""
    space = _SPACE.match(text, start)
    return space.end() if space else start


def inline_target(text: str, start: int) -> Target | None:
    """Read `(address "title")` from `text`, `start` being the offset of its `(`; None where it isn't one."""
    pos = _past_space(text, start + 1)
    if text.startswith("<", pos):
        angled = _IN_ANGLES.match(text, pos)
        if not angled:
            return None
        address, pos = angled[1], angled.end()
    else:
        stop = _bare_address(text, pos)
        if stop < 0:
            return None
        address, pos = text[pos:stop], stop
    title = ""
    after = _past_space(text, pos)
    if after > pos:
        pos = after
        if quoted := _TITLE.match(text, pos):
            title = unescape(quoted[quoted.lastindex or 1])
            pos = _past_space(text, quoted.end())
    if not text.startswith(")", pos):
        return None
    address = normal(unescape(address))
    return Target(address, title, pos + 1) if safe(address) else None
