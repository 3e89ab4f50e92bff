"""Raw HTML inside Markdown: what counts as a tag, the addresses and ids in it, and GitHub's tag filter."""

from __future__ import annotations

import re
from collections.abc import Callable

from blogq.content.markdown.addresses import ABSOLUTE, attribute_value
from blogq.pattern import Pattern

_NAME = r"[A-Za-z_:][A-Za-z0-9_.:-]*+"
_VALUE = r"(?:[^\s\"'=<>`]++|'[^']*+'|\"[^\"]*+\")"
_OPEN = Pattern(rf"<[A-Za-z][A-Za-z0-9-]*+(?>(?:\s++{_NAME}(?>(?:\s*+=\s*+{_VALUE})?))*)\s*+/?>")
_CLOSE = Pattern(r"</[A-Za-z][A-Za-z0-9-]*+\s*+>")

FILTERED = Pattern(
    r"<(?=/?(?:title|textarea|style|xmp|iframe|noembed|noframes|script|plaintext)(?:[\s/>]|\Z))", re.IGNORECASE
)
"""The start of a tag that GFM §6.11 disallows."""
_WORTH_READING = Pattern(r"(?:href|src|srcset|poster|id|name)\s*=", re.IGNORECASE)
_TAG = Pattern(
    r"<!--.*?(?:-->|\Z)"
    r"|(<(script|style|textarea|title|xmp)\b[^<>\"']*+(?>(?:(?:\"[^\"]*+\"|'[^']*+')[^<>\"']*+)*)>)(.*?(?:</\2\s*>|\Z))"
    r"|(<[A-Za-z][^<>\"']*+(?>(?:(?:\"[^\"]*+\"|'[^']*+')[^<>\"']*+)*)>)",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = Pattern(r"([^\s\"'<>/=]++)(\s*+=\s*+)(\"[^\"]*+\"|'[^']*+'|[^\s\"'=<>`]++)")
_ADDRESSED = frozenset(("href", "src", "srcset", "poster"))
_CANDIDATE = Pattern(r"([^\s,]\S*[^\s,]|[^\s,])(\s[^,]*)?(,|\Z)")


def tag_end(text: str, start: int, missing: set[str]) -> int:
    """Return where the raw HTML tag or comment that starts at `start` ends, -1 where there is none.

    `missing` collects the ends that `text` was searched for in vain, so that a run of openings stays linear.
    """
    second = text[start + 1 : start + 2]
    if second.isalpha():
        match = _OPEN.match(text, start)
        return match.end() if match else -1
    if second == "/":
        match = _CLOSE.match(text, start)
        return match.end() if match else -1
    if second == "?":
        return _past(text, start + 2, "?>", missing)
    if second != "!":
        return -1
    if text.startswith("<!--", start):
        if text.startswith(">", start + 4):
            return start + 5
        if text.startswith("->", start + 4):
            return start + 6
        return _past(text, start + 4, "-->", missing)
    if text.startswith("<![CDATA[", start):
        return _past(text, start + 9, "]]>", missing)
    third = text[start + 2 : start + 3]
    return _past(text, start + 2, ">", missing) if third.isascii() and third.isalpha() else -1


def _past(text: str, start: int, closing: str, missing: set[str]) -> int:
    if closing in missing:
        return -1
    at = text.find(closing, start)
    if at < 0:
        missing.add(closing)
        return -1
    return at + len(closing)


def with_placeholders(html: str, found: Callable[[str, str, int], str], anchor: Callable[[str], None]) -> str:
    """Return `html` with the addresses in its attributes replaced by what `found` makes of them.

    `found(address, kind, offset)` returns what to write for an address (kind `a` or `m`); `anchor(id)` is told every
    id and every name of an `<a>`. Comments and the content of scripts and styles stay as they are.
    """
    if not _WORTH_READING.search(html):
        return html

    def in_tag(tag: str, offset: int) -> str:
        is_anchor = tag[1:3].lower() in ("a ", "a\t", "a\n")

        def attribute(match: re.Match[str]) -> str:
            name, equals, quoted = match[1], match[2], match[3]
            lower = name.lower()
            if lower not in _ADDRESSED and lower != "id" and lower != "name":
                return match[0]
            raw = quoted[1:-1] if quoted[0] in "\"'" else quoted
            if lower in ("id", "name"):
                if raw and (lower == "id" or is_anchor):
                    anchor(raw)
                return match[0]
            at = offset + match.start(3)
            if lower == "srcset":

                def candidate(part: re.Match[str]) -> str:
                    return found(attribute_value(part[1]), "m", at) + (part[2] or "") + part[3]

                return f'{name}{equals}"{_CANDIDATE.sub(candidate, raw.replace(chr(34), "&quot;"))}"'
            address = attribute_value(raw)
            if not address or (ABSOLUTE.match(address) and not address.lower().startswith(("http:", "https:"))):
                return match[0]
            written = found(address, "a" if lower == "href" else "m", at)
            return f'{name}{equals}"{written}"' if written[0] == "\0" else match[0]

        return _ATTRIBUTE.sub(attribute, tag)

    def element(match: re.Match[str]) -> str:
        if match[4]:
            return in_tag(match[4], match.start(4))
        if match[1]:
            return in_tag(match[1], match.start(1)) + match[3]
        return match[0]

    return _TAG.sub(element, html)


def filtered(html: str) -> str:
    """Return `html` with the tags that GitHub doesn't allow made visible instead of effective."""
    return FILTERED.sub("&lt;", html)
