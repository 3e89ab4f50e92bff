"""Bare addresses in running text: where they start and where they end (GFM §6.9, extended autolinks)."""

from __future__ import annotations

import re

START = re.compile(r"(?<![A-Za-z0-9])(?:https?|ftp)://(?=[^\W_]|\[)|(?:(?<=[\s*_~(])|\A)www\.(?=\w)")
"""Where an address may start. In brackets and quotation marks too: people write `"https://…"`."""
EMAIL = re.compile(
    r"(?<![A-Za-z0-9._+-])(?:(?:mailto|xmpp):)?[A-Za-z0-9._+-]++@[A-Za-z0-9_-]++(?:\.[A-Za-z0-9_-]++)++(?:/[A-Za-z0-9@.]++)?"
)

_HOST = re.compile(r"(?:[^\W_]|[-_.])++")
_REST = re.compile(r"[^\s<]*+")
_IN_BRACKETS = re.compile(r"[^\s<\]]*+")
_ENTITY_AT_END = re.compile(r"&[A-Za-z0-9]+;\Z")
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


def email(text: str, match: re.Match[str]) -> tuple[int, str] | None:
    """Return end and address of the e-mail address that `match` (of `EMAIL`) found in `text`, None where it is none."""
    found = match[0]
    xmpp = found.startswith("xmpp:")
    at = found.index("@")
    host, slash, resource = found[at + 1 :].partition("/")
    if slash and not (xmpp and resource):
        slash = resource = ""
    if not resource:
        host = host.rstrip(".")
    if not host or host[-1] in "-_" or "." not in host:
        return None
    address = found[: at + 1] + host + slash + resource
    scheme = "" if address.startswith(("mailto:", "xmpp:")) else "mailto:"
    return match.start() + len(address), scheme + address
