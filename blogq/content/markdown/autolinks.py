"""Bare addresses in running text: where they start and where they end (GFM §6.9, extended autolinks)."""

from __future__ import annotations

import re

from blogq.content.markdown.addresses import escape, normal
from blogq.pattern import Pattern

START = Pattern(r"(?<![A-Za-z0-9])(?:https?|ftp)://(?=[^\W_]|\[)|(?:(?<=[\s*_~(])|\A)www\.(?=\w)")
"""Where an address may start. In brackets and quotation marks too: people write `"https://…"`."""
_EMAIL = Pattern(
    r"(?<![A-Za-z0-9._+-])(?:(?:mailto|xmpp):)?[A-Za-z0-9._+-]++@[A-Za-z0-9_-]++(?>(?:\.[A-Za-z0-9_-]++)+)(?:/[A-Za-z0-9@.]++)?"
)

_HOST = Pattern(r"(?>(?:[^\W_]|[-_.])+)")
_REST = Pattern(r"[^\s<]*+")
_IN_BRACKETS = Pattern(r"[^\s<\]]*+")
_ENTITY_AT_END = Pattern(r"&[A-Za-z0-9]+;\Z")
_PUNCTUATION_AT_END = "?!.,:*_~'\""


def end_of_address(text: str, start: int, bracketed: bool) -> int:
    """Return where the address that starts at `start` ends; `start` itself where it is none.

    `bracketed`: an opening `[` stands before it, so a `]` may end a link's text and ends the address.
    """
    scheme = text.find("://", start, start + 8)
    host_at = scheme + 3 if scheme >= 0 else start
    host = _HOST.match(text, host_at)
    if not host:
        return start
    labels = host[0].rstrip(".-_").split(".")
    if "_" in "".join(labels[-2:]) or (scheme < 0 and len(labels) < 2) or not labels[-1]:
        return start
    rest = (_IN_BRACKETS if bracketed else _REST).match(text, host_at)
    end = rest.end() if rest else host.end()
    unbalanced = text.count(")", host_at, end) - text.count("(", host_at, end)
    while end > host_at:
        last = text[end - 1]
        if last in _PUNCTUATION_AT_END:
            end -= 1
        elif last == ")":
            if unbalanced <= 0:
                break
            unbalanced -= 1
            end -= 1
        elif last == ";":
            entity = _ENTITY_AT_END.search(text, max(host_at, end - 40), end)
            end = entity.start() if entity else end - 1
        else:
            break
    return end if end > host_at else start


def link_emails(html: list[str], text: list[str]) -> tuple[list[str], list[str]]:
    """Return the pieces of a text, as HTML and plain, with links for the e-mail addresses in its running text.

    `html` and `text` are the pieces of a text and what they say; a piece that is the same in both is running text.
    Emphasis must be settled: an `_` within an address is only part of it where it is no delimiter.
    """
    linked: list[str] = []
    plain: list[str] = []
    depth = 0
    slot = 0
    while slot < len(html):
        last = slot + 1
        if html[slot].startswith(("<a ", "<A ", "<a>")):
            depth += 1
        elif html[slot] in ("</a>", "</A>"):
            depth -= 1
        elif not depth and text[slot]:
            last = slot
            while last < len(html) and text[last] and html[last] == escape(text[last]):
                last += 1
            said = "".join(text[slot:last])
            if "@" in said:
                _link_in(said, linked, plain)
                slot = last
                continue
            last = max(last, slot + 1)
        linked += html[slot:last]
        plain += text[slot:last]
        slot = last
    return linked, plain


def _link_in(said: str, linked: list[str], plain: list[str]) -> None:
    done = 0
    for match in _EMAIL.finditer(said):
        if found := _email(match):
            end, target = found
            shown = said[match.start() : end]
            linked += escape(said[done : match.start()]), f'<a href="{escape(normal(target))}">', escape(shown), "</a>"
            plain += said[done : match.start()], "", shown, ""
            done = end
    linked.append(escape(said[done:]))
    plain.append(said[done:])


def _email(match: re.Match[str]) -> tuple[int, str] | None:
    """Return where the e-mail address in `match` ends and what it links to; None where it is none after all."""
    found = match[0]
    at = found.index("@")
    host, slash, resource = found[at + 1 :].partition("/")
    if slash and not (found.startswith("xmpp:") and resource):
        slash = resource = ""
    if host[-1] in "-_":
        return None
    address = found[: at + 1] + host + slash + resource
    scheme = "" if address.startswith(("mailto:", "xmpp:")) else "mailto:"
    return match.start() + len(address), scheme + address
